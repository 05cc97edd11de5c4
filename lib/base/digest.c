/* digest.c: one number for a long run of bytes, however they arrive.
 *
 * Each lane is multiplied by what comes to 128 bits, whose halves are folded: a step that
 * loses nothing but where a factor is 0.  Four lanes keep the multiplier busy. */
#include "base/digest.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Odd, and as many bits set as not: digits of pi. */
static const uint64_t salts[KO_DIGEST_LANES] = {0x243f6a8885a308d3u, 0x13198a2e03707345u,
                                                0xa4093822299f31d1u, 0x082efa98ec4e6c89u};

static uint64_t fold(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Little-endian, so that the number does not depend on the machine.  Compilers know this
 * form for one load, but not when it is a loop. */
static uint64_t word(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static void take_block(uint64_t *lanes, const unsigned char *p)
{
    for (size_t i = 0; i < KO_DIGEST_LANES; i++)
        lanes[i] = fold(lanes[i] ^ word(p + 16 * i) ^ salts[i],
                        word(p + 16 * i + 8) ^ salts[(i + 1) % KO_DIGEST_LANES]) +
                   salts[i];
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
