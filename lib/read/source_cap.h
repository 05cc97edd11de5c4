/* source_cap.h: bytes that come out of compressed ones, up to a limit. */
#ifndef KO_READ_SOURCE_CAP_H
#define KO_READ_SOURCE_CAP_H

#include "read/source.h"

#include <stdint.h>

struct ko_source_cap {
    struct ko_source below;
    uint64_t max_bytes, given;
};

/* ko_source_cap_put(cap, io_top): Put ${cap}, whose max_bytes is set, upon ${io_top}; a
 * byte past the limit is KO_ELIMIT with a text that names it. */
void ko_source_cap_put(struct ko_source_cap *cap, struct ko_source *io_top);

#endif
