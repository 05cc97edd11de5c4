/* source_cap.c: bytes that come out of compressed ones, up to a limit. */
#include "read/source_cap.h"

/* At the limit: is there more? */
static enum ko_status probe(struct ko_source_cap *cap, struct ko_err *err)
{
    char more;
    size_t n = 0;
    enum ko_status st = cap->below.pull(cap->below.ctx, &more, 1, &n, err);
    if (st != KO_OK || n == 0)
        return st;
    return ko_err_set(err, KO_ELIMIT,
                      "it expands to more than %llu bytes, the limit (--max-expanded)",
                      (unsigned long long)cap->max_bytes);
}

static enum ko_status pull(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err)
{
    struct ko_source_cap *cap = ctx;
    uint64_t left = cap->max_bytes - cap->given;
    size_t wanted = n < left ? n : (size_t)left;
    *ret_n = 0;
    enum ko_status st =
        wanted > 0 ? cap->below.pull(cap->below.ctx, bytes, wanted, ret_n, err) : KO_OK;
    cap->given += *ret_n;
    return st == KO_OK && wanted < n && *ret_n == wanted ? probe(cap, err) : st;
}

void ko_source_cap_put(struct ko_source_cap *cap, struct ko_source *io_top)
{
    cap->below = *io_top;
    cap->given = 0;
    *io_top = (struct ko_source){pull, cap};
}
