/* wrap.c: text broken into lines of a width, and cut or padded to a column. */
#include "show/wrap.h"

#include "base/utf8.h"

#include <stdint.h>

struct ko_str ko_wrap_cut(struct ko_str s, size_t columns)
{
    size_t bytes = 0, used = 0;
    while (bytes < s.n) {
        uint32_t cp;
        struct ko_str rest = ko_str_skip(s, bytes);
        size_t n = ko_utf8_next(rest, &cp);
        used += ko_utf8_width(ko_str_sub(rest, 0, n));
        if (used > columns)
            break;
        bytes += n;
    }
    return ko_str_sub(s, 0, bytes);
}

static struct ko_str first_code_point(struct ko_str s)
{
    uint32_t cp;
    return ko_str_sub(s, 0, ko_utf8_next(s, &cp));
}

bool ko_wrap_next(struct ko_str *rest, size_t columns, struct ko_str *ret_line)
{
    struct ko_str s = ko_str_trim(*rest);
    if (s.n == 0)
        return false;
    struct ko_str line = ko_wrap_cut(s, columns);
    if (line.n == 0)
        line = first_code_point(s);
    size_t blank;
    if (line.n < s.n && s.p[line.n] != ' ' && ko_str_rchr(line, ' ', &blank))
        line.n = blank;
    *rest = ko_str_skip(s, line.n);
    *ret_line = ko_str_trim(line);
    return true;
}

void ko_wrap_pad(struct ko_buf *out, struct ko_str s, size_t columns,
                 const char *ellipsis)
{
    size_t width = ko_utf8_width(s);
    if (width <= columns) {
        ko_buf_put(out, s);
        ko_buf_fill(out, ' ', columns - width);
        return;
    }
    size_t mark = ko_utf8_width(ko_str(ellipsis));
    struct ko_str kept = ko_wrap_cut(s, columns > mark ? columns - mark : 0);
    ko_buf_put(out, kept);
    if (columns >= mark)
        ko_buf_puts(out, ellipsis);
    size_t used = ko_utf8_width(kept) + (columns >= mark ? mark : 0);
    ko_buf_fill(out, ' ', columns > used ? columns - used : 0);
}
