/* io.c: everything of the world that a tool may touch, handed to it by its main. */
#include "app/io.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_BYTES = 2048, TALK_BYTES = 1024 * 1024 };

/* A code point that a terminal may obey or that reorders what it shows. */
static bool is_unsafe(uint32_t cp)
{
    return cp == KO_UTF8_BAD || cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
           (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
           (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff;
}

static void put_safe(struct ko_buf *b, struct ko_str s)
{
    while (s.n) {
        uint32_t cp;
        size_t n = ko_utf8_next(s, &cp);
        if (cp == '\n' || !is_unsafe(cp))
            ko_buf_put(b, ko_str_sub(s, 0, n));
        else
            for (size_t i = 0; i < n; i++)
                ko_buf_printf(b, "\\x%02x", (unsigned)(unsigned char)s.p[i]);
        s = ko_str_skip(s, n);
    }
}

void ko_io_talk(const struct ko_io *io, struct ko_str text)
{
    struct ko_buf b;
    ko_buf_init(&b, TALK_BYTES);
    put_safe(&b, text);
    enum ko_status unheard = ko_file_write(io->err, ko_buf_str(&b), NULL);
    (void)unheard;
    ko_buf_release(&b);
}

void ko_io_say(const struct ko_io *io, const char *fmt, ...)
{
    char text[LINE_BYTES];
    int n = snprintf(text, sizeof text - 1, "%s: ", io->program);
    size_t at = n < 0 ? 0 : (size_t)n;
    if (at < sizeof text - 1) {
        va_list ap;
        va_start(ap, fmt);
        n = vsnprintf(text + at, sizeof text - 1 - at, fmt, ap);
        va_end(ap);
        at += n < 0 ? 0 : (size_t)n;
    }
    if (at > sizeof text - 2)
        at = sizeof text - 2;
    for (size_t i = 0; i < at; i++) /* one line, whatever a name holds */
        if (text[i] == '\n')
            text[i] = ' ';
    text[at++] = '\n';
    ko_io_talk(io, (struct ko_str){text, at});
}

void ko_io_say_err(const struct ko_io *io, const struct ko_err *err)
{
    if (err->source[0] == '\0')
        ko_io_say(io, "%s", err->text);
    else if (err->line == 0)
        ko_io_say(io, "%s: %s", err->source, err->text);
    else if (err->column == 0)
        ko_io_say(io, "%s:%llu: %s", err->source, (unsigned long long)err->line,
                  err->text);
    else
        ko_io_say(io, "%s:%llu:%llu: %s", err->source, (unsigned long long)err->line,
                  (unsigned long long)err->column, err->text);
}

enum ko_exit ko_io_write(const struct ko_io *io, const char *path,
                         const struct ko_buf *out)
{
    struct ko_err err = {0};
    if (out->status != KO_OK) {
        ko_io_say(io,
                  out->status == KO_ENOMEM ? "out of memory" : "the output is too large");
        return KO_EXIT_OUTPUT;
    }
    enum ko_status st = path == NULL || ko_str_eq(ko_str(path), KO_STR("-"))
                            ? ko_file_write(io->out, ko_buf_str(out), &err)
                            : ko_file_replace(path, ko_buf_str(out), &err);
    if (st == KO_OK)
        return KO_EXIT_DONE;
    ko_io_say_err(io, &err);
    return KO_EXIT_OUTPUT;
}

enum ko_exit ko_io_exit(enum ko_status status)
{
    switch (status) {
    case KO_OK:
    case KO_END:
        return KO_EXIT_DONE;
    case KO_ENOMEM:
    case KO_ELIMIT:
        return KO_EXIT_OUTPUT;
    case KO_EUNSUPPORTED:
        return KO_EXIT_USAGE;
    case KO_EIO:
    case KO_ESYNTAX:
    case KO_ERANGE:
    case KO_ENOTFOUND:
        break;
    }
    return KO_EXIT_NO_INPUT;
}
