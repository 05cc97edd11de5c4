/* text_logger.c: thread, logger and trace context between the level and the message. */
#include "read/text_logger.h"

#include "read/text_scan.h"

enum { PARTS_MAX = 8, HEX_ID_MIN = 16, HEX_ID_MAX = 32 };

static bool is_hex_id(struct ko_str s)
{
    if (s.n < HEX_ID_MIN || s.n > HEX_ID_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = ko_char_lower(s.p[i]);
        if (!ko_char_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

static bool is_name(struct ko_str s)
{
    if (s.n == 0 || !ko_char_is_alpha(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_' && s.p[i] != '.')
            return false;
    }
    return true;
}

/* Sleuth's "[crm-api,trace,span]" and "[crm-api,trace,span,true]"; ids may be empty. */
static void take_sleuth(struct ko_str inside, struct ko_event *ev)
{
    struct ko_str service, trace, span;
    struct ko_str s = inside;
    if (!ko_str_cut(&s, ',', &service) || !ko_str_cut(&s, ',', &trace) ||
        !ko_str_cut(&s, ',', &span) || !is_name(service) ||
        (trace.n > 0 && !is_hex_id(trace)))
        return;
    ev->entity = service;
    if (is_hex_id(trace))
        ev->trace = trace;
    if (is_hex_id(span))
        ev->span = span;
}

/* Spring Boot 3's "[trace-span]". */
static void take_correlation(struct ko_str inside, struct ko_event *ev)
{
    size_t dash;
    if (!ko_str_chr(inside, '-', &dash))
        return;
    struct ko_str trace = ko_str_sub(inside, 0, dash);
    struct ko_str span = ko_str_skip(inside, dash + 1);
    if (!is_hex_id(trace) || !is_hex_id(span))
        return;
    ev->trace = trace;
    ev->span = span;
}

/* " - ", " : ", ": ": the message begins behind it. */
static bool take_end(struct ko_str *rest)
{
    struct ko_str s = *rest;
    ko_text_blanks(&s);
    if (!ko_text_literal(&s, KO_STR("- ")) && !ko_text_literal(&s, KO_STR(": ")) &&
        !ko_text_literal(&s, KO_STR("| ")))
        return false;
    *rest = s;
    return true;
}

static bool is_number(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_digit(s.p[i]))
            return false;
    }
    return s.n > 0;
}

/* A logger: a name with a separator behind it; "pool.go:87:" and "c.a.B:" end in one. */
static bool take_name(struct ko_str *rest)
{
    struct ko_str s = *rest, word;
    if (!ko_text_token(&s, &word) || !ko_char_is_alpha(word.p[0]))
        return false;
    struct ko_str behind = s;
    size_t mark;
    bool technical =
        ko_str_chr(word, '.', &mark) || ko_str_find(word, KO_STR("::"), &mark);
    if (technical && word.n > 2 && word.p[word.n - 1] == ':') {
        *rest = s;
        return true;
    }
    if (!take_end(&behind))
        return false;
    *rest = behind;
    return true;
}

/* "[crm-api]" before a message: a name of several words, all in lower case, and none of
 * those that threads have. */
static bool is_service(struct ko_str s)
{
    static const struct ko_str threads[] = {
        KO_STR_INIT("thread"),    KO_STR_INIT("exec"),  KO_STR_INIT("worker"),
        KO_STR_INIT("pool"),      KO_STR_INIT("http-"), KO_STR_INIT("nio"),
        KO_STR_INIT("task"),      KO_STR_INIT("timer"), KO_STR_INIT("scheduler"),
        KO_STR_INIT("dispatcher")};
    size_t dash;
    if (!is_name(s) || !ko_str_chr(s, '-', &dash) || ko_char_is_digit(s.p[s.n - 1]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'A' && s.p[i] <= 'Z')
            return false;
    }
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        if (ko_str_find(s, threads[i], &dash))
            return false;
    }
    return true;
}

/* Spring Boot: "1 --- [app] [exec-1] [trace-span] logger : ", or only the thread there.
 */
static void take_brackets(struct ko_str *rest, bool after_dashes, struct ko_event *ev)
{
    struct ko_str inside[3];
    size_t n = 0;
    while (n < 3 && ko_text_enclosed(rest, '[', ']', &inside[n])) {
        take_sleuth(inside[n], ev);
        take_correlation(inside[n], ev);
        n++;
    }
    if (after_dashes && n >= 2 && ev->entity.n == 0 && is_name(ko_str_trim(inside[0])))
        ev->entity = ko_str_trim(inside[0]);
    else if (n == 1 && ev->entity.n == 0 && is_service(inside[0]))
        ev->entity = inside[0];
}

void ko_text_logger(struct ko_str *rest, struct ko_event *ev)
{
    struct ko_str s = *rest, word, peek;
    bool dashes = false;
    if (take_end(&s))
        *rest = s;
    for (size_t i = 0; i < PARTS_MAX; i++) {
        ko_text_blanks(&s);
        peek = s;
        if (s.n > 0 && s.p[0] == '[') {
            take_brackets(&s, dashes, ev);
            if (s.p == peek.p)
                return;
        } else if (take_end(&s) || take_name(&s)) {
            *rest = s;
            return;
        } else if (ko_text_token(&peek, &word) &&
                   (is_number(word) || ko_str_eq(word, KO_STR("---")) ||
                    ko_str_eq(word, KO_STR("--")))) {
            dashes = dashes || word.p[0] == '-';
            s = peek;
        } else {
            if (dashes)
                *rest = s;
            return;
        }
    }
}
