/* tap.c: what comes through a source, counted. */
#include "read/tap.h"

static enum ko_status pull(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err)
{
    struct ko_tap *tap = ctx;
    (void)err;
    enum ko_status st = tap->below.pull(tap->below.ctx, bytes, n, ret_n, &tap->why);
    if (st == KO_ENOMEM)
        return st;
    tap->damaged |= st != KO_OK;
    tap->bytes += *ret_n;
    if (*ret_n > 0)
        ko_digest_add(&tap->digest, (struct ko_str){bytes, *ret_n});
    return st;
}

void ko_tap_put(struct ko_tap *tap, struct ko_source *io_top)
{
    *tap = (struct ko_tap){.below = *io_top};
    *io_top = (struct ko_source){pull, tap};
}
