/* state.h: what a reducer holds between its first event and finish; private to
 * lib/reduce. */
#ifndef KO_REDUCE_STATE_H
#define KO_REDUCE_STATE_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/slots.h"
#include "event/event.h"
#include "reduce/cells.h"
#include "reduce/delivered.h"
#include "reduce/fold.h"
#include "reduce/hosts.h"
#include "reduce/ids.h"
#include "reduce/mask_memo.h"
#include "reduce/names.h"
#include "reduce/pool.h"
#include "reduce/reduce.h"
#include "reduce/said.h"

/* More tracks than any platform has signals; past it, names are not names. */
enum { KO_TRACKS_MAX = 1 << 22, KO_KEPT_MAX = 1 << 20, KO_TEMPLATES_MAX = 1000 };

/* What a track counts. */
enum ko_family {
    KO_TRACK_TIME, /* records of an export */
    KO_TRACK_LINES,
    KO_TRACK_LOG_ERRORS,
    KO_TRACK_REQUESTS,
    KO_TRACK_ERRORS,
    KO_TRACK_LATENCY,
    KO_TRACK_RETRIES,
    KO_TRACK_METRIC,
    KO_TRACK_TEMPLATE,
    KO_TRACK_SPOT, /* three a witness: see ko_spot_family */
    KO_TRACK_SPOT_LAST = KO_TRACK_SPOT + 11,
    KO_TRACK_TABLE_GROUP, /* interactions, as a table tells their number */
    KO_TRACK_TABLE_GROUP_BAD,
    KO_TRACK_TABLE_COMBINATION,
    KO_TRACK_TABLE_COMBINATION_BAD,
    KO_TRACK_ACTUAL, /* of a table without time: one number at time 0 */
    KO_TRACK_EXPECTED
};

/* Who tells of an interaction. */
enum ko_witness {
    KO_WITNESS_LOG,  /* a record of a log, with a status or an outcome */
    KO_WITNESS_SPAN, /* the root of a trace */
    KO_WITNESS_BOOK, /* what the business itself keeps: a contact, a payment */
    KO_WITNESS_LINE, /* another record of a log, with a duration or somebody's name: its
                        level alone tells that it failed */
    KO_WITNESSES
};

/* Nobody notices less than this; so most requests need no room for how long they took. */
#define KO_TOOK_MIN (250 * KO_MS)

/* What is counted of the interactions of a spot, by the minute, since spots are many and
 * most of them quiet; of those that did not fail, durations of KO_TOOK_MIN and more. */
enum ko_spot_count { KO_SPOT_ALL, KO_SPOT_BAD, KO_SPOT_TOOK, KO_SPOT_COUNTS };

static inline enum ko_family ko_spot_family(enum ko_witness w, enum ko_spot_count c)
{
    return (enum ko_family)(KO_TRACK_SPOT + (int)w * KO_SPOT_COUNTS + (int)c);
}

static inline bool ko_family_is_spot(enum ko_family f)
{
    return f >= KO_TRACK_SPOT && f <= KO_TRACK_SPOT_LAST;
}

static inline enum ko_witness ko_family_witness(enum ko_family f)
{
    return (enum ko_witness)((f - KO_TRACK_SPOT) / KO_SPOT_COUNTS);
}

static inline enum ko_spot_count ko_family_spot_count(enum ko_family f)
{
    return (enum ko_spot_count)((f - KO_TRACK_SPOT) % KO_SPOT_COUNTS);
}

static inline bool ko_family_is_table(enum ko_family f)
{
    return f >= KO_TRACK_TABLE_GROUP;
}

/* ko_family_is_bad(f): Of a table, only of interactions that failed? */
static inline bool ko_family_is_bad(enum ko_family f)
{
    return f == KO_TRACK_TABLE_GROUP_BAD || f == KO_TRACK_TABLE_COMBINATION_BAD;
}

/* ko_family_is_took(f): Do its tracks stand in ko_reducer.took? */
static inline bool ko_family_is_took(enum ko_family f)
{
    return ko_family_is_spot(f) && ko_family_spot_count(f) == KO_SPOT_TOOK;
}

