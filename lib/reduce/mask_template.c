/* mask_template.c: the constant part of a log message. */
#include "reduce/mask.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define HOLE KO_STR("<*>")

/* No file of code has more lines; no name counts further. */
enum { PLACE_DIGITS = 5, NAME_DIGITS = 2 };

/* Names that hold digits and mean a kind, not an instance. */
static const char *const kinds[] = {"http2", "http1", "h2",   "s3",     "ec2", "oauth2",
                                    "ipv4",  "ipv6",  "utf8", "utf-8",  "k8s", "x509",
                                    "p50",   "p90",   "p95",  "p99",    "4xx", "5xx",
                                    "log4j", "tls1",  "sha1", "sha256", "md5", "base64"};

/* The value of such a key is never part of the kind. */
static const char *const id_keys[] = {"id",    "user",     "customer", "session", "trace",
                                      "token", "email",    "account",  "order",   "name",
                                      "key",   "password", "secret",   "ip",      "host"};

static const char *const code_words[] = {"status", "code", "http", "statuscode",
                                         "status_code"};

/* The lists are in lower case; the first byte spares most comparisons. */
static bool listed(struct ko_str word, const char *const *list, size_t n)
{
    char first = word.n > 0 ? ko_char_lower(word.p[0]) : '\0';
    for (size_t i = 0; i < n; i++) {
        if (list[i][0] == first && ko_str_ieq(word, ko_str(list[i])))
            return true;
    }
    return false;
}
#define LISTED(word, list) listed((word), (list), sizeof(list) / sizeof((list)[0]))

static bool has_digit(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (ko_char_is_digit(s.p[i]))
            return true;
    }
    return false;
}

static bool is_status_code(struct ko_str s)
{
    return s.n == 3 && s.p[0] >= '1' && s.p[0] <= '5' && ko_char_is_digit(s.p[1]) &&
           ko_char_is_digit(s.p[2]);
}

/* Mixed long runs of letters: keys and tokens without a digit are too rare to guess. */
static bool is_mail(struct ko_str s)
{
    size_t at;
    return ko_str_chr(s, '@', &at) && at > 0 && at + 1 < s.n;
}

static bool ends_with_id(struct ko_str key)
{
    struct ko_str id = {"id", 2};
    return key.n > 2 && ko_str_ieq(ko_str_skip(key, key.n - 2), id) &&
           (key.p[key.n - 2] == 'I' || key.p[key.n - 3] == '_' ||
            key.p[key.n - 3] == '-');
}

/* Endings of files that hold code. */
static const char *const code_files[] = {
    "c",  "h",   "cc",    "cpp", "hpp",   "cs",  "ex",  "go", "java",
    "js", "jsx", "kt",    "lua", "m",     "mjs", "php", "pl", "py",
    "rb", "rs",  "scala", "sql", "swift", "ts",  "tsx", "vb"};

/* Names of classes and modules have dots or a capital in the middle; ids have not. */
static bool is_code_name(struct ko_str name)
{
    bool inner = false;
    if (name.n == 0 || !ko_char_is_alpha(name.p[0]))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!ko_char_is_alpha(c) && !ko_char_is_digit(c) && c != '.' && c != '_' &&
            c != '$')
            return false;
        bool capital = c >= 'A' && c <= 'Z';
        inner |= i > 0 && (c == '.' || (capital && name.p[i - 1] >= 'a'));
    }
    return inner;
}

static bool is_code_file(struct ko_str name)
{
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    return dot > 1 && LISTED(ko_str_skip(name, dot), code_files);
}

/* A name of code with a short number in its middle: Travel2Controller.query. */
static bool is_code_word(struct ko_str word)
{
    size_t first = 0, digits = 0;
    if (!is_code_name(word))
        return false;
    while (!ko_char_is_digit(word.p[first]))
        first++;
    while (first + digits < word.n && ko_char_is_digit(word.p[first + digits]))
        digits++;
    struct ko_str rest = ko_str_skip(word, first + digits);
    return digits <= NAME_DIGITS && rest.n > 0 && ko_char_is_alpha(rest.p[0]) &&
           !has_digit(rest);
}

