/* reduce.h: events in any order become one case: series, templates, edges, groups,
 * changes; nothing is judged here. */
#ifndef KO_REDUCE_REDUCE_H
#define KO_REDUCE_REDUCE_H

#include "base/err.h"
#include "base/list.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"
#include "event/event.h"
#include "event/ledger.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ko_reducer;

/* ${alias} is another name of the entity ${name}. */
struct ko_alias {
    struct ko_str alias, name;
};

/* Exports whose records may overlap because they are parts of one thing. */
enum ko_series_kind { KO_SERIES_NONE, KO_SERIES_ROTATED /* logs */, KO_SERIES_PAGED };

/* The series that an export is part of; numbers are unique within a kind. */
struct ko_series_part {
    enum ko_series_kind kind;
    uint32_t number;
};

/* The longest step: more is a slip, and times stay far from overflow. */
#define KO_REDUCE_STEP_MAX (KO_DAY * 366)

/* A zeroed struct is not "nothing said": start from ko_reduce_options_init. */
struct ko_reduce_options {
    ko_time from, to; /* the window, to exclusive; KO_TIME_NONE: found from the data */
    ko_time at, normal_to; /* passed on in the head of the case; an at within 1970-01-01
                              is a time of day, of the last day of the window */
    ko_dur step;           /* a multiple of 1 s; 0: found from the window */
    struct ko_str symptom_entity, symptom_signal; /* passed on */
    struct ko_str tool;                           /* "ingest 0.1.0"; passed on */
    KO_LIST(struct ko_alias) aliases; /* borrowed until ko_reducer_new returns */
    size_t keys_max; /* names, values and their tracks told apart; past it see fold.h */
    size_t cells_max_bytes; /* of numbers kept at once; past it the grain of time grows */
    size_t spans_max;      /* spans and contacts kept; past it whole traces are sampled */
    size_t deliveries_max; /* records remembered to find those told twice */
    size_t ids_max;        /* (spot, second, id) kept; past it ids are sampled */
    bool unmasked;         /* keep personal data and secrets in sample lines */
};

/* ko_reduce_options_init(opt): Nothing said, usual limits. */
void ko_reduce_options_init(struct ko_reduce_options *opt);

/* ko_reduce_options_memory(opt, max_bytes): The limits with which a reducer stays within
 * ${max_bytes}, also while it makes room; the usual ones where that is more. */
void ko_reduce_options_memory(struct ko_reduce_options *opt, size_t max_bytes);

/*
 * ko_reducer_new(opt, err):
 * A reducer without events; ${opt} may be NULL and is copied.
 *
 * Returns: NULL out of memory, or for a step that is no multiple of 1 s, or longer than
 * KO_REDUCE_STEP_MAX (KO_ERANGE in ${err})
 */
KO_WARN_UNUSED struct ko_reducer *ko_reducer_new(const struct ko_reduce_options *opt,
                                                 struct ko_err *err);
/* ko_reducer_free(r): Give all back; NULL is a no-op. */
void ko_reducer_free(struct ko_reducer *r);

/*
 * ko_reducer_begin_export(r, file, normal, ret_index):
 * The events that follow come from ${file}; ${normal}: from a healthy time (its series
 * are kept apart).  Events name ${ret_index} in place.export_index, or are counted on the
 * export begun last when that index is unknown.
 */
KO_WARN_UNUSED enum ko_status ko_reducer_begin_export(struct ko_reducer *r,
                                                      struct ko_str file, bool normal,
                                                      uint32_t *ret_index);

/* ko_reducer_part(r, part): The export begun last is part of ${part}: a record that an
 * earlier export of the series has as well is a duplicate (delivered.h).  Found among the
 * exports of one reducer, not over a merge. */
void ko_reducer_part(struct ko_reducer *r, struct ko_series_part part);

/* ko_reducer_sink(r): Where the reader of the export begun last sends its events. */
struct ko_sink ko_reducer_sink(struct ko_reducer *r);

/*
 * ko_reducer_end_export(r, ledger):
 * Keep a copy of the account of the export begun last.  An export whose content hash
 * equals that of an earlier one of another name should not be read at all:
 * ko_reducer_repeat.
 */
KO_WARN_UNUSED enum ko_status ko_reducer_end_export(struct ko_reducer *r,
                                                    const struct ko_ledger *ledger);

/* ko_reducer_repeat(r, ledger): An account of an export that was not read because an
 * earlier one has the same content. */
KO_WARN_UNUSED enum ko_status ko_reducer_repeat(struct ko_reducer *r,
                                                const struct ko_ledger *ledger);

/* ko_reducer_minds_order(ev, series): Does it matter in which order reducers get ${ev} of
 * an export of ${series}, since it may be one that was counted before?  Such events must
 * come to one reducer, in the order of the exports and of their records. */
bool ko_reducer_minds_order(const struct ko_event *ev, struct ko_series_part series);

/*
 * ko_reducer_merge(into, from, err):
 * Add all that ${from} took; exports of one name are one export.  What finish then writes
 * is byte for byte what one reducer of all events would have written.
 *
 * Owns:    ${from} stays the caller's and is only good to be freed afterwards
 */
KO_WARN_UNUSED enum ko_status
ko_reducer_merge(struct ko_reducer *into, struct ko_reducer *from, struct ko_err *err);

/*
 * ko_reducer_finish(r, c, err):
 * Choose window and step, and write everything into the initialised, empty ${c}: the same
 * bytes for any order of events, of exports, and any split over merged reducers.
 *
 * Window:  the records of logs, metrics, spans and contacts that hang together (see
 *          window.h); changes, milestones, edges and --normal exports do not widen it
 * Step:    the largest of 1 5 10 30 60 300 900 3600 s that gives 60 buckets or more
 * Owns:    ${r} is used up: only ko_reducer_free may follow
 * Errors:  KO_ENOMEM, KO_ELIMIT, KO_ERANGE an empty window by options, or a count that
 *          does not add up
 */
KO_WARN_UNUSED enum ko_status ko_reducer_finish(struct ko_reducer *r, struct ko_case *c,
                                                struct ko_err *err);

#endif
