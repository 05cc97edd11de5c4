/* finish_account.c: the account of every export, checked against what was taken. */
#include "reduce/finish.h"

static enum ko_status put_rejects(struct ko_finish *f, const struct ko_ledger *l,
                                  struct ko_account *a)
{
    enum ko_status st = KO_OK;
    for (int i = 0; i < KO_REJECT_COUNT && st == KO_OK; i++) {
        struct ko_str text;
        if (l->rejects[i] == 0)
            continue;
        st = ko_case_print(f->c, &text, "%s %llu", ko_reject_name((enum ko_reject)i),
                           (unsigned long long)l->rejects[i]);
        if (st == KO_OK)
            st = ko_case_add_str(f->c, &a->rejects, text);
    }
    return st;
}

static enum ko_status put_samples(struct ko_finish *f, const struct ko_ledger *l,
                                  struct ko_account *a)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < l->samples.n && st == KO_OK; i++) {
        const struct ko_reject_sample *s = &l->samples.v[i];
        struct ko_str masked, text;
        st = ko_finish_masked(f, s->text, &masked);
        if (st == KO_OK)
            st = ko_case_print(f->c, &text, "%.*s:%llu: %s: %.*s", KO_ARG(l->file),
                               (unsigned long long)s->line, ko_reject_name(s->reason),
                               KO_ARG(masked));
        if (st == KO_OK)
            st = ko_case_add_str(f->c, &a->samples, text);
    }
    return st;
}

static enum ko_status remark_count(struct ko_finish *f, struct ko_account *a,
                                   const char *what, uint64_t n)
{
    struct ko_str text;
    if (n == 0)
        return KO_OK;
    enum ko_status st =
        ko_case_print(f->c, &text, "%llu %s", (unsigned long long)n, what);
    return st == KO_OK ? ko_case_add_str(f->c, &a->remarks, text) : st;
}

/* Records of the export whose name or signal counts together with others. */
static uint64_t folded(const struct ko_finish *f, uint32_t index)
{
    const struct ko_reducer *r = f->r;
    uint64_t n = 0;
    for (size_t i = 0; r->fold > 0 && i < r->tracks.n; i++) {
        const struct ko_track *t = &r->tracks.v[i];
        bool counts =
            (t->key.family == KO_TRACK_LINES || t->key.family == KO_TRACK_METRIC);
        if (!counts || t->key.export_index != index || !ko_fold_has(r, t))
            continue;
        struct ko_cells_walk w = ko_cells_walk(&r->cells, (uint32_t)i);
        for (struct ko_cell c; ko_cells_next(&w, &c);)
            n += c.n;
    }
    return n;
}

static enum ko_status put_remarks(struct ko_finish *f, const struct ko_export *e,
                                  uint32_t index, struct ko_account *a)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < e->ledger.remarks.n && st == KO_OK; i++)
        st = ko_case_add_str(f->c, &a->remarks, e->ledger.remarks.v[i]);
    if (st == KO_OK)
        st = remark_count(f, a,
                          e->normal ? "records far from the others of this healthy "
                                      "export: not used"
                                    : "records outside the window: not used",
                          f->outside[index]);
    if (st == KO_OK)
        st = remark_count(f, a, "numbers too large to add up: not used", e->unusable);
    if (st == KO_OK)
        st = remark_count(f, a, "records were delivered before: counted once",
                          e->duplicates);
    if (st == KO_OK)
        st = remark_count(f, a,
                          "records are counted together as (other): too many names for "
                          "the memory allowed (--max-memory)",
                          folded(f, index));
    uint64_t one_in = (uint64_t)1 << f->r->spans.shift;
    if (st == KO_OK && e->timed > 0 && one_in > 1)
        st = remark_count(f, a, "is the sampling of traces: one in so many was kept",
                          one_in);
    return st;
}

static enum ko_status put_texts(struct ko_finish *f, const struct ko_export *e,
                                struct ko_account *a)
{
    const struct ko_ledger *l = &e->ledger;
    const struct {
        struct ko_str from, *to;
    } texts[] = {{e->file, &a->file},
                 {l->format, &a->format},
                 {l->why, &a->why},
                 {l->zone, &a->zone},
                 {l->time_field, &a->time_field},
                 {l->entity_field, &a->entity_field},
                 {l->units, &a->units}};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && st == KO_OK; i++)
        st = ko_str_copy(&f->c->arena, texts[i].from, texts[i].to);
    if (st == KO_OK && l->hash != 0)
        st = ko_case_print(f->c, &a->hash, "%016llx", (unsigned long long)l->hash);
    return st;
}

static void put_counts(const struct ko_finish *f, const struct ko_export *e,
                       uint32_t index, struct ko_account *a)
{
    const struct ko_ledger *l = &e->ledger;
    a->bytes = (int64_t)l->bytes;
    a->lines = (int64_t)l->lines;
    a->accepted = (int64_t)l->lines_accepted;
    a->rejected = (int64_t)l->lines_rejected;
    a->blank = (int64_t)l->lines_blank;
    a->header = (int64_t)l->lines_header;
    a->records = (int64_t)(e->has_ledger && !e->repeated ? l->records : e->taken);
    a->no_time = (int64_t)e->no_time;
    a->outside = (int64_t)f->outside[index];
    a->duplicates = (int64_t)(l->duplicates + e->duplicates);
    a->first = e->first;
    a->last = e->last;
    if (e->first == KO_TIME_NONE && e->has_ledger) {
        a->first = l->first;
        a->last = l->last;
    }
    a->damaged = l->damaged;
    a->capped = l->capped;
    a->repeated = e->repeated;
}

static enum ko_status write_account(struct ko_finish *f, uint32_t index)
{
    const struct ko_export *e = &f->r->exports.v[index];
    if (e->has_ledger && !e->repeated && e->ledger.records != e->taken)
        return ko_err_set(f->err, KO_ERANGE,
                          "'%.*s': %llu records were read and %llu taken; this is a bug",
                          KO_ARG(e->file), (unsigned long long)e->ledger.records,
                          (unsigned long long)e->taken);
    struct ko_account *a = ko_case_add(f->c, "ledger");
    if (a == NULL)
        return KO_ENOMEM;
    put_counts(f, e, index, a);
    enum ko_status st = put_texts(f, e, a);
    if (st == KO_OK)
        st = put_rejects(f, &e->ledger, a);
    if (st == KO_OK)
        st = put_samples(f, &e->ledger, a);
    return st == KO_OK ? put_remarks(f, e, index, a) : st;
}

enum ko_status ko_finish_accounts(struct ko_finish *f)
{
    uint32_t *order = ko_arena_alloc(&f->arena, f->r->exports.n, sizeof *order);
    if (order == NULL)
        return KO_ENOMEM;
    for (uint32_t i = 0; i < f->r->exports.n; i++)
        order[f->export_rank[i]] = i;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->r->exports.n && st == KO_OK; i++)
        st = write_account(f, order[i]);
    return st;
}
