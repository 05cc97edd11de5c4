/* merge.c: what two reducers took, as if one had taken it. */
#include "reduce/mask.h"
#include "reduce/state.h"

/* Where the numbers of `from` went in `into`. */
struct merger {
    struct ko_reducer *into, *from;
    uint32_t *exports, *names, *tracks;
};

static uint32_t mapped(const uint32_t *map, uint32_t number)
{
    return number == KO_NO_ENTITY ? KO_NO_ENTITY : map[number];
}

static void widen(struct ko_export *e, const struct ko_export *from)
{
    if (from->first != KO_TIME_NONE &&
        (e->first == KO_TIME_NONE || from->first < e->first))
        e->first = from->first;
    if (from->last != KO_TIME_NONE && (e->last == KO_TIME_NONE || from->last > e->last))
        e->last = from->last;
}

/* The account of a part is that of its own bytes: counts add up. */
static enum ko_status merge_ledger(struct ko_reducer *r, const struct ko_export *from,
                                   struct ko_export *e)
{
    if (!from->has_ledger)
        return KO_OK;
    if (!e->has_ledger)
        return ko_reducer_end_export(r, &from->ledger);
    return ko_ledger_add(&e->ledger, &from->ledger);
}

static enum ko_status merge_export(struct merger *m, uint32_t i)
{
    const struct ko_export *from = &m->from->exports.v[i];
    enum ko_status st =
        ko_reducer_begin_export(m->into, from->file, from->normal, &m->exports[i]);
    if (st != KO_OK)
        return st;
    struct ko_export *e = &m->into->exports.v[m->exports[i]];
    e->repeated |= from->repeated;
    e->taken += from->taken;
    e->timed += from->timed;
    e->no_time += from->no_time;
    e->unusable += from->unusable;
    e->duplicates += from->duplicates;
    widen(e, from);
    return merge_ledger(m->into, from, e);
}

static enum ko_status merge_name(struct merger *m, uint32_t i)
{
    const struct ko_name *from = &m->from->names.v[i];
    enum ko_status st = ko_state_name(m->into, from->raw, &m->names[i]);
    if (st != KO_OK)
        return st;
    struct ko_name *name = &m->into->names.v[m->names[i]];
    name->records += from->records;
    name->by_file += from->by_file;
    name->declared |= from->declared;
    name->instance |= from->instance;
    name->queue |= from->queue;
    name->bot |= from->bot;
    return ko_pattern_level(m->into, m->names[i], m->from->pattern_levels.v[i]);
}

static enum ko_status merge_hosts(struct merger *m)
{
    enum ko_status st = KO_OK;
    const struct ko_hosts *from = &m->from->hosts;
    m->into->hosts.full |= from->full;
    for (size_t i = 0; i < from->map.n && st == KO_OK; i++) {
        uint32_t of = from->of.v[from->map.entries[i].value];
        of = of == KO_HOST_SHARED ? of : m->names[of];
        if (of != KO_HOST_SHARED && ko_str_eq(m->into->names.v[of].raw, KO_MASK_OTHER))
            of = KO_HOST_SHARED;
        st = ko_hosts_note(&m->into->hosts, from->map.entries[i].key, of);
    }
    return st;
}

/* A value; it may be folded here. */
static enum ko_status merge_value(struct merger *m, uint32_t *io_text)
{
    return ko_state_value(m->into, ko_state_said(m->from, *io_text), io_text);
}

/* The names of dimensions are few; so is "all", the one value of the dimension "all". */
static enum ko_status merge_track_texts(struct merger *m, struct ko_track_key *io_key)
{
    if (ko_family_is_spot(io_key->family))
        return ko_spot_text(m->into, ko_state_said(m->from, io_key->text), &io_key->text);
    bool dimension = io_key->family == KO_TRACK_TABLE_GROUP ||
                     io_key->family == KO_TRACK_TABLE_GROUP_BAD;
    bool all = dimension && io_key->signal == m->from->dim_all;
    if (all) {
        io_key->signal = io_key->text = m->into->dim_all;
        return KO_OK;
    }
    enum ko_status st =
        dimension ? ko_state_text(m->into, ko_state_said(m->from, io_key->signal),
                                  &io_key->signal)
                  : merge_value(m, &io_key->signal);
    return st == KO_OK ? merge_value(m, &io_key->text) : st;
}

