/* json.c: JSON text out: strings escaped, members separated, nothing else. */
#include "base/json.h"

#include "base/utf8.h"

static void put_code_point(struct ko_buf *b, uint32_t cp, struct ko_str bytes)
{
    switch (cp) {
    case '"':
        ko_buf_puts(b, "\\\"");
        return;
    case '\\':
        ko_buf_puts(b, "\\\\");
        return;
    case '\n':
        ko_buf_puts(b, "\\n");
        return;
    case '\t':
        ko_buf_puts(b, "\\t");
        return;
    case '\r':
        ko_buf_puts(b, "\\r");
        return;
    default:
        break;
    }
    if (cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0x2028 || cp == 0x2029)
        ko_buf_printf(b, "\\u%04x", (unsigned)cp);
    else
        ko_buf_put(b, bytes);
}

void ko_json_put_str(struct ko_buf *b, struct ko_str s)
{
    ko_buf_putc(b, '"');
    while (s.n) {
        size_t plain = 0;
        while (plain < s.n && s.p[plain] >= 0x20 && s.p[plain] < 0x7f &&
               s.p[plain] != '"' && s.p[plain] != '\\')
            plain++;
        ko_buf_put(b, (struct ko_str){s.p, plain});
        s = ko_str_skip(s, plain);
        if (s.n == 0)
            break;
        uint32_t cp;
        size_t n = ko_utf8_next(s, &cp);
        if (cp == KO_UTF8_BAD)
            ko_buf_puts(b, "\xef\xbf\xbd");
        else
            put_code_point(b, cp, ko_str_sub(s, 0, n));
        s = ko_str_skip(s, n);
    }
    ko_buf_putc(b, '"');
}

void ko_json_sep(struct ko_buf *b)
{
    if (b->n && b->p[b->n - 1] != '{' && b->p[b->n - 1] != '[' && b->p[b->n - 1] != '\n')
        ko_buf_putc(b, ',');
}

void ko_json_key(struct ko_buf *b, const char *key)
{
    ko_json_sep(b);
    ko_json_put_str(b, ko_str(key));
    ko_buf_putc(b, ':');
}
