/* part_codec.c: fields of a part, each described once for writing and for reading. */
#include "reduce/part_codec.h"

#include "case/case.h"
#include "reduce/take.h"

#include <string.h>

enum { GROUP_BITS = 7, MORE = 0x80 };

void ko_codec_refuse(struct ko_codec *c, bool wrong)
{
    if (wrong && c->status == KO_OK && !ko_codec_writes(c))
        c->status = KO_ESYNTAX;
}

static void write_u64(struct ko_codec *c, uint64_t v)
{
    for (; v >= MORE; v >>= GROUP_BITS)
        ko_buf_putc(c->out, (char)(unsigned char)((v & (MORE - 1)) | MORE));
    ko_buf_putc(c->out, (char)(unsigned char)v);
}

static uint64_t read_u64(struct ko_codec *c)
{
    uint64_t v = 0;
    for (unsigned shift = 0; c->status == KO_OK && shift < 64; shift += GROUP_BITS) {
        ko_codec_refuse(c, c->in.n == 0);
        if (c->status != KO_OK)
            break;
        unsigned char byte = (unsigned char)c->in.p[0];
        c->in = ko_str_skip(c->in, 1);
        v |= (uint64_t)(byte & (MORE - 1)) << shift;
        if (byte < MORE)
            return v;
    }
    ko_codec_refuse(c, true);
    return 0;
}

void ko_codec_u64(struct ko_codec *c, uint64_t *io)
{
    if (ko_codec_writes(c))
        write_u64(c, *io);
    else
        *io = read_u64(c);
}

void ko_codec_i64(struct ko_codec *c, int64_t *io)
{
    uint64_t v = (uint64_t)*io << 1 ^ (*io < 0 ? UINT64_MAX : 0);
    ko_codec_u64(c, &v);
    *io = (int64_t)(v >> 1 ^ ((v & 1) != 0 ? UINT64_MAX : 0));
}

void ko_codec_below(struct ko_codec *c, uint32_t *io, uint32_t n)
{
    uint64_t v = *io;
    ko_codec_u64(c, &v);
    ko_codec_refuse(c, v >= n);
    *io = c->status == KO_OK ? (uint32_t)v : 0;
}

void ko_codec_number(struct ko_codec *c, uint32_t *io, uint32_t n)
{
    uint32_t v = *io == KO_NO_ENTITY ? 0 : *io + 1;
    ko_codec_below(c, &v, n + 1);
    *io = v == 0 ? KO_NO_ENTITY : v - 1;
}

void ko_codec_bool(struct ko_codec *c, bool *io)
{
    uint32_t v = *io;
    ko_codec_below(c, &v, 2);
    *io = v != 0;
}

void ko_codec_real(struct ko_codec *c, double *io)
{
    uint64_t bits;
    memcpy(&bits, io, sizeof bits);
    ko_codec_u64(c, &bits);
    memcpy(io, &bits, sizeof bits);
}

void ko_codec_fixed(struct ko_codec *c, ko_fixed *io)
{
    uint64_t low = (uint64_t)*io;
    int64_t high = (int64_t)(*io >> 64);
    ko_codec_u64(c, &low);
    ko_codec_i64(c, &high);
    *io = (ko_fixed)((unsigned __int128)(uint64_t)high << 64 | low);
}

void ko_codec_time(struct ko_codec *c, ko_time *io)
{
    ko_codec_i64(c, io);
    ko_codec_refuse(c, *io != KO_TIME_NONE &&
                           (*io < KO_TAKE_TIME_MIN || *io > KO_TAKE_TIME_MAX));
}

void ko_codec_count(struct ko_codec *c, size_t *io)
{
    uint64_t n = *io;
    ko_codec_u64(c, &n);
    ko_codec_refuse(c, n > c->in.n);
    *io = c->status == KO_OK ? (size_t)n : 0;
}

void ko_codec_str(struct ko_codec *c, struct ko_str *io)
{
    size_t n = io->n;
    ko_codec_count(c, &n);
    if (ko_codec_writes(c)) {
        ko_buf_put(c->out, *io);
        return;
    }
    struct ko_str s = ko_str_sub(c->in, 0, n);
    c->in = ko_str_skip(c->in, n);
    *io = (struct ko_str){0};
    enum ko_status st = c->status == KO_OK ? ko_str_copy(c->arena, s, io) : KO_OK;
    c->status = st != KO_OK ? st : c->status;
}
