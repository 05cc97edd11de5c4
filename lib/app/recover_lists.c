/* recover_lists.c: what recover writes: the counts, one list, a folder of lists, or the
 * case. */
#include "app/recover_lists.h"

#include "app/tool_recover.h"
#include "base/file.h"
#include "case/stream.h"
#include "recover/worklist_put.h"

#include <errno.h>
#include <sys/stat.h>

/* All lists as CSV, in one go: masked ids have the same number in each. */
struct sheets {
    struct ko_buf v[KO_WORKLISTS];
};

static enum ko_status make_sheets(const struct ko_worklists *lists,
                                  const struct ko_gather *g,
                                  struct ko_worklist_names *names, struct sheets *ret)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < KO_WORKLISTS; i++) {
        ko_buf_init(&ret->v[i], KO_BUF_MAX);
        if (st == KO_OK)
            st = ko_worklist_put(names, g, &lists->v[i], &ret->v[i]);
        if (st == KO_OK)
            st = ret->v[i].status;
    }
    return st;
}

static void release_sheets(struct sheets *s)
{
    for (size_t i = 0; i < KO_WORKLISTS; i++)
        ko_buf_release(&s->v[i]);
}

static enum ko_status make_folder(const char *path, struct ko_err *err)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return KO_OK;
    return ko_err_set(err, KO_EIO, "cannot make the folder '%s'", path);
}

static enum ko_status write_sheet(const char *folder, const struct ko_worklist *list,
                                  const struct ko_buf *sheet, struct ko_err *err)
{
    struct ko_buf path;
    ko_buf_init(&path, KO_BUF_MAX);
    ko_buf_printf(&path, "%s/%s.csv", folder, list->name);
    ko_buf_putc(&path, '\0');
    enum ko_status st = path.status;
    if (st == KO_OK)
        st = ko_file_replace(path.p, ko_buf_str(sheet), err);
    ko_buf_release(&path);
    return st;
}

/* A list that is not measured is no empty list: it gets no file. */
static enum ko_status write_folder(const char *folder, const struct ko_worklists *lists,
                                   const struct sheets *s, struct ko_err *err)
{
    enum ko_status st = make_folder(folder, err);
    for (size_t i = 0; i < KO_WORKLISTS && st == KO_OK; i++) {
        if (lists->v[i].needs.n == 0)
            st = write_sheet(folder, &lists->v[i], &s->v[i], err);
    }
    return st;
}

static void put_counts(const struct ko_worklists *lists, const struct ko_gather *g,
                       struct ko_buf *out)
{
    for (size_t i = 0; i < KO_WORKLISTS; i++) {
        ko_buf_printf(out, "%-20s ", lists->v[i].name);
        ko_worklist_say(&lists->v[i], g->folded, out);
        ko_buf_putc(out, '\n');
    }
    if (g->folded > 0)
        ko_buf_printf(out,
                      "%llu records did not fit into memory: every count is at least\n",
                      (unsigned long long)g->folded);
}

/* What goes to stdout. */
static void put_result(struct ko_run *run, const struct ko_worklists *lists,
                       const struct sheets *s, struct ko_case *c,
                       const struct ko_gather *g, struct ko_buf *out)
{
    const char *one = ko_args_last(&run->args, KO_RECOVER_OPT_LIST);
    if (ko_args_has(&run->args, KO_RECOVER_OPT_STREAM)) {
        ko_stream_write(c, out);
        return;
    }
    for (size_t i = 0; one != NULL && i < KO_WORKLISTS; i++) {
        if (!ko_str_eq(ko_str(one), ko_str(lists->v[i].name)))
            continue;
        ko_buf_put(out, ko_buf_str(&s->v[i]));
        if (lists->v[i].needs.n > 0)
            ko_io_say(run->io, "%s: not measured: no export has %.*s", one,
                      KO_ARG(lists->v[i].needs));
    }
    if (one == NULL)
        put_counts(lists, g, out);
}

static bool anything_left(const struct ko_worklists *lists)
{
    for (size_t i = 0; i < KO_WORKLISTS; i++) {
        if (lists->v[i].rows.n > 0)
            return true;
    }
    return false;
}

static void judge(struct ko_run *run, const struct ko_worklists *lists)
{
    if (run->code == KO_EXIT_DONE &&
        ko_args_has(&run->args, KO_RECOVER_OPT_EXIT_STATUS) && !anything_left(lists))
        run->code = KO_EXIT_NOTHING;
}

static enum ko_status write_all(struct ko_run *run, const struct ko_worklists *lists,
                                const struct ko_gather *g,
                                struct ko_worklist_names *names, struct ko_case *c,
                                struct ko_err *err)
{
    struct sheets s;
    struct ko_buf out;
    const char *folder = ko_args_last(&run->args, KO_RECOVER_OPT_INTO);
    enum ko_status st = make_sheets(lists, g, names, &s);
    if (st == KO_OK)
        st = ko_worklists_keep(c, lists, g, names);
    if (st == KO_OK && folder != NULL)
        st = write_folder(folder, lists, &s, err);
    ko_buf_init(&out, KO_BUF_MAX);
    if (st == KO_OK) {
        put_result(run, lists, &s, c, g, &out);
        judge(run, lists);
        ko_run_write(run, &out);
    }
    ko_buf_release(&out);
    release_sheets(&s);
    return st;
}

static enum ko_status name_exports(const struct ko_ingest *ing, struct ko_arena *arena,
                                   struct ko_worklist_names *names)
{
    struct ko_str *v = ko_arena_alloc(arena, ing->files.n, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < ing->files.n; i++)
        v[i] = ko_str(ing->files.v[i].path);
    names->exports = v;
    return KO_OK;
}

bool ko_recover_lists(struct ko_run *run, const struct ko_ingest *ing, struct ko_case *c,
                      const struct ko_gather *g)
{
    struct ko_err err = {0};
    struct ko_worklists lists;
    struct ko_worklist_names names = {.shown =
                                          ko_args_has(&run->args, KO_RECOVER_OPT_IDS)};
    ko_map_init(&names.numbers, 0);
    enum ko_status st = ko_worklists_find(g, &lists);
    if (st == KO_OK)
        st = name_exports(ing, &lists.arena, &names);
    if (st == KO_OK)
        st = write_all(run, &lists, g, &names, c, &err);
    if (st == KO_EIO) {
        ko_io_say_err(run->io, &err);
        run->code = KO_EXIT_OUTPUT;
    } else if (st != KO_OK) {
        ko_run_fail(run, ko_err_nomem(&err), &err);
    }
    ko_map_release(&names.numbers);
    ko_worklists_release(&lists);
    return st == KO_OK;
}
