/* worklist_put.c: worklists as CSV for the people who work them off, and as records of
 * the case. */
#include "recover/worklist_put.h"

#include "reduce/mask.h"
#include "show/escape.h"

enum { TEXT_MAX_BYTES = 4096, ROWS_CITED = 5 };

static const char head[] =
    "id,customer,reference,time,due,as_of,state,amount,times,related,why,reason,source\n";

/* Ids that are masked are numbered together, whatever they are ids of. */
static enum ko_status put_id(struct ko_worklist_names *names, const struct ko_gather *g,
                             const char *kind, uint32_t number, struct ko_buf *out)
{
    struct ko_str id = ko_gather_name(g, number);
    if (number == 0 || names->shown) {
        ko_escape_csv(out, id);
        return KO_OK;
    }
    uint32_t shown;
    enum ko_status st =
        ko_map_put(&names->numbers, id, (uint32_t)names->numbers.n + 1, &shown);
    if (st == KO_OK)
        ko_buf_printf(out, "%s-%lu", kind, (unsigned long)shown);
    return st;
}

static void put_time(struct ko_buf *out, ko_time t)
{
    if (t != KO_TIME_NONE)
        ko_time_put(out, t);
    ko_buf_putc(out, ',');
}

static void put_private(struct ko_buf *out, struct ko_str text)
{
    struct ko_buf masked;
    ko_buf_init(&masked, KO_BUF_MAX);
    ko_mask_private(text, &masked);
    ko_escape_csv(out, ko_buf_str(&masked));
    if (masked.status != KO_OK && out->status == KO_OK)
        out->status = masked.status;
    ko_buf_release(&masked);
}

static void put_source(const struct ko_worklist_names *names, const struct ko_touch *t,
                       struct ko_buf *out)
{
    ko_buf_printf(out, "%.*s:%llu", KO_ARG(names->exports[t->export_index]),
                  (unsigned long long)t->line);
}

static void put_source_cell(const struct ko_worklist_names *names,
                            const struct ko_touch *t, struct ko_buf *out)
{
    struct ko_buf b;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    put_source(names, t, &b);
    ko_escape_csv(out, ko_buf_str(&b));
    ko_buf_release(&b);
}

static enum ko_status put_ids(struct ko_worklist_names *names, const struct ko_gather *g,
                              const struct ko_touch *t, struct ko_buf *out)
{
    enum ko_status st = put_id(names, g, "id", t->id, out);
    ko_buf_putc(out, ',');
    if (st == KO_OK)
        st = put_id(names, g, "customer", t->customer, out);
    ko_buf_putc(out, ',');
    if (st == KO_OK)
        st = put_id(names, g, "order", t->reference, out);
    ko_buf_putc(out, ',');
    return st;
}

static enum ko_status put_row(struct ko_worklist_names *names, const struct ko_gather *g,
                              const struct ko_work *w, struct ko_buf *out)
{
    const struct ko_touch *t = w->touch;
    enum ko_status st = put_ids(names, g, t, out);
    put_time(out, t->time);
    put_time(out, t->due);
    put_time(out, t->as_of);
    ko_buf_printf(out, "%s,", ko_touch_state_name(t->state));
    put_private(out, t->amount);
    ko_buf_printf(out, ",%lld,", (long long)w->times);
    if (st == KO_OK)
        st = put_id(names, g, "id", w->related, out);
    ko_buf_printf(out, ",\"%s\",", w->why);
    put_private(out, t->why);
    ko_buf_putc(out, ',');
    put_source_cell(names, t, out);
    ko_buf_putc(out, '\n');
    return st;
}

enum ko_status ko_worklist_put(struct ko_worklist_names *names, const struct ko_gather *g,
                               const struct ko_worklist *list, struct ko_buf *out)
{
    enum ko_status st = KO_OK;
    ko_buf_puts(out, head);
    for (size_t i = 0; i < list->rows.n && st == KO_OK; i++)
        st = put_row(names, g, &list->rows.v[i], out);
    return st;
}

void ko_worklist_say(const struct ko_worklist *list, uint64_t folded, struct ko_buf *out)
{
    if (list->needs.n > 0) {
        ko_buf_printf(out, "%s: not measured: no export has %.*s", list->what,
                      KO_ARG(list->needs));
        return;
    }
    ko_buf_printf(out, "%s: %s%zu", list->what, folded > 0 ? "at least " : "",
                  list->rows.n);
    if (list->waiting > 0)
        ko_buf_printf(out, "; %lld not due yet", (long long)list->waiting);
    if (list->matures != KO_TIME_NONE) {
        ko_buf_puts(out, "; still maturing until ");
        ko_time_put(out, list->matures);
    }
}

static enum ko_status keep_rows(struct ko_case *c, const struct ko_worklist *list,
                                const struct ko_worklist_names *names, ko_strs *ret)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < list->rows.n && i < ROWS_CITED && st == KO_OK; i++) {
        struct ko_buf b;
        ko_buf_init(&b, TEXT_MAX_BYTES);
        put_source(names, list->rows.v[i].touch, &b);
        st = b.status != KO_OK ? b.status : ko_case_add_str(c, ret, ko_buf_str(&b));
        ko_buf_release(&b);
    }
    return st;
}

static enum ko_status keep(struct ko_case *c, const struct ko_worklist *list,
                           uint64_t folded, const struct ko_worklist_names *names)
{
    struct ko_buf b;
    struct ko_recovery *r = ko_case_add(c, "recovery");
    if (r == NULL)
        return KO_ENOMEM;
    r->list = ko_str(list->name);
    r->definition = ko_str(list->definition);
    r->needs = list->needs;
    if (list->needs.n == 0) {
        r->count = (double)list->rows.n;
        r->matures = list->matures;
        r->folded = (double)folded;
    }
    ko_buf_init(&b, TEXT_MAX_BYTES);
    ko_worklist_say(list, folded, &b);
    enum ko_status st = ko_case_keep(c, &b, &r->text);
    return st == KO_OK ? keep_rows(c, list, names, &r->rows) : st;
}

static void drop_lists(struct ko_case *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->recoveries.n; i++) {
        if (ko_str_eq(c->recoveries.v[i].list, KO_STR("check")))
            c->recoveries.v[kept++] = c->recoveries.v[i];
    }
    c->recoveries.n = kept;
}

enum ko_status ko_worklists_keep(struct ko_case *c, const struct ko_worklists *lists,
                                 const struct ko_gather *g,
                                 const struct ko_worklist_names *names)
{
    enum ko_status st = KO_OK;
    drop_lists(c);
    for (size_t i = 0; i < KO_WORKLISTS && st == KO_OK; i++)
        st = keep(c, &lists->v[i], g->folded, names);
    return st;
}
