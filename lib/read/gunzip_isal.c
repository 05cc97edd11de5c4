/* gunzip_isal.c: members of gzip data by ISA-L, some 2.5 times as fast as zlib. */
#include "read/gunzip.h"

#include "base/mem.h"

#include <isa-l/igzip_lib.h>

/* Where the flags of a member stand, and those that mean nothing (RFC 1952): ISA-L passes
 * over them, zlib calls them damage. */
enum { FLAGS_AT = 3, FLAGS_RESERVED = 0xe0 };

struct ko_gunzip {
    struct inflate_state state;
    size_t seen; /* bytes of the member, until its flags are among them */
};

struct ko_gunzip *ko_gunzip_new(void)
{
    struct ko_gunzip *g = ko_mem_alloc(1, sizeof *g);
    if (g == NULL)
        return NULL;
    isal_inflate_init(&g->state);
    g->state.crc_flag = ISAL_GZIP;
    return g;
}

void ko_gunzip_free(struct ko_gunzip *g)
{
    ko_mem_free(g);
}

enum ko_status ko_gunzip_restart(struct ko_gunzip *g)
{
    isal_inflate_reset(&g->state);
    g->state.crc_flag = ISAL_GZIP;
    g->seen = 0;
    return KO_OK;
}

static bool has_reserved_flags(struct ko_gunzip *g, struct ko_str in)
{
    if (g->seen > FLAGS_AT)
        return false;
    size_t at = FLAGS_AT - g->seen;
    g->seen += in.n;
    return at < in.n && ((unsigned char)in.p[at] & FLAGS_RESERVED) != 0;
}

enum ko_status ko_gunzip_step(struct ko_gunzip *g, struct ko_str *io_in, char *out,
                              size_t n, size_t *ret_n, bool *ret_ended)
{
    *ret_n = 0;
    *ret_ended = false;
    if (has_reserved_flags(g, *io_in))
        return KO_ESYNTAX;
    g->state.next_in = (uint8_t *)io_in->p;
    g->state.avail_in = (uint32_t)io_in->n;
    g->state.next_out = (uint8_t *)out;
    g->state.avail_out = (uint32_t)n;
    int status = isal_inflate(&g->state);
    *io_in = ko_str_skip(*io_in, io_in->n - g->state.avail_in);
    *ret_n = n - g->state.avail_out;
    *ret_ended = g->state.block_state == ISAL_BLOCK_FINISH;
    return status >= 0 && status != ISAL_NEED_DICT ? KO_OK : KO_ESYNTAX;
}
