/* reading.h: what a format's reader works with: lines in, events out, the account in
 * between. */
#ifndef KO_READ_READING_H
#define KO_READ_READING_H

#include "base/err.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "event/stamp_memo.h"
#include "read/date_order.h"
#include "read/found.h"
#include "read/input.h"
#include "read/log_memo.h"
#include "read/read.h"
#include "read/role_memo.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The rule of a reader: after ko_reading_line (and any ko_input_line after it) it calls
 * exactly one of _accept, _reject, _header, _blank: each settles all pending lines.
 */
struct ko_reading {
    struct ko_str name; /* of the export */
    const struct ko_read_options *opt;
    struct ko_ledger *ledger;
    const struct ko_sink *sink;
    struct ko_input *in;
    struct ko_arena *arena;  /* lives as long as the reading */
    struct ko_arena *record; /* reset whenever a record is settled */
    bool after_blank;        /* blank lines stood before the line just read */
    struct ko_err *err;
    struct ko_role_memo roles;     /* of the keys of its records, by opt->field_map */
    struct ko_role_memo own_roles; /* of keys inside messages, without it */
    struct ko_log_memo logs;
    struct ko_stamp_memo stamps;
    struct ko_date_rule dates;
    struct ko_str stem;    /* of the name */
    struct ko_found found; /* in the piece at hand */
    bool is_later;         /* the piece at hand is not the first one of the export */
    /* What the format's reader keeps from piece to piece, in ${arena}; NULL: nothing.
     * Freed by ${forget}.  is_settled: the head of the export told all that it can */
    void *state;
    void (*forget)(void *state);
    bool is_settled;
};

/*
 * ko_reading_line(rd, ret):
 * The next line that is neither blank nor flawed; those are settled here.
 *
 * Errors:  KO_END; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_reading_line(struct ko_reading *rd, struct ko_line *ret);

KO_WARN_UNUSED enum ko_status ko_reading_accept(struct ko_reading *rd);
KO_WARN_UNUSED enum ko_status ko_reading_header(struct ko_reading *rd);
KO_WARN_UNUSED enum ko_status ko_reading_blank(struct ko_reading *rd);
KO_WARN_UNUSED enum ko_status ko_reading_reject(struct ko_reading *rd,
                                                enum ko_reject reason);

/* ko_reading_settle_bytes(rd, n, cls, reason): The same for the first ${n} bytes of a
 * document read with ko_input_rest; a record that shares its line counts as a line. */
enum ko_account_class {
    KO_ACCOUNT_ACCEPTED,
    KO_ACCOUNT_REJECTED,
    KO_ACCOUNT_HEADER,
    KO_ACCOUNT_BLANK
};
KO_WARN_UNUSED enum ko_status ko_reading_settle_bytes(struct ko_reading *rd, size_t n,
                                                      enum ko_account_class cls,
                                                      enum ko_reject reason);

/* ko_reading_place(rd): Where the pending record begins. */
struct ko_place ko_reading_place(const struct ko_reading *rd);

/*
 * ko_reading_time(rd, stamp, ret, ret_has_zone):
 * The instant of ${stamp}: day and month in the export's order, its missing year from
 * opt->now, its missing zone from opt->zone or UTC; what was assumed is noted for the
 * ledger.  KO_TIME_NONE if it has no date and none is known.
 */
ko_time ko_reading_time(struct ko_reading *rd, const struct ko_stamp *stamp);

/*
 * ko_reading_put_time(rd, text, ev), ko_reading_put_utc(rd, text, ev):
 * Put the instant that ${text} names into ${ev}; _utc where the source says that a time
 * without a zone is UTC.
 *
 * Returns: KO_REJECT_COUNT, or why there is none: no text, no time
 */
enum ko_reject ko_reading_put_time(struct ko_reading *rd, struct ko_str text,
                                   struct ko_event *ev);
enum ko_reject ko_reading_put_utc(struct ko_reading *rd, struct ko_str text,
                                  struct ko_event *ev);

/* ko_reading_stem(rd): The file's name without folder and endings, as a name for what it
 * speaks of when nothing in it does; empty for names like "app.log" or standard input. */
struct ko_str ko_reading_stem(const struct ko_reading *rd);

/* ko_reading_emit(rd, ev): Count ${ev}, note its time and give it to the sink. */
KO_WARN_UNUSED enum ko_status ko_reading_emit(struct ko_reading *rd,
                                              const struct ko_event *ev);

/* ko_reading_edge(rd, ev): Keep the edge ${ev}, once for each pair of an export: the sink
 * gets it when all is read.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_reading_edge(struct ko_reading *rd,
                                              const struct ko_event *ev);

/* What came from the source of an export, whatever was made of it. */
struct ko_origin {
    uint64_t bytes, hash, bom;
    bool damaged; /* it broke off */
    struct ko_err why;
};

/*
 * ko_reading_finish(rd, origin):
 * All pieces are in rd->ledger and rd->found, and rd->in stands at the end: give the sink
 * what could only be told now, and write to the ledger what was learnt on the way: zone,
 * order, caps, damage.
 *
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_reading_finish(struct ko_reading *rd,
                                                const struct ko_origin *origin);

#endif
