/* logfmt.h: key=value pairs of a line. */
#ifndef KO_READ_LOGFMT_H
#define KO_READ_LOGFMT_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"
#include "read/record.h"

#include <stdbool.h>

/*
 * ko_logfmt_parse(arena, line, r, ret_prose):
 * Append the pairs of ${line} to ${r}: k=v, k="a \"b\" c"; ${ret_prose} is what stands
 * before the first pair.  Words without "=" behind it are flags without a value.
 *
 * Owns:    slices of ${line}; texts with escapes live in ${arena}
 * Errors:  KO_ESYNTAX a quote is not closed; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_logfmt_parse(struct ko_arena *arena, struct ko_str line,
                                              struct ko_record *r,
                                              struct ko_str *ret_prose);

/* ko_logfmt_begins(line): Is the first word of ${line} a pair, so that no prose stands
 * before them? */
bool ko_logfmt_begins(struct ko_str line);
/* ko_logfmt_pairs(line): How many key=value pairs ${line} has at least, up to 8. */
size_t ko_logfmt_pairs(struct ko_str line);

/* The format's row. */
bool ko_logfmt_probe(struct ko_str head, const char **ret_why);
KO_WARN_UNUSED enum ko_status ko_logfmt_read(struct ko_reading *rd);

/* ko_logfmt_cut(rd, bytes, offset): As a row of ko_formats wants it: each line stands for
 * itself. */
size_t ko_logfmt_cut(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset);

#endif
