/* text_probe.c: which text format most lines at the head of a file have. */
#include "read/text_read.h"

#include "read/text_line.h"

/* Enough to be sure, few enough to cost nothing; what is cut at the end of the head does
 * not count. */
enum { PROBE_LINES = 40, PROBE_LINES_PLAIN = 2000 };

struct tally {
    size_t lines, fits;
};

static struct tally count(struct ko_str head, ko_text_parse_fn *parse, size_t max_lines,
                          size_t enough)
{
    static const struct ko_text_hint hint = {0};
    struct tally t = {0};
    struct ko_str line;
    while (t.lines < max_lines && t.fits < enough && ko_str_cut(&head, '\n', &line)) {
        if (head.p == NULL && t.lines > 0)
            break;
        line = ko_str_trim(line);
        if (line.n == 0)
            continue;
        struct ko_text_line parsed;
        t.lines++;
        t.fits += parse(line, &hint, &parsed) == KO_OK ? 1 : 0;
    }
    return t;
}

static bool most(struct ko_str head, ko_text_parse_fn *parse, const char *why,
                 const char **ret_why)
{
    struct tally t = count(head, parse, PROBE_LINES, PROBE_LINES);
    if (t.fits == 0 || t.fits * 2 < t.lines)
        return false;
    *ret_why = why;
    return true;
}

/* For a shape that other texts have too, now and then: every line, and more than one. */
static bool all_of(struct ko_str head, ko_text_parse_fn *parse, const char *why,
                   const char **ret_why)
{
    struct tally t = count(head, parse, PROBE_LINES, PROBE_LINES);
    if (t.fits < 2 || t.fits < t.lines)
        return false;
    *ret_why = why;
    return true;
}

bool ko_text_probe_container(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_cri, "time, stdout or stderr, F or P", ret_why) ||
           most(head, ko_text_kubectl, "[pod/name/container]", ret_why) ||
           all_of(head, ko_text_compose, "container | text", ret_why) ||
           all_of(head, ko_text_stern, "pod container text", ret_why);
}

bool ko_text_probe_heroku(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_heroku, "heroku[router]:", ret_why);
}

bool ko_text_probe_syslog(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_rfc5424, "<PRI>1, time, host, app, structured data",
                ret_why) ||
           most(head, ko_text_rfc3164, "time, host, tag[pid]:", ret_why);
}

bool ko_text_probe_alb(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_alb, "protocol, time, app/name/id", ret_why);
}

bool ko_text_probe_elb(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_elb, "time, name, client:port, backend:port", ret_why);
}

bool ko_text_probe_envoy(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_envoy, "[time] \"METHOD path\" status flags", ret_why);
}

bool ko_text_probe_haproxy(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_haproxy, "client:port [time] frontend backend/server",
                ret_why);
}

bool ko_text_probe_access(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_clf, "client [dd/Mon/yyyy:hh:mm:ss] \"request\" status",
                ret_why) ||
           most(head, ko_text_cloudfront, "date, time, edge location by TAB", ret_why);
}

bool ko_text_probe_explore(struct ko_str head, const char **ret_why)
{
    return most(head, ko_text_explore, "milliseconds, time, line", ret_why);
}

/*
 * A line of text rather than a row of a table whose first column is a time: no delimiter
 * behind the time, unless a level follows it; something is said.
 */
static enum ko_status prose(struct ko_str line, const struct ko_text_hint *hint,
                            struct ko_text_line *ret)
{
    struct ko_stamp stamp;
    size_t n;
    enum ko_status st = ko_text_plain(line, hint, ret);
    if (st != KO_OK)
        return st;
    if (ret->ev.message.n == 0)
        return KO_ENOTFOUND;
    if (ret->ev.severity != KO_SEV_UNKNOWN || ko_time_prefix(line, &stamp, &n) != KO_OK ||
        n >= line.n)
        return KO_OK;
    bool delimiter =
        line.p[n] == ',' || line.p[n] == ';' || line.p[n] == '|' || line.p[n - 1] == '\t';
    return delimiter ? KO_ENOTFOUND : KO_OK;
}

bool ko_text_probe_plain(struct ko_str head, const char **ret_why)
{
    static const char why[] = "lines that begin with a time";
    if (most(head, prose, why, ret_why))
        return true;
    if (count(head, prose, 1, 1).fits == 0)
        return false;
    *ret_why = why;
    return true;
}

bool ko_text_probe_mixed(struct ko_str head, const char **ret_why)
{
    if (count(head, ko_text_plain, PROBE_LINES_PLAIN, 1).fits == 0)
        return false;
    *ret_why = "some lines begin with a time";
    return true;
}
