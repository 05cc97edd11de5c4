/* case.h: the model of one incident: what was read, and what each stage found in it. */
#ifndef KO_CASE_CASE_H
#define KO_CASE_CASE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/status.h"
#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KO_CASE_FORMAT "knockon/case"
enum { KO_CASE_VERSION = 1 };

/* No entity: the whole platform, or a name that is not said. */
#define KO_NO_ENTITY UINT32_MAX

/*
 * What every record starts with: the line it was read from, empty for a new record.  A
 * record with raw text is written back byte for byte unless `changed` is set; then known
 * members are written anew and unknown ones are kept behind them.
 */
struct ko_rec {
    struct ko_str raw;
    bool changed;
};

typedef KO_LIST(struct ko_str) ko_strs;  /* texts; evidence ids; rows as "file:line" */
typedef KO_LIST(double) ko_nums;         /* one number a bucket, NaN missing */
typedef KO_LIST(uint32_t) ko_entity_ids; /* indices into entities */

enum ko_entity_kind {
    KO_KIND_SERVICE,
    KO_KIND_DATASTORE,
    KO_KIND_QUEUE,
    KO_KIND_BOT,
    KO_KIND_CHANNEL,
    KO_KIND_VENDOR,
    KO_KIND_NETWORK,
    KO_KIND_DESK, /* agent desktop */
    KO_KIND_HOST
};

/* What a signal measures; decides direction, role in blame and in the chain. */
enum ko_class {
    KO_CLASS_OTHER,
    KO_CLASS_LOAD,     /* requests, throughput, contacts offered */
    KO_CLASS_ERROR,    /* failed requests, error ratio */
    KO_CLASS_LATENCY,  /* response time of the entity as it sees it */
    KO_CLASS_RESOURCE, /* own capacity: cpu, memory, disk, io, sockets, threads, pool, gc
                        */
    KO_CLASS_QUEUE,    /* depth, wait, backlog */
    KO_CLASS_RETRY,    /* attempts beyond the first */
    KO_CLASS_CUSTOMER, /* abandonment, transfer, fallback, handle time, repeat contact */
    KO_CLASS_HEALTH    /* up, restarts, readiness */
};

enum ko_stage { KO_STAGE_INGEST, KO_STAGE_CORRELATE, KO_STAGE_BLAME, KO_STAGE_TRIAGE };

/* The window is n buckets of step from `from`; every series of the window has these n
 * numbers. */
struct ko_head {
    struct ko_rec rec;
    struct ko_str format; /* KO_CASE_FORMAT */
    int64_t version;
    struct ko_str tool;
    ko_time from;
    ko_dur step;
    int64_t buckets;
    ko_time at; /* when the incident was noticed or began, by option; else NONE */
    ko_time
        normal_to; /* the window up to here is declared healthy, by option; else NONE */
    struct ko_str symptom_entity; /* what was noticed, by option */
    struct ko_str symptom_signal;
    bool incomplete; /* reading was interrupted */
};

/* The account of one export; totals are the sum over these. */
struct ko_account {
    struct ko_rec rec;
    struct ko_str file, format, why, zone;
    struct ko_str hash; /* of the content, 16 hex digits */
    int64_t bytes, lines, accepted, rejected, blank,
        header; /* the last four count lines */
    int64_t records, no_time, outside /* the window */, duplicates;
    ko_time first, last;
    bool damaged, capped,
        repeated /* same content as an earlier export: not counted again */;
    ko_strs rejects; /* "bad_timestamp 3" */
    ko_strs samples; /* "file:line: reason: text" */
    ko_strs remarks;
    /* how the records were read; for ingest --explain, not in the stream */
    struct ko_str time_field, entity_field, units;
};

struct ko_entity {
    struct ko_rec rec;
    struct ko_str name;
    int kind; /* enum ko_entity_kind */
    struct ko_str owner, contact, fallback;
    struct ko_str owner_from; /* the export that names the owner */
    bool vendor, declared;    /* declared: named by a map, not only seen */
    bool by_file; /* nothing in the data names it: it is called as its export is */
    ko_strs aliases;
};

struct ko_step {
    struct ko_str name;
    uint32_t entity;
    struct ko_str owner, fallback;
    double slow_after; /* s that customers put up with there; NaN: nobody says */
};

/* The chain of steps that a customer uses, from entry point to agent workflow. */
struct ko_journey {
    struct ko_rec rec;
    struct ko_str name;
    KO_LIST(struct ko_step) steps;
    double slo_target; /* share of interactions that succeed; NaN: none is promised */
    double slo_days;   /* of the period that it is counted over; NaN: none */
};

