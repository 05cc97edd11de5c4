/* mask_template.c: the constant part of a log message. */
#include "reduce/mask.h"

#include "reduce/mask_words.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define HOLE KO_STR("<*>")

/* No file of code has more lines; no name counts further. */
enum { PLACE_DIGITS = 5, NAME_DIGITS = 2 };

#define W(word) KO_STR_INIT(word)

/* Names that hold digits and mean a kind, not an instance. */
static const struct ko_str kinds[] = {
    W("http2"), W("http1"), W("h2"),   W("s3"),     W("ec2"), W("oauth2"),
    W("ipv4"),  W("ipv6"),  W("utf8"), W("utf-8"),  W("k8s"), W("x509"),
    W("p50"),   W("p90"),   W("p95"),  W("p99"),    W("4xx"), W("5xx"),
    W("log4j"), W("tls1"),  W("sha1"), W("sha256"), W("md5"), W("base64")};

/* The value of such a key is never part of the kind. */
static const struct ko_str id_keys[] = {
    W("id"),    W("user"),     W("customer"), W("session"), W("trace"),
    W("token"), W("email"),    W("account"),  W("order"),   W("name"),
    W("key"),   W("password"), W("secret"),   W("ip"),      W("host")};

static const struct ko_str code_words[] = {W("status"), W("code"), W("http"),
                                           W("statuscode"), W("status_code")};

