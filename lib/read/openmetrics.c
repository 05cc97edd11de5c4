/* openmetrics.c: the rules of OpenMetrics that single lines cannot tell. */
#include "read/openmetrics.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "read/sample.h"

#include <math.h>

enum { EXEMPLAR_CHARS_MAX = 128, KEY_MAX_BYTES = 1 << 16 };

void ko_openmetrics_init(struct ko_openmetrics *om, struct ko_arena *arena)
{
    *om = (struct ko_openmetrics){.arena = arena};
    ko_map_init(&om->names, 0);
    ko_map_init(&om->groups, 0);
}

void ko_openmetrics_release(struct ko_openmetrics *om)
{
    ko_map_release(&om->names);
    ko_map_release(&om->groups);
}

/* ---- families ---- */

/* Does nobody but the present family own ${name} and its ${suffix}? */
static enum ko_status own(struct ko_openmetrics *om, struct ko_str name,
                          const char *suffix, bool *io_ok)
{
    struct ko_buf b;
    uint32_t owner = om->n;
    ko_buf_init(&b, KEY_MAX_BYTES);
    ko_buf_put(&b, name);
    ko_buf_puts(&b, suffix);
    enum ko_status st = b.status == KO_ENOMEM
                            ? KO_ENOMEM
                            : ko_map_put(&om->names, ko_buf_str(&b), om->n, &owner);
    ko_buf_release(&b);
    *io_ok = *io_ok && owner == om->n;
    return st;
}

static enum ko_status begin_family(struct ko_openmetrics *om, struct ko_str name,
                                   bool *io_ok)
{
    *io_ok = ko_openmetrics_end(om) && *io_ok;
    om->n++;
    om->family = (struct ko_prom_family){0};
    om->has_samples = false;
    om->histogram = (struct ko_om_histogram){0};
    ko_map_release(&om->groups);
    ko_map_init(&om->groups, 0);
    enum ko_status st = ko_str_copy(om->arena, name, &om->family.name);
    return st != KO_OK ? st : own(om, name, "", io_ok);
}

static enum ko_status set_type(struct ko_openmetrics *om, struct ko_str word, bool *io_ok)
{
    enum ko_status st = KO_OK;
    *io_ok = *io_ok && !om->family.has_type && ko_prom_type_of(word, &om->family.type);
    om->family.has_type = true;
    const char *const *suffix = ko_prom_suffixes(om->family.type);
    for (; *suffix != NULL && st == KO_OK; suffix++)
        st = own(om, om->family.name, *suffix, io_ok);
    return st;
}

/* The unit is a word of the name, usually the last. */
static bool names_unit(struct ko_str name, struct ko_str unit)
{
    size_t at;
    for (struct ko_str rest = name; ko_str_find(rest, unit, &at);
         rest = ko_str_skip(rest, at + 1)) {
        struct ko_str before = ko_str_sub(name, 0, name.n - rest.n + at);
        struct ko_str after = ko_str_skip(rest, at + unit.n);
        if (ko_str_ends(before, KO_STR("_")) && (after.n == 0 || after.p[0] == '_'))
            return true;
    }
    return false;
}

static void set_unit(struct ko_openmetrics *om, struct ko_str unit, bool *io_ok)
{
    const struct ko_prom_family *f = &om->family;
    bool may = f->type != KO_PROM_INFO && f->type != KO_PROM_STATESET;
    bool fits = unit.n == 0 || (may && names_unit(f->name, unit));
    *io_ok = *io_ok && !f->has_unit && fits;
    om->family.has_unit = true;
}

enum ko_status ko_openmetrics_comment(struct ko_openmetrics *om, struct ko_str line,
                                      bool *ret_ok)
{
    struct ko_str hash, kind, name, rest = line;
    enum ko_status st = KO_OK;
    *ret_ok = ko_str_cut(&rest, ' ', &hash) && ko_str_eq(hash, KO_STR("#")) &&
              ko_str_cut(&rest, ' ', &kind) && ko_str_cut(&rest, ' ', &name) &&
              name.n > 0 && rest.p != NULL;
    if (!*ret_ok)
        return KO_OK;
    if (!ko_str_eq(name, om->family.name) || om->n == 0)
        st = begin_family(om, name, ret_ok);
    else
        *ret_ok = !om->has_samples;
    if (st != KO_OK)
        return st;
    if (ko_str_eq(kind, KO_STR("TYPE")))
        return set_type(om, rest, ret_ok);
    if (ko_str_eq(kind, KO_STR("UNIT"))) {
        set_unit(om, rest, ret_ok);
    } else {
        *ret_ok = *ret_ok && ko_str_eq(kind, KO_STR("HELP")) && !om->family.has_help;
        om->family.has_help = true;
    }
    return KO_OK;
}

