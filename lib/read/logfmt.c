/* logfmt.c: key=value pairs of a line. */
#include "read/logfmt.h"

#include "base/bytes.h"
#include "event/time.h"
#include "read/interpret.h"
#include "read/text_scan.h"

enum { PAIRS_COUNTED = 8, PAIRS_OF_LOGFMT = 3, PROBE_LINES = 20 };

/* The length of the key when a pair begins at the start of ${s}; 0 if none does. */
static size_t key_length(struct ko_str s)
{
    size_t i = 0;
    while (i < s.n && ko_text_is_key_byte(s.p[i]))
        i++;
    return i > 0 && i < s.n && s.p[i] == '=' && !(i + 1 < s.n && s.p[i + 1] == '=') ? i
                                                                                    : 0;
}

/* Where the value at the start of ${s} ends; false when its quote is not closed. */
static bool value_length(struct ko_str s, size_t *ret, bool *ret_escaped)
{
    const char *end = s.p + s.n, *p;
    bool unused = false;
    *ret_escaped = false;
    if (s.n == 0 || s.p[0] != '"') {
        *ret = s.n > 0 ? (size_t)(ko_bytes_word(s.p, end) - s.p) : 0;
        return true;
    }
    for (p = s.p + 1; (p = ko_bytes_json_run(p, end, &unused)) < end && *p != '"'; p++) {
        if (*p == '\\') {
            *ret_escaped = true;
            p += p + 1 < end ? 1 : 0;
        }
    }
    *ret = (size_t)(p - s.p) + 1;
    return p < end;
}

static char unescaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return c;
    }
}

static enum ko_status unescape(struct ko_arena *arena, struct ko_str s,
                               struct ko_str *ret)
{
    char *out = ko_arena_alloc(arena, s.n + 1, 1);
    if (out == NULL)
        return KO_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool escape = s.p[i] == '\\' && i + 1 < s.n;
        out[n++] = escape ? unescaped(s.p[++i]) : s.p[i];
    }
    *ret = (struct ko_str){out, n};
    return KO_OK;
}

static struct ko_str skip_blanks(struct ko_str s)
{
    ko_text_blanks(&s);
    return s;
}

static struct ko_str skip_word(struct ko_str s)
{
    return ko_str_skip(s, (size_t)(ko_bytes_word(s.p, s.p + s.n) - s.p));
}

/* The pair at the start of ${rest}, whose key has ${key_n} bytes. */
static enum ko_status take_pair(struct ko_arena *arena, struct ko_str *rest, size_t key_n,
                                struct ko_record *r)
{
    struct ko_str key = ko_str_sub(*rest, 0, key_n), s = ko_str_skip(*rest, key_n + 1);
    size_t n;
    bool escaped;
    if (!value_length(s, &n, &escaped))
        return KO_ESYNTAX;
    struct ko_str value = ko_str_sub(s, 0, n);
    if (value.n >= 2 && value.p[0] == '"')
        value = ko_str_sub(value, 1, n - 2);
    if (escaped) {
        enum ko_status st = unescape(arena, value, &value);
        if (st != KO_OK)
            return st;
    }
    *rest = ko_str_skip(s, n);
    return ko_record_add(arena, r, key, value, KO_VALUE_TEXT);
}

enum ko_status ko_logfmt_parse(struct ko_arena *arena, struct ko_str line,
                               struct ko_record *r, struct ko_str *ret_prose)
{
    struct ko_str rest = skip_blanks(line);
    size_t before = r->n;
    *ret_prose = line;
    while (rest.n > 0) {
        size_t key_n = key_length(rest);
        if (key_n > 0) {
            if (r->n == before)
                *ret_prose = ko_str_trim(ko_str_sub(line, 0, (size_t)(rest.p - line.p)));
            enum ko_status st = take_pair(arena, &rest, key_n, r);
            if (st != KO_OK)
                return st;
        } else {
            rest = skip_word(rest);
            ko_text_seek_equals(&rest);
        }
        rest = skip_blanks(rest);
    }
    return KO_OK;
}

