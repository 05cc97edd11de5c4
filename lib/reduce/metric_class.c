/* metric_class.c: what the name of a metric says about it: its class, its unit, whether
 * it counts up. */
#include "reduce/metric_class.h"

#include <stddef.h>

enum { WORDS_MAX = 24 };

/* The words of a name, slices of it. */
struct words {
    struct ko_str v[WORDS_MAX];
    size_t n;
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Does a new word start at s.p[i], inside a run of letters and digits? */
static bool word_starts(struct ko_str s, size_t i)
{
    if (!is_upper(s.p[i]))
        return false;
    if (!is_upper(s.p[i - 1]))
        return true;
    return i + 1 < s.n && is_lower(s.p[i + 1]) && s.p[i + 1] != 's';
}

static void add_word(struct words *w, struct ko_str s, size_t from, size_t to)
{
    if (to > from && w->n < WORDS_MAX)
        w->v[w->n++] = ko_str_sub(s, from, to - from);
}

static void split(struct ko_str s, struct words *w)
{
    w->n = 0;
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_alnum(s.p[i])) {
            add_word(w, s, from, i);
            from = i + 1;
        } else if (i > from && word_starts(s, i)) {
            add_word(w, s, from, i);
            from = i;
        }
    }
    add_word(w, s, from, s.n);
}

/*
 * Is `word` the word of the table?  A plain plural counts; with a trailing '*' in the
 * table any word that starts so does.
 */
static bool word_is(struct ko_str word, const char *z)
{
    struct ko_str want = ko_str(z);
    if (want.n > 0 && want.p[want.n - 1] == '*')
        return ko_str_ieq(ko_str_sub(word, 0, want.n - 1),
                          ko_str_sub(want, 0, want.n - 1));
    if (ko_str_ieq(word, want))
        return true;
    return word.n == want.n + 1 && ko_char_lower(word.p[want.n]) == 's' &&
           ko_str_ieq(ko_str_sub(word, 0, want.n), want);
}

static bool has_word(const struct words *w, const char *z)
{
    for (size_t i = 0; i < w->n; i++) {
        if (word_is(w->v[i], z))
            return true;
    }
    return false;
}

/* One row: if `word` is there, and `with` too unless NULL, the class is `cls`. */
struct rule {
    const char *word, *with;
    enum ko_class cls;
};

/*
 * First match wins.  Order: what a pair of words says, then the customer's view, errors,
 * retries, queues, own capacity (a resource named in a latency, as in disk read time, is
 * capacity), latency, health, load.
 */
