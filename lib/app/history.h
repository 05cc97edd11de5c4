/* history.h: the commands typed at earlier prompts, in a file that only the user reads.
 */
#ifndef KO_APP_HISTORY_H
#define KO_APP_HISTORY_H

#include "app/io.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdbool.h>

/* Lines that are kept over sessions. */
enum { KO_HISTORY_LINES = 1000 };

struct ko_history {
    struct ko_arena arena;
    const char *path; /* NULL: no home to keep it in */
};

/*
 * ko_history_open(h, env, lines):
 * Find $XDG_STATE_HOME/knockon/history, or ~/.local/state/knockon/history, making missing
 * folders with mode 0700, and append its last KO_HISTORY_LINES lines to ${lines}.  A
 * history that cannot be read or made is no reason to stop: then there is none.
 */
void ko_history_open(struct ko_history *h, const struct ko_env *env,
                     struct ko_buf *lines);

/* ko_history_add(h, line): Append one line, mode 0600, if ko_history_keeps it. */
void ko_history_add(const struct ko_history *h, struct ko_str line);

/* ko_history_keeps(line): False for empty lines, for lines that begin with a blank, and
 * for lines that hold what looks like a secret: password=, token=, secret=, key=. */
bool ko_history_keeps(struct ko_str line);

void ko_history_close(struct ko_history *h);

#endif
