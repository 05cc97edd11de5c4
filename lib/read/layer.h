/* layer.h: one layer: bytes from below, what is done to them, bytes up. */
#ifndef KO_READ_LAYER_H
#define KO_READ_LAYER_H

#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "read/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KO_LAYER_BUFFER = 64 << 10 };

/*
 * The bytes of the layer below wait in in[at..n); refilled by ko_layer_fill when they are
 * used up.
 */
struct ko_layer {
    const struct ko_layer_kind *kind;
    void *state; /* of the kind */
    struct ko_source below;
    char in[KO_LAYER_BUFFER];
    size_t n, at;
    uint64_t bytes; /* from below so far */
    bool mid_frame; /* zstd: more of the frame has to come */
    bool below_end;
    enum ko_status below_status; /* how it ended */
    struct ko_err below_err;
};

/*
 * magic: what the bytes of the layer begin with.
 * open(l): make l->state.  close(l): free it.
 * turn(l, out, n, ret_n, err): put up to ${n} bytes up, using l->in; 0 bytes without an
 *   error ask for more from below, or are the end when below has ended and l->in is used
 *   up; every call takes or gives something otherwise.
 */
struct ko_layer_kind {
    const char *name;
    struct ko_str magic;
    enum ko_status (*open)(struct ko_layer *l);
    void (*close)(struct ko_layer *l);
    enum ko_status (*turn)(struct ko_layer *l, char *out, size_t n, size_t *ret_n,
                           struct ko_err *err);
};

extern const struct ko_layer_kind ko_layer_gzip, ko_layer_zstd, ko_layer_utf16_le,
    ko_layer_utf16_be;

#endif
