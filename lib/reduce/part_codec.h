/* part_codec.h: fields of a part, each described once for writing and for reading. */
#ifndef KO_REDUCE_PART_CODEC_H
#define KO_REDUCE_PART_CODEC_H

#include "base/buf.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/time.h"
#include "reduce/fixed.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Writes into ${out} when that is set, else reads from ${in}.  After the first failure
 * (KO_ENOMEM, KO_ESYNTAX for bytes that no writer makes) nothing more is done, and what
 * is read is zero.
 *
 *   whole numbers   7 bits a byte, the lowest first, the top bit set on all but the last;
 *                   signed ones as 2n, or -2n - 1 below 0
 *   reals           their 64 bits, as a whole number
 *   texts, lists    how many bytes or items, then those
 */
struct ko_codec {
    struct ko_buf *out;
    struct ko_str in;
    struct ko_arena *arena; /* of texts that are read */
    enum ko_status status;
};

static inline bool ko_codec_writes(const struct ko_codec *c)
{
    return c->out != NULL;
}

/* ko_codec_refuse(c, wrong): What was read is damage if ${wrong}. */
void ko_codec_refuse(struct ko_codec *c, bool wrong);

void ko_codec_u64(struct ko_codec *c, uint64_t *io);
void ko_codec_i64(struct ko_codec *c, int64_t *io);
void ko_codec_bool(struct ko_codec *c, bool *io);
void ko_codec_real(struct ko_codec *c, double *io);
void ko_codec_fixed(struct ko_codec *c, ko_fixed *io);
void ko_codec_str(struct ko_codec *c, struct ko_str *io);
/* ko_codec_below(c, io, n): A number below ${n}. */
void ko_codec_below(struct ko_codec *c, uint32_t *io, uint32_t n);
/* ko_codec_number(c, io, n): A number below ${n}, or KO_NO_ENTITY. */
void ko_codec_number(struct ko_codec *c, uint32_t *io, uint32_t n);
/* ko_codec_time(c, io): A time that a reducer takes, or KO_TIME_NONE. */
void ko_codec_time(struct ko_codec *c, ko_time *io);
/* ko_codec_count(c, io): How many items follow; each takes a byte at least. */
void ko_codec_count(struct ko_codec *c, size_t *io);

#endif
