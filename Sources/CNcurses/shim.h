#ifndef LODESTONE_CNCURSES_SHIM_H
#define LODESTONE_CNCURSES_SHIM_H

// Without this the wide-character API is absent from curses.h.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

// Swift imports neither the macros nor the mutable globals of curses.h: these stand for them.

/// Puts one character of width one, with attributes and a colour pair of any number, into a cell.
/// Numbers above 32,767 pass only through the last argument of setcchar.
static inline int lodestone_put(
    WINDOW *window, int row, int column, wchar_t character, attr_t attributes, int pair) {
  const wchar_t text[2] = {character, 0};
  cchar_t cell;
  if (setcchar(&cell, text, attributes, 0, &pair) == ERR) { return ERR; }
  // The last cell of a window returns ERR although it was written: the cursor can't advance.
  (void)mvwadd_wch(window, row, column, &cell);
  return OK;
}

/// How many colour pairs there may be.
static inline int lodestone_color_pairs(void) { return COLOR_PAIRS; }

/// The window whose contents ncurses believes to stand on the terminal.
static inline WINDOW *lodestone_current_screen(void) { return curscr; }

static inline attr_t lodestone_attribute_bold(void) { return A_BOLD; }
static inline attr_t lodestone_attribute_dim(void) { return A_DIM; }
static inline attr_t lodestone_attribute_underline(void) { return A_UNDERLINE; }
static inline attr_t lodestone_attribute_reverse(void) { return A_REVERSE; }
static inline attr_t lodestone_attribute_italic(void) { return A_ITALIC; }

/// Loads a terminal's entry without leaving the process on failure; 0 when it worked.
static inline int lodestone_setup_entry(const char *terminal, int descriptor) {
  int reason = 0;
  return setupterm(terminal, descriptor, &reason) == OK ? 0 : 1;
}

/// Frees what lodestone_setup_entry loaded.
static inline void lodestone_drop_entry(void) {
  TERMINAL *terminal = cur_term;
  if (terminal != 0) {
    (void)set_curterm(0);
    (void)del_curterm(terminal);
  }
}

/// The names of the standard capabilities in the order of a compiled entry; null after the last.
static inline const char *lodestone_flag_name(int index) { return boolnames[index]; }
static inline const char *lodestone_number_name(int index) { return numnames[index]; }
static inline const char *lodestone_string_name(int index) { return strnames[index]; }

/// A string capability; null when the entry has none of that name.
static inline const char *lodestone_string_capability(const char *name) {
  const char *text = tigetstr(name);
  return text == (const char *)-1 ? 0 : text;
}

/// Whether the entry holds a capability of that name, be it a flag, a number or a string.
static inline int lodestone_has_capability(const char *name) {
  return tigetflag(name) > 0 || tigetnum(name) > 0 || lodestone_string_capability(name) != 0;
}

#endif
