/* pattern.c: log templates, counted as they come; where one name has too many, all of its
 * are cut shorter alike. */
#include "reduce/mask.h"
#include "reduce/state.h"

enum { SAMPLE_BYTES = 400 };

/* What is kept of a sample that was kept before is that sample. */
static enum ko_status keep_sample(struct ko_reducer *r, struct ko_str message,
                                  struct ko_str *ret)
{
    struct ko_str s = ko_str_trim(message);
    if (s.n > SAMPLE_BYTES) {
        s.n = SAMPLE_BYTES;
        while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
            s.n--;
        s = ko_str_trim(s);
    }
    return ko_str_copy(&r->arena, s, ret);
}

/* Does `p` start before `q`? */
static bool is_first(const struct ko_reducer *r, const struct ko_pattern *p,
                     const struct ko_pattern *q)
{
    if (q->count == 0 || p->first != q->first)
        return q->count == 0 || p->first < q->first;
    return ko_state_before(r, p->export_index, p->line, q->export_index, q->line);
}

static enum ko_status fold(struct ko_reducer *r, const struct ko_pattern *p,
                           struct ko_pattern *into)
{
    enum ko_status st = KO_OK;
    if (is_first(r, p, into)) {
        st = keep_sample(r, p->sample, &into->sample);
        into->first = p->first;
        into->export_index = p->export_index;
        into->line = p->line;
    }
    if (into->count == 0 || p->last > into->last)
        into->last = p->last;
    if (p->severity > into->severity)
        into->severity = p->severity;
    into->count += p->count;
    return st;
}

/* `text` cut to `level`, where it is or in r->text. */
static struct ko_str cut_text(struct ko_reducer *r, struct ko_str text, int level)
{
    if (level == 0)
        return text;
    ko_buf_reset(&r->text);
    ko_mask_coarsen(text, level, &r->text);
    return ko_buf_str(&r->text);
}

static enum ko_status new_pattern(struct ko_reducer *r, const struct ko_pattern *p,
                                  uint32_t track)
{
    struct ko_pattern *pattern;
    KO_LIST_ADD(&r->arena, &r->patterns, pattern);
    if (pattern == NULL)
        return KO_ENOMEM;
    *pattern = (struct ko_pattern){.entity = p->entity,
                                   .normal_export = p->normal_export,
                                   .track = track,
                                   .text = ko_state_said(r, r->tracks.v[track].key.text)};
    r->tracks.v[track].pattern = (uint32_t)(r->patterns.n - 1);
    r->pattern_counts.v[p->entity]++;
    return KO_OK;
}

/* The track of the template of ${p} whose text, cut already, has the number ${text}. */
static enum ko_status find_track(struct ko_reducer *r, const struct ko_pattern *p,
                                 uint32_t text, uint32_t *ret)
{
    struct ko_track_key key = ko_track_key(KO_TRACK_TEMPLATE, p->normal_export);
    uint32_t fresh = (uint32_t)r->tracks.n;
    key.entity = p->entity;
    key.text = text;
    enum ko_status st = ko_state_track(r, &key, ret);
    return st == KO_OK && *ret == fresh ? new_pattern(r, p, *ret) : st;
}

/* A track keeps its text, and a text its number; one that was cut does not come again:
 * what was found once holds. */
static enum ko_status recall(struct ko_reducer *r, const struct ko_pattern *p,
                             uint32_t text, const struct ko_pattern_memo **ret)
{
    struct ko_pattern_memo *m =
        &r->pattern_memo[(text * 61 + p->entity) % KO_PATTERN_MEMO];
    *ret = m;
    if (m->track != 0 && m->text == text && m->entity == p->entity &&
        m->normal_export == p->normal_export)
        return KO_OK;
    *m = (struct ko_pattern_memo){p->entity, text, p->normal_export, 0, 0};
    enum ko_status st = find_track(r, p, text, &m->track);
    if (st == KO_OK)
        m->pattern = r->tracks.v[m->track].pattern;
    return st;
}

static enum ko_status add(struct ko_reducer *r, const struct ko_pattern *p, uint32_t text,
                          uint32_t *ret_track)
{
    const struct ko_pattern_memo *m;
    enum ko_status st = recall(r, p, text, &m);
    if (st != KO_OK)
        return st;
    *ret_track = m->track;
    return fold(r, p, &r->patterns.v[m->pattern]);
}