static const struct rule rules[] = {
    {"gc", NULL, KO_CLASS_RESOURCE},
    {"queue", "wait*", KO_CLASS_QUEUE},
    {"service", "level", KO_CLASS_CUSTOMER},
    {"asa", NULL, KO_CLASS_QUEUE},
    {"acw", NULL, KO_CLASS_CUSTOMER},
    {"talk", NULL, KO_CLASS_CUSTOMER},
    {"hold", NULL, KO_CLASS_CUSTOMER},
    {"handled", NULL, KO_CLASS_LOAD},
    {"answered", NULL, KO_CLASS_LOAD},
    {"answer", "time", KO_CLASS_QUEUE},
    {"answer", NULL, KO_CLASS_LOAD},
    {"repeat*", "contact", KO_CLASS_CUSTOMER},
    {"abandon*", NULL, KO_CLASS_CUSTOMER},
    {"transfer*", "rate", KO_CLASS_CUSTOMER},
    {"transferred", NULL, KO_CLASS_CUSTOMER},
    {"fallback*", NULL, KO_CLASS_CUSTOMER},
    {"containment", NULL, KO_CLASS_CUSTOMER},
    {"escalat*", NULL, KO_CLASS_CUSTOMER},
    {"handoff", NULL, KO_CLASS_CUSTOMER},
    {"handle", NULL, KO_CLASS_CUSTOMER},
    {"aht", NULL, KO_CLASS_CUSTOMER},
    {"csat", NULL, KO_CLASS_CUSTOMER},
    {"retr*", "byte", KO_CLASS_OTHER},
    {"retry", NULL, KO_CLASS_RETRY},
    {"retries", NULL, KO_CLASS_RETRY},
    {"retried", NULL, KO_CLASS_RETRY},
    {"attempt", NULL, KO_CLASS_RETRY},
    {"retransmi*", NULL, KO_CLASS_RESOURCE},
    {"error*", NULL, KO_CLASS_ERROR},
    {"err", NULL, KO_CLASS_ERROR},
    {"fail*", NULL, KO_CLASS_ERROR},
    {"fault*", "page", KO_CLASS_RESOURCE},
    {"pgfault", NULL, KO_CLASS_RESOURCE},
    {"fault*", NULL, KO_CLASS_ERROR},
    {"5xx", NULL, KO_CLASS_ERROR},
    {"4xx", NULL, KO_CLASS_ERROR},
    {"exception*", NULL, KO_CLASS_ERROR},
    {"timeout*", NULL, KO_CLASS_ERROR},
    {"refused", NULL, KO_CLASS_ERROR},
    {"rejected", NULL, KO_CLASS_ERROR},
    {"success*", NULL, KO_CLASS_ERROR},
    {"availability", NULL, KO_CLASS_ERROR},
    {"queue*", NULL, KO_CLASS_QUEUE},
    {"backlog*", NULL, KO_CLASS_QUEUE},
    {"pending", NULL, KO_CLASS_QUEUE},
    {"lag", NULL, KO_CLASS_QUEUE},
    {"inflight", NULL, KO_CLASS_QUEUE},
    {"throttl*", NULL, KO_CLASS_RESOURCE},
    {"cpu*", NULL, KO_CLASS_RESOURCE},
    {"mem", NULL, KO_CLASS_RESOURCE},
    {"memory*", NULL, KO_CLASS_RESOURCE},
    {"rss", NULL, KO_CLASS_RESOURCE},
    {"heap", NULL, KO_CLASS_RESOURCE},
    {"oom", NULL, KO_CLASS_RESOURCE},
    {"disk*", NULL, KO_CLASS_RESOURCE},
    {"diskio", NULL, KO_CLASS_RESOURCE},
    {"fs", NULL, KO_CLASS_RESOURCE},
    {"filesystem", NULL, KO_CLASS_RESOURCE},
    {"inode", NULL, KO_CLASS_RESOURCE},
    {"io", NULL, KO_CLASS_RESOURCE},
    {"iops", NULL, KO_CLASS_RESOURCE},
    {"iowait", NULL, KO_CLASS_RESOURCE},
    {"syscall*", NULL, KO_CLASS_RESOURCE},
    {"socket", NULL, KO_CLASS_RESOURCE},
    {"net", NULL, KO_CLASS_RESOURCE},
    {"network", NULL, KO_CLASS_RESOURCE},
    {"fd", NULL, KO_CLASS_RESOURCE},
    {"fds", NULL, KO_CLASS_RESOURCE},
    {"thread*", NULL, KO_CLASS_RESOURCE},
    {"goroutine", NULL, KO_CLASS_RESOURCE},
    {"pool", NULL, KO_CLASS_RESOURCE},
    {"conn", NULL, KO_CLASS_RESOURCE},
    {"connection", NULL, KO_CLASS_RESOURCE},
    {"session", "active", KO_CLASS_RESOURCE},
    {"saturation", NULL, KO_CLASS_RESOURCE},
    {"utili*", NULL, KO_CLASS_RESOURCE},
    {"latency*", NULL, KO_CLASS_LATENCY},
    {"latencies", NULL, KO_CLASS_LATENCY},
    {"duration*", NULL, KO_CLASS_LATENCY},
    {"response", "time", KO_CLASS_LATENCY},
    {"response", "second", KO_CLASS_LATENCY},
    {"lat", NULL, KO_CLASS_LATENCY},
    {"rt", NULL, KO_CLASS_LATENCY},
    {"delay*", NULL, KO_CLASS_LATENCY},
    {"elapsed", NULL, KO_CLASS_LATENCY},
    {"p50", NULL, KO_CLASS_LATENCY},
    {"p90", NULL, KO_CLASS_LATENCY},
    {"p95", NULL, KO_CLASS_LATENCY},
    {"p99", NULL, KO_CLASS_LATENCY},
    {"p999", NULL, KO_CLASS_LATENCY},
    {"apdex", NULL, KO_CLASS_LATENCY},
    {"restart*", NULL, KO_CLASS_HEALTH},
    {"ready", NULL, KO_CLASS_HEALTH},
    {"readiness", NULL, KO_CLASS_HEALTH},
    {"healthy", NULL, KO_CLASS_HEALTH},
    {"health", NULL, KO_CLASS_HEALTH},
    {"up", NULL, KO_CLASS_HEALTH},
    {"rps", NULL, KO_CLASS_LOAD},
    {"qps", NULL, KO_CLASS_LOAD},
    {"tps", NULL, KO_CLASS_LOAD},
    {"request*", NULL, KO_CLASS_LOAD},
    {"req", NULL, KO_CLASS_LOAD},
    {"throughput", NULL, KO_CLASS_LOAD},
    {"workload", NULL, KO_CLASS_LOAD},
    {"load", NULL, KO_CLASS_LOAD},
    {"lod", NULL, KO_CLASS_LOAD},
    {"ops", NULL, KO_CLASS_LOAD},
    {"call", NULL, KO_CLASS_LOAD},
    {"hit", NULL, KO_CLASS_LOAD},
    {"invocation", NULL, KO_CLASS_LOAD},
    {"message", NULL, KO_CLASS_LOAD},
    {"offer*", NULL, KO_CLASS_LOAD},
    {"volume", NULL, KO_CLASS_LOAD},
    {"wait*", NULL, KO_CLASS_QUEUE},
    {"transfer*", NULL, KO_CLASS_CUSTOMER},
    {"byte", NULL, KO_CLASS_RESOURCE},
    {"packet", NULL, KO_CLASS_RESOURCE},
    {"receive*", NULL, KO_CLASS_RESOURCE},
    {"transmi*", NULL, KO_CLASS_RESOURCE},
    {"read", NULL, KO_CLASS_RESOURCE},
    {"write", NULL, KO_CLASS_RESOURCE},
    {"usage", NULL, KO_CLASS_RESOURCE},
    {"time", NULL, KO_CLASS_LATENCY},
    {"second", NULL, KO_CLASS_LATENCY},
    {"ms", NULL, KO_CLASS_LATENCY},
    {"count", NULL, KO_CLASS_LOAD},
    {NULL, NULL, KO_CLASS_OTHER},
};