static enum ko_status merge_pattern(struct merger *m, const struct ko_track *t,
                                    uint32_t *ret)
{
    struct ko_pattern p = m->from->patterns.v[t->pattern];
    *ret = 0;
    if (p.count == 0)
        return KO_OK;
    p.entity = m->names[p.entity];
    p.export_index = m->exports[p.export_index];
    p.normal_export = mapped(m->exports, p.normal_export);
    return ko_pattern_add(m->into, &p, ret);
}

/* A block is found by its first track; the others follow it. */
static enum ko_status merge_track(struct merger *m, uint32_t i)
{
    const struct ko_track *t = &m->from->tracks.v[i];
    struct ko_track_key key = t->key;
    if (key.family == KO_TRACK_TEMPLATE)
        return merge_pattern(m, t, &m->tracks[i]);
    if (key.family > KO_BLOCK_FIRST && key.family < KO_BLOCK_FIRST + KO_BLOCK_TRACKS) {
        m->tracks[i] = m->tracks[i - 1] + 1;
        return KO_OK;
    }
    key.export_index = mapped(m->exports, key.export_index);
    key.entity = mapped(m->names, key.entity);
    key.caller = mapped(m->names, key.caller);
    key.instance = mapped(m->names, key.instance);
    enum ko_status st = merge_track_texts(m, &key);
    if (st == KO_OK)
        st = ko_state_track(m->into, &key, &m->tracks[i]);
    return st == KO_OK ? ko_state_measured(m->into, m->tracks[i], t->kind, t->unit) : st;
}

static enum ko_status merge_spans(struct merger *m)
{
    ko_spans_thin(&m->into->spans, m->from->spans.shift);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < m->from->spans.n && st == KO_OK; i++) {
        struct ko_span s = m->from->spans.v[i];
        s.export_index = m->exports[s.export_index];
        s.entity = mapped(m->names, s.entity);
        s.peer = mapped(m->names, s.peer);
        st = merge_value(m, &s.operation);
        if (st == KO_OK)
            st = ko_spans_add(&m->into->spans, &s);
    }
    return st;
}

static enum ko_status merge_mentions(struct merger *m)
{
    ko_mentions_thin(&m->into->mentions, m->from->mentions.shift);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < m->from->mentions.n && st == KO_OK; i++) {
        struct ko_mention x = m->from->mentions.v[i];
        uint32_t pattern = ko_pattern_of(m->from, x.track);
        x.track = m->tracks[m->from->patterns.v[pattern].track];
        st = ko_mentions_add(&m->into->mentions, &x);
    }
    return st;
}

static enum ko_status merge_contacts(struct merger *m)
{
    ko_contacts_thin(&m->into->contacts, m->from->contacts.shift);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < m->from->contacts.n && st == KO_OK; i++) {
        struct ko_contact c = m->from->contacts.v[i];
        uint32_t *texts[] = {&c.version, &c.region, &c.channel, &c.queue, &c.segment};
        c.export_index = m->exports[c.export_index];
        c.entity = mapped(m->names, c.entity);
        for (size_t k = 0; k < sizeof texts / sizeof texts[0] && st == KO_OK; k++)
            st = merge_value(m, texts[k]);
        if (st == KO_OK)
            st = ko_contacts_add(&m->into->contacts, &c);
    }
    return st;
}

static enum ko_status merge_kept(struct merger *m)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < m->from->kept.n && st == KO_OK; i++) {
        struct ko_event ev = m->from->kept.v[i];
        ev.place.export_index = m->exports[ev.place.export_index];
        st = ko_state_keep(m->into, &ev);
    }
    return st;
}