/* ko_family_has_durations(f): Do its tracks hold distributions? */
static inline bool ko_family_has_durations(enum ko_family f)
{
    return f == KO_TRACK_LATENCY || ko_family_is_took(f);
}

/* The families that come as a block: one for each (export, entity, caller) of logs. */
#define KO_BLOCK_FIRST KO_TRACK_LINES
enum { KO_BLOCK_TRACKS = 6 };

/*
 * What tells a row of cells from others.
 *
 * entity, caller, instance   numbers of the name table; names are raw
 * signal                     number of a text: a metric; the dimension of a group
 * text                       number of a text: the value of a group; dim=value parts of a
 *                            spot (none: no text) or a combination; a template
 */
struct ko_track_key {
    enum ko_family family;
    uint32_t export_index, entity, caller, instance, signal, text;
};

/* ko_track_key(family, export): Nothing else said. */
static inline struct ko_track_key ko_track_key(enum ko_family family,
                                               uint32_t export_index)
{
    return (struct ko_track_key){family,       export_index, KO_NO_ENTITY, KO_NO_ENTITY,
                                 KO_NO_ENTITY, KO_NO_ENTITY, KO_NO_ENTITY};
}

struct ko_track {
    struct ko_track_key key;
    struct ko_str unit; /* as the data says */
    enum ko_metric_kind kind;
    uint32_t pattern; /* of KO_TRACK_TEMPLATE: its number */
};

/* One kind of message of one raw name; count 0: it was cut and is now another one.  What
 * each message changes stands side by side. */
struct ko_pattern {
    uint64_t count;
    ko_time first, last;
    enum ko_severity severity;
    uint32_t entity, track;
    uint32_t
        normal_export; /* of the healthy export that it belongs to; none: the window */
    uint32_t export_index; /* of the first */
    uint64_t line;
    struct ko_str text, sample;
};

/* By a number that the reader gave what its events say: 1 + what was found for it, 0
 * nothing yet. */
enum { KO_NUMBERS_MAX = 1 << 16 };
struct ko_number_memos {
    uint32_t *v;
    size_t n, cap;
};

/* A template met before; track 0 none. */
enum { KO_PATTERN_MEMO = 4096 };
struct ko_pattern_memo {
    uint32_t entity, text, normal_export, track, pattern;
};

/* What a series of numbers goes to; track 0 is none, since an export has its own first.
 */
struct ko_series_memo {
    uint32_t track, name;
};

/* By the number that the reader gave the series; larger ones are looked up each time. */
enum { KO_SERIES_MAX = 1 << 16 };
struct ko_series_memos {
    struct ko_series_memo *v;
    size_t n, cap;
};

struct ko_export {
    struct ko_str file;
    struct ko_str stem; /* what it is called when nothing else names its records */
    bool normal, repeated;
    struct ko_series_part part;
    uint32_t time_track;
    struct ko_series_memos series;
    struct ko_number_memos who, where; /* plans; what is said of where */
    uint64_t taken, timed, no_time, unusable /* numbers too large */, duplicates;
    ko_time first, last;
    struct ko_ledger ledger; /* texts in the arena of the reducer */
    bool has_ledger;
};

/*
 * The spot of an interaction: its entity and the values of dimensions that it names,
 * told by one witness of one export.  Zeroed is "not known yet"; a track is found when
 * the first interaction needs it, and 0 before.
 */
struct ko_spot_tracks {
    bool looked;
    uint32_t text; /* "dim=value" parts; KO_NO_ENTITY none */
    uint32_t tracks[KO_SPOT_COUNTS];
};

/* What all log records of an export have in common that name the same entity, peer and
 * instance: resolved once. */
struct ko_log_plan {
    uint32_t entity;
    uint32_t block; /* the first track of those of the entity */
    uint32_t call;  /* of the call that the record speaks of; 0 none */
    bool by_file;   /* named only after the export */
};

/* The spots of log records that name the same entity, and the same values. */
struct ko_log_spots {
    uint32_t entity, where;
    struct ko_spot_tracks by[KO_WITNESSES];
};

/* The tracks that a record counts on at its time: its own of the export and of its
 * template, those of a block twice. */