/* ---- histograms ---- */

static bool histogram_whole(const struct ko_om_histogram *h, bool of_gauges)
{
    bool totals = h->has_sum == h->has_count &&
                  (!h->has_count || (h->has_inf && h->count == h->value));
    bool negative = of_gauges || !(h->has_negative && h->has_sum);
    bool below = !(h->has_sum && h->sum < 0 && !h->has_negative);
    return !h->any || (h->has_inf && totals && negative && below);
}

static bool is_histogram(enum ko_prom_type type)
{
    return type == KO_PROM_HISTOGRAM || type == KO_PROM_GAUGE_HISTOGRAM;
}

bool ko_openmetrics_end(struct ko_openmetrics *om)
{
    return !is_histogram(om->family.type) ||
           histogram_whole(&om->histogram, om->family.type == KO_PROM_GAUGE_HISTOGRAM);
}

static bool take_bucket(struct ko_om_histogram *h, const struct ko_prom_line *line,
                        double value)
{
    struct ko_str le = ko_record_get(&line->labels, "le");
    double bound = INFINITY;
    bool inf = ko_str_eq(le, KO_STR("+Inf"));
    if (!inf && ko_num_real(le, &bound) != KO_OK)
        return false;
    bool rises = !h->any || (bound > h->bound && value >= h->value);
    bool first = !h->has_sum && !h->has_count;
    h->any = true;
    h->bound = bound;
    h->value = value;
    h->has_inf |= inf;
    h->has_negative |= bound < 0;
    return rises && first && value >= 0;
}

static bool take_total(struct ko_om_histogram *h, enum ko_prom_part part, double value,
                       bool of_gauges)
{
    h->any = true;
    if (part == KO_PROM_SUM) {
        h->has_sum = true;
        h->sum = value;
        return !isnan(value) && (of_gauges || value >= 0);
    }
    h->has_count = true;
    h->count = value;
    return value >= 0;
}

static bool check_histogram(struct ko_openmetrics *om, const struct ko_prom_line *line,
                            enum ko_prom_part part, double value)
{
    switch (part) {
    case KO_PROM_BUCKET:
        return take_bucket(&om->histogram, line, value);
    case KO_PROM_SUM:
    case KO_PROM_COUNT:
        return take_total(&om->histogram, part, value,
                          om->family.type == KO_PROM_GAUGE_HISTOGRAM);
    default:
        return part == KO_PROM_CREATED;
    }
}

/* ---- the other types ---- */

static bool check_summary(const struct ko_prom_line *line, enum ko_prom_part part,
                          double value)
{
    double q;
    if (part != KO_PROM_VALUE)
        return value >= 0;
    return ko_num_real(ko_record_get(&line->labels, "quantile"), &q) == KO_OK && q >= 0 &&
           q <= 1 && !(value < 0);
}

static bool check_value(struct ko_openmetrics *om, const struct ko_prom_line *line,
                        enum ko_prom_part part, double value)
{
    switch (om->family.type) {
    case KO_PROM_COUNTER:
        return value >= 0;
    case KO_PROM_HISTOGRAM:
    case KO_PROM_GAUGE_HISTOGRAM:
        return check_histogram(om, line, part, value);
    case KO_PROM_SUMMARY:
        return check_summary(line, part, value);
    case KO_PROM_INFO:
        return value == 1;
    case KO_PROM_STATESET: {
        bool named = false;
        for (size_t i = 0; i < line->labels.n; i++)
            named = named || ko_str_eq(line->labels.v[i].key, om->family.name);
        return named && (value == 0 || value == 1);
    }
    case KO_PROM_UNKNOWN:
    case KO_PROM_GAUGE:
        break;
    }
    return true;
}

static size_t characters(const struct ko_record *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct ko_str parts[] = {r->v[i].key, r->v[i].value};
        for (size_t k = 0; k < 2; k++) {
            for (struct ko_str s = parts[k]; s.n > 0; n++) {
                uint32_t cp;
                s = ko_str_skip(s, ko_utf8_next(s, &cp));
            }
        }
    }
    return n;
}

