/* read.h: one export in, events out: the format found by content, every byte accounted.
 */
#ifndef KO_READ_READ_H
#define KO_READ_READ_H

#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ko_zone;

enum {
    KO_READ_LINE_MAX = 1 << 20,     /* default of line_max_bytes */
    KO_READ_LINE_KEPT = 64 << 10,   /* what is kept of a longer line */
    KO_READ_HEAD_BYTES = 64 << 10,  /* what the format is decided on */
    KO_READ_DOCUMENT_MAX = 1 << 30, /* a JSON document that is not line by line */
    KO_READ_DEPTH_MAX = 256         /* nesting of JSON; jansson prints no deeper text */
};

/* Default of expanded_max_bytes: hours of a busy platform; a bomb is found in a minute.
 */
#define KO_READ_EXPANDED_MAX (UINT64_C(16) << 30)

/* Zeroed is "find everything out". */
struct ko_read_options {
    ko_time now;          /* for times without a year; 0 or NONE: not known */
    ko_time at;           /* of a snapshot that names no time; 0 or NONE: not known */
    struct ko_str format; /* name of a row of ko_formats, or empty: by content */
    const struct ko_zone *zone; /* of times that name none; NULL: UTC is assumed */
    struct ko_str field_map;    /* "time=ts,service=svc": role=column, over the rules */
    uint64_t *field_map_met;    /* NULL, or: bit i is set when pair i of it was met */
    struct ko_str shape;   /* "change", "edge", "map" where columns may mean more than
                              one thing; empty: by the columns */
    size_t line_max_bytes; /* 0: KO_READ_LINE_MAX */
    size_t piece_bytes;    /* of what is read at once; 0: KO_PIECE_BYTES (pieces.h) */
    uint64_t expanded_max_bytes; /* of compressed exports; 0: KO_READ_EXPANDED_MAX */
    enum ko_date_order dates;    /* of numbers and slashes; KO_DATE_CLEAR: find out */
    struct ko_str zone_why;      /* why ${zone}, for the ledger; empty: "option" */
    uint32_t export_index;       /* put into every event's place */
};

/*
 * ko_read_file(path, name, opt, ledger, sink, err):
 * Read the export at ${path} ("-" is standard input), called ${name} in the ledger, and
 * hand every event to ${sink}.
 *
 * Owns:    ${ledger} was initialised by the caller; it is complete on return, also after
 *          an error of the sink
 * Errors:  KO_ENOTFOUND, KO_EIO cannot be opened; KO_EUNSUPPORTED ${opt} names no format;
 *          KO_ENOMEM; what the sink returned.  Malformed records, a read that breaks off
 *          and unknown formats are no errors: the ledger counts them
 */
KO_WARN_UNUSED enum ko_status
ko_read_file(const char *path, struct ko_str name, const struct ko_read_options *opt,
             struct ko_ledger *ledger, const struct ko_sink *sink, struct ko_err *err);

/* ko_read_bytes(bytes, name, opt, ledger, sink, err): The same for bytes in memory. */
KO_WARN_UNUSED enum ko_status
ko_read_bytes(struct ko_str bytes, struct ko_str name, const struct ko_read_options *opt,
              struct ko_ledger *ledger, const struct ko_sink *sink, struct ko_err *err);

/* ko_read_stem(name): What the path of an export tells of whose it is, for when nothing
 * in it does: crm-api of crm-api.log.2.gz or crm-api/current.log; empty for "app.log" or
 * standard input. */
struct ko_str ko_read_stem(struct ko_str name);

#endif