/*
 * One signal of one entity, a number a bucket.
 *
 * signal   requests, errors, latency_mean, latency_p95 … (from events), or the metric's
 * own name stat     sum, mean, max, p95 … : how the numbers of a bucket were combined
 * caller   not KO_NO_ENTITY: measured by that caller on its calls to entity (an edge's
 * own signal) normal   from a healthy time (--normal or baseline files): own `from`, own
 * number of buckets
 */
struct ko_series {
    struct ko_rec rec;
    uint32_t entity, caller;
    struct ko_str signal, unit, stat;
    int cls; /* enum ko_class */
    bool normal;
    ko_time from;
    ko_nums v;
    struct ko_str source; /* "file" or "file:column" */
};

/*
 * A log template of one entity: the text with its variable parts masked as <*>.
 *
 * op       not empty: only inside that operation (span name, after that of the request
 *          that the entity serves, "GET /orders > list"), and v counts its spans that
 *          wrote the template; the series "op:<operation>" counts all its spans
 * normal   from a healthy time, as for series: own `from`, own number of buckets
 */
struct ko_template {
    struct ko_rec rec;
    uint32_t entity;
    struct ko_str text;
    struct ko_str op;
    bool normal;
    ko_time from; /* NONE: the window's */
    struct ko_str severity;
    int64_t count;
    ko_time first, last;
    struct ko_str row;    /* "file:line" of the earliest record */
    struct ko_str sample; /* that record's message */
    ko_nums v;            /* records a bucket */
};

/* ${caller} calls ${callee}. */
struct ko_edge {
    struct ko_rec rec;
    uint32_t caller, callee;
    double calls;         /* NaN unknown */
    struct ko_str source; /* declared, trace, log, metric */
    bool async;           /* the caller does not wait */
    struct ko_str row;
};

/*
 * Interactions of customers, grouped by one value of one dimension ("all" = "all":
 * everything). entity KO_NO_ENTITY: over the whole platform.
 */
struct ko_group {
    struct ko_rec rec;
    uint32_t entity;
    struct ko_str dim, value;
    /* Whose heads are counted: customer, session, customer or session; interaction where
     * some part names nobody and each of its interactions is a head; "" not counted. */
    struct ko_str id_kind;
    ko_nums total, bad;    /* interactions a bucket; bad: failed, or took longer than
                             slow_after of the step of the map */
    ko_nums ids, ids_bad;  /* heads a bucket, heads with a bad interaction */
    ko_nums ids_bad_first; /* ids whose first bad interaction of the window falls in the
                              bucket */
    /* Pairs of an id and a minute of the clock: with any interaction, with a bad one; in
     * the bucket of the first of its minute.  Empty where a bucket is a minute. */
    ko_nums minutes, minutes_bad;
};

/*
 * One combination of values of several dimensions.  Of interactions: numbers a bucket, as
 * in ko_group.  Of a table of one moment: actual and expected.  The rarest ones beyond a
 * bound are together in the one whose `of` is "(other)".
 */
struct ko_combination {
    struct ko_rec rec;
    ko_strs of; /* "dim=value", by dimension */
    ko_nums total, bad;
    double actual, expected; /* NaN: not of a table of one moment */
};

struct ko_change {
    struct ko_rec rec;
    ko_time time;
    uint32_t entity; /* KO_NO_ENTITY: not said */
    struct ko_str kind, id, summary, row;
    struct ko_str commit;       /* that a release brought, when id is its version */
    struct ko_str named;        /* other entities or words that it names, as written */
    struct ko_str verdict, why; /* of blame: "suspect", "coincident", "later" … */
};

/* A milestone of the response, from incident exports. */
struct ko_milestone {
    struct ko_rec rec;
    ko_time time;
    struct ko_str what; /* opened, acknowledged, assigned, resolved */
    struct ko_str id, summary, owner, row;
    uint32_t entity;
};

/* A checkable fact: numbers, times with their uncertainty, and the raw rows behind it. */
struct ko_evidence {
    struct ko_rec rec;
    struct ko_str id;   /* "E7" */
    int by;             /* enum ko_stage */
    struct ko_str kind; /* signal, template, edge, change, silence, group */
    uint32_t entity, caller;
    struct ko_str signal, unit;
    struct ko_str text; /* one sentence with its numbers */
    ko_time time, lo, hi;
    double before, after, score;
    ko_strs rows; /* "file:line" */
};

