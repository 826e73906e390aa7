#ifndef LODESTONE_CTERMINAL_H
#define LODESTONE_CTERMINAL_H

#include <stdint.h>
#include <termios.h>

/// What the crash handler needs to give a terminal back.
struct terminal_restore {
  /// Where the terminal's bytes go.
  int output;
  /// Whose modes are restored.
  int input;
  /// The modes as they were found.
  struct termios modes;
  /// The standard error as it was found; -1 where it was left alone.
  int original_error;
  /// The log that stands for the standard error, readable; -1 where there is none.
  int log;
  /// The log's length when it was opened: only what came later is shown.
  int64_t log_start;
};

/// A new wake-up descriptor (eventfd, non-blocking, closed on exec); -1 with errno on failure.
int terminal_wakeup_open(void);

/// Makes a wake-up descriptor readable. Safe from any thread and from a signal handler.
void terminal_wakeup_signal(int descriptor);

/// Makes it unreadable again. Returns whether it was readable.
int terminal_wakeup_clear(int descriptor);

/// A new nameless file in memory, closed on exec; -1 with errno on failure.
int terminal_memory_file(void);

/// How many columns a character takes in the current locale; -1 for one that can't be printed.
int terminal_columns(uint32_t character);

/// Takes over SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP and SIGINT (their handler sets a bit and
/// signals `wakeup`), and the signals of a crash (their handler gives the terminal back, puts the
/// old action back and returns into it). exit() gives the terminal back too. Returns 0; -1 with
/// errno on failure, EBUSY when they are taken over already.
int terminal_signals_install(int wakeup, const struct terminal_restore *restore);

/// Puts the old actions back.
void terminal_signals_remove(void);

/// The signals raised since the last call: bit N for signal N.
uint32_t terminal_signals_take(void);

/// Whether a crash has to give the terminal back: not while the program is suspended.
void terminal_crash_arm(int armed);

/// Stops the process group as the terminal's own ^Z would, with the default action, and returns
/// when it was continued, or at once where nothing can stop it (an orphaned process group).
/// Returns whether it was stopped and continued.
int terminal_stop_group(void);

#endif
