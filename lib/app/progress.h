/* progress.h: one line on a terminal about work that takes longer than a second. */
#ifndef KO_APP_PROGRESS_H
#define KO_APP_PROGRESS_H

#include "app/io.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_progress {
    const struct ko_io *io;
    bool wanted; /* stderr is a terminal and nobody said never */
    /* private to progress.c */
    ko_time started, drawn;
    bool visible;
};

/* ko_progress_init(p, io, wanted): Begin now; draws nothing yet. */
void ko_progress_init(struct ko_progress *p, const struct ko_io *io, bool wanted);

/* ko_progress_step(p, done, total, what): ${done} of ${total} are finished, ${what} is at
 * work: drawn after the first second, at most ten times a second. */
void ko_progress_step(struct ko_progress *p, size_t done, size_t total, const char *what);

/* ko_progress_end(p): Wipe the line, if there is one. */
void ko_progress_end(struct ko_progress *p);

#endif
