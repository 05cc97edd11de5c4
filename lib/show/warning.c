/* warning.c: what a reader must know about the data before he trusts the answers. */
#include "show/warning.h"

#include "base/buf.h"
#include "show/words.h"

#include <stdlib.h>

/* Texts of one warning that are worth reading. */
enum { WARNING_BYTES = 600, WARNING_REASONS = 4 };

/* The list being made, and the first failure. */
struct maker {
    struct ko_arena *arena;
    ko_warnings list;
    enum ko_status status;
};

static void add(struct maker *m, enum ko_warning_kind kind, struct ko_str file,
                struct ko_str text)
{
    struct ko_warning *w;
    KO_LIST_ADD(m->arena, &m->list, w);
    if (w == NULL) {
        m->status = KO_ENOMEM;
        return;
    }
    *w = (struct ko_warning){kind, file, text};
}

/* Hands a text over to the arena and starts the next one. */
static struct ko_str keep(struct maker *m, struct ko_buf *text)
{
    struct ko_str kept = {0};
    enum ko_status st = ko_str_copy(m->arena, ko_buf_str(text), &kept);
    if (st != KO_OK)
        m->status = st;
    if (text->status == KO_ENOMEM)
        m->status = KO_ENOMEM;
    ko_buf_reset(text);
    return kept;
}

static void add_counts(struct maker *m, const struct ko_account *a, struct ko_buf *text)
{
    if (a->rejected > 0) {
        ko_buf_printf(text, "%lld of %lld lines not used: ", (long long)a->rejected,
                      (long long)a->lines);
        ko_words_join(text, &a->rejects, ", ", WARNING_REASONS);
        add(m, KO_WARNING_REJECTED, a->file, keep(m, text));
    }
    if (a->no_time > 0) {
        ko_buf_printf(text, "%lld records have no usable time", (long long)a->no_time);
        add(m, KO_WARNING_NO_TIME, a->file, keep(m, text));
    }
}

static void add_account(struct maker *m, const struct ko_account *a, struct ko_buf *text)
{
    if (a->damaged)
        add(m, KO_WARNING_DAMAGED, a->file, KO_STR("damaged or cut short"));
    if (a->capped)
        add(m, KO_WARNING_CAPPED, a->file, KO_STR("looks truncated by its exporter"));
    add_counts(m, a, text);
    for (size_t i = 0; i < a->remarks.n; i++)
        add(m, KO_WARNING_REMARK, a->file, a->remarks.v[i]);
    if (ko_str_ends(a->zone, KO_STR("(assumed)"))) {
        ko_buf_printf(text, "names no zone: read as %.*s", KO_ARG(a->zone));
        add(m, KO_WARNING_ZONE, a->file, keep(m, text));
    }
    if (a->repeated)
        add(m, KO_WARNING_REPEATED, a->file,
            KO_STR("same content as an earlier export: counted once"));
}

static int by_gravity(const void *pa, const void *pb)
{
    const struct ko_warning *a = pa, *b = pb;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = ko_str_cmp(a->file, b->file);
    return order ? order : ko_str_cmp(a->text, b->text);
}

enum ko_status ko_warning_list(const struct ko_case *c, struct ko_arena *arena,
                               ko_warnings *ret)
{
    struct maker m = {.arena = arena};
    struct ko_buf text;
    ko_buf_init(&text, WARNING_BYTES);
    if (c->head.incomplete)
        add(&m, KO_WARNING_PARTIAL, KO_STR(""),
            KO_STR("PARTIAL: reading was interrupted, counts are too low"));
    for (size_t i = 0; i < c->accounts.n; i++)
        add_account(&m, &c->accounts.v[i], &text);
    ko_buf_release(&text);
    if (m.status != KO_OK)
        return m.status;
    if (m.list.n > 1)
        qsort(m.list.v, m.list.n, sizeof *m.list.v, by_gravity);
    *ret = m.list;
    return KO_OK;
}
