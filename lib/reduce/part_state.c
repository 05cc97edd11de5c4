/* part_state.c: the state of a reducer in a part. */
#include "reduce/mask.h"
#include "reduce/part_records.h"
#include "reduce/take.h"

#include <stdlib.h>

enum { SHIFT_MAX = 63, COUNTS = 1, SAMPLES = 2, DURATIONS = 3 };
/* Sums of as many parts as there may be stay far from overflow. */
#define COUNT_MAX ((uint64_t)1 << 48)

struct state {
    struct ko_codec *c;
    struct ko_reducer *r;
    struct ko_part_sizes n;
    uint32_t *tracks; /* reading: the number here of each track of the part; writing: the
                       * track at each place */
    uint32_t *rank;   /* writing: the place of each track */
};

static void note(struct ko_codec *c, enum ko_status st)
{
    c->status = c->status == KO_OK ? st : c->status;
}

/* A list whose numbers are places must be read into the same places. */
static void placed(struct ko_codec *c, enum ko_status st, uint32_t at, size_t expected)
{
    note(c, st);
    ko_codec_refuse(c, at != expected);
}

static void count(struct ko_codec *c, uint64_t *io)
{
    ko_codec_u64(c, io);
    ko_codec_refuse(c, *io > COUNT_MAX);
}

static uint32_t size(struct ko_codec *c, size_t n)
{
    ko_codec_count(c, &n);
    ko_codec_refuse(c, n >= UINT32_MAX);
    return c->status == KO_OK ? (uint32_t)n : 0;
}

static void shift(struct ko_codec *c, unsigned *io)
{
    uint32_t v = *io;
    ko_codec_below(c, &v, SHIFT_MAX + 1);
    *io = v;
}

/* ---- tables ---- */

static void export_record(struct state *s, uint32_t i)
{
    struct ko_codec *c = s->c;
    struct ko_export e = {.normal = false};
    if (ko_codec_writes(c))
        e = s->r->exports.v[i];
    uint64_t *const counts[] = {&e.taken, &e.timed, &e.no_time, &e.unusable,
                                &e.duplicates};
    ko_codec_str(c, &e.file);
    ko_codec_bool(c, &e.normal);
    ko_codec_bool(c, &e.repeated);
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
        count(c, counts[k]);
    ko_codec_time(c, &e.first);
    ko_codec_time(c, &e.last);
    if (ko_codec_writes(c) || c->status != KO_OK)
        return;
    uint32_t at = i;
    placed(c, ko_reducer_begin_export(s->r, e.file, e.normal, &at), at, i);
    if (c->status != KO_OK)
        return;
    struct ko_export *to = &s->r->exports.v[i];
    to->repeated = e.repeated;
    to->taken = e.taken;
    to->timed = e.timed;
    to->no_time = e.no_time;
    to->unusable = e.unusable;
    to->duplicates = e.duplicates;
    to->first = e.first;
    to->last = e.last;
}

static void text_record(struct state *s, uint32_t i)
{
    struct ko_codec *c = s->c;
    struct ko_str text = {0};
    bool counts = false;
    uint32_t at = i;
    if (ko_codec_writes(c)) {
        text = ko_state_said(s->r, i);
        counts = i < s->r->text_counts.n && s->r->text_counts.v[i];
    }
    ko_codec_str(c, &text);
    ko_codec_bool(c, &counts);
    if (ko_codec_writes(c) || c->status != KO_OK)
        return;
    placed(c, counts ? ko_state_value(s->r, text, &at) : ko_state_text(s->r, text, &at),
           at, i);
}

static void name_record(struct state *s, uint32_t i)
{
    struct ko_codec *c = s->c;
    struct ko_name name = {.records = 0};
    uint32_t level = 0, at = i;
    if (ko_codec_writes(c)) {
        name = s->r->names.v[i];
        level = (uint32_t)s->r->pattern_levels.v[i];
    }
    ko_codec_str(c, &name.raw);
    count(c, &name.records);
    count(c, &name.by_file);
    ko_codec_bool(c, &name.declared);
    ko_codec_bool(c, &name.instance);
    ko_codec_bool(c, &name.queue);
    ko_codec_bool(c, &name.bot);
    ko_codec_below(c, &level, KO_MASK_LEVELS);
    if (ko_codec_writes(c) || c->status != KO_OK)
        return;
    placed(c, ko_state_name(s->r, name.raw, &at), at, i);
    if (c->status != KO_OK)
        return;
    name.raw = s->r->names.v[i].raw;
    s->r->names.v[i] = name;
    s->r->pattern_levels.v[i] = (int)level;
}

