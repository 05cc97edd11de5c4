/* digest.h: one number for a long run of bytes, however they arrive. */
#ifndef KO_BASE_DIGEST_H
#define KO_BASE_DIGEST_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum { KO_DIGEST_LANES = 4, KO_DIGEST_BLOCK = 16 * KO_DIGEST_LANES };

/* Zeroed is ready. */
struct ko_digest {
    /* private to digest.c */
    uint64_t lanes[KO_DIGEST_LANES];
    uint64_t bytes;
    unsigned char tail[KO_DIGEST_BLOCK]; /* bytes % KO_DIGEST_BLOCK of them wait */
};

/* ko_digest_add(d, s): The next bytes.  Cost: memory speed. */
void ko_digest_add(struct ko_digest *d, struct ko_str s);

/* ko_digest_get(d): The number of all bytes so far: the same for any cut into pieces and
 * on any machine.  It tells copies apart from other files; it is no proof against
 * somebody who looks for two files with one number. */
uint64_t ko_digest_get(const struct ko_digest *d);

#endif
