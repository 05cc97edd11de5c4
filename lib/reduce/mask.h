/* mask.h: the constant part of a log message, and messages without personal data. */
#ifndef KO_REDUCE_MASK_H
#define KO_REDUCE_MASK_H

#include "base/buf.h"
#include "base/str.h"

#include <stddef.h>

/* Longer messages are cut to this for their template; the tail seldom names the kind. */
enum { KO_MASK_BYTES = 400 };

/*
 * ko_mask_template(message, out):
 * Append the first line of ${message} with its variable parts as <*>.
 *
 * Variable: numbers and words with digits (except names such as http2, p95, a status
 * code behind "status", "code" or "HTTP/1.1", and the place of a statement in its code,
 * Class#123 or file.go:123), quoted values, addresses, uuids, hex, paths with digits,
 * values of keys that hold ids or secrets.  A list of variables is one <*>.  The result
 * depends on this message alone, so that templates do not depend on order.
 *
 * Cost:    O(n)
 */
void ko_mask_template(struct ko_str message, struct ko_buf *out);

/* Levels of ko_mask_coarsen; the last one leaves nothing but "(other)". */
enum { KO_MASK_LEVELS = 5 };
#define KO_MASK_OTHER KO_STR("(other)")

/*
 * ko_mask_coarsen(text, level, out):
 * Append the template ${text} cut to its first words: all, 8, 4, 2, none.  A template of
 * a finer level coarsens to the same text as the message itself would.
 */
void ko_mask_coarsen(struct ko_str text, int level, struct ko_buf *out);

/*
 * ko_mask_private(text, out):
 * Append ${text} with mail addresses, payment cards (by check digit), phone numbers,
 * bearer tokens and the values of password-like keys replaced by <email>, <card>,
 * <phone>, <secret>.
 */
void ko_mask_private(struct ko_str text, struct ko_buf *out);

#endif
