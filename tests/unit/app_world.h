/* app_world.h: a struct ko_io over files without names, so that tests run whole tools. */
#ifndef KO_TESTS_APP_WORLD_H
#define KO_TESTS_APP_WORLD_H

#include "app/io.h"
#include "base/buf.h"

struct world {
    struct ko_io io;
    struct ko_buf out, err; /* what was written; filled by world_collect */
};

/* world_open(w, program, input): Nobody is at a terminal; stdin holds ${input}. */
void world_open(struct world *w, const char *program, struct ko_str input);
/* world_collect(w): Read what the tool wrote; what was collected before is dropped. */
void world_collect(struct world *w);
void world_close(struct world *w);

#endif
