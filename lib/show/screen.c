/* screen.c: lines of text for a terminal. */
#include "show/screen.h"

#include "base/utf8.h"
#include "show/escape.h"
#include "show/wrap.h"

/* Narrower pages are laid out for this width and wrap in the terminal. */
enum { WIDTH_MIN = 40 };
/* A text that is laid out at once; longer ones are cut. */
enum { TEXT_MAX = 1 << 20 };
/* With less room than this behind a heading, a text starts on the next line. */
enum { FIRST_LINE_MIN = 16 };

void ko_screen_init(struct ko_screen *s, const struct ko_show_options *opt,
                    struct ko_buf *out)
{
    size_t width = opt != NULL && opt->width ? opt->width : KO_SHOW_WIDTH;
    *s = (struct ko_screen){
        .out = out,
        .width = width < WIDTH_MIN ? WIDTH_MIN : width,
        .colour = opt != NULL && opt->colour,
        .ascii = opt != NULL && opt->ascii,
    };
    ko_buf_init(&s->text, TEXT_MAX);
}

void ko_screen_release(struct ko_screen *s)
{
    if (s->text.status == KO_ENOMEM && s->out->status == KO_OK)
        s->out->status = KO_ENOMEM;
    ko_buf_release(&s->text);
}

void ko_screen_ink(struct ko_screen *s, enum ko_ink ink)
{
    static const char *const sgr[] = {"\x1b[0m",  "\x1b[1m",  "\x1b[2m", "\x1b[31m",
                                      "\x1b[33m", "\x1b[34m", "\x1b[32m"};
    if (s->colour)
        ko_buf_puts(s->out, sgr[ink]);
}

const char *ko_screen_sign(const struct ko_screen *s, const char *utf8, const char *ascii)
{
    return s->ascii ? ascii : utf8;
}

void ko_screen_own(struct ko_screen *s, const char *z)
{
    ko_buf_puts(s->out, z);
}

void ko_screen_put(struct ko_screen *s, struct ko_str text)
{
    ko_escape_term(s->out, text, s->ascii);
}

static struct ko_str escaped(struct ko_screen *s, struct ko_str text)
{
    if (s->text.status == KO_ELIMIT)
        s->text.status = KO_OK;
    s->text.n = 0;
    ko_escape_term(&s->text, text, s->ascii);
    return ko_buf_str(&s->text);
}

static const char *ellipsis(const struct ko_screen *s)
{
    return ko_screen_sign(s, "…", "...");
}

void ko_screen_cell(struct ko_screen *s, struct ko_str text, size_t columns)
{
    ko_wrap_pad(s->out, escaped(s, text), columns, ellipsis(s));
}

void ko_screen_right(struct ko_screen *s, struct ko_str text, size_t columns)
{
    struct ko_str shown = escaped(s, text);
    size_t width = ko_utf8_width(shown);
    if (width < columns)
        ko_buf_fill(s->out, ' ', columns - width);
    ko_wrap_pad(s->out, shown, width < columns ? width : columns, ellipsis(s));
}

void ko_screen_blank(struct ko_screen *s, size_t columns)
{
    ko_buf_fill(s->out, ' ', columns);
}

/* Blanks at the end of a line are noise in a pipe. */
void ko_screen_end_line(struct ko_screen *s)
{
    while (s->out->n && s->out->p[s->out->n - 1] == ' ')
        s->out->n--;
    ko_buf_putc(s->out, '\n');
}

static void put_line(struct ko_screen *s, struct ko_str line, bool cut, size_t columns)
{
    if (!cut) {
        ko_buf_put(s->out, line);
        return;
    }
    const char *mark = ellipsis(s);
    size_t room = columns > ko_str(mark).n ? columns - ko_str(mark).n : 0;
    ko_buf_put(s->out, ko_wrap_cut(line, room));
    ko_buf_puts(s->out, mark);
}

size_t ko_screen_flow(struct ko_screen *s, struct ko_str text, const struct ko_flow *flow)
{
    struct ko_str rest = escaped(s, text), line;
    size_t lines = 1, used = flow->column + flow->right;
    size_t columns = s->width > used ? s->width - used : 0;
    if (columns < FIRST_LINE_MIN && flow->column > flow->indent) {
        ko_screen_end_line(s);
        ko_buf_fill(s->out, ' ', flow->indent);
        lines++;
        columns = s->width - flow->indent;
    }
    while (ko_wrap_next(&rest, columns, &line)) {
        bool full = flow->max_lines && lines >= flow->max_lines;
        put_line(s, line, full && ko_str_trim(rest).n > 0, columns);
        if (full || ko_str_trim(rest).n == 0)
            break;
        ko_screen_end_line(s);
        ko_buf_fill(s->out, ' ', flow->indent);
        lines++;
        columns = s->width > flow->indent ? s->width - flow->indent : 1;
    }
    return lines;
}
