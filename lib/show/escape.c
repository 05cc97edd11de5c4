/* escape.c: text from an input made harmless for each target. */
#include "show/escape.h"

#include "base/num.h"
#include "base/utf8.h"

#include <stdint.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* The longest escape is \U0010ffff. */
enum { ESCAPE_BYTES = 12 };

/* A run of code points that a reader cannot see, or that change what he sees beside it.
 */
struct range {
    uint32_t lo, hi;
};

static const struct range hidden[] = {
    {0x00, 0x1f},       {0x7f, 0x9f},                       /* C0, DEL, C1 */
    {0xad, 0xad},       {0x34f, 0x34f},     {0x61c, 0x61c}, /* soft hyphen, joiner, ALM */
    {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f}, /* fillers, separators */
    {0x200b, 0x200f},   {0x2028, 0x202e}, /* zero width, lines, bidi */
    {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfeff, 0xfeff}, /* joiners, isolates, BOM */
    {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0xfffe, 0xffff}, /* filler, annotation */
    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}, /* formats, tags */
};

static bool is_hidden(uint32_t cp)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        if (cp >= hidden[i].lo && cp <= hidden[i].hi)
            return true;
    }
    return false;
}

/* One code point of the text: its bytes, and the byte before it and behind it (0: none).
 */
struct glyph {
    uint32_t cp;
    struct ko_str bytes;
    char before, after;
};

/* Writes a glyph in the target's syntax. */
typedef void put_fn(struct ko_buf *out, const struct glyph *g);

static void put_plain(struct ko_buf *out, const struct glyph *g)
{
    ko_buf_put(out, g->bytes);
}

/* "x1b", "u202e", "U000e0041": the shortest form that holds ${cp}. */
static size_t spell(uint32_t cp, char *text)
{
    size_t digits = cp <= 0xff ? 2 : cp <= 0xffff ? 4 : 8;
    text[0] = cp <= 0xff ? 'x' : cp <= 0xffff ? 'u' : 'U';
    for (size_t i = 0; i < digits; i++)
        text[1 + i] = "0123456789abcdef"[cp >> 4 * (digits - 1 - i) & 0xf];
    return 1 + digits;
}

static size_t spell_short(uint32_t cp, char *text)
{
    if (cp != '\n' && cp != '\r' && cp != '\t')
        return spell(cp, text);
    text[0] = cp == '\n' ? 'n' : cp == '\r' ? 'r' : 't';
    return 1;
}

/* The escape is text too: its backslash has to pass the target's own rules. */
static void put_visible(struct ko_buf *out, uint32_t cp, put_fn *put)
{
    char text[ESCAPE_BYTES] = "\\";
    size_t n = 1 + spell_short(cp, text + 1);
    for (size_t i = 0; i < n; i++) {
        struct glyph g = {(unsigned char)text[i], {text + i, 1}, 'x', 'x'};
        put(out, &g);
    }
}

static void put_glyph(struct ko_buf *out, const struct glyph *g, put_fn *put)
{
    if (g->cp == KO_UTF8_BAD)
        ko_buf_puts(out, REPLACEMENT);
    else if (is_hidden(g->cp))
        put_visible(out, g->cp, put);
    else
        put(out, g);
}

/* ${before} is what stands in front of ${s}; 0: nothing, a line starts with it. */
static void escape(struct ko_buf *out, struct ko_str s, char before, put_fn *put)
{
    for (size_t at = 0; at < s.n;) {
        struct glyph g = {.before = at ? s.p[at - 1] : before};
        size_t n = ko_utf8_next(ko_str_skip(s, at), &g.cp);
        g.bytes = ko_str_sub(s, at, n);
        at += n;
        g.after = at < s.n ? s.p[at] : 0;
        put_glyph(out, &g, put);
    }
}

