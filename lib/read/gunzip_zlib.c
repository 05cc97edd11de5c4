/* gunzip_zlib.c: members of gzip data by zlib. */
#include "read/gunzip.h"

#include "base/mem.h"

#include <zlib.h>

/* Window of 32 KiB, and the wrapper of gzip rather than that of zlib. */
enum { GZIP_WINDOW = 15 + 16 };

struct ko_gunzip {
    z_stream z;
};

struct ko_gunzip *ko_gunzip_new(void)
{
    struct ko_gunzip *g = ko_mem_alloc(1, sizeof *g);
    if (g == NULL || inflateInit2(&g->z, GZIP_WINDOW) == Z_OK)
        return g;
    ko_mem_free(g);
    return NULL;
}

void ko_gunzip_free(struct ko_gunzip *g)
{
    if (g == NULL)
        return;
    (void)inflateEnd(&g->z);
    ko_mem_free(g);
}

enum ko_status ko_gunzip_restart(struct ko_gunzip *g)
{
    return inflateReset2(&g->z, GZIP_WINDOW) == Z_OK ? KO_OK : KO_ENOMEM;
}

enum ko_status ko_gunzip_step(struct ko_gunzip *g, struct ko_str *io_in, char *out,
                              size_t n, size_t *ret_n, bool *ret_ended)
{
    g->z.next_in = (Bytef *)io_in->p;
    g->z.avail_in = (uInt)io_in->n;
    g->z.next_out = (Bytef *)out;
    g->z.avail_out = (uInt)n;
    int z = inflate(&g->z, Z_NO_FLUSH);
    *io_in = ko_str_skip(*io_in, io_in->n - g->z.avail_in);
    *ret_n = n - g->z.avail_out;
    *ret_ended = z == Z_STREAM_END;
    if (z == Z_MEM_ERROR)
        return KO_ENOMEM;
    return z == Z_OK || z == Z_STREAM_END || z == Z_BUF_ERROR ? KO_OK : KO_ESYNTAX;
}
