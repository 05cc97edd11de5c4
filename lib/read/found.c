/* found.c: what shows about an export while its records are read, part by part. */
#include "read/found.h"

#include "base/buf.h"
#include "read/histogram.h"

void ko_found_init(struct ko_found *f)
{
    *f = (struct ko_found){.first = KO_TIME_NONE, .last = KO_TIME_NONE};
    ko_map_init(&f->pairs, 0);
}

void ko_found_release(struct ko_found *f)
{
    ko_histograms_free(f->histograms);
    ko_map_release(&f->pairs);
    ko_found_init(f);
}

static enum ko_status note_pair(struct ko_map *pairs, struct ko_str a, struct ko_str b,
                                bool *ret_new)
{
    struct ko_buf key;
    uint32_t fresh = (uint32_t)pairs->n, index = 0;
    ko_buf_init(&key, KO_BUF_MAX);
    ko_buf_put(&key, a);
    ko_buf_putc(&key, '\0');
    ko_buf_put(&key, b);
    enum ko_status st = key.status;
    if (st == KO_OK)
        st = ko_map_put(pairs, ko_buf_str(&key), fresh, &index);
    ko_buf_release(&key);
    *ret_new = index == fresh;
    return st;
}

enum ko_status ko_found_edge(struct ko_found *f, struct ko_arena *arena,
                             const struct ko_event *ev)
{
    bool is_new;
    enum ko_status st = note_pair(&f->pairs, ev->entity, ev->peer, &is_new);
    if (st != KO_OK || !is_new)
        return st;
    struct ko_event *edge;
    KO_LIST_ADD(arena, &f->edges, edge);
    return edge != NULL ? ko_event_copy(arena, ev, edge) : KO_ENOMEM;
}

static void note_order(struct ko_cut *cut, ko_time before, ko_time t)
{
    if (before == KO_TIME_NONE || t == KO_TIME_NONE)
        return;
    cut->later += t > before ? 1 : 0;
    cut->earlier += t < before ? 1 : 0;
}

void ko_found_time(struct ko_found *f, ko_time t)
{
    note_order(&f->cut, f->last, t);
    f->first = f->first == KO_TIME_NONE ? t : f->first;
    f->last = t;
}

/* The order over the border between the parts counts too. */
static void add_times(struct ko_found *f, const struct ko_found *part)
{
    note_order(&f->cut, f->last, part->first);
    f->first = f->first == KO_TIME_NONE ? part->first : f->first;
    f->last = part->last == KO_TIME_NONE ? f->last : part->last;
}

static enum ko_status add_zones(struct ko_found *f, const struct ko_found *part,
                                struct ko_ledger *l)
{
    f->saw_zone |= part->saw_zone;
    f->saw_no_zone |= part->saw_no_zone;
    f->saw_option |= part->saw_option;
    return f->untrusted_zone.n > 0 || part->untrusted_zone.n == 0
               ? KO_OK
               : ko_str_copy(l->arena, part->untrusted_zone, &f->untrusted_zone);
}

static enum ko_status add_edges(struct ko_found *f, const struct ko_found *part,
                                struct ko_ledger *l)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < part->edges.n && st == KO_OK; i++)
        st = ko_found_edge(f, l->arena, &part->edges.v[i]);
    return st;
}

enum ko_status ko_found_add(struct ko_found *f, struct ko_found *part,
                            struct ko_ledger *l)
{
    f->unmeasured += part->unmeasured;
    f->general += part->general;
    f->nameless |= part->nameless;
    ko_cut_add(&f->cut, &part->cut);
    ko_tally_merge(&f->tally, &part->tally);
    add_times(f, part);
    enum ko_status st = add_zones(f, part, l);
    if (st == KO_OK)
        st = ko_how_add(&f->how, &part->how, l);
    if (st == KO_OK)
        st = ko_histograms_merge(&f->histograms, &part->histograms);
    return st == KO_OK ? add_edges(f, part, l) : st;
}
