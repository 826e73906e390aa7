#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

// Swift closures are not async-signal-safe, so what runs inside of a signal is written here, with
// the functions of signal-safety(7) alone.

// Ends a synchronized update, then mouse, focus and paste reports, attributes, character set,
// alternate screen; shows the cursor. Terminals ignore what they don't know.
static const char restore_text[] =
    "\033[?2026l\033[?1002l\033[?1006l\033[?1004l\033[?2004l\033[0m\033(B\033[?1049l\033[?25h\r";

static const int noted[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT};
static const int crashes[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGQUIT};
enum {
  noted_count = sizeof noted / sizeof noted[0],
  crash_count = sizeof crashes / sizeof crashes[0],
  tail_length = 4096,
};

static struct sigaction noted_before[noted_count];
static struct sigaction crash_before[crash_count];
static struct terminal_restore restore;
static stack_t stack_before;
static char crash_stack[65536];
static atomic_uint raised;
static atomic_int wakeup_descriptor = -1;
static atomic_int installed;
static atomic_int armed_for_crash;

int terminal_wakeup_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void terminal_wakeup_signal(int descriptor) {
  const uint64_t one = 1;
  // It fails only when the counter is full, and then the descriptor is readable as it is.
  const ssize_t count = write(descriptor, &one, sizeof one);
  (void)count;
}

int terminal_wakeup_clear(int descriptor) {
  uint64_t counter = 0;
  return read(descriptor, &counter, sizeof counter) == (ssize_t)sizeof counter;
}

int terminal_memory_file(void) { return memfd_create("lodestone-frame", MFD_CLOEXEC); }

int terminal_columns(uint32_t character) { return wcwidth((wchar_t)character); }

static void note(int signal) {
  const int error = errno;
  atomic_fetch_or(&raised, 1u << signal);
  const int descriptor = atomic_load(&wakeup_descriptor);
  if (descriptor >= 0) { terminal_wakeup_signal(descriptor); }
  errno = error;
}

// Writes all of a text, waiting at most a second for a terminal that takes nothing.
static void put(int descriptor, const char *text, size_t length) {
  for (int tries = 0; length > 0 && tries < 20;) {
    const ssize_t count = write(descriptor, text, length);
    if (count > 0) {
      text += count;
      length -= (size_t)count;
    } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
      (void)poll(&ready, 1, 50);
      tries += 1;
    } else {
      return;
    }
  }
}

// Shows what the log has gained, at most its last tail_length bytes, on the true standard error.
static void show_log_tail(void) {
  static char tail[tail_length];
  struct stat status;
  if (restore.log < 0 || restore.original_error < 0 || fstat(restore.log, &status) != 0) { return; }
  int64_t from = status.st_size - tail_length;
  const int cut = from > restore.log_start;
  if (!cut) { from = restore.log_start; }
  const ssize_t count = pread(restore.log, tail, sizeof tail, from);
  if (count <= 0) { return; }
  const char *line = cut ? memchr(tail, '\n', (size_t)count) : 0;
  const char *text = line ? line + 1 : tail;
  put(restore.original_error, text, (size_t)(count - (text - tail)));
}

static void give_back(void) {
  put(restore.output, restore_text, sizeof restore_text - 1);
  (void)tcsetattr(restore.input, TCSANOW, &restore.modes);
}

// Some library may call exit() while the screen is open.
static void leave(void) {
  if (atomic_exchange(&armed_for_crash, 0)) { give_back(); }
}

static void crash(int signal, siginfo_t *information, void *context) {
  (void)context;
  const int error = errno;
  if (atomic_exchange(&armed_for_crash, 0)) {
    give_back();
    show_log_tail();
    if (restore.original_error >= 0) { (void)dup2(restore.original_error, STDERR_FILENO); }
  }
  for (int index = 0; index < crash_count; index += 1) {
    if (crashes[index] == signal) { (void)sigaction(signal, &crash_before[index], 0); }
  }
  // A fault strikes again on return and meets the old action. What was sent by kill, raise or
  // abort doesn't, nor does a breakpoint: it is sent once more, and waits until this returns.
  if (information->si_code <= 0 || signal == SIGTRAP) { (void)raise(signal); }
  errno = error;
}

int terminal_signals_install(int wakeup, const struct terminal_restore *plan) {
  int expected = 0;
  if (!atomic_compare_exchange_strong(&installed, &expected, 1)) {
    errno = EBUSY;
    return -1;
  }
  restore = *plan;
  static int watches_exit;
  if (!watches_exit) { watches_exit = atexit(leave) == 0; }
  atomic_store(&wakeup_descriptor, wakeup);
  atomic_store(&raised, 0);

  // A stack of its own lets a stack overflow give the terminal back too.
  const stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
  (void)sigaltstack(&stack, &stack_before);

  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  for (int index = 0; index < noted_count; index += 1) {
    (void)sigaction(noted[index], &action, &noted_before[index]);
  }

  memset(&action, 0, sizeof action);
  action.sa_sigaction = crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  // SIGTTOU blocked lets the modes be restored from the background as well.
  sigfillset(&action.sa_mask);
  for (int index = 0; index < crash_count; index += 1) {
    (void)sigaction(crashes[index], &action, &crash_before[index]);
  }
  return 0;
}

void terminal_signals_remove(void) {
  if (!atomic_load(&installed)) { return; }
  atomic_store(&armed_for_crash, 0);
  for (int index = 0; index < noted_count; index += 1) {
    (void)sigaction(noted[index], &noted_before[index], 0);
  }
  for (int index = 0; index < crash_count; index += 1) {
    (void)sigaction(crashes[index], &crash_before[index], 0);
  }
  (void)sigaltstack(&stack_before, 0);
  atomic_store(&wakeup_descriptor, -1);
  atomic_store(&installed, 0);
}

uint32_t terminal_signals_take(void) { return atomic_exchange(&raised, 0); }

void terminal_crash_arm(int armed) { atomic_store(&armed_for_crash, armed); }

int terminal_stop_group(void) {
  struct sigaction action;
  struct sigaction before;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  (void)sigaction(SIGTSTP, &action, &before);
  atomic_fetch_and(&raised, ~(1u << SIGCONT));
  (void)kill(0, SIGTSTP);
  // The signal may strike another thread a moment after kill returned. SIGCONT ends the wait.
  for (int tries = 0; tries < 10; tries += 1) {
    if (atomic_load(&raised) & (1u << SIGCONT)) { break; }
    (void)poll(0, 0, 10);
  }
  const unsigned continued = atomic_fetch_and(&raised, ~(1u << SIGCONT)) & (1u << SIGCONT);
  (void)sigaction(SIGTSTP, &before, 0);
  return continued != 0;
}
