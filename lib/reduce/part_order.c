/* part_order.c: the tables of a reducer in an order that does not tell how it was fed. */
#include "reduce/part_records.h"

#include <stdlib.h>

/* A text with its number. */
struct entry {
    struct ko_str s;
    uint32_t number;
};

static int by_text(const void *a, const void *b)
{
    return ko_str_cmp(((const struct entry *)a)->s, ((const struct entry *)b)->s);
}

/* ${n} entries in order, each handed to ${add}. */
static enum ko_status
add_in_order(struct entry *v, size_t n, struct ko_reducer *from, struct ko_reducer *into,
             enum ko_status (*add)(struct ko_reducer *from, struct ko_reducer *into,
                                   const struct entry *e))
{
    enum ko_status st = KO_OK;
    if (n > 1)
        qsort(v, n, sizeof *v, by_text);
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = add(from, into, &v[i]);
    return st;
}

static enum ko_status add_export(struct ko_reducer *from, struct ko_reducer *into,
                                 const struct entry *e)
{
    uint32_t at;
    return ko_reducer_begin_export(into, e->s, from->exports.v[e->number].normal, &at);
}

static enum ko_status add_name(struct ko_reducer *from, struct ko_reducer *into,
                               const struct entry *e)
{
    uint32_t at;
    (void)from;
    return ko_state_name(into, e->s, &at);
}

static enum ko_status add_text(struct ko_reducer *from, struct ko_reducer *into,
                               const struct entry *e)
{
    uint32_t at;
    (void)from;
    return ko_state_text(into, e->s, &at);
}

static void use(bool *used, uint32_t text)
{
    if (text != KO_NO_ENTITY)
        used[text] = true;
}

static bool is_dead(const struct ko_reducer *r, uint32_t i)
{
    const struct ko_track *t = &r->tracks.v[i];
    const struct ko_pattern *p =
        t->key.family == KO_TRACK_TEMPLATE ? &r->patterns.v[t->pattern] : NULL;
    return p != NULL && (p->count == 0 || p->track != i);
}

/* Texts that something names; of templates that were cut some remain that nothing does.
 */
static void find_used(const struct ko_reducer *r, bool *used)
{
    for (uint32_t i = 0; i < r->tracks.n; i++) {
        if (is_dead(r, i))
            continue;
        use(used, r->tracks.v[i].key.signal);
        use(used, r->tracks.v[i].key.text);
    }
    for (size_t i = 0; i < r->spans.n; i++)
        use(used, r->spans.v[i].operation);
    for (size_t i = 0; i < r->contacts.n; i++) {
        const struct ko_contact *x = &r->contacts.v[i];
        const uint32_t texts[] = {x->version, x->region, x->channel, x->queue,
                                  x->segment};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            use(used, texts[k]);
    }
}

static enum ko_status announce(struct ko_reducer *into, struct ko_reducer *from)
{
    size_t most = from->exports.n + from->names.n + from->text_map.n, n = 0;
    struct entry *v = ko_mem_alloc(most, sizeof *v);
    bool *used = ko_mem_alloc(from->text_map.n, sizeof *used);
    enum ko_status st = v != NULL && used != NULL ? KO_OK : KO_ENOMEM;
    for (uint32_t i = 0; st == KO_OK && i < from->exports.n; i++)
        v[n++] = (struct entry){from->exports.v[i].file, i};
    if (st == KO_OK)
        st = add_in_order(v, n, from, into, add_export);
    n = 0;
    for (uint32_t i = 0; st == KO_OK && i < from->names.n; i++)
        v[n++] = (struct entry){from->names.v[i].raw, i};
    if (st == KO_OK)
        st = add_in_order(v, n, from, into, add_name);
    n = 0;
    if (st == KO_OK)
        find_used(from, used);
    for (uint32_t i = 0; st == KO_OK && i < from->text_map.n; i++) {
        if (used[i])
            v[n++] = (struct entry){ko_state_said(from, i), i};
    }
    if (st == KO_OK)
        st = add_in_order(v, n, from, into, add_text);
    ko_mem_free(v);
    ko_mem_free(used);
    return st;
}

enum ko_status ko_part_in_order(struct ko_reducer *r)
{
    struct ko_reducer *next = ko_reducer_new(&r->opt, NULL);
    if (next == NULL)
        return KO_ENOMEM;
    next->fold = r->fold;
    enum ko_status st = announce(next, r);
    if (st == KO_OK)
        st = ko_merge(next, r, false);
    if (st == KO_OK) {
        struct ko_reducer old = *r;
        *r = *next;
        *next = old;
    }
    ko_reducer_free(next);
    return st;
}

/* ---- tracks ---- */

struct placed {
    uint32_t key[8];
    uint32_t number;
};

/* A block stays together: its families come last in the key. */
static struct placed place(const struct ko_track_key *k, uint32_t number)
{
    bool block =
        k->family >= KO_BLOCK_FIRST && k->family < KO_BLOCK_FIRST + KO_BLOCK_TRACKS;
    uint32_t family = (uint32_t)k->family, first = block ? KO_BLOCK_FIRST : family;
    return (struct placed){{first, k->export_index, k->entity, k->caller, k->instance,
                            k->signal, k->text, family},
                           number};
}

static int by_key(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    for (size_t i = 0; i < sizeof x->key / sizeof *x->key; i++) {
        if (x->key[i] != y->key[i])
            return x->key[i] < y->key[i] ? -1 : 1;
    }
    return (x->number > y->number) - (x->number < y->number);
}

enum ko_status ko_part_order_tracks(const struct ko_reducer *r, uint32_t *ret_order,
                                    uint32_t *ret_rank)
{
    struct placed *v = ko_mem_alloc(r->tracks.n, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (uint32_t i = 0; i < r->tracks.n; i++)
        v[i] = place(&r->tracks.v[i].key, i);
    if (r->tracks.n > 1)
        qsort(v, r->tracks.n, sizeof *v, by_key);
    for (uint32_t i = 0; i < r->tracks.n; i++) {
        ret_order[i] = v[i].number;
        ret_rank[v[i].number] = i;
    }
    ko_mem_free(v);
    return KO_OK;
}
