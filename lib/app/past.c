/* past.c: the past cases in a folder. */
#include "app/past.h"

#include "app/tools.h"
#include "app/walk.h"
#include "base/file.h"
#include "case/stream.h"

#include <sys/stat.h>

/* How every case stream begins. */
static const char magic[] = "{\"type\":\"case\"";

bool ko_past_begins(struct ko_str bytes)
{
    return ko_str_starts(bytes, ko_str(magic));
}

bool ko_past_is_case(const char *path)
{
    struct stat st;
    char head[sizeof magic];
    size_t n = 0;
    int fd;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
        ko_file_open(path, &fd, NULL) != KO_OK)
        return false;
    enum ko_status read = ko_file_read(fd, head, sizeof head, &n, NULL);
    ko_file_close(fd);
    return read == KO_OK && ko_past_begins((struct ko_str){head, n});
}

/* A case that does not serve is named; only memory running out stops. */
static enum ko_status add_stream(struct ko_run *run, struct ko_str bytes,
                                 const char *path, struct ko_pasts *pasts)
{
    struct ko_err err = {0};
    struct ko_case c;
    ko_case_init(&c);
    enum ko_status st = ko_stream_read(&c, bytes, ko_str(path), &err);
    if (st == KO_OK) {
        st = ko_past_add(pasts, &c, ko_str(path));
        if (st == KO_ENOTFOUND) {
            st = ko_err_set(&err, st, "'%s' has no origin: not compared", path);
            ko_io_say_err(run->io, &err);
            st = KO_OK;
        }
    } else if (st != KO_ENOMEM) {
        ko_run_fail(run, st, &err);
        run->code = KO_EXIT_DAMAGED;
        st = KO_OK;
    }
    ko_case_release(&c);
    return st;
}

static enum ko_status add_file(struct ko_run *run, const char *path,
                               struct ko_pasts *pasts)
{
    struct ko_buf bytes;
    ko_buf_init(&bytes, KO_BUF_MAX);
    enum ko_status st = KO_OK;
    if (ko_run_slurp(run, path, &bytes))
        st = add_stream(run, ko_buf_str(&bytes), path, pasts);
    ko_buf_release(&bytes);
    return st;
}

static enum ko_status add_folder(struct ko_run *run, const struct ko_walk *w,
                                 struct ko_pasts *pasts, struct ko_err *err)
{
    size_t n = 0;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < w->files.n && st == KO_OK; i++) {
        if (!ko_past_is_case(w->files.v[i]))
            continue;
        st = n++ < KO_PAST_MAX
                 ? add_file(run, w->files.v[i], pasts)
                 : ko_err_set(err, KO_ELIMIT, "more than %d past cases", KO_PAST_MAX);
        if (st == KO_ENOMEM)
            st = ko_err_nomem(err);
    }
    return st;
}

bool ko_past_read(struct ko_run *run, struct ko_pasts *pasts)
{
    struct ko_walk w = {0};
    struct ko_err err = {0};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < run->args.given.n && st == KO_OK; i++)
        if (run->args.given.v[i].id == KO_OPT_PAST)
            st = ko_walk_add(&w, run->args.given.v[i].value, &err);
    ko_walk_sort(&w);
    for (size_t i = 0; i < w.troubles.n && st == KO_OK; i++)
        ko_run_fail(run, KO_EIO, &w.troubles.v[i].err);
    if (st == KO_OK)
        st = add_folder(run, &w, pasts, &err);
    if (st != KO_OK)
        ko_run_fail(run, st, &err);
    ko_walk_release(&w);
    return st == KO_OK;
}
