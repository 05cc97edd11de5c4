/* layer_utf16.c: UTF-16 becomes UTF-8. */
#include "read/layer.h"

#include "base/mem.h"

enum { BAD = 0xfffd, UTF8_MAX = 4 };

/* A code unit or a surrogate may be cut by the end of a block; what does not fit in what
 * is asked for waits in text. */
struct utf16 {
    bool big;
    bool skipped_mark;
    unsigned have; /* bytes of unit */
    unsigned char unit[2];
    uint32_t high; /* a high surrogate that waits for its low one; 0 none */
    char text[2 * UTF8_MAX];
    size_t n, at;
};

static void put(struct utf16 *u, uint32_t cp)
{
    char *t = u->text + u->n;
    if (cp < 0x80) {
        t[0] = (char)cp;
        u->n += 1;
    } else if (cp < 0x800) {
        t[0] = (char)(0xc0 | cp >> 6);
        t[1] = (char)(0x80 | (cp & 0x3f));
        u->n += 2;
    } else if (cp < 0x10000) {
        t[0] = (char)(0xe0 | cp >> 12);
        t[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        t[2] = (char)(0x80 | (cp & 0x3f));
        u->n += 3;
    } else {
        t[0] = (char)(0xf0 | cp >> 18);
        t[1] = (char)(0x80 | (cp >> 12 & 0x3f));
        t[2] = (char)(0x80 | (cp >> 6 & 0x3f));
        t[3] = (char)(0x80 | (cp & 0x3f));
        u->n += 4;
    }
}

static void take_unit(struct utf16 *u, uint32_t unit)
{
    u->n = u->at = 0;
    bool low = unit >= 0xdc00 && unit < 0xe000, high = unit >= 0xd800 && unit < 0xdc00;
    if (u->high != 0 && low) {
        put(u, 0x10000 + ((u->high - 0xd800) << 10) + (unit - 0xdc00));
        u->high = 0;
        return;
    }
    if (u->high != 0)
        put(u, BAD);
    u->high = high ? unit : 0;
    if (!high && !(unit == 0xfeff && !u->skipped_mark))
        put(u, low ? BAD : unit);
    u->skipped_mark = true;
}

static void take_byte(struct utf16 *u, char c)
{
    u->unit[u->have++] = (unsigned char)c;
    if (u->have < 2)
        return;
    u->have = 0;
    take_unit(u, u->big ? (uint32_t)u->unit[0] << 8 | u->unit[1]
                        : (uint32_t)u->unit[1] << 8 | u->unit[0]);
}

/* Half a unit or half a pair at the very end. */
static void take_end(struct utf16 *u)
{
    if (u->have == 0 && u->high == 0)
        return;
    u->have = 0;
    u->high = 0;
    u->n = u->at = 0;
    put(u, BAD);
}

static enum ko_status turn_utf16(struct ko_layer *l, char *out, size_t n, size_t *ret_n,
                                 struct ko_err *err)
{
    struct utf16 *u = l->state;
    (void)err;
    for (;;) {
        while (u->at < u->n && *ret_n < n)
            out[(*ret_n)++] = u->text[u->at++];
        if (*ret_n == n)
            return KO_OK;
        if (l->at < l->n) {
            take_byte(u, l->in[l->at++]);
            continue;
        }
        if (!l->below_end || (u->have == 0 && u->high == 0))
            return KO_OK;
        take_end(u);
    }
}

static enum ko_status open_utf16(struct ko_layer *l, bool big)
{
    struct utf16 *u = ko_mem_alloc(1, sizeof *u);
    if (u == NULL)
        return KO_ENOMEM;
    u->big = big;
    l->state = u;
    return KO_OK;
}

static enum ko_status open_le(struct ko_layer *l)
{
    return open_utf16(l, false);
}

static enum ko_status open_be(struct ko_layer *l)
{
    return open_utf16(l, true);
}

static void close_utf16(struct ko_layer *l)
{
    ko_mem_free(l->state);
}

const struct ko_layer_kind ko_layer_utf16_le = {"UTF-16", KO_STR_INIT("\xff\xfe"),
                                                open_le, close_utf16, turn_utf16};
const struct ko_layer_kind ko_layer_utf16_be = {"UTF-16", KO_STR_INIT("\xfe\xff"),
                                                open_be, close_utf16, turn_utf16};