static bool check_exemplar(const struct ko_openmetrics *om,
                           const struct ko_prom_line *line, enum ko_prom_part part)
{
    double value;
    ko_time time;
    bool may = (om->family.type == KO_PROM_COUNTER && part == KO_PROM_TOTAL) ||
               (is_histogram(om->family.type) && part == KO_PROM_BUCKET);
    return may && ko_sample_number(line->exemplar_value, &value) &&
           (line->exemplar_time.n == 0 ||
            ko_prom_time(line->exemplar_time, KO_PROM_SECONDS, &time)) &&
           characters(&line->exemplar) <= EXEMPLAR_CHARS_MAX;
}

/* ---- order ---- */

/* Label sets stand together, and in each time goes on; a new one ends a histogram. */
static enum ko_status check_order(struct ko_openmetrics *om,
                                  const struct ko_prom_line *line, bool *io_ok)
{
    struct ko_buf key;
    struct ko_str skip = is_histogram(om->family.type)         ? KO_STR("le")
                         : om->family.type == KO_PROM_SUMMARY  ? KO_STR("quantile")
                         : om->family.type == KO_PROM_STATESET ? om->family.name
                                                               : KO_STR("");
    uint32_t fresh = (uint32_t)om->groups.n, group = fresh;
    ko_time time = 0;
    bool has_time = line->time.n > 0;
    ko_buf_init(&key, KO_BUF_MAX);
    enum ko_status st = ko_sample_series(om->arena, &key, &line->labels, skip);
    if (st == KO_OK)
        st = key.status != KO_OK
                 ? key.status
                 : ko_map_put(&om->groups, ko_buf_str(&key), fresh, &group);
    ko_buf_release(&key);
    if (has_time && !ko_prom_time(line->time, KO_PROM_SECONDS, &time))
        *io_ok = false;
    bool same = om->has_samples && group == om->group;
    if (!same)
        *io_ok = *io_ok && group == fresh;
    else
        *io_ok = *io_ok && has_time == om->has_time &&
                 (time >= om->time || time == KO_TIME_NONE);
    if (!same || time != om->time) {
        *io_ok = ko_openmetrics_end(om) && *io_ok;
        om->histogram = (struct ko_om_histogram){0};
    }
    om->group = group;
    om->has_time = has_time;
    om->time = time;
    return st;
}

static bool belongs(const struct ko_openmetrics *om, struct ko_str name,
                    enum ko_prom_part *ret)
{
    static const struct {
        const char *suffix;
        enum ko_prom_part part;
    } parts[] = {{"", KO_PROM_VALUE},          {"_total", KO_PROM_TOTAL},
                 {"_bucket", KO_PROM_BUCKET},  {"_sum", KO_PROM_SUM},
                 {"_gsum", KO_PROM_SUM},       {"_count", KO_PROM_COUNT},
                 {"_gcount", KO_PROM_COUNT},   {"_info", KO_PROM_IS_INFO},
                 {"_created", KO_PROM_CREATED}};
    const char *const *suffix = ko_prom_suffixes(om->family.type);
    if (om->n == 0 || !ko_str_starts(name, om->family.name))
        return false;
    struct ko_str end = ko_str_skip(name, om->family.name.n);
    while (*suffix != NULL && !ko_str_eq(end, ko_str(*suffix)))
        suffix++;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (ko_str_eq(end, ko_str(parts[i].suffix)))
            *ret = parts[i].part;
    }
    return *suffix != NULL;
}

enum ko_status ko_openmetrics_sample(struct ko_openmetrics *om,
                                     const struct ko_prom_line *line, bool *ret_ok)
{
    enum ko_prom_part part = KO_PROM_VALUE;
    enum ko_status st = KO_OK;
    double value;
    *ret_ok = ko_sample_number(line->value, &value);
    if (!*ret_ok)
        return KO_OK;
    if (!belongs(om, line->name, &part)) {
        part = KO_PROM_VALUE;
        st = begin_family(om, line->name, ret_ok);
    }
    if (st == KO_OK)
        st = check_order(om, line, ret_ok);
    om->has_samples = true;
    if (st != KO_OK)
        return st;
    *ret_ok = check_value(om, line, part, value) && *ret_ok;
    if (line->has_exemplar)
        *ret_ok = check_exemplar(om, line, part) && *ret_ok;
    return KO_OK;
}
