/* layer_gzip.c: gzip taken off; members that follow each other are one stream. */
#include "read/layer.h"

#include "base/mem.h"

#include <zlib.h>

/* Window of 32 KiB, and the wrapper of gzip rather than that of zlib. */
enum { GZIP_WINDOW = 15 + 16 };

struct gzip {
    z_stream z;
    bool in_member;
};

static enum ko_status open_gzip(struct ko_layer *l)
{
    struct gzip *g = ko_mem_alloc(1, sizeof *g);
    if (g == NULL)
        return KO_ENOMEM;
    if (inflateInit2(&g->z, GZIP_WINDOW) != Z_OK) {
        ko_mem_free(g);
        return KO_ENOMEM;
    }
    g->in_member = true;
    l->state = g;
    return KO_OK;
}

static void close_gzip(struct ko_layer *l)
{
    struct gzip *g = l->state;
    (void)inflateEnd(&g->z);
    ko_mem_free(g);
}

/* Between members: another one, padding of zeros, or what does not belong here. */
static enum ko_status next_member(struct ko_layer *l, struct gzip *g, struct ko_err *err)
{
    while (l->at < l->n && l->in[l->at] == '\0')
        l->at++;
    if (l->at == l->n)
        return KO_OK;
    if ((unsigned char)l->in[l->at] != 0x1f)
        return ko_err_set(err, KO_ESYNTAX, "bytes behind the end of the gzip data");
    if (inflateReset2(&g->z, GZIP_WINDOW) != Z_OK)
        return KO_ENOMEM;
    g->in_member = true;
    return KO_OK;
}

static enum ko_status turn_gzip(struct ko_layer *l, char *out, size_t n, size_t *ret_n,
                                struct ko_err *err)
{
    struct gzip *g = l->state;
    if (!g->in_member) {
        enum ko_status st = next_member(l, g, err);
        if (st != KO_OK || !g->in_member)
            return st;
    }
    bool ended = l->at == l->n && l->below_end && l->below_status == KO_OK;
    g->z.next_in = (Bytef *)(l->in + l->at);
    g->z.avail_in = (uInt)(l->n - l->at);
    g->z.next_out = (Bytef *)out;
    g->z.avail_out = (uInt)n;
    int z = inflate(&g->z, Z_NO_FLUSH);
    l->at = l->n - g->z.avail_in;
    *ret_n = n - g->z.avail_out;
    if (z == Z_STREAM_END)
        g->in_member = false;
    if (z == Z_MEM_ERROR)
        return KO_ENOMEM;
    if (z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR)
        return ko_err_set(err, KO_ESYNTAX, "damaged gzip data");
    if (ended && *ret_n == 0 && g->in_member)
        return ko_err_set(err, KO_ESYNTAX, "the gzip data ends too early");
    return KO_OK;
}

const struct ko_layer_kind ko_layer_gzip = {"gzip", KO_STR_INIT("\x1f\x8b"), open_gzip,
                                            close_gzip, turn_gzip};
