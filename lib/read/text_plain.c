/* text_plain.c: application logs in plain text: a time, a level, a message. */
#include "read/text_plain.h"

#include "event/stamp_memo.h"
#include "read/text_http.h"
#include "read/text_line.h"
#include "read/text_logger.h"
#include "read/text_scan.h"

enum { HEAD_TOKENS = 3, META_TOKENS = 8, META_BYTES = 160 };

static bool all_upper(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (ko_char_is_alpha(s.p[i]) && s.p[i] >= 'a')
            return false;
    }
    return true;
}

/* "[ERROR]", "ERROR:", "(error)", "I,": the word inside its marks. */
static struct ko_str unmark(struct ko_str s)
{
    while (s.n > 0 && !ko_char_is_alnum(s.p[0]))
        s = ko_str_skip(s, 1);
    while (s.n > 0 && !ko_char_is_alnum(s.p[s.n - 1]))
        s.n--;
    return s;
}

/*
 * The level that a token before the message states.  Apache's "[core:error]" and Celery's
 * "INFO/MainProcess]" join it to a module; a bare lower-case word may as well begin the
 * sentence, and is left to the caller's judgement.
 */
static enum ko_severity level_of(struct ko_str token)
{
    struct ko_str word = unmark(token);
    size_t at;
    if (token.n > 0 && token.p[0] == '[' && ko_str_rchr(word, ':', &at))
        word = ko_str_skip(word, at + 1);
    if (ko_str_chr(word, '/', &at))
        word = ko_str_sub(word, 0, at);
    if (word.n == 0 || !ko_char_is_alpha(word.p[0]))
        return KO_SEV_UNKNOWN;
    bool marked = word.n < token.n;
    if (word.n == 1 && !marked)
        return KO_SEV_UNKNOWN;
    if (!marked && !all_upper(word))
        return KO_SEV_UNKNOWN;
    if (word.n == 1 && !all_upper(word))
        return KO_SEV_UNKNOWN;
    return ko_severity_word(word);
}

/*
 * Could this token stand between the time and the level?  Brackets, numbers, dashes,
 * names with punctuation in them; a plain word begins the message.
 */
static bool is_meta(struct ko_str token)
{
    char first = token.p[0];
    if (!ko_char_is_alnum(first) || ko_char_is_digit(first))
        return true;
    for (size_t i = 1; i < token.n; i++) {
        char c = token.p[i];
        if (c == '.' || c == '@' || c == '#' || c == '_' || c == '-' || c == '/' ||
            c == '$' || ko_char_is_digit(c))
            return true;
    }
    return false;
}

/* A token, or a whole bracket: "[http-nio exec 1]". */
static bool take_meta(struct ko_str *rest, struct ko_str *ret)
{
    struct ko_str inside;
    struct ko_str s = *rest;
    ko_text_blanks(&s);
    if (ko_text_enclosed(rest, '[', ']', &inside)) {
        *ret = ko_text_between(s, (struct ko_str){rest->p, 0});
        return true;
    }
    return ko_text_token(rest, ret);
}

/* "time - crm.pool - ERROR - text": a plain name counts when dashes enclose it. */
static bool is_between_dashes(struct ko_str before, struct ko_str rest)
{
    struct ko_str next;
    return ko_str_eq(before, KO_STR("-")) && ko_text_token(&rest, &next) &&
           ko_str_eq(next, KO_STR("-"));
}

/* Find the level within the words behind the time; ${rest} moves behind it. */
static bool take_level(struct ko_str *rest, struct ko_event *ev)
{
    struct ko_str s = *rest, token, before = {0};
    for (size_t i = 0; i < META_TOKENS && take_meta(&s, &token); i++) {
        if ((size_t)(s.p - rest->p) > META_BYTES)
            return false;
        enum ko_severity sev = level_of(token);
        if (sev != KO_SEV_UNKNOWN) {
            ev->severity = sev;
            *rest = s;
            return true;
        }
        if (!is_meta(token) && !is_between_dashes(before, s))
            return false;
        before = token;
    }
    return false;
}

/* "error something broke", "warn: …" of console loggers: a level that may as well be the
 * first word of the message, and stays in it. */
static enum ko_severity leading_word(struct ko_str s)
{
    struct ko_str token;
    return ko_text_token(&s, &token) && token.n > 1 ? ko_severity_word(unmark(token))
                                                    : KO_SEV_UNKNOWN;
}

/* What the record says of its level ahead of the message, and where the message begins.
 */
static void take_head(struct ko_str *rest, struct ko_event *ev)
{
    if (!take_level(rest, ev) && ev->severity == KO_SEV_UNKNOWN)
        ev->severity = leading_word(*rest);
}

/* "7:M" of Redis, "I," of Ruby. */
static bool is_short_mark(struct ko_str s)
{
    size_t at;
    return s.n <= 8 && (ko_str_chr(s, ':', &at) || ko_str_chr(s, ',', &at));
}