bool ko_logfmt_begins(struct ko_str line)
{
    struct ko_str s = skip_blanks(line);
    const char *end = ko_bytes_word_or(s.p, s.p + s.n, '=');
    return end < s.p + s.n && *end == '=' && key_length(s) > 0;
}

size_t ko_logfmt_pairs(struct ko_str line)
{
    size_t pairs = 0, n, at;
    bool escaped;
    if (!ko_str_chr(line, '=', &at))
        return 0;
    struct ko_str rest = skip_blanks(line);
    while (rest.n > 0 && pairs < PAIRS_COUNTED) {
        size_t key_n = key_length(rest);
        if (key_n > 0 && value_length(ko_str_skip(rest, key_n + 1), &n, &escaped)) {
            pairs++;
            rest = ko_str_skip(rest, key_n + 1 + n);
        } else {
            rest = skip_word(rest);
            ko_text_seek_equals(&rest);
        }
        rest = skip_blanks(rest);
    }
    return pairs;
}

bool ko_logfmt_probe(struct ko_str head, const char **ret_why)
{
    size_t lines = 0, fitting = 0;
    struct ko_str line;
    while (lines < PROBE_LINES && ko_str_cut(&head, '\n', &line)) {
        if (ko_str_trim(line).n == 0)
            continue;
        lines++;
        fitting += ko_logfmt_pairs(line) >= PAIRS_OF_LOGFMT ? 1 : 0;
    }
    *ret_why = "three or more key=value pairs on most lines";
    return lines > 0 && fitting * 2 > lines;
}

/* "2026-03-14T13:50:03Z heroku[router]: at=info …": time and words before the pairs. */
static enum ko_status take_prose(struct ko_reading *rd, struct ko_str prose,
                                 struct ko_record *r)
{
    struct ko_stamp stamp;
    size_t n;
    enum ko_status st = KO_OK;
    if (ko_time_prefix(prose, &stamp, &n) == KO_OK) {
        st = ko_record_add(rd->record, r, KO_STR("time"),
                           ko_str_trim(ko_str_sub(prose, 0, n)), KO_VALUE_TEXT);
        prose = ko_str_trim(ko_str_skip(prose, n));
    }
    if (st == KO_OK && prose.n > 0)
        st = ko_record_add(rd->record, r, KO_STR("text"), prose, KO_VALUE_TEXT);
    return st;
}

static enum ko_status read_line(struct ko_reading *rd, struct ko_str line,
                                enum ko_reject *ret_why)
{
    struct ko_record r = {0};
    struct ko_str prose;
    enum ko_status st = ko_logfmt_parse(rd->record, line, &r, &prose);
    if (st == KO_ESYNTAX || (st == KO_OK && r.n == 0)) {
        *ret_why = KO_REJECT_LOGFMT_MALFORMED;
        return KO_OK;
    }
    if (st == KO_OK && prose.n > 0)
        st = take_prose(rd, prose, &r);
    return st != KO_OK ? st : ko_interpret_record(rd, &r, ko_reading_place(rd), ret_why);
}

enum ko_status ko_logfmt_read(struct ko_reading *rd)
{
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        enum ko_reject why = KO_REJECT_COUNT;
        st = read_line(rd, line.text, &why);
        if (st == KO_OK)
            st = why == KO_REJECT_COUNT ? ko_reading_accept(rd)
                                        : ko_reading_reject(rd, why);
        if (st != KO_OK)
            return st;
    }
    rd->is_settled = st == KO_END;
    return st == KO_END ? KO_OK : st;
}

size_t ko_logfmt_cut(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset)
{
    size_t lf;
    (void)rd;
    (void)offset;
    return ko_str_rchr(bytes, '\n', &lf) ? lf + 1 : 0;
}