/* Our own texts use these; a code number would spoil them. */
static const char *ascii_spelling(uint32_t cp)
{
    switch (cp) {
    case 0xb1:
        return "+/-";
    case 0xb7:
        return "-";
    case 0xd7:
        return "x";
    case 0x2013:
    case 0x2014:
        return "-";
    case 0x2026:
        return "...";
    case 0x2192:
        return "->";
    default:
        return NULL;
    }
}

static void put_ascii(struct ko_buf *out, const struct glyph *g)
{
    const char *spelling = ascii_spelling(g->cp);
    if (spelling != NULL)
        ko_buf_puts(out, spelling);
    else if (g->cp < 0x80)
        put_plain(out, g);
    else
        put_visible(out, g->cp, put_plain);
}

/* U+FFFD itself is not ASCII: broken bytes are told from code points here. */
static void escape_ascii(struct ko_buf *out, struct ko_str s)
{
    while (s.n) {
        struct glyph g = {0};
        size_t n = ko_utf8_next(s, &g.cp);
        g.bytes = ko_str_sub(s, 0, n);
        s = ko_str_skip(s, n);
        if (g.cp == KO_UTF8_BAD)
            ko_buf_putc(out, '?');
        else
            put_glyph(out, &g, put_ascii);
    }
}

void ko_escape_term(struct ko_buf *out, struct ko_str s, bool ascii)
{
    if (ascii)
        escape_ascii(out, s);
    else
        escape(out, s, 0, put_plain);
}

static const char *html_entity(uint32_t cp)
{
    switch (cp) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void put_html(struct ko_buf *out, const struct glyph *g)
{
    const char *entity = html_entity(g->cp);
    if (entity != NULL)
        ko_buf_puts(out, entity);
    else
        put_plain(out, g);
}

void ko_escape_html(struct ko_buf *out, struct ko_str s)
{
    escape(out, s, 0, put_html);
}

static void put_dot(struct ko_buf *out, const struct glyph *g)
{
    if (g->cp == '"' || g->cp == '\\')
        ko_buf_putc(out, '\\');
    if (g->cp == '&' || g->cp == '<' || g->cp == '>')
        ko_buf_puts(out, html_entity(g->cp));
    else
        put_plain(out, g);
}

void ko_escape_dot(struct ko_buf *out, struct ko_str s)
{
    escape(out, s, 0, put_dot);
}

/* A blank or a pipe ends a word: no code span then holds a pipe, which a table would
 * split. */
static bool ends_word(char c)
{
    return c == ' ' || c == '|';
}

static struct ko_str first_word(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && !ends_word(s.p[n]))
        n++;
    return ko_str_sub(s, 0, n);
}

/* "#12" and "GH-12" are links on GitHub, once rendered. */
static bool has_issue_number(struct ko_str word)
{
    for (size_t i = 0; i + 1 < word.n; i++) {
        if (word.p[i] == '#' && ko_char_is_digit(word.p[i + 1]))
            return true;
    }
    return ko_str_starts(word, KO_STR("GH-"));
}

static bool renders_as_link(struct ko_str word)
{
    size_t at;
    return ko_str_chr(word, '@', &at) || ko_str_find(word, KO_STR("://"), &at) ||
           ko_str_ifind(word, KO_STR("www."), &at) || has_issue_number(word);
}

