/* columns.c: column names of wide metric tables taken apart into entity, signal, unit. */
#include "read/columns.h"

#include "base/map.h"
#include "event/unit.h"

#include <stdbool.h>
#include <stdint.h>

/* In order of preference when two explain the names equally well. */
static const char marks[] = {'_', ':', '/', '.', ' ', '-'};

struct cut {
    char mark;
    bool last;
};

/* Words that open the name of a measurement, not of a thing that can fail. */
static bool is_measure_word(struct ko_str s)
{
    static const struct ko_str words[] = {
        KO_STR_INIT("cpu"),        KO_STR_INIT("mem"),         KO_STR_INIT("memory"),
        KO_STR_INIT("disk"),       KO_STR_INIT("diskio"),      KO_STR_INIT("io"),
        KO_STR_INIT("net"),        KO_STR_INIT("network"),     KO_STR_INIT("latency"),
        KO_STR_INIT("lat"),        KO_STR_INIT("request"),     KO_STR_INIT("requests"),
        KO_STR_INIT("response"),   KO_STR_INIT("error"),       KO_STR_INIT("errors"),
        KO_STR_INIT("http"),       KO_STR_INIT("grpc"),        KO_STR_INIT("tcp"),
        KO_STR_INIT("jvm"),        KO_STR_INIT("gc"),          KO_STR_INIT("load"),
        KO_STR_INIT("system"),     KO_STR_INIT("process"),     KO_STR_INIT("thread"),
        KO_STR_INIT("threads"),    KO_STR_INIT("heap"),        KO_STR_INIT("duration"),
        KO_STR_INIT("avg"),        KO_STR_INIT("average"),     KO_STR_INIT("max"),
        KO_STR_INIT("min"),        KO_STR_INIT("total"),       KO_STR_INIT("p50"),
        KO_STR_INIT("p90"),        KO_STR_INIT("p95"),         KO_STR_INIT("p99"),
        KO_STR_INIT("rps"),        KO_STR_INIT("qps"),         KO_STR_INIT("count"),
        KO_STR_INIT("rate"),       KO_STR_INIT("success"),     KO_STR_INIT("failed"),
        KO_STR_INIT("failure"),    KO_STR_INIT("throughput"),  KO_STR_INIT("connections"),
        KO_STR_INIT("conn"),       KO_STR_INIT("contacts"),    KO_STR_INIT("wait"),
        KO_STR_INIT("time"),       KO_STR_INIT("bytes"),       KO_STR_INIT("packets"),
        KO_STR_INIT("fs"),         KO_STR_INIT("filesystem"),  KO_STR_INIT("container"),
        KO_STR_INIT("saturation"), KO_STR_INIT("utilization"), KO_STR_INIT("usage"),
        KO_STR_INIT("abandon"),    KO_STR_INIT("handle"),      KO_STR_INIT("retries"),
        KO_STR_INIT("timeout"),    KO_STR_INIT("timeouts"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(s, words[i]))
            return true;
    }
    return false;
}

/* "payments-db-cpu": cut in the middle of the measurement. */
static bool ends_in_measure(struct ko_str s)
{
    size_t begin = s.n;
    while (begin > 0 && ko_char_is_alnum(s.p[begin - 1]))
        begin--;
    return begin > 0 && is_measure_word(ko_str_skip(s, begin));
}

/* "CRM wait (s) EU", "%idle": a unit that is a part of the name. */
static struct ko_str inner_unit(struct ko_str name)
{
    size_t open, close;
    double unused;
    struct ko_str base;
    if (name.n > 1 && name.p[0] == '%')
        return KO_STR("%");
    if (!ko_str_chr(name, '(', &open) ||
        !ko_str_chr(ko_str_skip(name, open), ')', &close) || close == 0)
        return (struct ko_str){0};
    struct ko_str unit = ko_str_sub(name, open + 1, close - 1);
    return ko_unit_base(unit, &base, &unused) ? unit : (struct ko_str){0};
}