static void host_record(struct state *s, uint32_t i)
{
    struct ko_codec *c = s->c;
    struct ko_hosts *h = &s->r->hosts;
    struct ko_str host = {0};
    uint32_t of = KO_NO_ENTITY;
    if (ko_codec_writes(c)) {
        host = h->map.entries[i].key;
        of = h->of.v[h->map.entries[i].value];
    }
    of = of == KO_HOST_SHARED ? KO_NO_ENTITY : of;
    ko_codec_str(c, &host);
    ko_codec_number(c, &of, s->n.names);
    if (!ko_codec_writes(c) && c->status == KO_OK)
        note(c, ko_hosts_note(h, host, of == KO_NO_ENTITY ? KO_HOST_SHARED : of));
}

/* A block is found by its first track, and stands whole. */
static bool is_inside_block(enum ko_family f)
{
    return f > KO_BLOCK_FIRST && f < KO_BLOCK_FIRST + KO_BLOCK_TRACKS;
}

static void read_track(struct state *s, uint32_t i, const struct ko_track *t,
                       struct ko_pattern *p)
{
    struct ko_codec *c = s->c;
    uint32_t *to = &s->tracks[i];
    if (t->key.family == KO_TRACK_TEMPLATE) {
        p->entity = t->key.entity;
        p->normal_export = t->key.export_index;
        p->text = ko_state_said(s->r, t->key.text);
        note(c, ko_pattern_add(s->r, p, to));
    } else if (is_inside_block(t->key.family)) {
        uint32_t before = i > 0 ? s->tracks[i - 1] : KO_NO_ENTITY;
        ko_codec_refuse(c, before == KO_NO_ENTITY ||
                               s->r->tracks.v[before].key.family + 1 != t->key.family);
        *to = before + 1;
    } else {
        note(c, ko_state_track(s->r, &t->key, to));
    }
    if (c->status == KO_OK && t->key.family != KO_TRACK_TEMPLATE)
        note(c, ko_state_measured(s->r, *to, t->kind, t->unit));
}

/* Of a template that was cut nothing is left. */
static void track_record(struct state *s, uint32_t place)
{
    struct ko_codec *c = s->c;
    uint32_t i = ko_codec_writes(c) ? s->tracks[place] : place;
    struct ko_track t = {.unit = {0}};
    struct ko_pattern p = {.count = 0};
    bool lives = true;
    if (ko_codec_writes(c)) {
        t = s->r->tracks.v[i];
        if (t.key.family == KO_TRACK_TEMPLATE) {
            p = s->r->patterns.v[t.pattern];
            lives = p.count > 0 && p.track == i;
        }
    }
    ko_codec_bool(c, &lives);
    if (!ko_codec_writes(c))
        s->tracks[i] = KO_NO_ENTITY;
    if (!lives)
        return;
    uint32_t kind = (uint32_t)t.kind;
    ko_part_key(c, &t.key, &s->n);
    ko_codec_str(c, &t.unit);
    ko_codec_below(c, &kind, KO_METRIC_DELTA + 1);
    t.kind = (enum ko_metric_kind)kind;
    if (t.key.family == KO_TRACK_TEMPLATE)
        ko_part_pattern(c, &p, &s->n);
    if (!ko_codec_writes(c) && c->status == KO_OK)
        read_track(s, i, &t, &p);
}

/* ---- numbers ---- */

/* What the tracks of a family hold. */
static uint32_t kind_of(enum ko_family f)
{
    if (ko_family_has_durations(f))
        return DURATIONS;
    return f == KO_TRACK_METRIC || ko_family_is_table(f) ? SAMPLES : COUNTS;
}

