/* event.h: the one record that every reader produces and the reducer consumes. */
#ifndef KO_EVENT_EVENT_H
#define KO_EVENT_EVENT_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/severity.h"
#include "event/time.h"

#include <stdbool.h>
#include <stdint.h>

enum ko_event_kind {
    KO_EVENT_LOG,      /* something said; may carry a duration, a status, a peer */
    KO_EVENT_METRIC,   /* a number of an entity at an instant */
    KO_EVENT_SPAN,     /* a timed operation inside a trace */
    KO_EVENT_CHANGE,   /* deploy, config, flag, routing, vendor notice */
    KO_EVENT_CONTACT,  /* a customer contact, queue interval, bot turn, payment or case */
    KO_EVENT_EDGE,     /* a declared or aggregated dependency: entity calls peer */
    KO_EVENT_ENTITY,   /* ownership, kind or alias of an entity */
    KO_EVENT_STEP,     /* one step of a journey */
    KO_EVENT_INCIDENT, /* a milestone of the response: opened, acknowledged, assigned,
                         resolved */
    KO_EVENT_RECORD,   /* what a customer is left with: a case, a call-back, an answer of
                          a bot; counted and listed, measures nothing */
    KO_EVENT_CELL, /* a number of a table over dimensions: one combination of values */
    KO_EVENT_OBJECTIVE /* what a journey promises */
};

/* Between the dim=value parts of the message of a CELL. */
#define KO_CELL_BETWEEN '\x1f'

/* How an interaction ended for the customer or the caller. */
enum ko_outcome { KO_OUTCOME_UNKNOWN, KO_OUTCOME_OK, KO_OUTCOME_BAD };

/* How numbers of a metric combine, and whether it must be turned into a rate. */
enum ko_metric_kind {
    KO_METRIC_GAUGE,
    KO_METRIC_COUNTER /* cumulative */,
    KO_METRIC_DELTA
};

/* Where a record stands: index of its export, physical line from 1, byte offset of that
 * line. */
struct ko_place {
    uint32_t export_index;
    uint64_t line;
    uint64_t offset;
};

/*
 * All slices are borrowed from the reader and die when the call that hands the event over
 * returns. Empty slices, KO_TIME_NONE, negative dur and NaN value mean "not said".
 *
 *   kind      uses beside time, entity, place
 *   LOG       message severity status outcome dur peer trace span parent + customer fields
 *   METRIC    signal unit value metric_kind peer (caller) region queue channel
 *   SPAN      trace span parent operation dur outcome status message
 *   CHANGE    what id message version; entity may be empty; link says what else it names
 *   CONTACT   queue channel region customer session attempt outcome what dur wait handle
 *             + flags
 *   EDGE      entity (caller) peer (callee) value (calls, NaN unknown) status = failed
 *             calls
 *   ENTITY    what (kind) owner contact link (fallback) message (alias of)
 *   STEP      journey, operation (step name), value (order), owner, link (fallback)
 *   INCIDENT  what (opened, acknowledged, assigned, resolved) id message owner
 *   CELL      message ("dim=value" parts by dim, KO_CELL_BETWEEN between) value, what:
 *             total or failed interactions at a time; actual or expected number, without
 *             time
 *   OBJECTIVE journey, value (share of interactions that succeed, above 0 and below 1),
 *             dur (of the period that it is counted over)
 */
struct ko_event {
    enum ko_event_kind kind;
    struct ko_place place;
    ko_time time;
    bool has_zone;        /* the record itself named a zone */
    struct ko_str entity; /* service.name, queue, host … as written */
    struct ko_str peer; /* the other end: callee of a log's upstream, callee of an edge */
    bool peer_is_caller; /* peer calls entity instead (metrics measured by the caller) */
    struct ko_str instance; /* pod, host */

    struct ko_str message;
    enum ko_severity severity;
    enum ko_outcome outcome;
    int64_t status; /* HTTP-like; 0 not said */
    ko_dur dur;     /* of the operation; < 0 not said */

    struct ko_str signal, unit;
    double value;
    enum ko_metric_kind metric_kind;
    /* METRIC: 0, or a number that only events of its reading have which differ in nothing
     * but time, has_zone, value and place.  Never given anew, so that it may serve as a
     * key; one series may have several in turn.
     * LOG, as a key too: 0, or a number that only events of its reading have with the
     * same entity, peer and instance (who), with the same region, channel, queue,
     * segment, version and instance (where). */
    uint32_t series, who, where;

    struct ko_str trace, span, parent, operation, request;
    bool async; /* the parent does not wait (FOLLOWS_FROM, producer, consumer) */

    struct ko_str customer, session, region, channel, queue, journey, segment;
    int64_t attempt; /* from 1; 0 not said */
    ko_dur wait;     /* in queue; < 0 not said */
    ko_dur handle;   /* by an agent; < 0 not said */
    bool transferred, abandoned, fallback, handoff, handoff_failed, auth_failed;

    struct ko_str what, id, version, owner, contact, link;

    /* Of records to be worked off; what is "payment", "case", "callback", "answer" or
     * "contact" there.  state as written; reference: the order or invoice that a payment
     * is for; due: promised; done: closed, called back; as_of: age of the data behind an
     * answer. */
    struct ko_str state, reference, amount, reason;
    ko_time due, done, as_of;
    bool stale;
};

/* ko_event_init(ev, kind): Everything "not said". */
void ko_event_init(struct ko_event *ev, enum ko_event_kind kind);

/* ko_event_text(ev, i): The texts of ${ev}, one for each i below KO_EVENT_TEXTS. */
enum { KO_EVENT_TEXTS = 28 };
struct ko_str *ko_event_text(struct ko_event *ev, size_t i);

/* ko_event_trim(ev): Take the blanks off both ends of all texts. */
void ko_event_trim(struct ko_event *ev);

/* ko_event_copy(arena, ev, ret): All of ${ev}, its texts copied into ${arena}.
 * KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status
ko_event_copy(struct ko_arena *arena, const struct ko_event *ev, struct ko_event *ret);

/*
 * Takes each event as it is read; must copy what it keeps.  A status other than KO_OK
 * stops the reader, which returns it.
 */
struct ko_sink {
    enum ko_status (*take)(void *ctx, const struct ko_event *ev);
    void *ctx;
};

#endif
