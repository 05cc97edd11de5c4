/* progress.h: one line on a terminal about work that takes longer than a second. */
#ifndef KO_APP_PROGRESS_H
#define KO_APP_PROGRESS_H

#include "app/io.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ko_progress {
    const struct ko_io *io;
    bool wanted; /* stderr is a terminal and nobody said never */
    /* private to progress.c */
    ko_time started, drawn;
    bool visible;
};

/* ko_progress_init(p, io, wanted): Begin now; draws nothing yet. */
void ko_progress_init(struct ko_progress *p, const struct ko_io *io, bool wanted);

/* What is done of the work; total 0: not known. */
struct ko_progress_state {
    size_t files, files_total;
    uint64_t bytes, bytes_total;
    const char *what; /* is at work */
};

/* ko_progress_step(p, s): So much is done: drawn after the first second, at most ten
 * times a second, with the rate and the time that the rest will take. */
void ko_progress_step(struct ko_progress *p, const struct ko_progress_state *s);

/* ko_progress_end(p): Wipe the line, if there is one. */
void ko_progress_end(struct ko_progress *p);

#endif