static void read_hist(struct state *s, struct ko_hist *h, bool exact)
{
    struct ko_codec *c = s->c;
    size_t n = 0;
    ko_codec_count(c, &n);
    ko_codec_refuse(c, n == 0 || (exact && n > KO_HIST_EXACT));
    for (size_t i = 0; i < n && c->status == KO_OK; i++) {
        int64_t value = 0;
        uint64_t times = 1;
        ko_codec_i64(c, &value);
        if (!exact)
            ko_codec_u64(c, &times);
        ko_codec_refuse(c, value < 0 || times == 0 || times > UINT32_MAX ||
                               (!exact && value >= KO_HIST_CELLS));
        if (c->status == KO_OK)
            note(c, exact ? ko_hist_add(h, value)
                          : ko_hist_put(h, (uint32_t)value, (uint32_t)times));
    }
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void write_values(struct ko_codec *c, const struct ko_hist *h)
{
    int64_t values[KO_HIST_EXACT];
    struct ko_hist_item item;
    size_t n = 0;
    for (uint32_t at = 0; n < KO_HIST_EXACT && ko_hist_next(h, &at, &item);)
        values[n++] = item.value;
    qsort(values, n, sizeof *values, by_value);
    ko_codec_count(c, &n);
    for (size_t i = 0; i < n; i++)
        ko_codec_i64(c, &values[i]);
}

static void write_counts(struct ko_codec *c, const struct ko_hist *h)
{
    struct ko_hist_item item;
    size_t n = 0;
    for (uint32_t at = 0; ko_hist_next(h, &at, &item);)
        n++;
    ko_codec_count(c, &n);
    for (uint32_t at = 0; ko_hist_next(h, &at, &item);) {
        uint64_t times = item.n;
        ko_codec_i64(c, &item.value);
        ko_codec_u64(c, &times);
    }
}

static void cell_hist(struct state *s, struct ko_cell *cell, struct ko_hist *fresh)
{
    bool exact = cell->n <= KO_HIST_EXACT;
    if (ko_codec_writes(s->c)) {
        if (exact)
            write_values(s->c, cell->hist);
        else
            write_counts(s->c, cell->hist);
        return;
    }
    read_hist(s, fresh, exact);
    ko_codec_refuse(s->c, exact && fresh->n != cell->n);
    fresh->n = exact ? fresh->n : cell->n;
    cell->hist = fresh;
}

static void cell_record(struct state *s, uint32_t kind, struct ko_cell *cell,
                        struct ko_hist *fresh)
{
    struct ko_codec *c = s->c;
    ko_codec_time(c, &cell->time);
    count(c, &cell->n);
    ko_codec_refuse(c, cell->time == KO_TIME_NONE || cell->n == 0);
    if (kind != COUNTS)
        ko_codec_fixed(c, &cell->sum);
    if (kind == SAMPLES) {
        ko_codec_time(c, &cell->last_time);
        ko_codec_real(c, &cell->last);
    }
    if (kind == DURATIONS && c->status == KO_OK)
        cell_hist(s, cell, fresh);
}

static struct ko_cells *cells_of(const struct state *s, uint32_t track)
{
    struct ko_reducer *r = s->r;
    return ko_family_is_took(r->tracks.v[track].key.family) ? &r->took : &r->cells;
}

static void read_cell(struct state *s, uint32_t track, uint32_t kind)
{
    struct ko_hist fresh = {.n = 0};
    struct ko_cell cell = {.last_time = KO_TIME_NONE};
    cell_record(s, kind, &cell, &fresh);
    ko_codec_refuse(s->c, kind == SAMPLES && cell.last_time == KO_TIME_NONE);
    if (s->c->status == KO_OK)
        note(s->c, ko_cells_put(cells_of(s, track), track, &cell));
    ko_hist_release(&fresh);
}

static void write_cells(struct state *s, uint32_t track)
{
    struct ko_cells_walk w = ko_cells_walk(cells_of(s, track), track);
    struct ko_cell cell;
    size_t n = 0;
    uint32_t kind = COUNTS;
    while (ko_cells_next(&w, &cell)) {
        kind = cell.hist != NULL                ? DURATIONS
               : cell.last_time != KO_TIME_NONE ? SAMPLES
                                                : COUNTS;
        n++;
    }
    ko_codec_count(s->c, &n);
    ko_codec_below(s->c, &kind, DURATIONS + 1);
    w = ko_cells_walk(cells_of(s, track), track);
    while (ko_cells_next(&w, &cell))
        cell_record(s, kind, &cell, NULL);
}

static void read_cells(struct state *s, uint32_t track)
{
    struct ko_codec *c = s->c;
    size_t n = 0;
    uint32_t kind = 0;
    ko_codec_count(c, &n);
    ko_codec_below(c, &kind, DURATIONS + 1);
    ko_codec_refuse(c, n > 0 && (track == KO_NO_ENTITY ||
                                 kind != kind_of(s->r->tracks.v[track].key.family)));
    for (size_t i = 0; i < n && c->status == KO_OK; i++)
        read_cell(s, track, kind);
}

static void grain_of(struct state *s, struct ko_cells *cells)
{
    uint32_t grain = (uint32_t)cells->grain;
    if (ko_codec_writes(s->c))
        note(s->c, ko_cells_sort(cells));
    ko_codec_below(s->c, &grain, KO_GRAINS);
    if (!ko_codec_writes(s->c) && s->c->status == KO_OK)
        note(s->c, ko_cells_coarsen(cells, (int)grain));
}

static void all_cells(struct state *s)
{
    grain_of(s, &s->r->cells);
    grain_of(s, &s->r->took);
    for (uint32_t i = 0; i < s->n.tracks && s->c->status == KO_OK; i++) {
        if (ko_codec_writes(s->c))
            write_cells(s, s->tracks[i]);
        else
            read_cells(s, s->tracks[i]);
    }
}

/* ---- lists ---- */

/* A track by its number in the part. */
static uint32_t track_number(struct state *s, uint32_t track)
{
    if (ko_codec_writes(s->c))
        track = s->rank[track];
    ko_codec_below(s->c, &track, s->n.tracks);
    if (ko_codec_writes(s->c) || s->c->status != KO_OK)
        return track;
    ko_codec_refuse(s->c, s->tracks[track] == KO_NO_ENTITY);
    return s->c->status == KO_OK ? s->tracks[track] : 0;
}

static void seen_record(struct state *s, uint32_t i)
{
    struct ko_seen x = {.id = 0};
    if (ko_codec_writes(s->c))
        x = s->r->ids.v[i];
    ko_codec_u64(s->c, &x.id);
    ko_codec_i64(s->c, &x.second);
    ko_codec_refuse(s->c, x.second < KO_TAKE_TIME_MIN / KO_SECOND ||
                              x.second > KO_TAKE_TIME_MAX / KO_SECOND || x.id == 0);
    x.track = track_number(s, x.track);
    uint32_t took = x.took;
    ko_codec_below(s->c, &took, UINT16_MAX + 1);
    x.took = (uint16_t)took;
    ko_codec_bool(s->c, &x.session);
    ko_codec_bool(s->c, &x.bad);
    if (!ko_codec_writes(s->c) && s->c->status == KO_OK) {
        ko_codec_refuse(s->c, !ko_family_is_spot(s->r->tracks.v[x.track].key.family));
        if (s->c->status == KO_OK)
            note(s->c, ko_ids_add(&s->r->ids, x));
    }
}

static void span_record(struct state *s, uint32_t i)
{
    struct ko_span x = {.trace = 0};
    if (ko_codec_writes(s->c))
        x = s->r->spans.v[i];
    ko_part_span(s->c, &x, &s->n);
    if (!ko_codec_writes(s->c) && s->c->status == KO_OK)
        note(s->c, ko_spans_add(&s->r->spans, &x));
}

static void mention_record(struct state *s, uint32_t i)
{
    struct ko_mention x = {.trace = 0};
    if (ko_codec_writes(s->c)) {
        x = s->r->mentions.v[i];
        x.track = s->r->patterns.v[ko_pattern_of(s->r, x.track)].track;
    }
    ko_codec_u64(s->c, &x.trace);
    ko_codec_u64(s->c, &x.span);
    x.track = track_number(s, x.track);
    if (ko_codec_writes(s->c) || s->c->status != KO_OK)
        return;
    ko_codec_refuse(s->c, s->r->tracks.v[x.track].key.family != KO_TRACK_TEMPLATE);
    note(s->c, ko_mentions_add(&s->r->mentions, &x));
}

static void contact_record(struct state *s, uint32_t i)
{
    struct ko_contact x = {.id = 0};
    if (ko_codec_writes(s->c))
        x = s->r->contacts.v[i];
    ko_part_contact(s->c, &x, &s->n);
    if (!ko_codec_writes(s->c) && s->c->status == KO_OK)
        note(s->c, ko_contacts_add(&s->r->contacts, &x));
}

static void kept_record(struct state *s, uint32_t i)
{
    struct ko_event x = {.time = 0};
    if (ko_codec_writes(s->c))
        x = s->r->kept.v[i];
    ko_part_event(s->c, &x, &s->n);
    if (!ko_codec_writes(s->c) && s->c->status == KO_OK)
        note(s->c, ko_state_keep(s->r, &x));
}

/* A record that was written, to be put in its order. */
struct written {
    struct ko_str bytes;
};

static int by_bytes(const void *a, const void *b)
{
    return ko_str_cmp(((const struct written *)a)->bytes,
                      ((const struct written *)b)->bytes);
}

static void put_in_order(struct state *s, struct ko_str bytes, struct written *v,
                         const size_t *ends, size_t n)
{
    for (size_t i = 0, from = 0; i < n; from = ends[i++])
        v[i].bytes = ko_str_sub(bytes, from, ends[i] - from);
    if (n > 1)
        qsort(v, n, sizeof *v, by_bytes);
    for (size_t i = 0; i < n; i++)
        ko_buf_put(s->c->out, v[i].bytes);
}

/* The records of a list whose places nothing names, in the order of their bytes. */
static void write_sorted(struct state *s, size_t n,
                         void (*record)(struct state *, uint32_t))
{
    struct ko_buf *out = s->c->out, bytes;
    struct written *v = ko_mem_alloc(n, sizeof *v);
    size_t *ends = ko_mem_alloc(n, sizeof *ends);
    ko_buf_init(&bytes, KO_BUF_MAX);
    note(s->c, v != NULL && ends != NULL ? KO_OK : KO_ENOMEM);
    s->c->out = &bytes;
    for (uint32_t i = 0; i < n && s->c->status == KO_OK; i++) {
        record(s, i);
        ends[i] = bytes.n;
    }
    s->c->out = out;
    note(s->c, bytes.status);
    if (s->c->status == KO_OK)
        put_in_order(s, ko_buf_str(&bytes), v, ends, n);
    ko_buf_release(&bytes);
    ko_mem_free(v);
    ko_mem_free(ends);
}

static void any_order(struct state *s, size_t n, void (*record)(struct state *, uint32_t))
{
    uint32_t end = size(s->c, n);
    if (ko_codec_writes(s->c))
        write_sorted(s, n, record);
    for (uint32_t i = 0; i < end && !ko_codec_writes(s->c) && s->c->status == KO_OK; i++)
        record(s, i);
}

static uint32_t each(struct state *s, size_t n, void (*record)(struct state *, uint32_t))
{
    uint32_t end = size(s->c, n);
    for (uint32_t i = 0; i < end && s->c->status == KO_OK; i++)
        record(s, i);
    return end;
}

static void tracks(struct state *s)
{
    s->n.tracks = size(s->c, s->r->tracks.n);
    s->tracks = ko_mem_alloc(s->n.tracks, sizeof *s->tracks);
    s->rank = ko_mem_alloc(s->n.tracks, sizeof *s->rank);
    note(s->c, s->tracks != NULL && s->rank != NULL ? KO_OK : KO_ENOMEM);
    if (ko_codec_writes(s->c) && s->c->status == KO_OK)
        note(s->c, ko_part_order_tracks(s->r, s->tracks, s->rank));
    for (uint32_t i = 0; i < s->n.tracks && s->c->status == KO_OK; i++)
        track_record(s, i);
}

enum ko_status ko_part_state(struct ko_codec *c, struct ko_reducer *r)
{
    struct state s = {.c = c, .r = r};
    shift(c, &r->fold);
    s.n.exports = each(&s, r->exports.n, export_record);
    s.n.texts = each(&s, r->text_map.n, text_record);
    s.n.names = each(&s, r->names.n, name_record);
    ko_codec_bool(c, &r->hosts.full);
    any_order(&s, r->hosts.map.n, host_record);
    tracks(&s);
    all_cells(&s);
    shift(c, &r->ids.shift);
    any_order(&s, r->ids.n, seen_record);
    shift(c, &r->spans.shift);
    any_order(&s, r->spans.n, span_record);
    shift(c, &r->mentions.shift);
    any_order(&s, r->mentions.n, mention_record);
    shift(c, &r->contacts.shift);
    any_order(&s, r->contacts.n, contact_record);
    any_order(&s, r->kept.n, kept_record);
    ko_mem_free(s.tracks);
    ko_mem_free(s.rank);
    return c->status;
}
