/* ingest_reading.c: the options that say how to read which file. */
#include "app/ingest_options.h"

#include "app/suggest.h"
#include "app/tools.h"
#include "base/num.h"
#include "event/zone.h"
#include "read/formats.h"
#include "read/roles.h"

/* [FILE=]VALUE in its parts. */
struct assignment {
    struct ko_str file, value; /* file empty: all */
};

static struct assignment split(const char *text)
{
    struct ko_str s = ko_str(text);
    size_t eq;
    if (!ko_str_rchr(s, '=', &eq))
        return (struct assignment){.value = s};
    return (struct assignment){ko_str_sub(s, 0, eq), ko_str_skip(s, eq + 1)};
}

/* Is ${file} the path or its last part? */
static bool names(struct ko_str file, const char *path)
{
    struct ko_str p = ko_str(path);
    size_t slash;
    if (file.n == 0 || ko_str_eq(file, p))
        return true;
    return ko_str_rchr(p, '/', &slash) && ko_str_eq(file, ko_str_skip(p, slash + 1));
}

/* KO_DATE_CLEAR: not an order. */
static enum ko_date_order date_order(struct ko_str s)
{
    if (ko_str_eq(s, KO_STR("dmy")))
        return KO_DATE_DAY_FIRST;
    return ko_str_eq(s, KO_STR("mdy")) ? KO_DATE_MONTH_FIRST : KO_DATE_CLEAR;
}

static void assign(struct ko_ingest_file *f, int id, struct ko_str value,
                   const struct ko_zone *zone)
{
    if (id == KO_OPT_TZ)
        f->read.zone = zone;
    else if (id == KO_OPT_DATES)
        f->read.dates = date_order(value);
    else
        f->read.format = value;
}

/* What is said of one file beats what is said of all, so that is done ${for_all} first.
 */
static bool apply(struct ko_run *run, struct ko_ingest *ing, const struct ko_arg *arg,
                  bool for_all)
{
    struct assignment a = split(arg->value);
    if ((a.file.n == 0) != for_all)
        return true;
    const struct ko_zone *zone = NULL;
    struct ko_err err = {0};
    if (arg->id == KO_OPT_TZ &&
        ko_zone_open(&ing->arena, a.value, &zone, &err) != KO_OK) {
        ko_run_usage(run, "--tz: %s", err.text);
        return false;
    }
    bool met = for_all;
    for (size_t i = 0; i < ing->files.n; i++) {
        if (!names(a.file, ing->files.v[i].path))
            continue;
        assign(&ing->files.v[i], arg->id, a.value, zone);
        met = true;
    }
    if (!met)
        ko_run_usage(run, "no file '%.*s' is read", KO_ARG(a.file));
    return met;
}

static bool known_format(struct ko_run *run, const char *text)
{
    struct ko_str name = split(text).value;
    struct ko_suggest near = {0};
    if (ko_format_find(name) != NULL)
        return true;
    for (size_t i = 0; i < ko_formats_n; i++)
        ko_suggest_try(&near, name, ko_str(ko_formats[i].name));
    if (near.best.n)
        ko_run_usage(run, "no format '%.*s'; did you mean %.*s?", KO_ARG(name),
                     KO_ARG(near.best));
    else
        ko_run_usage(run, "no format '%.*s'; man knockon-formats lists them",
                     KO_ARG(name));
    return false;
}

static bool known_order(struct ko_run *run, const char *text)
{
    if (date_order(split(text).value) != KO_DATE_CLEAR)
        return true;
    ko_run_usage(run, "--dates takes dmy or mdy, not '%.*s'", KO_ARG(split(text).value));
    return false;
}

/* Options of the shape [FILE=]VALUE. */
static bool is_of_files(int id)
{
    return id == KO_OPT_FORMAT || id == KO_OPT_TZ || id == KO_OPT_DATES;
}

static bool apply_all(struct ko_run *run, struct ko_ingest *ing, bool for_all)
{
    for (size_t i = 0; i < run->args.given.n; i++) {
        const struct ko_arg *arg = &run->args.given.v[i];
        if (arg->id == KO_OPT_FORMAT && !known_format(run, arg->value))
            return false;
        if (arg->id == KO_OPT_DATES && !known_order(run, arg->value))
            return false;
        if (is_of_files(arg->id) && !apply(run, ing, arg, for_all))
            return false;
    }
    return true;
}

/* Every pair of "time=ts,service=svc" names a field that exists. */
static bool known_fields(struct ko_run *run, struct ko_str map)
{
    struct ko_str pair;
    while (map.n != 0 && ko_str_cut(&map, ',', &pair)) {
        size_t eq;
        if (!ko_str_chr(pair, '=', &eq)) {
            ko_run_usage(run, "--field takes FIELD=COLUMN, not '%.*s'", KO_ARG(pair));
            return false;
        }
        if (!ko_role_is_known(ko_str_sub(pair, 0, eq))) {
            ko_run_usage(run, "--field: no field '%.*s'; man knockon-formats lists them",
                         KO_ARG(ko_str_sub(pair, 0, eq)));
            return false;
        }
    }
    return true;
}