/* A signal left its baseline at time, within lo..hi. */
struct ko_onset {
    struct ko_rec rec;
    uint32_t entity, caller;
    struct ko_str signal; /* or the template's text */
    struct ko_str kind;   /* signal, template, silence */
    int cls;
    ko_time time, lo, hi,
        end; /* end: back to normal; KO_TIME_NONE if not within the window */
    double
        score; /* times the worst ordinary deviation of its own history; > 1 is unusual */
    double before, after; /* baseline and level after */
    bool rise;
    struct ko_str evidence;
};

/* One step of spread: from's trouble reached to. */
struct ko_link {
    struct ko_rec rec;
    uint32_t from, to;
    ko_dur lag;              /* onset(to) - onset(from) */
    struct ko_str mechanism; /* slow-dependency, error-propagation, retry-amplification,
                                queue-pressure, channel-shift, lost-context, saturation,
                                stale-data, unknown */
    struct ko_str structure; /* declared, observed, inferred */
    double score;            /* 0..1 support */
    bool alternative;        /* a valid parent that was not chosen */
    ko_strs evidence;
};

/* The cascade from one origin, nodes in order of onset; its links are the link records.
 */
struct ko_node {
    uint32_t entity;
    ko_time time, lo, hi;
    uint32_t parent; /* KO_NO_ENTITY for the origin */
    struct ko_str evidence;
};

struct ko_chain {
    struct ko_rec rec;
    uint32_t origin;
    ko_time start, end; /* end NONE: still going on at the end of the window */
    KO_LIST(struct ko_node) nodes;
    ko_entity_ids untouched; /* entities with data and no onset */
};

struct ko_suspect {
    struct ko_rec rec;
    int64_t rank;
    uint32_t entity;
    struct ko_str signal; /* the indicator */
    ko_time onset, lo, hi;
    double score;       /* times the worst ordinary false alarm */
    double own, waited; /* excess mass of its own, and handed up by its dependencies */
    struct ko_str mass_unit;              /* "s of waiting", "failed requests" */
    double share;                         /* 0..1 of all own mass */
    struct ko_str verdict;                /* likely, possible, insufficient evidence */
    ko_strs reasons_for, reasons_against; /* sentences, evidence ids in [] */
    ko_strs evidence;
};

/* One measure of harm: before, during, after.  matures: until then it still grows. */
struct ko_impact {
    struct ko_rec rec;
    struct ko_str measure;    /* customer-impact-minutes, customers, abandonment … */
    struct ko_str dim, value; /* "" = everything */
    struct ko_str unit;
    double before, during, after, total;
    ko_time matures;
    double share; /* 0..1 of the harm found in this group; NaN where meaningless */
    struct ko_str text, definition;
    struct ko_str evidence;
};

/* One of the six answers: a headline and the lines under it, all with evidence ids. */
struct ko_answer {
    struct ko_rec rec;
    struct ko_str question; /* where spread who changed worse owner */
    struct ko_str text;
    ko_strs more;
    struct ko_str verdict; /* likely, possible, insufficient evidence, not known */
    ko_strs evidence;
};

/* What is not known, and which export would tell. */
struct ko_unknown {
    struct ko_rec rec;
    int by;
    struct ko_str what, needs;
};

/*
 * What is left to be worked off, or what a check after the fix found.
 *
 * list     of a worklist: "failed-payments" …; of a check: "check"
 * needs    the export that would tell; then count is NaN
 * folded   records that did not fit into memory: count is at least
 * state    of a check: "back", "not back", "maturing", "not known"
 */
struct ko_recovery {
    struct ko_rec rec;
    struct ko_str list, text, definition, needs, state;
    double count, folded;
    ko_time matures; /* until then rows may still come */
    uint32_t entity; /* of a check */
    struct ko_str signal, unit;
    double before, during, now;
    ko_strs rows; /* the first, "file:line" */
};

/* Words of a person at the prompt, for the report. */
struct ko_note {
    struct ko_rec rec;
    ko_time time; /* the instant that it speaks of; NONE if none was given */
    struct ko_str text;
};

/* A line of a type that this version does not know: passed through. */
struct ko_other {
    struct ko_rec rec;
};

