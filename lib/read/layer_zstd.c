/* layer_zstd.c: zstd taken off; frames that follow each other are one stream. */
#include "read/layer.h"

#include <zstd.h>

/* The largest window that is unpacked: 128 MiB, what the zstd command allows unasked. */
enum { ZSTD_WINDOW_LOG = 27 };

static enum ko_status open_zstd(struct ko_layer *l)
{
    ZSTD_DStream *z = ZSTD_createDStream();
    if (z == NULL)
        return KO_ENOMEM;
    (void)ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
    l->state = z;
    return KO_OK;
}

static void close_zstd(struct ko_layer *l)
{
    (void)ZSTD_freeDStream(l->state);
}

static enum ko_status turn_zstd(struct ko_layer *l, char *out, size_t n, size_t *ret_n,
                                struct ko_err *err)
{
    ZSTD_inBuffer in = {l->in, l->n, l->at};
    ZSTD_outBuffer to = {out, n, 0};
    bool ended = l->at == l->n && l->below_end;
    if (ended && !l->mid_frame)
        return KO_OK;
    size_t left = ZSTD_decompressStream(l->state, &to, &in);
    l->at = in.pos;
    *ret_n = to.pos;
    if (ZSTD_isError(left))
        return ko_err_set(err, KO_ESYNTAX, "damaged zstd data: %s",
                          ZSTD_getErrorName(left));
    l->mid_frame = left != 0;
    if (ended && to.pos == 0 && l->mid_frame && l->below_status == KO_OK)
        return ko_err_set(err, KO_ESYNTAX, "the zstd data ends too early");
    return KO_OK;
}

const struct ko_layer_kind ko_layer_zstd = {"zstd", KO_STR_INIT("\x28\xb5\x2f\xfd"),
                                            open_zstd, close_zstd, turn_zstd};
