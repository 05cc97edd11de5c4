/* severity.c: levels from the words and numbers of the usual loggers. */
#include "event/severity.h"

struct word {
    struct ko_str text;
    enum ko_severity severity;
};

static const struct word words[] = {
    {KO_STR_INIT("info"), KO_SEV_INFO},
    {KO_STR_INIT("error"), KO_SEV_ERROR},
    {KO_STR_INIT("warn"), KO_SEV_WARN},
    {KO_STR_INIT("warning"), KO_SEV_WARN},
    {KO_STR_INIT("debug"), KO_SEV_DEBUG},
    {KO_STR_INIT("trace"), KO_SEV_TRACE},
    {KO_STR_INIT("fatal"), KO_SEV_FATAL},
    {KO_STR_INIT("err"), KO_SEV_ERROR},
    {KO_STR_INIT("notice"), KO_SEV_INFO},
    {KO_STR_INIT("critical"), KO_SEV_FATAL},
    {KO_STR_INIT("information"), KO_SEV_INFO},
    {KO_STR_INIT("informational"), KO_SEV_INFO},
    {KO_STR_INIT("verbose"), KO_SEV_DEBUG},
    {KO_STR_INIT("severe"), KO_SEV_ERROR},
    {KO_STR_INIT("alert"), KO_SEV_FATAL},
    {KO_STR_INIT("emerg"), KO_SEV_FATAL},
    {KO_STR_INIT("emergency"), KO_SEV_FATAL},
    {KO_STR_INIT("crit"), KO_SEV_FATAL},
    {KO_STR_INIT("panic"), KO_SEV_FATAL},
    {KO_STR_INIT("dpanic"), KO_SEV_FATAL},
    {KO_STR_INIT("ftl"), KO_SEV_FATAL},
    {KO_STR_INIT("failure"), KO_SEV_ERROR},
    {KO_STR_INIT("exception"), KO_SEV_ERROR},
    {KO_STR_INIT("wrn"), KO_SEV_WARN},
    {KO_STR_INIT("inf"), KO_SEV_INFO},
    {KO_STR_INIT("dbg"), KO_SEV_DEBUG},
    {KO_STR_INIT("trc"), KO_SEV_TRACE},
    {KO_STR_INIT("config"), KO_SEV_DEBUG},
    {KO_STR_INIT("fine"), KO_SEV_DEBUG},
    {KO_STR_INIT("finer"), KO_SEV_TRACE},
    {KO_STR_INIT("finest"), KO_SEV_TRACE},
    {KO_STR_INIT("default"), KO_SEV_INFO},
    {KO_STR_INIT("log"), KO_SEV_INFO},
    {KO_STR_INIT("ok"), KO_SEV_INFO},
    {KO_STR_INIT("success"), KO_SEV_INFO},
    {KO_STR_INIT("t"), KO_SEV_TRACE},
    {KO_STR_INIT("d"), KO_SEV_DEBUG},
    {KO_STR_INIT("v"), KO_SEV_DEBUG},
    {KO_STR_INIT("i"), KO_SEV_INFO},
    {KO_STR_INIT("n"), KO_SEV_INFO},
    {KO_STR_INIT("w"), KO_SEV_WARN},
    {KO_STR_INIT("e"), KO_SEV_ERROR},
    {KO_STR_INIT("f"), KO_SEV_FATAL},
    {KO_STR_INIT("c"), KO_SEV_FATAL},
    {KO_STR_INIT("s"), KO_SEV_ERROR}, /* "S" of Python's %(levelname).1s is SEVERE */
};

/* "ERROR+2" of Go's slog, "warn:" and "D1" of MongoDB name their word first. */
static struct ko_str bare_word(struct ko_str s)
{
    s = ko_str_trim(s);
    while (s.n && (s.p[0] == '[' || s.p[0] == '<' || s.p[0] == '('))
        s = ko_str_skip(s, 1);
    size_t n = 0;
    while (n < s.n && ko_char_is_alpha(s.p[n]))
        n++;
    for (size_t i = n; i < s.n; i++) {
        if (ko_char_is_alpha(s.p[i]) || i > n + 3)
            return (struct ko_str){0};
    }
    return (struct ko_str){s.p, n};
}

enum ko_severity ko_severity_word(struct ko_str s)
{
    s = bare_word(s);
    if (s.n == 0)
        return KO_SEV_UNKNOWN;
    char first = ko_char_lower(s.p[0]); /* spares most comparisons */
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].text.p[0] == first && ko_str_ieq(s, words[i].text))
            return words[i].severity;
    }
    return KO_SEV_UNKNOWN;
}

/* pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
static enum ko_severity from_pino(int64_t n)
{
    if (n <= 0 || n > 100)
        return KO_SEV_UNKNOWN;
    if (n < 20)
        return KO_SEV_TRACE;
    if (n < 30)
        return KO_SEV_DEBUG;
    if (n < 40)
        return KO_SEV_INFO;
    if (n < 50)
        return KO_SEV_WARN;
    return n < 60 ? KO_SEV_ERROR : KO_SEV_FATAL;
}

/* RFC 5424 section 6.2.1: 0 emergency, 1 alert, 2 critical, 3 error, 4 warning, 5 notice,
 * 6 informational, 7 debug. */
static enum ko_severity from_syslog(int64_t n)
{
    static const enum ko_severity scale[] = {KO_SEV_FATAL, KO_SEV_FATAL, KO_SEV_FATAL,
                                             KO_SEV_ERROR, KO_SEV_WARN,  KO_SEV_INFO,
                                             KO_SEV_INFO,  KO_SEV_DEBUG};
    return n >= 0 && n <= 7 ? scale[n] : KO_SEV_UNKNOWN;
}

/* OpenTelemetry log data model: 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error,
 * 21-24 fatal. */
static enum ko_severity from_otel(int64_t n)
{
    return n >= 1 && n <= 24 ? (enum ko_severity)((n - 1) / 4 + KO_SEV_TRACE)
                             : KO_SEV_UNKNOWN;
}

enum ko_severity ko_severity_number(int64_t n, enum ko_severity_scale scale)
{
    switch (scale) {
    case KO_SEV_SCALE_PINO:
        return from_pino(n);
    case KO_SEV_SCALE_SYSLOG:
        return from_syslog(n);
    case KO_SEV_SCALE_OTEL:
        return from_otel(n);
    }
    return KO_SEV_UNKNOWN;
}

const char *ko_severity_name(enum ko_severity sev)
{
    static const char *const names[] = {
        [KO_SEV_UNKNOWN] = "unknown", [KO_SEV_TRACE] = "trace", [KO_SEV_DEBUG] = "debug",
        [KO_SEV_INFO] = "info",       [KO_SEV_WARN] = "warn",   [KO_SEV_ERROR] = "error",
        [KO_SEV_FATAL] = "fatal"};
    return (unsigned)sev <= KO_SEV_FATAL ? names[sev] : names[KO_SEV_UNKNOWN];
}