static enum ko_status make_maps(struct merger *m)
{
    m->exports = ko_mem_alloc(m->from->exports.n, sizeof *m->exports);
    m->names = ko_mem_alloc(m->from->names.n, sizeof *m->names);
    m->tracks = ko_mem_alloc(m->from->tracks.n, sizeof *m->tracks);
    bool whole = m->exports && m->names && m->tracks;
    return whole ? KO_OK : KO_ENOMEM;
}

/* ---- keys before what was counted under them ---- */

/* Have all keys of `from` in `into`, with nothing under them yet. */
static enum ko_status announce(struct merger *m)
{
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < m->from->exports.n && st == KO_OK; i++)
        st = ko_reducer_begin_export(m->into, m->from->exports.v[i].file,
                                     m->from->exports.v[i].normal, &m->exports[i]);
    for (uint32_t i = 0; i < m->from->names.n && st == KO_OK; i++)
        st = ko_state_name(m->into, m->from->names.v[i].raw, &m->names[i]);
    for (uint32_t i = 0; i < m->from->tracks.n && st == KO_OK; i++) {
        if (m->from->tracks.v[i].key.family != KO_TRACK_TEMPLATE)
            st = merge_track(m, i);
    }
    return st;
}

/* Fold before the numbers of both come together: they would be kept more coarsely than
 * those of the keys that stay need it. */
static enum ko_status make_room(struct merger *m)
{
    enum ko_status st = announce(m);
    while (st == KO_OK && m->into->keys > m->into->opt.keys_max) {
        st = ko_fold_settle(m->into);
        if (st == KO_OK)
            st = announce(m);
    }
    return st;
}

static enum ko_status merge_all(struct merger *m)
{
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < m->from->exports.n && st == KO_OK; i++)
        st = merge_export(m, i);
    for (uint32_t i = 0; i < m->from->names.n && st == KO_OK; i++)
        st = merge_name(m, i);
    if (st == KO_OK)
        st = merge_hosts(m);
    for (uint32_t i = 0; i < m->from->tracks.n && st == KO_OK; i++)
        st = merge_track(m, i);
    if (st == KO_OK)
        st = ko_cells_merge(&m->into->cells, &m->from->cells, m->tracks);
    if (st == KO_OK)
        st = ko_cells_merge(&m->into->took, &m->from->took, m->tracks);
    if (st == KO_OK)
        st = ko_ids_merge(&m->into->ids, &m->from->ids, m->tracks);
    if (st == KO_OK)
        st = merge_spans(m);
    if (st == KO_OK)
        st = merge_mentions(m);
    if (st == KO_OK)
        st = merge_contacts(m);
    if (st == KO_OK)
        st = merge_kept(m);
    for (uint32_t i = 0; i < m->into->names.n && st == KO_OK; i++)
        st = ko_pattern_settle(m->into, i);
    return st;
}

enum ko_status ko_merge(struct ko_reducer *into, struct ko_reducer *from, bool may_fold)
{
    struct merger m = {.into = into, .from = from};
    enum ko_status st = make_maps(&m);
    if (st == KO_OK && may_fold)
        st = make_room(&m);
    if (st == KO_OK)
        st = merge_all(&m);
    ko_mem_free(m.exports);
    ko_mem_free(m.names);
    ko_mem_free(m.tracks);
    return st;
}

enum ko_status ko_reducer_merge(struct ko_reducer *into, struct ko_reducer *from,
                                struct ko_err *err)
{
    enum ko_status st = into->fold < from->fold ? ko_fold_to(into, from->fold) : KO_OK;
    if (st == KO_OK)
        st = ko_merge(into, from, true);
    if (st == KO_OK)
        st = ko_fold_settle(into);
    if (st == KO_ENOMEM)
        return ko_err_nomem(err);
    return st == KO_OK ? st : ko_err_set(err, st, "the parts hold too many names");
}
