/* finish.c: from the state of a reducer to a case, in an order that no input chooses. */
#include "reduce/finish.h"

#include "reduce/mask.h"

#include <stdlib.h>

enum ko_status ko_finish_row(struct ko_finish *f, uint32_t export_index, uint64_t line,
                             struct ko_str *ret)
{
    struct ko_str file = f->r->exports.v[export_index].file;
    return ko_case_print(f->c, ret, "%.*s:%llu", KO_ARG(file), (unsigned long long)line);
}

enum ko_status ko_finish_masked(struct ko_finish *f, struct ko_str text,
                                struct ko_str *ret)
{
    if (f->r->opt.unmasked)
        return ko_str_copy(&f->c->arena, text, ret);
    ko_buf_reset(&f->r->scratch);
    ko_mask_private(text, &f->r->scratch);
    if (f->r->scratch.status != KO_OK)
        return f->r->scratch.status;
    return ko_str_copy(&f->c->arena, ko_buf_str(&f->r->scratch), ret);
}

enum ko_status ko_finish_nums(struct ko_finish *f, ko_nums *ret, size_t n, double fill)
{
    double *v = ko_arena_alloc(&f->c->arena, n, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        v[i] = fill;
    ret->v = v;
    ret->n = ret->cap = n;
    return KO_OK;
}

uint32_t ko_finish_entity(struct ko_finish *f, struct ko_str raw)
{
    uint32_t name;
    raw = ko_str_trim(raw);
    if (raw.n > 0 && !ko_fold_keeps(raw, f->r->fold, KO_FOLD_NAME))
        raw = KO_MASK_OTHER;
    if (raw.n == 0 || !ko_map_get(&f->r->name_map, raw, &name))
        return KO_NO_ENTITY;
    return f->entity_of[name];
}

/* ---- places in order of the names of exports ---- */

struct named {
    struct ko_str file;
    uint32_t index;
};

static int by_file(const void *a, const void *b)
{
    return ko_str_cmp(((const struct named *)a)->file, ((const struct named *)b)->file);
}

static enum ko_status rank_exports(struct ko_finish *f)
{
    size_t n = f->r->exports.n;
    struct named *sorted = ko_arena_alloc(&f->arena, n, sizeof *sorted);
    f->export_rank = ko_arena_alloc(&f->arena, n, sizeof *f->export_rank);
    if (sorted == NULL || f->export_rank == NULL)
        return KO_ENOMEM;
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = (struct named){f->r->exports.v[i].file, i};
    if (n > 1)
        qsort(sorted, n, sizeof *sorted, by_file);
    for (uint32_t i = 0; i < n; i++)
        f->export_rank[sorted[i].index] = i;
    return KO_OK;
}

static enum ko_status set_board(struct ko_finish *f)
{
    f->board.grids = f->grids;
    f->board.realm_of = f->realm_of;
    f->board.group_of = f->group_of;
    f->board.covers = f->covers;
    f->board.n_groups = f->n_groups;
    f->board.export_rank = f->export_rank;
    return KO_OK;
}

static enum ko_status write_board(struct ko_finish *f)
{
    double weights[] = {[KO_SOURCE_LOG] = 1,
                        [KO_SOURCE_SPAN] = (double)((uint64_t)1 << f->r->spans.shift),
                        [KO_SOURCE_CONTACT] =
                            (double)((uint64_t)1 << f->r->contacts.shift)};
    struct ko_str *files = ko_arena_alloc(&f->arena, f->r->exports.n, sizeof *files);
    if (files == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < f->r->exports.n; i++)
        files[i] = f->r->exports.v[i].file;
    return ko_board_write(&f->board, f->c, weights, files);
}

/* A part of the work; each needs what those before it made. */
struct step {
    enum ko_status (*run)(struct ko_finish *f);
};

static enum ko_status run(struct ko_finish *f, const struct step *steps)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; steps[i].run != NULL && st == KO_OK; i++)
        st = steps[i].run(f);
    return st;
}

static enum ko_status sort_cells(struct ko_finish *f)
{
    enum ko_status st = ko_cells_sort(&f->r->cells);
    return st == KO_OK ? ko_cells_sort(&f->r->took) : st;
}

static const struct step steps[] = {{rank_exports},
                                    {ko_finish_names},
                                    {ko_finish_contact_groups},
                                    {sort_cells},
                                    {ko_finish_window},
                                    {set_board},
                                    {ko_finish_declared},
                                    {ko_finish_logs},
                                    {ko_finish_spans},
                                    {ko_finish_contacts},
                                    {write_board},
                                    {ko_finish_metrics},
                                    {ko_finish_ops},
                                    {ko_finish_edges},
                                    {ko_finish_templates},
                                    {ko_finish_groups},
                                    {ko_finish_combinations},
                                    {ko_finish_accounts},
                                    {NULL}};

enum ko_status ko_reducer_finish(struct ko_reducer *r, struct ko_case *c,
                                 struct ko_err *err)
{
    struct ko_err why = {.status = KO_OK};
    struct ko_finish f = {.r = r, .c = c, .err = &why};
    enum ko_status st = run(&f, steps);
    if (st != KO_OK && why.status == KO_OK)
        (void)(st == KO_ENOMEM ? ko_err_nomem(&why)
                               : ko_err_set(&why, st,
                                            "too many names or signals; is "
                                            "the entity column the right one?"));
    if (st != KO_OK && err != NULL)
        *err = why;
    ko_board_release(&f.board);
    ko_map_release(&f.call_map);
    ko_arena_release(&f.arena);
    return st;
}
