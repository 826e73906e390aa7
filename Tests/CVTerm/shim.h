#ifndef LODESTONE_CVTERM_SHIM_H
#define LODESTONE_CVTERM_SHIM_H

#include <fcntl.h>
#include <spawn.h>
#include <stddef.h>
#include <vterm.h>

// glibc declares these to those alone who define _XOPEN_SOURCE or _GNU_SOURCE before anything else,
// which a Swift module can't.
extern int posix_openpt(int flags);
extern int grantpt(int descriptor);
extern int unlockpt(int descriptor);
extern int ptsname_r(int descriptor, char *name, size_t length);
extern int posix_spawn_file_actions_addclosefrom_np(
    posix_spawn_file_actions_t *actions, int from);

/// POSIX_SPAWN_SETSID: the program leads a new session.
static const short lodestone_spawn_new_session = 0x80;

#endif
