#ifndef LODESTONE_CNCURSES_SHIM_H
#define LODESTONE_CNCURSES_SHIM_H

// Without this the wide-character API is absent from curses.h.
#define NCURSES_WIDECHAR 1
#include <curses.h>

#endif
