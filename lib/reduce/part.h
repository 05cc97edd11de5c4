/* part.h: what was read of some exports, kept until the others are there. */
#ifndef KO_REDUCE_PART_H
#define KO_REDUCE_PART_H

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "event/ledger.h"
#include "reduce/marks.h"
#include "reduce/reduce.h"

#include <stdbool.h>
#include <stdint.h>

/* An export of a part, as it was read. */
struct ko_part_file {
    struct ko_str path;
    bool normal, repeated;
    struct ko_ledger ledger;
    struct ko_marks marks; /* settled */
};

/* Zeroed is empty; ko_part_release gives all back. */
struct ko_part {
    struct ko_arena arena; /* of what is read */
    struct ko_reduce_options options;
    struct ko_reducer *reducer;
    KO_LIST(struct ko_part_file) files;
    bool incomplete;
};

/*
 * ko_part_write(part, out):
 * Append everything that merging needs: the state of the reducer before ko_reducer_finish
 * and the accounts and marks of its exports, in an order that follows from what they are.
 * Which records were delivered twice is settled within a part; it is not kept.
 *
 *   "knockon part 1\n"   bytes of the rest but the check, as a whole number
 *   options   files   exports   texts   names   hosts   tracks   numbers   ids   spans
 *   mentions   contacts   events
 *   check: ko_digest of all before it, 8 bytes, the lowest first
 *
 * Numbers of exports, texts, names and tracks are places in their lists.  See
 * part_codec.h for the fields.
 *
 * Owns:    ${part} stays the caller's; its reducer is only good to be freed afterwards
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_part_write(struct ko_part *part, struct ko_buf *out);

/*
 * ko_part_read(bytes, part, err):
 * Read what ko_part_write wrote into the zeroed ${part}.  ${bytes} are not trusted.
 *
 * Owns:    ko_part_release in either case
 * Errors:  KO_ESYNTAX no part, or a damaged one; KO_EUNSUPPORTED another version;
 *          KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_part_read(struct ko_str bytes, struct ko_part *part,
                                           struct ko_err *err);
void ko_part_release(struct ko_part *part);

/* ko_part_differs(a, b): The option that parts were read with differently; NULL: none. */
const char *ko_part_differs(const struct ko_reduce_options *a,
                            const struct ko_reduce_options *b);

#endif
