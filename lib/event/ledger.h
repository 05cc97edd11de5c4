/* ledger.h: what became of every byte and every line of one export. */
#ifndef KO_EVENT_LEDGER_H
#define KO_EVENT_LEDGER_H

#include "base/buf.h"
#include "base/list.h"
#include "base/status.h"
#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>
#include <stdint.h>

/* The closed list of reasons for which a record is not used, or is used with a remark. */
enum ko_reject {
    KO_REJECT_LINE_TOO_LONG,
    KO_REJECT_NUL_BYTE,
    KO_REJECT_INVALID_UTF8,
    KO_REJECT_BAD_TIMESTAMP,
    KO_REJECT_NO_TIMESTAMP,
    KO_REJECT_FIELD_COUNT,
    KO_REJECT_CSV_UNCLOSED_QUOTE,
    KO_REJECT_CSV_STRAY_QUOTE,
    KO_REJECT_JSON_SYNTAX,
    KO_REJECT_JSON_TOO_DEEP,
    KO_REJECT_JSON_DUPLICATE_KEY,
    KO_REJECT_YAML_SYNTAX,
    KO_REJECT_NUMBER_NAN,
    KO_REJECT_NUMBER_INF,
    KO_REJECT_NUMBER_RANGE,
    KO_REJECT_SYSLOG_MALFORMED,
    KO_REJECT_LOGFMT_MALFORMED,
    KO_REJECT_METRIC_MALFORMED,
    KO_REJECT_UNKNOWN_FORMAT,
    KO_REJECT_COMPRESSED_DAMAGED,
    KO_REJECT_EXPANDED_LIMIT,
    KO_REJECT_READ_ERROR,
    KO_REJECT_COUNT
};

/* ko_reject_name(r): The stable spelling, "bad_timestamp". */
const char *ko_reject_name(enum ko_reject r);

enum { KO_LEDGER_SAMPLES = 5, KO_LEDGER_SAMPLE_BYTES = 200 };

struct ko_reject_sample {
    enum ko_reject reason;
    uint64_t line;
    uint64_t offset;
    struct ko_str text; /* at most KO_LEDGER_SAMPLE_BYTES */
};

/*
 * One export's account.  The identities that ko_ledger_check holds:
 *
 *   bytes = bytes_accepted + bytes_rejected + bytes_blank + bytes_header +
 * bytes_terminators + bytes_bom lines = lines_accepted + lines_rejected + lines_blank +
 * lines_header sum(rejects[]) = lines_rejected
 *
 * A line is a physical line; a record may own several (stack traces, quoted newlines,
 * documents).
 */
struct ko_ledger {
    struct ko_arena *arena;
    struct ko_str file;
    struct ko_str format; /* name of the reader's row */
    struct ko_str why;    /* what in the bytes decided the format */
    struct ko_str
        zone;      /* "UTC (Z in the data)", "UTC (assumed)", "Europe/Berlin (option)" */
    uint64_t hash; /* of the content */
    uint64_t bytes, bytes_accepted, bytes_rejected, bytes_blank, bytes_header,
        bytes_terminators, bytes_bom;
    uint64_t lines, lines_accepted, lines_rejected, lines_blank, lines_header;
    uint64_t records;         /* events given on */
    uint64_t records_no_time; /* among them, without a usable time */
    uint64_t duplicates;      /* records delivered twice, counted once */
    uint64_t rejects[KO_REJECT_COUNT];
    KO_LIST(struct ko_reject_sample) samples;
    KO_LIST(struct ko_str) remarks; /* "500 rows: looks cut at a cap" … for people */
    ko_time first, last;            /* of the records; KO_TIME_NONE when none */
    bool damaged;                   /* cut or unreadable in part */
    bool capped;                    /* looks truncated by its exporter */
    struct ko_buf
        *rejected_to; /* NULL, or where every rejected record goes as a JSON line */
    /* NULL, or appends a text without private data, for rejected_to */
    void (*mask)(struct ko_str text, struct ko_buf *out);
    /* how its records were read, for people; empty: not known */
    struct ko_str time_field, entity_field, units;
    /* dates of numbers and slashes: those that only one order fits, and those that both
     * do where nothing decided */
    uint64_t dates_day_first, dates_month_first, dates_either;
    uint64_t rows;     /* accepted records, however many events each gave */
    bool newest_first; /* its rows go back in time */
};

/* ko_ledger_init(l, arena, file): An empty account that keeps its texts in ${arena}. */
KO_WARN_UNUSED enum ko_status ko_ledger_init(struct ko_ledger *l, struct ko_arena *arena,
                                             struct ko_str file);

/*
 * ko_ledger_reject(l, reason, line, offset, text, lines):
 * Count a record of ${lines} physical lines as rejected and keep it among the first
 * samples. The bytes of ${text} count as rejected bytes.
 * With l->rejected_to set: {"file", "line", "offset", "reason", "text"} is appended
 * there.
 */
KO_WARN_UNUSED enum ko_status ko_ledger_reject(struct ko_ledger *l, enum ko_reject reason,
                                               uint64_t line, uint64_t offset,
                                               struct ko_str text, uint64_t lines);

/* ko_ledger_remark(l, fmt, …): Add a sentence for people; the same sentence only once. */
KO_WARN_UNUSED enum ko_status ko_ledger_remark(struct ko_ledger *l, const char *fmt, ...)
    KO_PRINTF(2, 3);

/* ko_ledger_time(l, t): Widen first..last by ${t}. */
void ko_ledger_time(struct ko_ledger *l, ko_time t);

/*
 * ko_ledger_add(l, part):
 * Add the account of the part of the export that follows what ${l} holds: counts add up,
 * samples and remarks follow, what ${l} does not say yet is taken over.  Texts are
 * copied; where rejected_to differs, its bytes are moved.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_ledger_add(struct ko_ledger *l,
                                            const struct ko_ledger *part);

/* ko_ledger_check(l): Do the identities hold? */
bool ko_ledger_check(const struct ko_ledger *l);

#endif
