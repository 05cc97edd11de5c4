/* utf8.c: UTF-8 by code point, with the standard's rule for broken bytes. */
#include "base/utf8.h"

/* The bytes that may follow a lead byte: how many, and the narrowed range of the first of
 * them. */
struct lead {
    size_t more;
    unsigned char lo, hi;
    uint32_t bits;
};

static bool read_lead(unsigned char c, struct lead *l)
{
    *l = (struct lead){.lo = 0x80, .hi = 0xbf};
    if (c >= 0xc2 && c <= 0xdf) {
        l->more = 1;
        l->bits = c & 0x1fu;
    } else if (c >= 0xe0 && c <= 0xef) {
        l->more = 2;
        l->bits = c & 0x0fu;
        if (c == 0xe0)
            l->lo = 0xa0;
        if (c == 0xed)
            l->hi = 0x9f;
    } else if (c >= 0xf0 && c <= 0xf4) {
        l->more = 3;
        l->bits = c & 0x07u;
        if (c == 0xf0)
            l->lo = 0x90;
        if (c == 0xf4)
            l->hi = 0x8f;
    } else {
        return false;
    }
    return true;
}

size_t ko_utf8_next(struct ko_str s, uint32_t *ret_cp)
{
    unsigned char c = (unsigned char)s.p[0];
    struct lead l;
    if (c < 0x80) {
        *ret_cp = c;
        return 1;
    }
    *ret_cp = KO_UTF8_BAD;
    if (!read_lead(c, &l))
        return 1;
    uint32_t cp = l.bits;
    for (size_t i = 1; i <= l.more; i++) {
        unsigned char d = i < s.n ? (unsigned char)s.p[i] : 0;
        if (d < l.lo || d > l.hi)
            return i;
        cp = cp << 6 | (d & 0x3fu);
        l.lo = 0x80;
        l.hi = 0xbf;
    }
    *ret_cp = cp;
    return l.more + 1;
}

bool ko_utf8_valid(struct ko_str s)
{
    while (s.n) {
        uint32_t cp;
        size_t n = ko_utf8_next(s, &cp);
        if (cp == KO_UTF8_BAD)
            return false;
        s = ko_str_skip(s, n);
    }
    return true;
}

/* Coarse ranges are enough to keep table columns straight. */
static size_t code_point_width(uint32_t cp)
{
    if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
        return 0;
    if ((cp >= 0x300 && cp <= 0x36f) || (cp >= 0x200b && cp <= 0x200f) ||
        (cp >= 0xfe00 && cp <= 0xfe0f))
        return 0;
    if ((cp >= 0x1100 && cp <= 0x115f) || (cp >= 0x2e80 && cp <= 0xa4cf) ||
        (cp >= 0xac00 && cp <= 0xd7a3) || (cp >= 0xf900 && cp <= 0xfaff) ||
        (cp >= 0xff00 && cp <= 0xff60) || (cp >= 0x1f300 && cp <= 0x1faff))
        return 2;
    return 1;
}

size_t ko_utf8_width(struct ko_str s)
{
    size_t width = 0;
    while (s.n) {
        uint32_t cp;
        size_t n = ko_utf8_next(s, &cp);
        width += code_point_width(cp);
        s = ko_str_skip(s, n);
    }
    return width;
}