/* UCUM-like spellings of the units that names end in. */
static const struct {
    const char *word, *unit;
} units[] = {
    {"s", "s"},     {"sec", "s"},          {"second", "s"},  {"ms", "ms"},
    {"msec", "ms"}, {"millisecond", "ms"}, {"us", "us"},     {"microsecond", "us"},
    {"ns", "ns"},   {"nanosecond", "ns"},  {"byte", "By"},   {"mb", "MBy"},
    {"kb", "kBy"},  {"gb", "GBy"},         {"mib", "MiBy"},  {"percent", "%"},
    {"pct", "%"},   {"percentage", "%"},   {"ratio", "1"},   {"rps", "/s"},
    {"qps", "/s"},  {"tps", "/s"},         {"minute", "min"}};

static struct ko_str unit_of_word(struct ko_str word)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        bool plain = ko_str_ieq(word, ko_str(units[i].word));
        bool plural = ko_str(units[i].word).n > 3 && word_is(word, units[i].word);
        if (plain || plural)
            return ko_str(units[i].unit);
    }
    return (struct ko_str){NULL, 0};
}

/* The text in brackets at the end: "(ms)", "(%)", "[By]". */
static bool bracketed(struct ko_str name, struct ko_str *ret)
{
    size_t at;
    if (!ko_str_ends(name, KO_STR(")")) && !ko_str_ends(name, KO_STR("]")))
        return false;
    char open = name.p[name.n - 1] == ')' ? '(' : '[';
    if (!ko_str_rchr(name, open, &at))
        return false;
    *ret = ko_str_trim(ko_str_sub(name, at + 1, name.n - at - 2));
    return ret->n > 0;
}

struct ko_str ko_metric_unit(struct ko_str name)
{
    struct ko_str inside, unit;
    if (bracketed(name, &inside)) {
        unit = unit_of_word(inside);
        return unit.n > 0 ? unit : inside;
    }
    if (ko_str_ends(name, KO_STR("%")) || ko_str_starts(name, KO_STR("%")))
        return KO_STR("%");
    if (ko_str_ends(name, KO_STR("kB/s")))
        return KO_STR("kB/s");
    if (ko_str_ends(name, KO_STR("/s")))
        return KO_STR("/s");
    struct words w;
    split(name, &w);
    while (w.n > 1 && (word_is(w.v[w.n - 1], "total") || word_is(w.v[w.n - 1], "sum") ||
                       word_is(w.v[w.n - 1], "bucket")))
        w.n--;
    if (w.n > 2 && word_is(w.v[w.n - 2], "per"))
        return ko_str_eq(unit_of_word(w.v[w.n - 1]), KO_STR("s")) ? KO_STR("/s")
                                                                  : KO_STR("1");
    if (w.n > 1 && ko_char_is_digit(w.v[w.n - 2].p[0]) && w.v[w.n - 1].n > 2)
        return (struct ko_str){NULL, 0}; /* "level 20 seconds": a part of the name */
    return w.n > 1 ? unit_of_word(w.v[w.n - 1]) : (struct ko_str){NULL, 0};
}

bool ko_metric_counts_up(struct ko_str name)
{
    struct words w;
    split(name, &w);
    if (w.n < 2)
        return false;
    const struct ko_str last = w.v[w.n - 1];
    return ko_str_ieq(last, KO_STR("total")) || ko_str_ieq(last, KO_STR("count")) ||
           ko_str_ieq(last, KO_STR("sum")) || ko_str_ieq(last, KO_STR("bucket"));
}

static bool is_time_unit(struct ko_str unit)
{
    static const char *const times[] = {"ns", "us", "ms", "s", "min"};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        if (ko_str_eq(unit, ko_str(times[i])))
            return true;
    }
    return false;
}

enum ko_class ko_metric_class(struct ko_str name)
{
    struct words w;
    split(name, &w);
    const struct rule *r = rules;
    while (r->word != NULL &&
           !(has_word(&w, r->word) && (r->with == NULL || has_word(&w, r->with))))
        r++;
    /* A screen load in ms is a wait, whatever "load" says elsewhere. */
    bool timed = is_time_unit(ko_metric_unit(name));
    return timed && r->cls == KO_CLASS_LOAD ? KO_CLASS_LATENCY : r->cls;
}
