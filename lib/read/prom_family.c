/* prom_family.c: what the comments of Prometheus' text formats say of their metrics. */
#include "read/prom_family.h"

static const struct {
    struct ko_str word;
    enum ko_prom_type type;
} types[] = {
    {KO_STR_INIT("unknown"), KO_PROM_UNKNOWN},
    {KO_STR_INIT("counter"), KO_PROM_COUNTER},
    {KO_STR_INIT("gauge"), KO_PROM_GAUGE},
    {KO_STR_INIT("histogram"), KO_PROM_HISTOGRAM},
    {KO_STR_INIT("gaugehistogram"), KO_PROM_GAUGE_HISTOGRAM},
    {KO_STR_INIT("summary"), KO_PROM_SUMMARY},
    {KO_STR_INIT("info"), KO_PROM_INFO},
    {KO_STR_INIT("stateset"), KO_PROM_STATESET},
};

static const struct {
    struct ko_str end;
    enum ko_prom_part part;
} ends[] = {
    {KO_STR_INIT("_total"), KO_PROM_TOTAL},     {KO_STR_INIT("_bucket"), KO_PROM_BUCKET},
    {KO_STR_INIT("_gsum"), KO_PROM_SUM},        {KO_STR_INIT("_gcount"), KO_PROM_COUNT},
    {KO_STR_INIT("_sum"), KO_PROM_SUM},         {KO_STR_INIT("_count"), KO_PROM_COUNT},
    {KO_STR_INIT("_created"), KO_PROM_CREATED}, {KO_STR_INIT("_info"), KO_PROM_IS_INFO},
};

void ko_prom_families_init(struct ko_prom_families *f, struct ko_arena *arena)
{
    *f = (struct ko_prom_families){.arena = arena};
    ko_map_init(&f->index, 0);
}

void ko_prom_families_release(struct ko_prom_families *f)
{
    ko_map_release(&f->index);
}

enum ko_status ko_prom_family(struct ko_prom_families *f, struct ko_str name,
                              struct ko_prom_family **ret)
{
    uint32_t fresh = (uint32_t)f->list.n, at = 0;
    enum ko_status st = ko_map_put(&f->index, name, fresh, &at);
    if (st != KO_OK)
        return st;
    if (at != fresh) {
        *ret = &f->list.v[at];
        return KO_OK;
    }
    KO_LIST_ADD(f->arena, &f->list, *ret);
    return *ret == NULL ? KO_ENOMEM : ko_str_copy(f->arena, name, &(*ret)->name);
}

static bool has_suffix(enum ko_prom_type type, struct ko_str end)
{
    const char *const *suffix = ko_prom_suffixes(type);
    while (*suffix != NULL && !ko_str_eq(ko_str(*suffix), end))
        suffix++;
    return *suffix != NULL;
}

const struct ko_prom_family *ko_prom_family_of(const struct ko_prom_families *f,
                                               struct ko_str sample,
                                               struct ko_str *ret_stem,
                                               enum ko_prom_part *ret_part)
{
    uint32_t at;
    *ret_stem = sample;
    *ret_part = KO_PROM_VALUE;
    bool own = ko_map_get(&f->index, sample, &at);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!ko_str_ends(sample, ends[i].end) || sample.n == ends[i].end.n)
            continue;
        struct ko_str stem = ko_str_sub(sample, 0, sample.n - ends[i].end.n);
        uint32_t of_stem;
        bool known = ko_map_get(&f->index, stem, &of_stem);
        if (known && !has_suffix(f->list.v[of_stem].type, ends[i].end))
            continue;
        if (own && !known)
            break; /* "# TYPE http_requests_total counter", as Prometheus has it */
        *ret_stem = stem;
        *ret_part = ends[i].part;
        return known ? &f->list.v[of_stem] : NULL;
    }
    return own ? &f->list.v[at] : NULL;
}

bool ko_prom_type_of(struct ko_str word, enum ko_prom_type *ret)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!ko_str_eq(types[i].word, word))
            continue;
        *ret = types[i].type;
        return true;
    }
    return false;
}

const char *const *ko_prom_suffixes(enum ko_prom_type type)
{
    static const char *const plain[] = {"", NULL};
    static const char *const counter[] = {"_total", "_created", NULL};
    static const char *const histogram[] = {"_bucket", "_sum", "_count", "_created",
                                            NULL};
    static const char *const gauges[] = {"_bucket", "_gsum", "_gcount", NULL};
    static const char *const summary[] = {"", "_sum", "_count", "_created", NULL};
    static const char *const info[] = {"_info", NULL};
    switch (type) {
    case KO_PROM_COUNTER:
        return counter;
    case KO_PROM_HISTOGRAM:
        return histogram;
    case KO_PROM_GAUGE_HISTOGRAM:
        return gauges;
    case KO_PROM_SUMMARY:
        return summary;
    case KO_PROM_INFO:
        return info;
    case KO_PROM_UNKNOWN:
    case KO_PROM_GAUGE:
    case KO_PROM_STATESET:
        break;
    }
    return plain;
}