enum { KO_HITS_MAX = 2 + 2 * KO_BLOCK_TRACKS };
struct ko_hits {
    uint32_t v[KO_HITS_MAX];
    size_t n;
};

static inline void ko_hit(struct ko_hits *h, uint32_t track)
{
    h->v[h->n++] = track;
}

struct ko_reducer {
    struct ko_arena arena;
    struct ko_reduce_options opt;
    KO_LIST(struct ko_export) exports;
    struct ko_map export_map;
    uint32_t current; /* export begun last */
    struct ko_map name_map;
    KO_LIST(struct ko_name) names;
    struct ko_slots track_slots;
    KO_LIST(struct ko_track) tracks;
    struct ko_hosts hosts;
    uint32_t dim_all; /* the text "all": the dimension of everything, and its one value */
    struct ko_map text_map; /* signals, values of groups, templates …, to numbers */
    KO_LIST(struct ko_pattern) patterns;
    KO_LIST(int) pattern_levels;      /* by name: how much its templates are cut */
    KO_LIST(uint32_t) pattern_counts; /* by name */
    struct ko_cells cells;
    struct ko_cells took; /* of the tracks KO_SPOT_TOOK, for which a little room is kept */
    struct ko_ids ids;
    struct ko_delivered delivered;
    struct ko_spans spans;
    struct ko_mentions mentions;
    struct ko_contacts contacts;
    KO_LIST(struct ko_event) kept; /* changes, edges, entities, steps, milestones */
    struct ko_buf scratch, text;
    struct ko_said who, where;         /* of records of logs */
    KO_LIST(struct ko_log_plan) plans; /* by who */
    KO_LIST(struct ko_log_spots) spots;
    struct ko_slots spot_slots;
    struct ko_mask_memo masks;
    struct ko_pattern_memo pattern_memo[KO_PATTERN_MEMO];
    /* of the record at hand, past the number that is kept */
    struct ko_log_plan plan;
    struct ko_log_spots spots_at_hand;
    unsigned fold; /* see fold.h */
    size_t keys;   /* told apart: names, values, tracks but those of templates */
    KO_LIST(bool) text_counts; /* by text: it is among the keys */
};

/* state.c: the tables. */

/* ko_state_name(r, raw, ret): The number of the name ${raw}; KO_NO_ENTITY for ""; of
 * "(other)" where it is folded. */
KO_WARN_UNUSED enum ko_status ko_state_name(struct ko_reducer *r, struct ko_str raw,
                                            uint32_t *ret);
/* ko_state_text(r, s, ret): The number of the text ${s}; KO_NO_ENTITY for "". */
KO_WARN_UNUSED enum ko_status ko_state_text(struct ko_reducer *r, struct ko_str s,
                                            uint32_t *ret);
/* ko_state_value(r, s, ret): The number of the text ${s}, a value or signal that other
 * ones may be told apart from: of "(other)" where it is folded. */
KO_WARN_UNUSED enum ko_status ko_state_value(struct ko_reducer *r, struct ko_str s,
                                             uint32_t *ret);
/* ko_state_said(r, number): A text of the text table; "" for KO_NO_ENTITY. */
struct ko_str ko_state_said(const struct ko_reducer *r, uint32_t number);
/* ko_state_track(r, key, ret): The number of the track of ${key}, added when new; for the
 * first family of a block, the whole block.  KO_ENOMEM, KO_ELIMIT. */
KO_WARN_UNUSED enum ko_status
ko_state_track(struct ko_reducer *r, const struct ko_track_key *key, uint32_t *ret);
/* ko_state_find_track(r, key, ret): The same without adding; false when absent. */
bool ko_state_find_track(const struct ko_reducer *r, const struct ko_track_key *key,
                         uint32_t *ret);
/* ko_state_measured(r, track, kind, unit): The track is said to be of ${kind} in
 * ${unit}; of several, the ones that no order chooses are kept.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_state_measured(struct ko_reducer *r, uint32_t track,
                                                enum ko_metric_kind kind,
                                                struct ko_str unit);
/* ko_state_keep(r, ev): Append a deep copy of ${ev}.  KO_ENOMEM, KO_ELIMIT. */
KO_WARN_UNUSED enum ko_status ko_state_keep(struct ko_reducer *r,
                                            const struct ko_event *ev);
