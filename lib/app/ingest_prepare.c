/* ingest_prepare.c: operands and options put together into the list of files to read. */
#include "app/aliases.h"
#include "app/ingest.h"
#include "app/ingest_options.h"
#include "app/repeat.h"
#include "app/siblings.h"
#include "app/tools.h"
#include "app/walk.h"

#include <stdio.h>

static bool no_memory(struct ko_run *run)
{
    struct ko_err err = {0};
    ko_run_fail(run, ko_err_nomem(&err), &err);
    return false;
}

static bool add_file(struct ko_run *run, struct ko_ingest *ing, const char *path,
                     bool normal, const char *trouble)
{
    struct ko_ingest_file *f;
    struct ko_str copy;
    if (ko_str_copy(&ing->arena, ko_str(path), &copy) != KO_OK)
        return no_memory(run);
    KO_LIST_ADD(&ing->arena, &ing->files, f);
    if (f == NULL)
        return no_memory(run);
    f->path = copy.p;
    f->normal = normal;
    (void)snprintf(f->trouble, sizeof f->trouble, "%s", trouble);
    return true;
}

/* Add what ${w} found, in its order. */
static bool add_found(struct ko_run *run, struct ko_ingest *ing, struct ko_walk *w,
                      bool normal)
{
    ko_walk_sort(w);
    if (w->skipped != 0 && !run->quiet)
        ko_io_say(run->io,
                  "%zu links to folders, pipes or devices inside folders are not read",
                  w->skipped);
    for (size_t i = 0; i < w->troubles.n; i++) {
        ko_io_say_err(run->io, &w->troubles.v[i].err);
        if (!add_file(run, ing, w->troubles.v[i].path, normal, w->troubles.v[i].err.text))
            return false;
    }
    for (size_t i = 0; i < w->files.n; i++)
        if (!add_file(run, ing, w->files.v[i], normal, ""))
            return false;
    return true;
}

/* ${w} takes the files of ${path}; one that cannot be opened is kept with its trouble. */
static bool walk(struct ko_run *run, struct ko_ingest *ing, struct ko_walk *w,
                 const char *path, bool normal)
{
    struct ko_err err = {0};
    enum ko_status st = ko_walk_add(w, path, &err);
    if (st == KO_OK)
        return true;
    if (st == KO_ENOMEM)
        return no_memory(run);
    ko_io_say_err(run->io, &err);
    return add_file(run, ing, path, normal, err.text);
}

/* The options that say what a file is, and the shape that its records then have. */
static const struct {
    int id;
    struct ko_str shape;
} roles[] = {{KO_OPT_MAP, KO_STR_INIT("map")},
             {KO_OPT_EDGES, KO_STR_INIT("edge")},
             {KO_OPT_CHANGES, KO_STR_INIT("change")}};

static struct ko_str shape_of(int id)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (roles[i].id == id)
            return roles[i].shape;
    return (struct ko_str){0};
}

/* Is ${path} what was named, or below the folder that was? */
static bool is_below(struct ko_str path, struct ko_str named)
{
    if (!ko_str_starts(path, named))
        return false;
    return path.n == named.n || ko_str_ends(named, KO_STR("/")) || path.p[named.n] == '/';
}

static void give_roles(const struct ko_run *run, struct ko_ingest *ing)
{
    for (size_t i = 0; i < run->args.given.n; i++) {
        const struct ko_arg *arg = &run->args.given.v[i];
        struct ko_str shape = shape_of(arg->id);
        for (size_t f = 0; shape.n != 0 && f < ing->files.n; f++)
            if (is_below(ko_str(ing->files.v[f].path), ko_str(arg->value)))
                ing->files.v[f].read.shape = shape;
    }
}

static bool walk_options(struct ko_run *run, struct ko_ingest *ing,
                         struct ko_walk *current, struct ko_walk *normal)
{
    for (size_t i = 0; i < run->args.given.n; i++) {
        const struct ko_arg *arg = &run->args.given.v[i];
        ko_time t;
        bool ok = true;
        if (shape_of(arg->id).n != 0)
            ok = walk(run, ing, current, arg->value, false);
        else if (arg->id == KO_OPT_NORMAL && !ko_ingest_time(arg->value, &t))
            ok = walk(run, ing, normal, arg->value, true);
        if (!ok)
            return false;
    }
    return true;
}

static bool find_files(struct ko_run *run, struct ko_ingest *ing)
{
    struct ko_walk current = {0}, normal = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < run->args.operands.n; i++)
        ok = walk(run, ing, &current, run->args.operands.v[i], false);
    if (ok && run->args.operands.n == 0)
        ok = walk(run, ing, &current, "-", false);
    ok = ok && walk_options(run, ing, &current, &normal) &&
         add_found(run, ing, &normal, true) && add_found(run, ing, &current, false);
    ko_walk_release(&current);
    ko_walk_release(&normal);
    return ok;
}

static bool read_aliases(struct ko_run *run, struct ko_ingest *ing)
{
    const char *path = ko_args_last(&run->args, KO_OPT_ALIAS);
    struct ko_err err = {0};
    if (path == NULL)
        return true;
    if (!ko_run_slurp(run, path, &ing->alias_bytes))
        return false;
    enum ko_status st = ko_aliases_read(&ing->reduce, ko_buf_str(&ing->alias_bytes),
                                        ko_str(path), &ing->arena, &err);
    if (st != KO_OK)
        ko_run_fail(run, st, &err);
    return st == KO_OK;
}

/* "-" is the bytes that were read already, if they were. */
static void lend_stdin(struct ko_ingest *ing, const struct ko_buf *stdin_bytes)
{
    for (size_t i = 0; stdin_bytes != NULL && i < ing->files.n; i++)
        if (ko_str_eq(ko_str(ing->files.v[i].path), KO_STR("-")))
            ing->files.v[i].bytes = (struct ko_str){stdin_bytes->p, stdin_bytes->n};
}

bool ko_ingest_prepare(struct ko_run *run, struct ko_ingest *ing,
                       const struct ko_buf *stdin_bytes)
{
    *ing = (struct ko_ingest){0};
    ko_buf_init(&ing->alias_bytes, KO_BUF_MAX);
    ko_reduce_options_init(&ing->reduce);
    ing->reduce.tool = KO_STR("ingest " KO_VERSION);
    if (!ko_ingest_window(run, &ing->reduce) || !read_aliases(run, ing) ||
        !find_files(run, ing) || !ko_ingest_reading(run, ing))
        return false;
    give_roles(run, ing);
    lend_stdin(ing, stdin_bytes);
    ko_repeat_mark(ing->files.v, ing->files.n);
    return ko_siblings_mark(ing->files.v, ing->files.n, &ing->arena) == KO_OK ||
           no_memory(run);
}

void ko_ingest_release(struct ko_ingest *ing)
{
    ko_arena_release(&ing->arena);
    ko_buf_release(&ing->alias_bytes);
    *ing = (struct ko_ingest){0};
}