bool ko_ingest_fields_met(struct ko_run *run, uint64_t met)
{
    struct ko_str map = ko_str(ko_args_last(&run->args, KO_OPT_FIELD)), pair;
    for (unsigned i = 0; i < 64 && map.n != 0 && ko_str_cut(&map, ',', &pair); i++) {
        size_t eq;
        if ((met >> i & 1) != 0 || !ko_str_chr(pair, '=', &eq))
            continue;
        ko_run_usage(run, "--field: no export has a column '%.*s'",
                     KO_ARG(ko_str_skip(pair, eq + 1)));
        return false;
    }
    return true;
}

/* "500M", "4G", "65536". */
static bool read_size(struct ko_str s, uint64_t *ret)
{
    static const char units[] = "KMGT";
    unsigned shift = 0;
    int64_t n;
    for (unsigned i = 0; s.n > 0 && units[i] != '\0'; i++) {
        if (ko_char_lower(s.p[s.n - 1]) == ko_char_lower(units[i]))
            shift = 10 * (i + 1);
    }
    if (shift != 0)
        s.n--;
    if (ko_num_int(s, &n) != KO_OK || n <= 0 || n > INT64_MAX >> shift)
        return false;
    *ret = (uint64_t)n << shift;
    return true;
}

/* The size that option ${id} gives; 0 where it is not given. */
static bool read_size_option(struct ko_run *run, int id, const char *name, uint64_t *ret)
{
    const char *text = ko_args_last(&run->args, id);
    *ret = 0;
    if (text == NULL || read_size(ko_str(text), ret))
        return true;
    ko_run_usage(run, "--%s takes a size such as 500M or 4G, not '%s'", name, text);
    return false;
}

static bool read_limits(struct ko_run *run, struct ko_ingest *ing)
{
    uint64_t expanded, piece;
    if (!read_size_option(run, KO_OPT_MAX_EXPANDED, "max-expanded", &expanded) ||
        !read_size_option(run, KO_OPT_PIECE_BYTES, "piece-bytes", &piece))
        return false;
    for (size_t i = 0; i < ing->files.n; i++) {
        ing->files.v[i].read.expanded_max_bytes = expanded;
        ing->files.v[i].read.piece_bytes = (size_t)piece;
    }
    return true;
}

/* More threads than this wait for the one that reads more than they do. */
enum { THREADS_USUAL_MAX = 16, THREADS_MAX = 64 };

static bool read_threads(struct ko_run *run, struct ko_ingest *ing)
{
    const char *text = ko_args_last(&run->args, KO_OPT_THREADS);
    size_t cores = run->io->cores;
    int64_t n = 0;
    ing->threads = cores < THREADS_USUAL_MAX ? cores : THREADS_USUAL_MAX;
    if (text == NULL)
        return true;
    if (ko_num_int(ko_str(text), &n) != KO_OK || n < 1 || n > THREADS_MAX) {
        ko_run_usage(run, "--threads takes a number from 1 to %d, not '%s'", THREADS_MAX,
                     text);
        return false;
    }
    ing->threads = (size_t)n;
    return true;
}

/* Program, buffers and case; the least with which an export of some services fits. */
#define MEMORY_BASE ((uint64_t)16 << 20)
#define MEMORY_MIN ((uint64_t)32 << 20)
/* Of one reducer with the usual limits, at the worst. */
#define MEMORY_USUAL ((uint64_t)768 << 20)

/* What is told apart must not depend on the number of threads: a reducer has a third of
 * the memory, so that there may be two and one more into which they are merged. */
static bool read_memory(struct ko_run *run, struct ko_ingest *ing)
{
    uint64_t max;
    if (!read_size_option(run, KO_OPT_MAX_MEMORY, "max-memory", &max))
        return false;
    if (max == 0)
        return true;
    if (max < MEMORY_MIN) {
        ko_run_usage(run, "--max-memory takes at least %dM", (int)(MEMORY_MIN >> 20));
        return false;
    }
    uint64_t each = (max - MEMORY_BASE) / 3;
    ko_reduce_options_memory(&ing->reduce, (size_t)each);
    each = each < MEMORY_USUAL ? each : MEMORY_USUAL;
    size_t threads = (size_t)((max - MEMORY_BASE) / each - 1);
    ing->threads = ing->threads < threads ? ing->threads : threads;
    return true;
}

bool ko_ingest_reading(struct ko_run *run, struct ko_ingest *ing)
{
    struct ko_str map = ko_str(ko_args_last(&run->args, KO_OPT_FIELD));
    for (size_t i = 0; i < ing->files.n; i++) {
        ing->files.v[i].read.now = run->io->now;
        if (ing->reduce.at >= KO_DAY)
            ing->files.v[i].read.at = ing->reduce.at;
        ing->files.v[i].read.field_map = map;
    }
    return read_limits(run, ing) && read_threads(run, ing) && read_memory(run, ing) &&
           known_fields(run, map) && apply_all(run, ing, true) &&
           apply_all(run, ing, false);
}