enum ko_status ko_pattern_add(struct ko_reducer *r, const struct ko_pattern *p,
                              uint32_t *ret_track)
{
    uint32_t text;
    enum ko_status st =
        ko_state_text(r, cut_text(r, p->text, r->pattern_levels.v[p->entity]), &text);
    return st == KO_OK ? add(r, p, text, ret_track) : st;
}

/* Move pattern `i` to its text at the new level; tracks[] learns where its cells go. */
static enum ko_status recut(struct ko_reducer *r, size_t i, uint32_t *tracks)
{
    struct ko_pattern old = r->patterns.v[i];
    struct ko_str text = cut_text(r, old.text, r->pattern_levels.v[old.entity]);
    if (ko_str_eq(text, old.text))
        return KO_OK;
    r->patterns.v[i].count = 0;
    r->pattern_counts.v[old.entity]--;
    enum ko_status st = ko_pattern_add(r, &old, &tracks[old.track]);
    if (st == KO_OK)
        r->tracks.v[old.track].pattern = r->tracks.v[tracks[old.track]].pattern;
    return st;
}

uint32_t ko_pattern_of(const struct ko_reducer *r, uint32_t track)
{
    uint32_t p = r->tracks.v[track].pattern;
    while (r->patterns.v[p].count == 0)
        p = r->tracks.v[r->patterns.v[p].track].pattern;
    return p;
}

enum ko_status ko_pattern_level(struct ko_reducer *r, uint32_t name, int level)
{
    if (r->pattern_levels.v[name] >= level)
        return KO_OK;
    r->pattern_levels.v[name] = level;
    uint32_t *tracks = ko_mem_alloc(r->tracks.n, sizeof *tracks);
    if (tracks == NULL)
        return KO_ENOMEM;
    for (uint32_t i = 0; i < r->tracks.n; i++)
        tracks[i] = i;
    enum ko_status st = KO_OK;
    size_t n = r->patterns.n;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        if (r->patterns.v[i].entity == name && r->patterns.v[i].count > 0)
            st = recut(r, i, tracks);
    }
    if (st == KO_OK)
        st = ko_cells_remap(&r->cells, tracks);
    ko_mem_free(tracks);
    return st;
}

enum ko_status ko_pattern_settle(struct ko_reducer *r, uint32_t name)
{
    enum ko_status st = KO_OK;
    while (st == KO_OK && r->pattern_counts.v[name] > KO_TEMPLATES_MAX &&
           r->pattern_levels.v[name] + 1 < KO_MASK_LEVELS)
        st = ko_pattern_level(r, name, r->pattern_levels.v[name] + 1);
    return st;
}

/* The number of the template of ${message}, cut to ${level}; kinds of messages are only
 * remembered while templates are few. */
static enum ko_status find_text(struct ko_reducer *r, struct ko_str message, int level,
                                uint32_t *ret)
{
    if (level == 0 && ko_mask_memo_find(&r->masks, message, ret))
        return KO_OK;
    ko_buf_reset(&r->scratch);
    ko_mask_template(message, &r->scratch);
    enum ko_status st = r->scratch.status;
    if (st == KO_OK)
        st = ko_state_text(r, cut_text(r, ko_buf_str(&r->scratch), level), ret);
    return st == KO_OK && level == 0
               ? ko_mask_memo_add(&r->masks, &r->arena, message, *ret)
               : st;
}

enum ko_status ko_pattern_take(struct ko_reducer *r, const struct ko_event *ev,
                               uint32_t name, uint32_t export_index,
                               enum ko_severity severity, uint32_t *ret_track)
{
    *ret_track = KO_NO_ENTITY;
    if (ko_str_trim(ev->message).n == 0)
        return KO_OK;
    uint32_t text;
    enum ko_status st = find_text(r, ev->message, r->pattern_levels.v[name], &text);
    if (st != KO_OK)
        return st;
    bool normal = r->exports.v[export_index].normal;
    struct ko_pattern p = {.entity = name,
                           .normal_export = normal ? export_index : KO_NO_ENTITY,
                           .severity = severity,
                           .sample = ev->message,
                           .first = ev->time,
                           .last = ev->time,
                           .export_index = export_index,
                           .line = ev->place.line,
                           .count = 1};
    st = add(r, &p, text, ret_track);
    if (st != KO_OK || r->pattern_counts.v[name] <= KO_TEMPLATES_MAX)
        return st;
    st = ko_pattern_settle(r, name);
    *ret_track = r->patterns.v[ko_pattern_of(r, *ret_track)].track;
    return st;
}
