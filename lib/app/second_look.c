/* second_look.c: what only shows when all exports are read: the same one twice, clocks
 * that do not fit, dates read in the wrong order, lists that begin late. */
#include "app/second_look.h"

#include "event/zone.h"
#include "read/date_order.h"
#include "reduce/compare.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* A list of so many rows, or a multiple of them, may be a page. */
enum { PAGE_ROWS = 100, LATE_PERCENT = 10 };

enum { SAID_BYTES = 320 };

static enum ko_status print(struct ko_arena *arena, struct ko_str *ret, const char *fmt,
                            ...) KO_PRINTF(3, 4);

static enum ko_status print(struct ko_arena *arena, struct ko_str *ret, const char *fmt,
                            ...)
{
    char text[SAID_BYTES];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return ko_str_copy(arena, ko_str(text), ret);
}

static bool is_read(const struct ko_look *look, size_t i)
{
    return !look->files[i].repeated && look->ledgers[i].records > 0;
}

/* ---- the same export twice ---- */

struct order {
    const struct ko_look *look;
    size_t *v; /* files, those that are kept in doubt first */
};

static int by_worth(const void *pa, const void *pb, void *ctx)
{
    const struct ko_look *look = ctx;
    size_t a = *(const size_t *)pa, b = *(const size_t *)pb;
    uint64_t x = look->marks[a].n, y = look->marks[b].n;
    if (x != y)
        return x > y ? -1 : 1;
    return ko_str_cmp(ko_str(look->files[a].path), ko_str(look->files[b].path));
}

static enum ko_status make_order(const struct ko_look *look, struct order *ret)
{
    *ret = (struct order){look, ko_arena_alloc(look->arena, look->n, sizeof *ret->v)};
    if (ret->v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < look->n; i++)
        ret->v[i] = i;
    if (look->n > 1)
        qsort_r(ret->v, look->n, sizeof *ret->v, by_worth, (void *)look);
    return KO_OK;
}

static bool same_bytes(const struct ko_look *look, size_t a, size_t b)
{
    const struct ko_ledger *x = &look->ledgers[a], *y = &look->ledgers[b];
    return x->hash == y->hash && x->bytes == y->bytes && x->bytes > 0;
}

static bool holds(const struct ko_look *look, size_t whole, size_t part)
{
    if (look->files[whole].normal != look->files[part].normal)
        return false;
    return same_bytes(look, whole, part) ||
           ko_twin_holds(&look->marks[whole], &look->marks[part]);
}

static enum ko_status drop(struct ko_look *look, size_t part, size_t whole,
                           bool *ret_reread)
{
    const char *what = same_bytes(look, whole, part) ? "content" : "records";
    if (!look->can_reread)
        return ko_ledger_remark(&look->ledgers[part],
                                "same %s as %s: counted twice, since a pipe cannot be "
                                "read again",
                                what, look->files[whole].path);
    look->files[part].repeated = true;
    *ret_reread = true;
    return print(look->arena, &look->files[part].said, "same %s as %s: counted once",
                 what, look->files[whole].path);
}

static enum ko_status find_repeated(struct ko_look *look, bool *ret_reread)
{
    struct order order;
    enum ko_status st = make_order(look, &order);
    for (size_t i = 1; i < look->n && st == KO_OK; i++) {
        size_t part = order.v[i];
        for (size_t k = 0; k < i && st == KO_OK && is_read(look, part); k++) {
            if (is_read(look, order.v[k]) && holds(look, order.v[k], part))
                st = drop(look, part, order.v[k], ret_reread);
        }
    }
    return st;
}

/* ---- clocks ---- */

static bool is_assumed(const struct ko_ledger *l)
{
    return ko_str_ends(l->zone, KO_STR("(assumed)"));
}

/* Exports whose zone is known, other than a healthy time. */
static enum ko_status references(const struct ko_look *look, const struct ko_marks ***ret,
                                 size_t *ret_n)
{
    *ret_n = 0;
    *ret = ko_arena_alloc(look->arena, look->n, sizeof **ret);
    if (*ret == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < look->n; i++) {
        if (is_read(look, i) && look->ledgers[i].zone.n > 0 &&
            !is_assumed(&look->ledgers[i]))
            (*ret)[(*ret_n)++] = &look->marks[i];
    }
    return KO_OK;
}

enum { ZONE_BYTES = sizeof "+00:00" };

static void write_zone(ko_dur shift, char *text)
{
    int64_t minutes = shift / KO_MINUTE;
    char sign = minutes < 0 ? '-' : '+';
    unsigned m = (unsigned)(minutes < 0 ? -minutes : minutes);
    (void)snprintf(text, ZONE_BYTES, "%c%02u:%02u", sign, m / 60 % 24, m % 60);
}