/* A line of code that wrote the message (Class#123, file.go:123): it names the kind. */
static bool is_place(struct ko_str word)
{
    size_t digits = 0;
    while (digits < word.n && ko_char_is_digit(word.p[word.n - 1 - digits]))
        digits++;
    if (digits == 0 || digits > PLACE_DIGITS || digits + 2 > word.n)
        return false;
    struct ko_str name = ko_str_sub(word, 0, word.n - digits - 1);
    char joint = word.p[name.n];
    return (joint == '#' && is_code_name(name)) || (joint == ':' && is_code_file(name));
}

static bool is_id_key(struct ko_str key)
{
    return LISTED(key, id_keys) || ends_with_id(key);
}

static bool ends_word(char c)
{
    static const bool ends[UCHAR_MAX + 1] = {
        [' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true, ['='] = true,
        [','] = true, [';'] = true,  ['('] = true,  [')'] = true,  ['['] = true,
        [']'] = true, ['{'] = true,  ['}'] = true,  ['<'] = true,  ['>'] = true,
        ['"'] = true, ['\''] = true, ['|'] = true};
    return ends[(unsigned char)c];
}

struct masker {
    struct ko_str rest;
    struct ko_buf *out;
    size_t start;         /* of the template in out */
    struct ko_str before; /* the word before, without its colon */
    char joint;           /* the byte between that word and this one */
};

/* Append <*>; behind "<*>," or "<*>, " nothing, so that a list of any length is one. */
static void put_hole(struct masker *m)
{
    struct ko_str text = ko_str_skip(ko_buf_str(m->out), m->start);
    if (ko_str_ends(text, KO_STR("<*>,")))
        m->out->n -= 1;
    else if (ko_str_ends(text, KO_STR("<*>, ")) || ko_str_ends(text, KO_STR("<*>; ")))
        m->out->n -= 2;
    else if (!ko_str_ends(text, HOLE))
        ko_buf_put(m->out, HOLE);
}

static bool word_varies(const struct masker *m, struct ko_str word)
{
    bool is_value = m->joint == '=' || m->joint == ':';
    if (is_value && is_id_key(m->before))
        return true;
    if (is_mail(word))
        return true;
    if (!has_digit(word) || LISTED(word, kinds) || is_place(word) || is_code_word(word) ||
        ko_str_starts(word, KO_STR("HTTP/")))
        return false;
    bool after_code =
        LISTED(m->before, code_words) || ko_str_starts(m->before, KO_STR("HTTP/"));
    return !(is_status_code(word) && after_code);
}

/* A path or address: only its parts with digits vary; a query always does. */
static void put_path(struct masker *m, struct ko_str word)
{
    struct ko_str rest = word, part;
    size_t query;
    bool has_query = ko_str_chr(word, '?', &query);
    if (has_query)
        rest = ko_str_sub(word, 0, query);
    for (bool first = true; ko_str_cut(&rest, '/', &part); first = false) {
        if (!first)
            ko_buf_putc(m->out, '/');
        bool varies = is_mail(part) || (has_digit(part) && !is_place(part) &&
                                        !(part.n == 2 && part.p[0] == 'v'));
        ko_buf_put(m->out, varies ? HOLE : part);
    }
    if (has_query)
        ko_buf_puts(m->out, "?<*>");
}

/* Split off the punctuation that ends a sentence or a label. */
static struct ko_str body_of(struct ko_str word)
{
    while (word.n > 1 && (word.p[word.n - 1] == '.' || word.p[word.n - 1] == ':' ||
                          word.p[word.n - 1] == '!'))
        word.n--;
    return word;
}

static void put_word(struct masker *m, struct ko_str word)
{
    struct ko_str body = body_of(word);
    struct ko_str tail = ko_str_skip(word, body.n);
    size_t at;
    bool path = ko_str_chr(body, '/', &at) && !ko_str_starts(body, KO_STR("HTTP/")) &&
                (at == 0 || ko_str_find(body, KO_STR("://"), &at) ||
                 !ko_char_is_digit(body.p[0]));
    if (path)
        put_path(m, body);
    else if (word_varies(m, body))
        put_hole(m);
    else
        ko_buf_put(m->out, body);
    ko_buf_put(m->out, tail);
    m->before = body;
    m->joint = tail.n > 0 && tail.p[0] == ':' ? ':' : ' ';
}

/* The length of a quoted value at the start of rest with its quotes; 0 when it is none.
 */
static size_t quoted_length(const struct masker *m)
{
    char quote = m->rest.p[0];
    size_t at;
    if (quote != '"' && quote != '\'')
        return 0;
    if (!ko_str_chr(ko_str_skip(m->rest, 1), quote, &at))
        return 0;
    return at + 2;
}

/* A quoted key of JSON stays; every other quoted text varies. */
static void put_quoted(struct masker *m, size_t n)
{
    struct ko_str inside = ko_str_sub(m->rest, 1, n - 2);
    char quote = m->rest.p[0];
    bool key = n < m->rest.n && m->rest.p[n] == ':' && !has_digit(inside);
    ko_buf_putc(m->out, quote);
    ko_buf_put(m->out, key ? inside : HOLE);
    ko_buf_putc(m->out, quote);
    m->rest = ko_str_skip(m->rest, n);
    m->before = inside;
    m->joint = ' ';
    if (key) {
        ko_buf_putc(m->out, ':');
        m->rest = ko_str_skip(m->rest, 1);
        m->joint = ':';
    }
}

static void put_separator(struct masker *m)
{
    char c = m->rest.p[0];
    m->rest = ko_str_skip(m->rest, 1);
    if (!ko_char_is_space(c)) {
        ko_buf_putc(m->out, c);
        m->joint = c;
        return;
    }
    bool doubled = m->out->n == m->start || m->out->p[m->out->n - 1] == ' ';
    if (!doubled)
        ko_buf_putc(m->out, ' ');
}

/* A path keeps its query, which would otherwise end at its first '='. */
static size_t word_length(struct ko_str s)
{
    size_t n = 0;
    bool path = false, query = false;
    while (n < s.n && (!ends_word(s.p[n]) || (query && s.p[n] == '='))) {
        path |= s.p[n] == '/';
        query |= path && s.p[n] == '?';
        n++;
    }
    return n;
}

/* The first line, cut to KO_MASK_BYTES between two code points. */
static struct ko_str head_of(struct ko_str message)
{
    size_t at;
    struct ko_str s = ko_str_trim(message);
    if (ko_str_chr(s, '\n', &at))
        s = ko_str_trim(ko_str_sub(s, 0, at));
    if (s.n <= KO_MASK_BYTES)
        return s;
    s.n = KO_MASK_BYTES;
    while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
        s.n--;
    return s;
}

void ko_mask_template(struct ko_str message, struct ko_buf *out)
{
    struct masker m = {
        .rest = head_of(message), .out = out, .start = out->n, .joint = ' '};
    while (m.rest.n > 0 && out->status == KO_OK) {
        size_t n = word_length(m.rest);
        if (n > 0) {
            put_word(&m, ko_str_sub(m.rest, 0, n));
            m.rest = ko_str_skip(m.rest, n);
            continue;
        }
        n = quoted_length(&m);
        if (n > 0)
            put_quoted(&m, n);
        else
            put_separator(&m);
    }
}

void ko_mask_coarsen(struct ko_str text, int level, struct ko_buf *out)
{
    static const size_t words_kept[KO_MASK_LEVELS] = {SIZE_MAX, 8, 4, 2, 0};
    size_t keep = words_kept[level];
    if (keep == 0) {
        ko_buf_put(out, KO_MASK_OTHER);
        return;
    }
    if (keep == SIZE_MAX) {
        ko_buf_put(out, text);
        return;
    }
    struct ko_str rest = text, word;
    for (size_t i = 0; ko_str_cut(&rest, ' ', &word); i++) {
        if (i > 0)
            ko_buf_putc(out, ' ');
        if (i == keep) {
            ko_buf_put(out, KO_STR("…"));
            return;
        }
        ko_buf_put(out, word);
    }
}