static size_t longest_run(struct ko_str s, char c)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < s.n; i++) {
        run = s.p[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* The fence is longer than any run of backticks inside, so that nothing inside closes it;
 * the blanks beside it are taken off by the renderer. */
static void put_code(struct ko_buf *out, struct ko_str word)
{
    size_t fence = longest_run(word, '`') + 1;
    ko_buf_fill(out, '`', fence);
    if (fence > 1)
        ko_buf_putc(out, ' ');
    escape(out, word, 0, put_plain);
    if (fence > 1)
        ko_buf_putc(out, ' ');
    ko_buf_fill(out, '`', fence);
}

/* Escaped wherever it stands; pipes end a word and are escaped there. */
static bool marks_up(uint32_t cp)
{
    return cp == '\\' || cp == '`' || cp == '*' || cp == '[' || cp == ']' || cp == '~' ||
           cp == '$';
}

/* Opens a heading, a list, a rule or an underline when it comes first. */
static bool opens_block(uint32_t cp)
{
    return cp == '#' || cp == '-' || cp == '+' || cp == '=';
}

static void put_md(struct ko_buf *out, const struct glyph *g)
{
    bool in_word = ko_char_is_alnum(g->before) && ko_char_is_alnum(g->after);
    if (g->cp == '&' || g->cp == '<' || (g->cp == '>' && g->before == 0)) {
        ko_buf_puts(out, html_entity(g->cp));
        return;
    }
    if (marks_up(g->cp) || (g->cp == '_' && !in_word) ||
        (g->before == 0 && opens_block(g->cp)))
        ko_buf_putc(out, '\\');
    put_plain(out, g);
}

/* The word "12." or "12)" at the start would open a list. */
static void put_leading_number(struct ko_buf *out, struct ko_str *s)
{
    size_t n = 0;
    while (n < s->n && ko_char_is_digit(s->p[n]))
        n++;
    if (n == 0 || n + 1 != s->n || (s->p[n] != '.' && s->p[n] != ')'))
        return;
    ko_buf_put(out, ko_str_sub(*s, 0, n));
    ko_buf_putc(out, '\\');
    ko_buf_putc(out, s->p[n]);
    *s = ko_str_skip(*s, n + 1);
}

static void put_md_word(struct ko_buf *out, struct ko_str word, bool first)
{
    if (renders_as_link(word)) {
        put_code(out, word);
        return;
    }
    size_t n = word.n;
    if (first)
        put_leading_number(out, &word);
    escape(out, word, first && word.n == n ? 0 : ' ', put_md);
}

void ko_escape_md(struct ko_buf *out, struct ko_str s)
{
    while (s.n && s.p[0] == ' ')
        s = ko_str_skip(s, 1);
    for (bool first = true; s.n; first = false) {
        struct ko_str word = first_word(s);
        put_md_word(out, word, first);
        s = ko_str_skip(s, word.n);
        while (s.n && ends_word(s.p[0])) {
            ko_buf_puts(out, s.p[0] == '|' ? "\\|" : " ");
            s = ko_str_skip(s, 1);
        }
    }
}

/* What a spreadsheet takes for the start of a formula, or a person for one of them. */
static bool opens_formula(uint32_t cp)
{
    return cp == '=' || cp == '+' || cp == '-' || cp == '@' || cp == 0xff1d ||
           cp == 0xff0b || cp == 0xff0d || cp == 0xff20 ||
           (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;
}

static bool is_formula(struct ko_str s)
{
    double number;
    if (s.n && (s.p[0] == '\t' || s.p[0] == '\r'))
        return true;
    if (ko_num_real(s, &number) == KO_OK)
        return false;
    struct ko_str text = ko_str_trim(s);
    uint32_t cp = 0;
    if (text.n)
        (void)ko_utf8_next(text, &cp);
    return opens_formula(cp);
}

static bool needs_quotes(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',' || s.p[i] == ';' || s.p[i] == '"' || s.p[i] == '\'')
            return true;
    }
    return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void put_csv(struct ko_buf *out, const struct glyph *g)
{
    if (g->cp == '"')
        ko_buf_putc(out, '"');
    put_plain(out, g);
}

void ko_escape_csv(struct ko_buf *out, struct ko_str s)
{
    bool armour = is_formula(s);
    bool quote = armour || needs_quotes(s);
    if (quote)
        ko_buf_putc(out, '"');
    if (armour)
        ko_buf_putc(out, '\'');
    escape(out, s, 0, put_csv);
    if (quote)
        ko_buf_putc(out, '"');
}
