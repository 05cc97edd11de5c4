/* io.h: everything of the world that a tool may touch, handed to it by its main. */
#ifndef KO_APP_IO_H
#define KO_APP_IO_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "event/time.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct ko_line_ui;

/* How a tool ends; man/knockon.7 is the manual. */
enum ko_exit {
    KO_EXIT_DONE = 0,
    KO_EXIT_NOTHING = 1, /* with -e: nothing found */
    KO_EXIT_USAGE = 2,
    KO_EXIT_DAMAGED =
        3, /* done, but an input was damaged, or --strict minded something */
    KO_EXIT_NO_INPUT = 4, /* no usable input */
    KO_EXIT_OUTPUT =
        5,           /* the output could not be made or written; the old one is whole */
    KO_EXIT_BUG = 70 /* our own accounting failed */
};

/* What the environment says, read by the main; NULL where a variable is not set. */
struct ko_env {
    const char *no_color, *term, *home, *state_home;
    bool utf8; /* the locale's characters are UTF-8 */
};

/*
 * The seam between a tool and the world.  Tests build one over files in memory; the mains
 * over 0, 1, 2, the clock and the environment.
 */
struct ko_io {
    const char *program; /* as it was called, without folders */
    int in, out, err;    /* open descriptors */
    int terminal;        /* for the prompt when `in` carries data; -1 none */
    bool in_tty, out_tty, err_tty;
    size_t width; /* columns of the terminal; 0 unknown */
    size_t cores; /* that this process may use; 0 unknown */
    ko_time now;  /* when the tool was started; only stamps without a year use it */
    ko_time (*clock)(void); /* for the progress line alone; NULL: none is drawn */
    /* NULL, or the signal that asks to stop reading and to tell what there is; 0: none */
    const volatile sig_atomic_t *stop;
    struct ko_env env;
    const struct ko_line_ui
        *lines; /* edits lines at a terminal; NULL: they are read bare */
};

/* ko_io_say(io, fmt, …): One line to stderr, "program: text", control characters shown as
 * escapes.  A stderr that cannot be written to is nobody's problem. */
void ko_io_say(const struct ko_io *io, const char *fmt, ...) KO_PRINTF(2, 3);

/* ko_io_say_err(io, err): ${err} as one line, "program: source:line:column: text". */
void ko_io_say_err(const struct ko_io *io, const struct ko_err *err);

/* ko_io_talk(io, text): Whole lines to stderr as they stand, control characters but the
 * newline shown as escapes. */
void ko_io_talk(const struct ko_io *io, struct ko_str text);

/*
 * ko_io_write(io, path, out):
 * Write all of ${out} at once: to stdout when ${path} is NULL or "-", else in the place
 * of the file ${path}, which is the old one or the new one.
 *
 * Returns: KO_EXIT_DONE; KO_EXIT_OUTPUT, with the reason said, when ${out} is itself
 *          incomplete or the write failed
 */
enum ko_exit ko_io_write(const struct ko_io *io, const char *path,
                         const struct ko_buf *out);

/* ko_io_exit(status): How a tool ends whose work stopped with ${status}. */
enum ko_exit ko_io_exit(enum ko_status status);

#endif