/* ko_state_before(r, a_export, a_line, b_export, b_line): Is place a before place b: by
 * name of the export, then line? */
bool ko_state_before(const struct ko_reducer *r, uint32_t a_export, uint64_t a_line,
                     uint32_t b_export, uint64_t b_line);

/* pattern.c */

/* ko_pattern_take(r, ev, name, export, severity, ret_track): Take the message of a log
 * record, whose time the caller has to count on ${ret_track}; KO_NO_ENTITY: it has none.
 */
KO_WARN_UNUSED enum ko_status
ko_pattern_take(struct ko_reducer *r, const struct ko_event *ev, uint32_t name,
                uint32_t export_index, enum ko_severity severity, uint32_t *ret_track);
/* ko_pattern_add(r, p, ret_track): Find or add the pattern of p->entity and p->text, cut
 * to the level of its name, and fold first, severity and count of ${p} into it. */
KO_WARN_UNUSED enum ko_status
ko_pattern_add(struct ko_reducer *r, const struct ko_pattern *p, uint32_t *ret_track);
/* ko_pattern_settle(r): Cut the templates of the names that have too many. */
KO_WARN_UNUSED enum ko_status ko_pattern_settle(struct ko_reducer *r, uint32_t name);
/* ko_pattern_of(r, track): The number of the pattern whose track it is or was. */
uint32_t ko_pattern_of(const struct ko_reducer *r, uint32_t track);
/* ko_pattern_level(r, name, level): Cut the templates of ${name} to at least ${level}. */
KO_WARN_UNUSED enum ko_status ko_pattern_level(struct ko_reducer *r, uint32_t name,
                                               int level);

/* merge.c */

/* ko_merge(into, from, may_fold): As ko_reducer_merge, of an equal or smaller fold;
 * without
 * ${may_fold} there may be too many keys afterwards. */
KO_WARN_UNUSED enum ko_status ko_merge(struct ko_reducer *into, struct ko_reducer *from,
                                       bool may_fold);

/* take.c */
KO_WARN_UNUSED enum ko_status ko_take(struct ko_reducer *r, const struct ko_event *ev);

/* take_spot.c */

/* An interaction of somebody. */
struct ko_interaction {
    const struct ko_event *ev; /* names the values and the time */
    uint32_t export_index, entity;
    enum ko_witness witness;
    uint64_t person; /* hash, 0 nobody known */
    bool session;    /* the hash is of a session */
    bool bad;
    ko_dur took; /* that the customer waited; < 0 not said */
};

/* ko_take_person(ev, ret): Set person and session from what ${ev} says; what is paid for
 * counts as a session where nothing else does. */
void ko_take_person(const struct ko_event *ev, struct ko_interaction *ret);
/* ko_take_spot(r, x, tracks): Count ${x} at its spot; ${tracks} are those of all
 * interactions of the spot, by the same witness.  One that names neither a value nor
 * somebody is not counted. */
KO_WARN_UNUSED enum ko_status ko_take_spot(struct ko_reducer *r,
                                           const struct ko_interaction *x,
                                           struct ko_spot_tracks *tracks);
/* ko_spot_text(r, parts, ret): The number of the text of ${parts}, "dim=value" with
 * KO_CELL_BETWEEN between, each value as it is folded here; KO_NO_ENTITY for none. */
KO_WARN_UNUSED enum ko_status ko_spot_text(struct ko_reducer *r, struct ko_str parts,
                                           uint32_t *ret);

/* take_table.c */

/* ko_take_cell(r, ev, export): Add the number of a table to the combination that it is
 * of; numbers of interactions to the groups of its values as well. */
KO_WARN_UNUSED enum ko_status
ko_take_cell(struct ko_reducer *r, const struct ko_event *ev, uint32_t export_index);
/* ko_take_number(cell): Interactions that a cell of these families counts: one each time
 * it was added to, and its sum where tables tell more. */
double ko_take_number(const struct ko_cell *cell);

#endif