/* The lists are in lower case; the first byte spares most comparisons. */
static bool listed(struct ko_str word, const struct ko_str *list, size_t n)
{
    char first = word.n > 0 ? ko_char_lower(word.p[0]) : '\0';
    for (size_t i = 0; i < n; i++) {
        if (list[i].p[0] == first && list[i].n == word.n && ko_str_ieq(word, list[i]))
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

bool ko_mask_is_code(struct ko_str s)
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
static const struct ko_str code_files[] = {
    W("c"),   W("h"),     W("cc"), W("cpp"), W("hpp"), W("cs"),  W("ex"),
    W("go"),  W("java"),  W("js"), W("jsx"), W("kt"),  W("lua"), W("m"),
    W("mjs"), W("php"),   W("pl"), W("py"),  W("rb"),  W("rs"),  W("scala"),
    W("sql"), W("swift"), W("ts"), W("tsx"), W("vb")};

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

const unsigned char ko_mask_classes[256] = {
    [' '] = KO_MASK_ENDS,  ['\t'] = KO_MASK_ENDS, ['\r'] = KO_MASK_ENDS,
    ['\n'] = KO_MASK_ENDS, ['='] = KO_MASK_ENDS,  [','] = KO_MASK_ENDS,
    [';'] = KO_MASK_ENDS,  ['('] = KO_MASK_ENDS,  [')'] = KO_MASK_ENDS,
    ['['] = KO_MASK_ENDS,  [']'] = KO_MASK_ENDS,  ['{'] = KO_MASK_ENDS,
    ['}'] = KO_MASK_ENDS,  ['<'] = KO_MASK_ENDS,  ['>'] = KO_MASK_ENDS,
    ['"'] = KO_MASK_ENDS,  ['\''] = KO_MASK_ENDS, ['|'] = KO_MASK_ENDS,
    ['0'] = KO_MASK_DIGIT, ['1'] = KO_MASK_DIGIT, ['2'] = KO_MASK_DIGIT,
    ['3'] = KO_MASK_DIGIT, ['4'] = KO_MASK_DIGIT, ['5'] = KO_MASK_DIGIT,
    ['6'] = KO_MASK_DIGIT, ['7'] = KO_MASK_DIGIT, ['8'] = KO_MASK_DIGIT,
    ['9'] = KO_MASK_DIGIT, ['@'] = KO_MASK_AT,    ['/'] = KO_MASK_SLASH,
    ['?'] = KO_MASK_ASKS,  ['.'] = KO_MASK_MARK,  ['-'] = KO_MASK_MARK,
    ['+'] = KO_MASK_MARK,  ['%'] = KO_MASK_MARK};

size_t ko_mask_word(struct ko_str s, unsigned *ret_bits)
{
    size_t n = 0;
    unsigned bits = 0;
    bool query = false;
    for (; n < s.n; n++) {
        unsigned c = ko_mask_class(s.p[n]);
        if ((c & KO_MASK_ENDS) != 0 && !(query && s.p[n] == '='))
            break;
        bits |= c;
        query |= (c & KO_MASK_ASKS) != 0 && (bits & KO_MASK_SLASH) != 0;
    }
    *ret_bits = bits;
    return n;
}

struct ko_str ko_mask_head(struct ko_str message)
{
    struct ko_str s = ko_str_trim(message);
    const char *lf = s.n > 0 ? memchr(s.p, '\n', s.n) : NULL;
    if (lf != NULL)
        s = ko_str_trim((struct ko_str){s.p, (size_t)(lf - s.p)});
    if (s.n <= KO_MASK_BYTES)
        return s;
    s.n = KO_MASK_BYTES;
    while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
        s.n--;
    return s;
}

struct ko_str ko_mask_body(struct ko_str word)
{
    while (word.n > 1 && (word.p[word.n - 1] == '.' || word.p[word.n - 1] == ':' ||
                          word.p[word.n - 1] == '!'))
        word.n--;
    return word;
}

static bool is_http(struct ko_str word)
{
    return ko_str_starts(word, KO_STR("HTTP/"));
}

bool ko_mask_before_code(struct ko_str word)
{
    return LISTED(word, code_words) || is_http(word);
}

/* A byte of the message becomes four at most: "?" is "?<*>". */
enum { MASKED_MAX = 4 * KO_MASK_BYTES };

/*
 *   in   GET /v1/bills/17?page=2 took 4980 ms
 *                    ^kept                ^at
 *   out  GET /v1/bills/<*>
 *
 * in[kept..at) stands for itself and is copied at the next hole.
 */
struct masker {
    struct ko_str in;
    size_t at, kept;
    struct ko_str before; /* the word before, without its colon */
    char joint;           /* the byte between that word and this one */
    size_t n;
    char out[MASKED_MAX];
};

static void put(struct masker *m, struct ko_str s)
{
    assert(s.n <= sizeof m->out - m->n);
    memcpy(m->out + m->n, s.p, s.n);
    m->n += s.n;
}

/* Copy what stands for itself before `end`, and leave the message out up to `next`. */
static void replace(struct masker *m, size_t end, size_t next)
{
    if (end > m->kept)
        put(m, (struct ko_str){m->in.p + m->kept, end - m->kept});
    m->kept = next;
}

static void put_hole(struct masker *m, size_t end, size_t next)
{
    replace(m, end, next);
    put(m, HOLE);
}

/* Put <*>; behind "<*>," or "<*>, " nothing, so that a list of any length is one. */
static void put_hole_of_list(struct masker *m, size_t end, size_t next)
{
    replace(m, end, next);
    struct ko_str text = {m->out, m->n};
    if (ko_str_ends(text, KO_STR("<*>,")))
        m->n -= 1;
    else if (ko_str_ends(text, KO_STR("<*>, ")) || ko_str_ends(text, KO_STR("<*>; ")))
        m->n -= 2;
    else if (!ko_str_ends(text, HOLE))
        put(m, HOLE);
}

static bool word_varies(const struct masker *m, struct ko_str word, unsigned bits)
{
    bool is_value = m->joint == '=' || m->joint == ':';
    if (is_value && is_id_key(m->before))
        return true;
    if ((bits & KO_MASK_AT) != 0 && is_mail(word))
        return true;
    if ((bits & KO_MASK_DIGIT) == 0)
        return false;
    bool named = (bits & KO_MASK_NAME) != 0 && (LISTED(word, kinds) || is_place(word) ||
                                                is_code_word(word) || is_http(word));
    if (named)
        return false;
    return !(ko_mask_is_code(word) && ko_mask_before_code(m->before));
}

/* A path or address: only its parts with digits vary; a query always does. */
static void put_path(struct masker *m, struct ko_str word)
{
    struct ko_str rest = word, part;
    size_t query, end = m->at + word.n;
    bool has_query = ko_str_chr(word, '?', &query);
    if (has_query)
        rest = ko_str_sub(word, 0, query);
    while (ko_str_cut(&rest, '/', &part)) {
        bool varies = is_mail(part) || (has_digit(part) && !is_place(part) &&
                                        !(part.n == 2 && part.p[0] == 'v'));
        size_t from = (size_t)(part.p - m->in.p);
        if (varies)
            put_hole(m, from, from + part.n);
    }
    if (has_query)
        put_hole(m, m->at + query + 1, end);
}

static bool is_path(struct ko_str body)
{
    size_t at;
    return ko_str_chr(body, '/', &at) && !is_http(body) &&
           (at == 0 || ko_str_find(body, KO_STR("://"), &at) ||
            !ko_char_is_digit(body.p[0]));
}

static void put_word(struct masker *m, size_t n, unsigned bits)
{
    struct ko_str word = {m->in.p + m->at, n}, body = ko_mask_body(word);
    bool plain =
        (bits & (KO_MASK_DIGIT | KO_MASK_AT | KO_MASK_SLASH)) == 0 && m->joint == ' ';
    if ((bits & KO_MASK_SLASH) != 0 && is_path(body))
        put_path(m, body);
    else if (!plain && word_varies(m, body, bits))
        put_hole_of_list(m, m->at, m->at + body.n);
    m->before = body;
    m->joint = body.n < n && word.p[body.n] == ':' ? ':' : ' ';
    m->at += n;
}

/* The length of a quoted value at m->at with its quotes; 0 when it is none. */
static size_t quoted_length(const struct masker *m)
{
    struct ko_str rest = ko_str_skip(m->in, m->at);
    size_t at;
    if (rest.p[0] != '"' && rest.p[0] != '\'')
        return 0;
    return ko_str_chr(ko_str_skip(rest, 1), rest.p[0], &at) ? at + 2 : 0;
}

/* A quoted key of JSON stays; every other quoted text varies. */
static void put_quoted(struct masker *m, size_t n)
{
    size_t end = m->at + n;
    m->before = ko_str_sub(m->in, m->at + 1, n - 2);
    bool key = end < m->in.n && m->in.p[end] == ':' && !has_digit(m->before);
    if (!key)
        put_hole(m, m->at + 1, end - 1);
    m->joint = key ? ':' : ' ';
    m->at = end + (key ? 1 : 0);
}

/* Blanks of any kind and number are one space. */
static void put_separator(struct masker *m)
{
    char c = m->in.p[m->at++];
    if (!ko_char_is_space(c)) {
        m->joint = c;
        return;
    }
    bool pending = m->at - 1 > m->kept;
    char last = pending ? m->in.p[m->at - 2] : m->n > 0 ? m->out[m->n - 1] : ' ';
    if (last != ' ' && c == ' ')
        return;
    replace(m, m->at - 1, m->at);
    if (last != ' ')
        put(m, KO_STR(" "));
}

void ko_mask_template(struct ko_str message, struct ko_buf *out)
{
    struct masker m;
    m.in = ko_mask_head(message);
    m.at = m.kept = m.n = 0;
    m.before = (struct ko_str){NULL, 0};
    m.joint = ' ';
    while (m.at < m.in.n) {
        unsigned bits;
        size_t n = ko_mask_word(ko_str_skip(m.in, m.at), &bits);
        size_t quoted = n == 0 ? quoted_length(&m) : 0;
        if (n > 0)
            put_word(&m, n, bits);
        else if (quoted > 0)
            put_quoted(&m, quoted);
        else
            put_separator(&m);
    }
    replace(&m, m.in.n, m.in.n);
    ko_buf_put(out, (struct ko_str){m.out, m.n});
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
