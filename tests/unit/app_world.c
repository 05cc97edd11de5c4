/* app_world.c: a struct ko_io over files without names, so that tests run whole tools. */
#include "app_world.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void must(bool fact)
{
    if (!fact)
        abort();
}

static int make_file(const char *name)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    must(fd >= 0);
    return fd;
}

void world_open(struct world *w, const char *program, struct ko_str input)
{
    *w = (struct world){.io = {.program = program, .terminal = -1}};
    w->io.in = make_file("in");
    w->io.out = make_file("out");
    w->io.err = make_file("err");
    must(ko_file_write(w->io.in, input, NULL) == KO_OK);
    must(lseek(w->io.in, 0, SEEK_SET) == 0);
    ko_buf_init(&w->out, KO_BUF_MAX);
    ko_buf_init(&w->err, KO_BUF_MAX);
}

static void collect(int fd, struct ko_buf *to)
{
    ko_buf_reset(to);
    must(lseek(fd, 0, SEEK_SET) == 0);
    must(ko_file_slurp(fd, to, NULL) == KO_OK);
}

void world_collect(struct world *w)
{
    collect(w->io.out, &w->out);
    collect(w->io.err, &w->err);
}

void world_close(struct world *w)
{
    ko_buf_release(&w->out);
    ko_buf_release(&w->err);
    (void)close(w->io.in);
    (void)close(w->io.out);
    (void)close(w->io.err);
}
