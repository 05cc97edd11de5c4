/* source.h: where bytes come from: a pull that layers (decompression, transcoding) can be
 * put upon. */
#ifndef KO_READ_SOURCE_H
#define KO_READ_SOURCE_H

#include "base/err.h"
#include "base/status.h"
#include "base/str.h"

#include <stddef.h>

/*
 * pull(ctx, bytes, n, ret_n, err): up to n bytes; fewer only at the end, 0 at the end.
 * KO_EIO: it broke off; the bytes in ret_n are good.
 */
struct ko_source {
    enum ko_status (*pull)(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err);
    void *ctx;
};

#endif
