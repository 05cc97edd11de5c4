/* fuzz_escape.c: any bytes through every escaper; the properties that each target relies
 * on are checked on what comes out. */
#include "base/num.h"
#include "base/utf8.h"
#include "show/escape.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* For every target: valid UTF-8 of one line, without a code point that drives a terminal
 * or hides text. */
static void check_visible(struct ko_str s)
{
    while (s.n) {
        uint32_t cp;
        size_t n = ko_utf8_next(s, &cp);
        must(cp != KO_UTF8_BAD && cp >= 0x20 && !(cp >= 0x7f && cp <= 0x9f));
        must(!(cp >= 0x200b && cp <= 0x200f) && !(cp >= 0x2028 && cp <= 0x202e));
        must(!(cp >= 0x2060 && cp <= 0x206f) && cp != 0xfeff && cp >> 12 != 0xe0);
        s = ko_str_skip(s, n);
    }
}

static void check_ascii(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++)
        must(s.p[i] >= 0x20 && s.p[i] < 0x7f);
}

static void check_html(struct ko_str s)
{
    size_t at;
    must(!ko_str_chr(s, '<', &at) && !ko_str_chr(s, '>', &at));
    must(!ko_str_chr(s, '"', &at) && !ko_str_chr(s, '\'', &at));
}

/* No quote without a backslash before it; no lone backslash at the end. */
static void check_dot(struct ko_str s)
{
    bool escaped = false;
    for (size_t i = 0; i < s.n; i++) {
        must(escaped || s.p[i] != '"');
        escaped = !escaped && s.p[i] == '\\';
    }
    must(!escaped);
}

static void check_md(struct ko_str s)
{
    size_t at;
    must(s.n == 0 || (s.p[0] != ' ' && s.p[0] != '#' && s.p[0] != '-' && s.p[0] != '+' &&
                      s.p[0] != '>'));
    for (size_t i = 0; i < s.n; i++)
        must(s.p[i] != '|' || (i > 0 && s.p[i - 1] == '\\'));
    must(!ko_str_find(s, KO_STR("<script"), &at) || ko_str_chr(s, '`', &at));
}

/* One cell: quoted as a whole, or free of separators; no formula either way. */
static void check_csv(struct ko_str s)
{
    double number;
    size_t at;
    bool quoted = s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';
    must(quoted || (!ko_str_chr(s, ',', &at) && !ko_str_chr(s, '"', &at)));
    struct ko_str cell = quoted ? ko_str_sub(s, 1, s.n - 2) : s;
    if (cell.n && ko_num_real(cell, &number) != KO_OK)
        must(cell.p[0] != '=' && cell.p[0] != '+' && cell.p[0] != '-' &&
             cell.p[0] != '@');
}

static void ascii(struct ko_buf *out, struct ko_str s)
{
    ko_escape_term(out, s, true);
}

static void term(struct ko_buf *out, struct ko_str s)
{
    ko_escape_term(out, s, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        void (*escape)(struct ko_buf *out, struct ko_str s);
        void (*check)(struct ko_str s);
    } targets[] = {
        {term, check_visible},        {ascii, check_ascii},
        {ko_escape_html, check_html}, {ko_escape_md, check_md},
        {ko_escape_csv, check_csv},   {ko_escape_dot, check_dot},
    };
    struct ko_str s = {(const char *)data, size};
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        ko_buf_reset(&out);
        targets[i].escape(&out, s);
        check_visible(ko_buf_str(&out));
        targets[i].check(ko_buf_str(&out));
    }
    ko_buf_release(&out);
    return 0;
}