void ko_column_unit(struct ko_str name, struct ko_str *ret_name, struct ko_str *ret_unit)
{
    static const char pairs[] = "()[]";
    name = ko_str_trim(name);
    *ret_name = name;
    *ret_unit = (struct ko_str){0};
    if (name.n > 1 && name.p[name.n - 1] == '%') {
        *ret_unit = KO_STR("%");
        *ret_name = ko_str_trim(ko_str_sub(name, 0, name.n - 1));
        return;
    }
    for (size_t i = 0; pairs[i] != '\0'; i += 2) {
        size_t at;
        if (name.n < 3 || name.p[name.n - 1] != pairs[i + 1] ||
            !ko_str_rchr(name, pairs[i], &at) || at == 0)
            continue;
        *ret_unit = ko_str_trim(ko_str_sub(name, at + 1, name.n - at - 2));
        *ret_name = ko_str_trim(ko_str_sub(name, 0, at));
        return;
    }
    *ret_unit = inner_unit(name);
}

static struct ko_str unquote(struct ko_str s)
{
    s = ko_str_trim(s);
    if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
        return ko_str_sub(s, 1, s.n - 2);
    return s;
}

bool ko_column_label(struct ko_str *rest, struct ko_str *ret_key,
                     struct ko_str *ret_value)
{
    struct ko_str pair;
    while (rest->n > 0 && ko_str_cut(rest, ',', &pair)) {
        size_t at;
        if (!ko_str_chr(pair, '=', &at) && !ko_str_chr(pair, ':', &at))
            continue;
        *ret_key = ko_str_trim(ko_str_sub(pair, 0, at));
        *ret_value = unquote(ko_str_skip(pair, at + 1));
        return true;
    }
    return false;
}

static void take_label(struct ko_str key, struct ko_str value, struct ko_column *ret)
{
    static const struct ko_str entity_labels[] = {
        KO_STR_INIT("service"), KO_STR_INIT("service_name"), KO_STR_INIT("app"),
        KO_STR_INIT("job"),     KO_STR_INIT("pod"),          KO_STR_INIT("queue"),
        KO_STR_INIT("instance")};
    key = ko_str_trim(key);
    if (ko_str_eq(key, KO_STR("__name__")))
        ret->signal = value;
    for (size_t i = 0; i < sizeof entity_labels / sizeof *entity_labels; i++) {
        if (ret->entity.n == 0 && ko_str_ieq(key, entity_labels[i]))
            ret->entity = value;
    }
}

/* "crm p95 {region="eu"}": the labels out, the name in front left as the signal. */
static void read_labels(struct ko_column *ret)
{
    struct ko_str name = ret->signal;
    size_t open;
    if (name.n < 2 || name.p[name.n - 1] != '}' || !ko_str_chr(name, '{', &open))
        return;
    ret->labels = ko_str_sub(name, open + 1, name.n - open - 2);
    ret->signal = ko_str_trim(ko_str_sub(name, 0, open));
    struct ko_str rest = ret->labels, key, value;
    while (ko_column_label(&rest, &key, &value))
        take_label(key, value, ret);
}

static bool apply(struct cut cut, struct ko_str name, struct ko_str *ret_left,
                  struct ko_str *ret_right)
{
    size_t at;
    bool found =
        cut.last ? ko_str_rchr(name, cut.mark, &at) : ko_str_chr(name, cut.mark, &at);
    if (!found)
        return false;
    *ret_left = ko_str_trim(ko_str_sub(name, 0, at));
    *ret_right = ko_str_trim(ko_str_skip(name, at + 1));
    return ret_left->n > 0 && ret_right->n > 0;
}

/* What a way to cut says about all names. */
struct verdict {
    size_t cost;     /* bytes of all distinct left and right parts, and for bad cuts */
    size_t lefts;    /* distinct left parts */
    size_t n_cut;    /* names that could be cut */
    size_t measures; /* left parts that are words of measuring */
    size_t swapped;  /* right parts that read like a thing, with such a left part */
};

/* Bytes of the distinct texts: what it takes to write them down once. */
static size_t map_bytes(const struct ko_map *m)
{
    size_t bytes = 0;
    for (size_t i = 0; i < m->n; i++)
        bytes += m->entries[i].key.n;
    return bytes;
}

