/* input.h: the bytes of one export as physical lines, gathered into records without
 * copying. */
#ifndef KO_READ_INPUT_H
#define KO_READ_INPUT_H

#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "read/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ko_line_flaw { KO_LINE_GOOD, KO_LINE_TOO_LONG, KO_LINE_NUL };

struct ko_line {
    struct ko_str text; /* without CR LF; the head only when TOO_LONG */
    uint64_t number;    /* from 1 */
    uint64_t offset;    /* of its first byte; the BOM counts */
    enum ko_line_flaw flaw;
};

/* What a run of lines weighs in the ledger. */
struct ko_weight {
    uint64_t content, terminators, lines;
};

/*
 * Lines that were read and not yet taken form the pending record; they stand side by side
 * in memory:
 *
 *   p [ taken | line LF line LF line | not read yet ]
 *             ^start          cursor^              ^n
 */
struct ko_input {
    /* private to input.c */
    struct ko_source source;
    char *own; /* NULL: p is borrowed */
    const char *p;
    size_t n, cap, start, cursor;
    uint64_t start_offset, start_line;
    size_t line_max;
    struct ko_weight pending;
    uint64_t skipped; /* bytes of the pending line that were not kept */
    size_t last;      /* content end of the last line of the pending record */
    bool has_nul;     /* somewhere in what came so far */
    bool at_end;
};

/*
 * ko_input_init(in, source, line_max), ko_input_init_bytes(in, bytes, line_max):
 * Start at the first byte, which is that of line 1.  Where the source breaks off, the
 * lines end.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_input_init(struct ko_input *in, struct ko_source source,
                                            size_t line_max);
void ko_input_init_bytes(struct ko_input *in, struct ko_str bytes, size_t line_max);
/* ko_input_at(in, line, offset): What was just started stands there in its export. */
void ko_input_at(struct ko_input *in, uint64_t line, uint64_t offset);
void ko_input_release(struct ko_input *in);

/* ko_input_head(in): The first bytes that are not taken, at most KO_READ_HEAD_BYTES. */
KO_WARN_UNUSED enum ko_status ko_input_head(struct ko_input *in, struct ko_str *ret);

/*
 * ko_input_line(in, ret):
 * Read one line more into the pending record.  Ends with LF, CR LF, or the end of the
 * bytes; ${ret} holds until the next call.
 *
 * Errors:  KO_END no line left; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_input_line(struct ko_input *in, struct ko_line *ret);

/*
 * ko_input_rest(in, max_bytes, ret):
 * Make all that is left the pending record, as one text.  KO_ELIMIT over ${max_bytes}.
 */
KO_WARN_UNUSED enum ko_status ko_input_rest(struct ko_input *in, size_t max_bytes,
                                            struct ko_str *ret);

/* ko_input_record(in): The pending lines with the ends between them. */
struct ko_str ko_input_record(const struct ko_input *in);
/* ko_input_line_number(in), ko_input_offset(in): Where the pending record begins. */
uint64_t ko_input_line_number(const struct ko_input *in);
uint64_t ko_input_offset(const struct ko_input *in);
/* ko_input_weight(in): What the pending record weighs. */
struct ko_weight ko_input_weight(const struct ko_input *in);

/* ko_input_back(in, lines): Un-read all but the first ${lines} lines of the record. */
void ko_input_back(struct ko_input *in, uint64_t lines);
/* ko_input_take(in): The pending record is dealt with; a new one begins. */
void ko_input_take(struct ko_input *in);
/*
 * ko_input_take_bytes(in, n):
 * The first ${n} bytes of a record from ko_input_rest are dealt with.
 *
 * Returns: their weight
 */
struct ko_weight ko_input_take_bytes(struct ko_input *in, size_t n);

#endif
