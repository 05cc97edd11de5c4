/* stream.h: the case stream: the model as JSON Lines, and back.  man/knockon-case.5 is
 * its manual. */
#ifndef KO_CASE_STREAM_H
#define KO_CASE_STREAM_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"

/*
 * ko_stream_read(c, bytes, source, err):
 * Add every record of the stream ${bytes} to the empty case ${c}.  Unknown types and
 * unknown members are kept.
 *
 * Owns:    ${bytes} must outlive ${c}
 * Errors:  KO_ESYNTAX with the line in ${source}: no JSON, not a case, a newer version, a
 * known member of the wrong type; KO_ELIMIT a line over 64 MiB; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_stream_read(struct ko_case *c, struct ko_str bytes,
                                             struct ko_str source, struct ko_err *err);

/*
 * ko_stream_write(c, out):
 * Append the case to ${out}: the types in their fixed order, records of a type in list
 * order. Look at out->status afterwards.
 */
void ko_stream_write(const struct ko_case *c, struct ko_buf *out);

/*
 * ko_stream_put_record(c, type, record, out):
 * Append one record of the model as a JSON object without a newline; ${type} as in the
 * stream. For JSON reports.
 */
void ko_stream_put_record(const struct ko_case *c, const char *type, const void *record,
                          struct ko_buf *out);

#endif