/* Everything; all text and arrays live in `arena` or in the bytes that were decoded. */
struct ko_case {
    struct ko_arena arena;
    struct ko_head head;
    KO_LIST(struct ko_account) accounts;
    KO_LIST(struct ko_entity) entities;
    KO_LIST(struct ko_journey) journeys;
    KO_LIST(struct ko_edge) edges;
    KO_LIST(struct ko_change) changes;
    KO_LIST(struct ko_milestone) milestones;
    KO_LIST(struct ko_series) series;
    KO_LIST(struct ko_template) templates;
    KO_LIST(struct ko_group) groups;
    KO_LIST(struct ko_combination) combinations;
    KO_LIST(struct ko_onset) onsets;
    KO_LIST(struct ko_link) links;
    KO_LIST(struct ko_chain) chains;
    KO_LIST(struct ko_suspect) suspects;
    KO_LIST(struct ko_impact) impacts;
    KO_LIST(struct ko_answer) answers;
    KO_LIST(struct ko_evidence) evidence;
    KO_LIST(struct ko_unknown) unknowns;
    KO_LIST(struct ko_recovery) recoveries;
    KO_LIST(struct ko_note) notes;
    KO_LIST(struct ko_other) others;
    /* private to case.c */
    struct ko_map names;
};

/* ko_case_init(c), ko_case_release(c): An empty case; free all that it holds. */
void ko_case_init(struct ko_case *c);
void ko_case_release(struct ko_case *c);

/*
 * ko_case_entity(c, name, ret):
 * The index of the entity called ${name}, added (kind service, not declared) if it is
 * new.
 *
 * Errors:  KO_ENOMEM, KO_ELIMIT
 */
KO_WARN_UNUSED enum ko_status ko_case_entity(struct ko_case *c, struct ko_str name,
                                             uint32_t *ret);

/* ko_case_find_entity(c, name, ret): The same without adding; false when absent. */
bool ko_case_find_entity(const struct ko_case *c, struct ko_str name, uint32_t *ret);

/* ko_case_name(c, entity): Its name; "" for KO_NO_ENTITY. */
struct ko_str ko_case_name(const struct ko_case *c, uint32_t entity);

/*
 * ko_case_add(c, type):
 * Append a new record of ${type} ("onset", "link" …) with every member "not said": NaN,
 * KO_TIME_NONE, KO_NO_ENTITY, empty.
 *
 * Returns: the struct of that type, valid until the next one of it is added; NULL out of
 * memory
 */
KO_WARN_UNUSED void *ko_case_add(struct ko_case *c, const char *type);

/* ko_case_bucket(c, t): The bucket of the window that holds ${t}; may be outside
 * 0..buckets-1. */
int64_t ko_case_bucket(const struct ko_case *c, ko_time t);
/* ko_case_time(c, bucket): Start of ${bucket}. */
ko_time ko_case_time(const struct ko_case *c, int64_t bucket);

/*
 * ko_case_print(c, ret, fmt, …):
 * A formatted text in the case's arena.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_case_print(struct ko_case *c, struct ko_str *ret,
                                            const char *fmt, ...) KO_PRINTF(3, 4);

/*
 * ko_case_keep(c, b, ret):
 * A copy of the text in ${b} in the case's arena; ${b} is released in either case.
 * The status of ${b} if it has one, KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_case_keep(struct ko_case *c, struct ko_buf *b,
                                           struct ko_str *ret);

/* ko_case_add_str(c, list, s): Append a copy of ${s} to ${list}.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_case_add_str(struct ko_case *c, ko_strs *list,
                                              struct ko_str s);

/*
 * ko_case_add_evidence(c, by, ret):
 * A new evidence record with the lowest free id ("E1", "E2" …), at its place in the order
 * of ids, numbers NaN, times NONE, no entity.
 *
 * Returns: ${ret} is valid until the next one is added; keep its id, not the pointer.
 * KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_case_add_evidence(struct ko_case *c, enum ko_stage by,
                                                   struct ko_evidence **ret);
/* ko_case_tell(c, by, b, ret): The same, with the text in ${b}, which is released in
 * either case.  The status of ${b} if it has one, KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_case_tell(struct ko_case *c, enum ko_stage by,
                                           struct ko_buf *b, struct ko_evidence **ret);
/* ko_case_find_evidence(c, id): The record with ${id}, or NULL. */
const struct ko_evidence *ko_case_find_evidence(const struct ko_case *c,
                                                struct ko_str id);

/*
 * ko_case_drop_stage(c, stage):
 * Remove what an earlier run of ${stage} wrote: its record types, and its own evidence
 * and unknowns; for blame also the verdicts on changes.
 */
void ko_case_drop_stage(struct ko_case *c, enum ko_stage stage);

/* Names of enum values, as the stream spells them. */
const char *ko_entity_kind_name(enum ko_entity_kind kind);
bool ko_entity_kind_parse(struct ko_str s, enum ko_entity_kind *ret);
const char *ko_class_name(enum ko_class cls);

#endif