static enum ko_status repair(struct ko_look *look, size_t i,
                             const struct ko_clock_fit *fit, const char *zone)
{
    struct ko_ingest_file *f = &look->files[i];
    f->read.zone_why = KO_STR("fits the other exports");
    enum ko_status st = ko_zone_open(look->arena, ko_str(zone), &f->read.zone, NULL);
    return st != KO_OK ? st
                       : print(look->arena, &f->said,
                               "its times name no zone: read as %s, since %zu of its ids "
                               "and records fit the other exports then, and at any other "
                               "shift at most %zu; --tz FILE=ZONE says otherwise",
                               zone, fit->votes, fit->rival);
}

static enum ko_status judge_clock(struct ko_look *look, size_t i,
                                  const struct ko_clock_fit *fit, bool *ret_reread)
{
    struct ko_ledger *l = &look->ledgers[i];
    char zone[ZONE_BYTES];
    write_zone(fit->shift, zone);
    if (fit->sure && fit->shift == 0) {
        l->zone = KO_STR("UTC (fits the other exports)");
        return KO_OK;
    }
    if (fit->sure && look->can_reread && ko_str_eq(l->zone, KO_STR("UTC (assumed)"))) {
        *ret_reread = true;
        return repair(look, i, fit, zone);
    }
    bool worth_saying =
        fit->votes >= KO_CLOCK_SAID && fit->shift != 0 && fit->rival <= fit->votes / 2;
    return !worth_saying
               ? KO_OK
               : ko_ledger_remark(l,
                                  "its times name no zone and were read as UTC; %zu of "
                                  "its ids and records fit the other exports if it is "
                                  "%s, %zu at another shift: use --tz FILE=%s if that "
                                  "is so",
                                  fit->votes, zone, fit->rival, zone);
}

static enum ko_status find_clocks(struct ko_look *look, bool *ret_reread)
{
    const struct ko_marks **others;
    size_t n;
    enum ko_status st = references(look, &others, &n);
    for (size_t i = 0; i < look->n && st == KO_OK && n > 0; i++) {
        struct ko_clock_fit fit;
        if (!is_read(look, i) || !is_assumed(&look->ledgers[i]))
            continue;
        ko_clock_compare(&look->marks[i], others, n, &fit);
        st = judge_clock(look, i, &fit, ret_reread);
    }
    return st;
}

/* ---- day or month first ---- */

static void find_date_orders(struct ko_look *look, bool *ret_reread)
{
    for (size_t i = 0; i < look->n && look->can_reread; i++) {
        if (!is_read(look, i) || !ko_date_rule_is_wrong(&look->ledgers[i]))
            continue;
        look->files[i].read.dates = KO_DATE_DAY_FIRST;
        *ret_reread = true;
    }
}

/* ---- lists that begin late ---- */

/* From the first to the last record of the other exports. */
static bool span_of_others(const struct ko_look *look, size_t but, ko_time *ret_first,
                           ko_time *ret_last)
{
    bool any = false;
    for (size_t i = 0; i < look->n; i++) {
        const struct ko_ledger *l = &look->ledgers[i];
        if (i == but || !is_read(look, i) || look->files[i].normal ||
            look->marks[i].n == 0 || l->first == KO_TIME_NONE)
            continue;
        *ret_first = !any || l->first < *ret_first ? l->first : *ret_first;
        *ret_last = !any || l->last > *ret_last ? l->last : *ret_last;
        any = true;
    }
    return any;
}

static bool begins_late(const struct ko_look *look, size_t i)
{
    const struct ko_ledger *l = &look->ledgers[i];
    ko_time first = KO_TIME_NONE, last = KO_TIME_NONE;
    if (!l->newest_first || l->capped || l->rows % PAGE_ROWS != 0 || !is_read(look, i) ||
        !span_of_others(look, i, &first, &last))
        return false;
    return l->first > first && l->first - first > (last - first) / 100 * LATE_PERCENT;
}

static enum ko_status find_late(struct ko_look *look)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < look->n && st == KO_OK; i++) {
        if (!begins_late(look, i))
            continue;
        look->ledgers[i].capped = true;
        st = ko_ledger_remark(&look->ledgers[i],
                              "looks truncated at %llu rows, newest first: it begins "
                              "after the other exports; earlier onset may be hidden",
                              (unsigned long long)look->ledgers[i].rows);
    }
    return st;
}

enum ko_status ko_second_look(struct ko_look *look, bool *ret_reread)
{
    *ret_reread = false;
    find_date_orders(look, ret_reread);
    enum ko_status st = *ret_reread ? KO_OK : find_clocks(look, ret_reread);
    if (st == KO_OK)
        st = find_repeated(look, ret_reread);
    return st == KO_OK && !*ret_reread ? find_late(look) : st;
}
