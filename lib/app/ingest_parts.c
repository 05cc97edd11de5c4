/* ingest_parts.c: parts of exports that were read elsewhere, as if read here together. */
#include "app/ingest_parts.h"

#include "app/siblings.h"
#include "app/tools.h"

#include <stdlib.h>

/* The options that mean something where nothing is read any more. */
static const int allowed[] = {
    KO_OPT_MERGE, KO_OPT_PARTIAL, KO_OPT_OUTPUT,   KO_OPT_QUIET,   KO_OPT_VERBOSE,
    KO_OPT_COLOR, KO_OPT_ASCII,   KO_OPT_PROGRESS, KO_OPT_EXPLAIN, KO_OPT_STRICT};

static bool is_allowed(int id)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (allowed[i] == id)
            return true;
    }
    return false;
}

static const char *name_of(const struct ko_tool *tool, int id)
{
    const struct ko_option *o = ko_option_at(tool, 0);
    for (size_t i = 1; o != NULL && o->id != id; i++)
        o = ko_option_at(tool, i);
    return o != NULL ? o->name : "";
}

static bool options_fit(struct ko_run *run)
{
    for (size_t i = 0; i < run->args.given.n; i++) {
        int id = run->args.given.v[i].id;
        if (is_allowed(id))
            continue;
        ko_run_usage(run, "--%s belongs to the reading of the parts, not to --merge",
                     name_of(run->tool, id));
        return false;
    }
    if (run->args.operands.n == 0)
        ko_run_usage(run, "--merge takes parts that --partial wrote");
    return run->args.operands.n > 0;
}

static bool fail(struct ko_run *run, const char *path, enum ko_status st,
                 const struct ko_err *why)
{
    struct ko_err err = {0};
    (void)ko_err_set(&err, st, "%s: %s", path, why->text);
    ko_run_fail(run, st, &err);
    return false;
}

static bool read_part(struct ko_run *run, const char *path, struct ko_part *part)
{
    struct ko_buf bytes;
    struct ko_err err = {0};
    ko_buf_init(&bytes, KO_BUF_MAX);
    bool ok = ko_run_slurp(run, path, &bytes);
    if (ok) {
        enum ko_status st = ko_part_read(ko_buf_str(&bytes), part, &err);
        ok = st == KO_OK || fail(run, path, st, &err);
    }
    ko_buf_release(&bytes);
    return ok;
}

/* Of the two reducers the first takes the other. */
static bool take_part(struct ko_run *run, struct ko_ingest_parts *p, size_t i)
{
    struct ko_part *part = &p->v[i];
    const char *path = run->args.operands.v[i];
    const char *differs = ko_part_differs(&p->v[0].options, &part->options);
    if (differs != NULL) {
        ko_run_usage(run, "%s and %s were read with different %s",
                     run->args.operands.v[0], path, differs);
        return false;
    }
    struct ko_err err = {0};
    enum ko_status st = KO_OK;
    p->incomplete |= part->incomplete;
    if (p->reducer == NULL)
        p->reducer = part->reducer;
    else if ((st = ko_reducer_merge(p->reducer, part->reducer, &err)) == KO_OK)
        ko_reducer_free(part->reducer);
    if (st != KO_OK)
        return fail(run, path, st, &err);
    part->reducer = NULL;
    return true;
}

static bool no_memory(struct ko_run *run)
{
    struct ko_err err = {0};
    ko_run_fail(run, ko_err_nomem(&err), &err);
    return false;
}

/* ---- the exports of all parts ---- */

static bool list_file(struct ko_ingest *ing, struct ko_ingest_parts *p,
                      struct ko_part_file *file)
{
    struct ko_ingest_file *f;
    size_t n = file->path.n;
    char *path = ko_arena_alloc(&ing->arena, n + 1, 1);
    KO_LIST_ADD(&ing->arena, &ing->files, f);
    if (path == NULL || f == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        path[i] = file->path.p[i];
    f->path = path;
    f->normal = file->normal;
    f->repeated = file->repeated;
    p->files[ing->files.n - 1] = file;
    return true;
}

static bool list_files(struct ko_ingest *ing, struct ko_ingest_parts *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += p->v[i].files.n;
    p->files = ko_mem_alloc(n, sizeof(struct ko_part_file *));
    bool ok = p->files != NULL;
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = 0; ok && k < p->v[i].files.n; k++)
            ok = list_file(ing, p, &p->v[i].files.v[k]);
    }
    return ok;
}

/* Two exports that should have been read together. */
struct pair {
    const struct ko_ingest *ing;
    const size_t *part_of;
};

static bool is_apart(const struct pair *x, size_t a, size_t b)
{
    const struct ko_ingest_file *f = &x->ing->files.v[a], *g = &x->ing->files.v[b];
    bool series = f->series.kind != KO_SERIES_NONE && f->series.kind == g->series.kind &&
                  f->series.number == g->series.number;
    return (series || ko_str_eq(ko_str(f->path), ko_str(g->path))) &&
           x->part_of[a] != x->part_of[b];
}

static bool are_together(struct ko_run *run, struct ko_ingest *ing,
                         const struct ko_ingest_parts *p)
{
    size_t *part_of = ko_arena_alloc(&ing->arena, ing->files.n, sizeof *part_of);
    if (part_of == NULL ||
        ko_siblings_mark(ing->files.v, ing->files.n, &ing->arena) != KO_OK)
        return no_memory(run);
    for (size_t i = 0, at = 0; i < p->n; i++) {
        for (size_t k = 0; k < p->v[i].files.n; k++)
            part_of[at++] = i;
    }
    const struct pair x = {ing, part_of};
    for (size_t a = 0; a < ing->files.n; a++) {
        for (size_t b = 0; b < a; b++) {
            if (!is_apart(&x, a, b))
                continue;
            ko_run_usage(run,
                         "%s of %s and %s of %s may hold the same records: read them in "
                         "one part",
                         ing->files.v[b].path, run->args.operands.v[part_of[b]],
                         ing->files.v[a].path, run->args.operands.v[part_of[a]]);
            return false;
        }
    }
    return true;
}

bool ko_ingest_parts_read(struct ko_run *run, struct ko_ingest *ing,
                          struct ko_ingest_parts *ret)
{
    *ing = (struct ko_ingest){0};
    *ret = (struct ko_ingest_parts){.n = run->args.operands.n};
    ko_buf_init(&ing->alias_bytes, KO_BUF_MAX);
    if (!options_fit(run))
        return false;
    ret->v = ko_mem_alloc(ret->n, sizeof *ret->v);
    if (ret->v == NULL)
        return no_memory(run);
    for (size_t i = 0; i < ret->n; i++) {
        if (!read_part(run, run->args.operands.v[i], &ret->v[i]) ||
            !take_part(run, ret, i))
            return false;
    }
    ing->reduce = ret->v[0].options;
    return list_files(ing, ret) ? are_together(run, ing, ret) : no_memory(run);
}

void ko_ingest_parts_release(struct ko_ingest_parts *p)
{
    for (size_t i = 0; p->v != NULL && i < p->n; i++)
        ko_part_release(&p->v[i]);
    ko_mem_free(p->v);
    ko_mem_free(p->files);
    ko_reducer_free(p->reducer);
    *p = (struct ko_ingest_parts){0};
}