static bool begins_with_measure(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && ko_char_is_alnum(s.p[n]))
        n++;
    return is_measure_word(ko_str_sub(s, 0, n));
}

static void weigh(struct verdict *v, struct ko_str left, struct ko_str right)
{
    v->n_cut++;
    v->cost += ends_in_measure(left) ? 1 : 0;
    v->cost += begins_with_measure(right) ? 0 : 1;
    v->measures += is_measure_word(left) ? 1 : 0;
    v->swapped += is_measure_word(left) && !is_measure_word(right) ? 1 : 0;
}

static enum ko_status judge(struct cut cut, const struct ko_column *c, size_t n,
                            struct verdict *ret)
{
    struct ko_map left, right;
    enum ko_status st = KO_OK;
    *ret = (struct verdict){0};
    ko_map_init(&left, 0);
    ko_map_init(&right, 0);
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        struct ko_str a, b;
        uint32_t unused;
        if (c[i].entity.n > 0)
            continue;
        if (!apply(cut, c[i].signal, &a, &b)) {
            ret->cost += c[i].signal.n + 2;
            continue;
        }
        weigh(ret, a, b);
        st = ko_map_put(&left, a, 0, &unused);
        if (st == KO_OK)
            st = ko_map_put(&right, b, 0, &unused);
    }
    ret->cost += map_bytes(&left) + map_bytes(&right);
    ret->lefts = left.n;
    ko_map_release(&left);
    ko_map_release(&right);
    return st;
}

/* Half of the names must have the mark; words of measuring are no entities. */
static bool acceptable(const struct verdict *v, size_t n)
{
    return v->n_cut * 2 > n && v->measures * 2 <= v->n_cut;
}

static enum ko_status choose(const struct ko_column *c, size_t n, struct cut *ret,
                             bool *ret_found)
{
    size_t best = SIZE_MAX;
    *ret_found = false;
    for (size_t i = 0; i < 2 * sizeof marks; i++) {
        struct cut cut = {marks[i / 2], i % 2 == 1};
        struct verdict v;
        enum ko_status st = judge(cut, c, n, &v);
        if (st != KO_OK)
            return st;
        if (!acceptable(&v, n) || v.cost >= best)
            continue;
        best = v.cost;
        *ret = cut;
        *ret_found = true;
    }
    return KO_OK;
}

/* latency.checkout, latency.cart: the thing stands last. */
static enum ko_status is_turned(const struct ko_column *c, size_t n, struct cut *ret,
                                bool *ret_found)
{
    *ret_found = false;
    for (size_t i = 0; i < sizeof marks && !*ret_found; i++) {
        struct cut cut = {marks[i], true};
        struct verdict v;
        enum ko_status st = judge(cut, c, n, &v);
        if (st != KO_OK)
            return st;
        bool signal_repeats = v.lefts < v.n_cut && v.n_cut == n;
        if (!signal_repeats || marks[i] == '_' || v.swapped < v.n_cut)
            continue;
        *ret = cut;
        *ret_found = true;
    }
    return KO_OK;
}

enum ko_status ko_columns_split(const struct ko_str *names, size_t n,
                                struct ko_column *ret)
{
    for (size_t i = 0; i < n; i++) {
        ret[i] = (struct ko_column){0};
        ko_column_unit(names[i], &ret[i].signal, &ret[i].unit);
        read_labels(&ret[i]);
    }
    struct cut cut = {0, false};
    bool found, turned = false;
    enum ko_status st = choose(ret, n, &cut, &found);
    if (st == KO_OK && !found)
        st = is_turned(ret, n, &cut, &turned);
    for (size_t i = 0; i < n && st == KO_OK && (found || turned); i++) {
        struct ko_str a, b;
        if (ret[i].entity.n > 0 || !apply(cut, ret[i].signal, &a, &b) ||
            (found && is_measure_word(a)))
            continue;
        ret[i].entity = turned ? b : a;
        ret[i].signal = turned ? a : b;
    }
    return st;
}
