/* digest.c: one number for a long run of bytes, however they arrive.
 *
 * Each lane is multiplied by what comes to 128 bits, whose halves are folded: a step that
 * loses nothing but where a factor is 0.  Four lanes keep the multiplier busy. */
#include "base/digest.h"

#include "base/bytes.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Odd, and as many bits set as not: digits of pi. */
static const uint64_t salts[KO_DIGEST_LANES] = {0x243f6a8885a308d3u, 0x13198a2e03707345u,
                                                0xa4093822299f31d1u, 0x082efa98ec4e6c89u};

static inline uint64_t fold(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t take_lane(uint64_t lane, const unsigned char *p, size_t i)
{
    return fold(lane ^ ko_bytes_le64(p) ^ salts[i],
                ko_bytes_le64(p + 8) ^ salts[(i + 1) % KO_DIGEST_LANES]) +
           salts[i];
}

/* Written out, so that the lanes stay in registers. */
static inline void take_block(uint64_t *lanes, const unsigned char *p)
{
    _Static_assert(KO_DIGEST_LANES == 4, "a line for each lane");
    lanes[0] = take_lane(lanes[0], p, 0);
    lanes[1] = take_lane(lanes[1], p + 16, 1);
    lanes[2] = take_lane(lanes[2], p + 32, 2);
    lanes[3] = take_lane(lanes[3], p + 48, 3);
}

/* Complete a block that was begun. */
static struct ko_str fill_tail(struct ko_digest *d, struct ko_str s)
{
    size_t at = (size_t)(d->bytes % KO_DIGEST_BLOCK), room = KO_DIGEST_BLOCK - at;
    size_t n = at > 0 ? s.n < room ? s.n : room : 0;
    if (n > 0)
        memcpy(d->tail + at, s.p, n);
    d->bytes += n;
    if (n > 0 && n == room)
        take_block(d->lanes, d->tail);
    return ko_str_skip(s, n);
}

void ko_digest_add(struct ko_digest *d, struct ko_str s)
{
    uint64_t lanes[KO_DIGEST_LANES];
    s = fill_tail(d, s);
    d->bytes += s.n;
    memcpy(lanes, d->lanes, sizeof lanes);
    for (; s.n >= KO_DIGEST_BLOCK; s = ko_str_skip(s, KO_DIGEST_BLOCK))
        take_block(lanes, (const unsigned char *)s.p);
    memcpy(d->lanes, lanes, sizeof lanes);
    if (s.n > 0)
        memcpy(d->tail, s.p, s.n);
}

uint64_t ko_digest_get(const struct ko_digest *d)
{
    unsigned char tail[KO_DIGEST_BLOCK] = {0};
    uint64_t lanes[KO_DIGEST_LANES], all = d->bytes;
    memcpy(tail, d->tail, (size_t)(d->bytes % KO_DIGEST_BLOCK));
    memcpy(lanes, d->lanes, sizeof lanes);
    take_block(lanes, tail);
    for (size_t i = 0; i < KO_DIGEST_LANES; i++)
        all =
            fold(all ^ lanes[i] ^ salts[i], salts[(i + 1) % KO_DIGEST_LANES]) + lanes[i];
    return fold(all ^ salts[0], salts[1]);
}
