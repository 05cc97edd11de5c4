/* text_line.c: the formats of a single line, and the choice among them. */
#include "read/text_line.h"

#include "base/bytes.h"

/* Each refuses what is not its own by its first bytes, so that the order costs little. */
/* clang-format off */
const struct ko_text_format ko_text_formats[] = {
    {"cri", "container", ko_text_cri},
    {"kubectl", "container", ko_text_kubectl},
    {"compose", "container", ko_text_compose},
    {"stern", "container", ko_text_stern},
    {"explore", "explore", ko_text_explore},
    {"heroku", "heroku", ko_text_heroku},
    {"rfc5424", "syslog", ko_text_rfc5424},
    {"rfc3164", "syslog", ko_text_rfc3164},
    {"alb", "alb", ko_text_alb},
    {"elb", "elb", ko_text_elb},
    {"envoy", "envoy", ko_text_envoy},
    {"haproxy", "haproxy", ko_text_haproxy},
    {"access", "access", ko_text_clf},
    {"cloudfront", "access", ko_text_cloudfront},
    {"text", "text", ko_text_plain},
};
/* clang-format on */
const size_t ko_text_formats_n = sizeof ko_text_formats / sizeof ko_text_formats[0];

void ko_text_line_init(struct ko_text_line *ret)
{
    *ret = (struct ko_text_line){.times = 1, .reason = KO_REJECT_NO_TIMESTAMP};
    ko_event_init(&ret->ev, KO_EVENT_LOG);
}

enum ko_status ko_text_broken(struct ko_text_line *ret, enum ko_reject reason)
{
    ret->reason = reason;
    return KO_ESYNTAX;
}

enum {
    TIME_WITHIN = 512,
    PRIORITY_WITHIN = sizeof(uint64_t),
    WINDOW = 64, /* looked at in one; the next one begins a long number before its end */
    LONG_NUMBER = 8
}; /* digits of a basic date; an epoch has more */

/* A bit each of the ${n} <= WINDOW bytes at ${p}: which are digits, which colons. */
static void classify(const char *p, size_t n, uint64_t *ret_digits, uint64_t *ret_colons)
{
    uint64_t digits = 0, colons = 0;
    size_t i = 0;
#if defined(__SSE2__)
    const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9),
                  colon = _mm_set1_epi8(':');
    for (; i < n && n >= KO_BYTES_STEP; i += KO_BYTES_STEP) {
        i = i + KO_BYTES_STEP <= n ? i : n - KO_BYTES_STEP; /* some of them twice */
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i low = _mm_sub_epi8(v, zero);
        __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(low, nine), low);
        digits |= (uint64_t)(unsigned)_mm_movemask_epi8(digit) << i;
        colons |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, colon)) << i;
    }
#endif
    for (; i < n; i++) {
        digits |= (uint64_t)(ko_char_is_digit(p[i]) ? 1 : 0) << i;
        colons |= (uint64_t)(p[i] == ':' ? 1 : 0) << i;
    }
    *ret_digits = digits;
    *ret_colons = colons;
}

/* LONG_NUMBER bits side by side. */
static bool has_run(uint64_t bits)
{
    bits &= bits >> 1;
    bits &= bits >> 2;
    bits &= bits >> 4;
    return bits != 0;
}

/* That of syslog, behind the length of the message maybe. */
static bool has_priority(struct ko_str s)
{
    size_t at;
    if (s.n < PRIORITY_WITHIN)
        return ko_str_chr(s, '<', &at);
    return ko_bytes_have(ko_bytes_le64(s.p), '<');
}

/*
 * Every format has a time in it, so a colon between digits or a long number (not at the
 * very end), but for syslog with a nil time and kubectl without times.  Most texts asked
 * about are messages that hold no record; this is what they cost.
 */
static bool may_hold_time(struct ko_str s)
{
    size_t n = s.n < TIME_WITHIN ? s.n : TIME_WITHIN;
    if ((n > 0 && s.p[0] == '[') || has_priority(s))
        return true;
    for (size_t i = 0; i < n; i += WINDOW - LONG_NUMBER) {
        uint64_t digits, colons;
        size_t left = n - i < WINDOW ? n - i : WINDOW;
        classify(s.p + i, left, &digits, &colons);
        if ((digits << 1 & colons & digits >> 1) != 0)
            return true;
        if (i + left == n)
            digits &= ~(UINT64_C(1) << (left - 1));
        if (has_run(digits))
            return true;
    }
    return false;
}

/*
 * What fitted the line before is tried first; but plain text, which takes every line with
 * a time, always last, and not where another format was recognised and is broken.
 */
enum ko_status ko_text_line_parse(struct ko_str line, const struct ko_text_hint *hint,
                                  size_t *io_format, struct ko_text_line *ret)
{
    enum ko_reject reason = KO_REJECT_COUNT;
    if (!may_hold_time(line))
        return KO_ENOTFOUND;
    size_t first = *io_format < ko_text_formats_n - 1 ? *io_format : 0;
    for (size_t i = 0; i < ko_text_formats_n; i++) {
        if (i + 1 == ko_text_formats_n && reason != KO_REJECT_COUNT)
            break;
        size_t k = i == 0 ? first : i <= first ? i - 1 : i;
        enum ko_status st = ko_text_formats[k].parse(line, hint, ret);
        if (st == KO_OK) {
            *io_format = k;
            return st;
        }
        if (st == KO_ESYNTAX && reason == KO_REJECT_COUNT)
            reason = ret->reason;
    }
    return reason == KO_REJECT_COUNT ? KO_ENOTFOUND : ko_text_broken(ret, reason);
}

bool ko_text_line_is_clear(struct ko_str line, struct ko_text_line *ret)
{
    const struct ko_text_hint none = {0};
    struct ko_text_line found;
    bool broken = false, fits = false;
    if (!may_hold_time(line))
        return false;
    for (size_t i = 0; i + 1 < ko_text_formats_n; i++) {
        enum ko_status st = ko_text_formats[i].parse(line, &none, &found);
        if (st == KO_OK && fits)
            return false;
        if (st == KO_OK)
            *ret = found;
        fits |= st == KO_OK;
        broken |= st == KO_ESYNTAX;
    }
    return fits || (!broken && ko_text_formats[ko_text_formats_n - 1].parse(
                                   line, &none, ret) == KO_OK);
}
