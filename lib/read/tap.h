/* tap.h: what comes through a source, counted. */
#ifndef KO_READ_TAP_H
#define KO_READ_TAP_H

#include "base/digest.h"
#include "base/err.h"
#include "read/source.h"

#include <stdbool.h>
#include <stdint.h>

struct ko_tap {
    struct ko_source below;
    uint64_t bytes;
    struct ko_digest digest;
    bool damaged;      /* it broke off */
    struct ko_err why; /* what it said */
};

/* ko_tap_put(tap, io_top): Put ${tap} upon ${io_top}. */
void ko_tap_put(struct ko_tap *tap, struct ko_source *io_top);

#endif