/*
 * The time, at the start or behind a level, brackets or a short mark: "ERROR 2026-03-14
 * …", "INFO  [main] 2026-…", "I, [2026-…", "7:M 14 Mar 2026 …".
 */
static enum ko_status take_time(struct ko_str *rest, const struct ko_text_hint *hint,
                                struct ko_text_line *ret)
{
    struct ko_str s = *rest, token;
    size_t n;
    for (size_t i = 0; i <= HEAD_TOKENS; i++) {
        enum ko_status st = i == 0 && hint->stamps != NULL
                                ? ko_stamp_memo_prefix(hint->stamps, s, &ret->stamp, &n)
                                : ko_time_prefix(s, &ret->stamp, &n);
        if (st == KO_OK) {
            *rest = ko_str_skip(s, n);
            return KO_OK;
        }
        if (st == KO_ERANGE && i == 0)
            return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
        if (s.n == 0 || s.p[0] == ' ' || s.p[0] == '\t' || !take_meta(&s, &token))
            return KO_ENOTFOUND;
        enum ko_severity sev = level_of(token);
        bool names = i == 1 && ret->ev.severity != KO_SEV_UNKNOWN &&
                     token.p[token.n - 1] == ':'; /* "DEBUG: plugin: 2026-…" */
        if (sev == KO_SEV_UNKNOWN && token.p[0] != '[' && !names &&
            !(i == 0 && is_short_mark(token)))
            return KO_ENOTFOUND;
        if (sev != KO_SEV_UNKNOWN)
            ret->ev.severity = sev;
        ko_text_blanks(&s);
    }
    return KO_ENOTFOUND;
}

enum { GLOG_HEAD = 21 }; /* bytes of E0314 14:04:00.123456 */

/* "0314 14:04:00.123456" as the "Mar 14 14:04:00.123456" that it means. */
static bool parse_glog_time(struct ko_str s, struct ko_stamp *ret)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[GLOG_HEAD + 1] = {0};
    unsigned month = (unsigned)(s.p[0] - '0') * 10 + (unsigned)(s.p[1] - '0');
    if (!ko_char_is_digit(s.p[0]) || !ko_char_is_digit(s.p[1]) || month < 1 || month > 12)
        return false;
    for (size_t i = 0; i < 3; i++)
        text[i] = months[(month - 1) * 3 + i];
    text[3] = ' ';
    for (size_t i = 2; i < s.n; i++)
        text[2 + i] = s.p[i];
    return ko_time_parse((struct ko_str){text, s.n + 2}, ret) == KO_OK;
}

/* "E0314 14:04:00.123456       1 pool.go:87] text": glog and klog. */
static bool take_glog(struct ko_str *rest, struct ko_text_line *ret)
{
    struct ko_str s = *rest, thread, file;
    if (s.n < GLOG_HEAD || s.p[5] != ' ' || s.p[8] != ':' || s.p[14] != '.')
        return false;
    enum ko_severity sev = ko_severity_word(ko_str_sub(s, 0, 1));
    if (sev == KO_SEV_UNKNOWN ||
        !parse_glog_time(ko_str_sub(s, 1, GLOG_HEAD - 1), &ret->stamp))
        return false;
    ret->ev.severity = sev;
    s = ko_str_skip(s, GLOG_HEAD);
    if (ko_text_token(&s, &thread) && ko_text_token(&s, &file))
        *rest = s;
    return true;
}

void ko_text_bare(struct ko_str *io_message, struct ko_event *ev)
{
    struct ko_str rest = *io_message;
    enum ko_severity stated = ev->severity;
    take_head(&rest, ev);
    if (stated != KO_SEV_UNKNOWN)
        ev->severity = stated;
    if (rest.p != io_message->p)
        ko_text_logger(&rest, ev);
    *io_message = ko_str_trim(rest);
    ko_text_apply_all(ev, *io_message, NULL);
}

/*
 * The level stays unknown where none is stated: the reducer guesses then from the words
 * of the message, and knows that it is a guess.
 */
enum ko_status ko_text_plain(struct ko_str line, const struct ko_text_hint *hint,
                             struct ko_text_line *ret)
{
    struct ko_str rest = line;
    ko_text_line_init(ret);
    if (!take_glog(&rest, ret)) {
        enum ko_status st = take_time(&rest, hint, ret);
        if (st != KO_OK)
            return st;
        (void)ko_text_literal(&rest, KO_STR(": "));
        take_head(&rest, &ret->ev);
        ko_text_logger(&rest, &ret->ev);
    }
    ret->has_stamp = true;
    ret->may_continue = true;
    ret->ev.message = ko_str_trim(rest);
    ko_text_apply_all(&ret->ev, ret->ev.message, hint->roles);
    return KO_OK;
}
