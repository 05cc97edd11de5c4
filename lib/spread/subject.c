/* subject.c: what can have an onset: a series or a log template, in one order and form.
 */
#include "spread/subject.h"

#include "base/stat.h"
#include "spread/baseline.h"
#include "spread/words.h"

#include <math.h>
#include <stdlib.h>

/* A message seen less often tells nothing by its rate. */
enum { RECORDS_MIN = 3 };

/* The names are copied beside the subject for the comparison. */
struct keyed {
    struct ko_subject s;
    struct ko_str entity, caller, source;
};

static int cmp_keyed(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    int order = ko_str_cmp(x->entity, y->entity);
    order = order != 0 ? order : ko_str_cmp(x->caller, y->caller);
    order = order != 0 ? order : (x->s.tpl != NULL) - (y->s.tpl != NULL);
    order = order != 0 ? order : ko_str_cmp(x->s.signal, y->s.signal);
    order = order != 0 ? order : ko_str_cmp(x->source, y->source);
    const void *p = x->s.tpl != NULL ? (const void *)x->s.tpl : x->s.series;
    const void *q = y->s.tpl != NULL ? (const void *)y->s.tpl : y->s.series;
    return order != 0 ? order : (p > q) - (p < q);
}

static size_t numbers_in_window(const struct ko_case *c, const ko_nums *v)
{
    size_t n = (size_t)c->head.buckets;
    return v->n < n ? v->n : n;
}

static struct keyed of_series(const struct ko_case *c, const struct ko_series *s)
{
    struct keyed k = {.entity = ko_case_name(c, s->entity),
                      .caller = ko_case_name(c, s->caller),
                      .source = s->source};
    k.s = (struct ko_subject){.series = s,
                              .entity = s->entity,
                              .caller = s->caller,
                              .signal = s->signal,
                              .cls = s->cls,
                              .v = s->v.v,
                              .n = numbers_in_window(c, &s->v),
                              .event = ko_baseline_event(s),
                              .ratio = s->cls == KO_CLASS_LATENCY};
    return k;
}

static struct keyed of_template(const struct ko_case *c, const struct ko_template *t)
{
    struct keyed k = {.entity = ko_case_name(c, t->entity), .source = t->row};
    k.s = (struct ko_subject){.tpl = t,
                              .entity = t->entity,
                              .caller = KO_NO_ENTITY,
                              .signal = t->text,
                              .cls = (int)ko_words_class(t),
                              .v = t->v.v,
                              .n = numbers_in_window(c, &t->v),
                              .event = 1};
    return k;
}

static enum ko_status collect(const struct ko_case *c, struct ko_arena *scratch,
                              struct keyed **ret, size_t *ret_n)
{
    size_t room = c->series.n + c->templates.n;
    struct keyed *k = ko_arena_alloc(scratch, room + 1, sizeof *k);
    if (k == NULL)
        return KO_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < c->series.n; i++) {
        if (!c->series.v[i].normal)
            k[n++] = of_series(c, &c->series.v[i]);
    }
    for (size_t i = 0; i < c->templates.n; i++) {
        if (c->templates.v[i].count >= RECORDS_MIN)
            k[n++] = of_template(c, &c->templates.v[i]);
    }
    qsort(k, n, sizeof *k, cmp_keyed);
    *ret = k;
    *ret_n = n;
    return KO_OK;
}

/* Text that names one series: entity, caller and signal apart by a byte no name has. */
static enum ko_status series_key(const struct ko_series *s, struct ko_buf *key)
{
    ko_buf_reset(key);
    ko_buf_printf(key, "%u\n%u\n", (unsigned)s->entity, (unsigned)s->caller);
    ko_buf_put(key, s->signal);
    return key->status;
}

/* Series by key: index of the first one. */
static enum ko_status index_series(const struct ko_case *c, bool normal, struct ko_map *m)
{
    struct ko_buf key;
    ko_buf_init(&key, KO_BUF_MAX);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->series.n && st == KO_OK; i++) {
        uint32_t at = 0;
        if (c->series.v[i].normal != normal)
            continue;
        st = series_key(&c->series.v[i], &key);
        if (st == KO_OK)
            st = ko_map_put(m, ko_buf_str(&key), (uint32_t)i, &at);
    }
    ko_buf_release(&key);
    return st;
}

static enum ko_status find_series(const struct ko_case *c, const struct ko_map *m,
                                  const struct ko_series *like,
                                  const struct ko_series **ret)
{
    struct ko_buf key;
    ko_buf_init(&key, KO_BUF_MAX);
    enum ko_status st = series_key(like, &key);
    uint32_t at = 0;
    *ret = NULL;
    if (st == KO_OK && ko_map_get(m, ko_buf_str(&key), &at))
        *ret = &c->series.v[at];
    ko_buf_release(&key);
    return st;
}

/* ${s} as if every bucket had the median number of requests. */
static enum ko_status per_request(struct ko_subject *s, const struct ko_series *requests,
                                  struct ko_arena *scratch)
{
    double *v = ko_arena_alloc(scratch, s->n + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    double usual =
        ko_stat_median(requests->v.v, requests->v.n < s->n ? requests->v.n : s->n, v);
    for (size_t i = 0; i < s->n; i++) {
        double now = i < requests->v.n ? requests->v.v[i] : NAN;
        v[i] = now > usual && usual > 0 ? s->v[i] * usual / now : s->v[i];
    }
    s->v = v;
    return KO_OK;
}

/* A message is only absent where the lines of its entity are counted. */
static enum ko_status where_covered(struct ko_subject *s, const struct ko_series *lines,
                                    struct ko_arena *scratch)
{
    double *v = ko_arena_alloc(scratch, s->n + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < s->n; i++) {
        bool covered = i < lines->v.n && !isnan(lines->v.v[i]);
        v[i] = covered || s->v[i] > 0 ? s->v[i] : NAN;
    }
    s->v = v;
    return KO_OK;
}

static enum ko_status relate(const struct ko_case *c, const struct ko_map *window,
                             const struct ko_map *healthy, struct ko_arena *scratch,
                             struct ko_subject *s)
{
    struct ko_series like = {
        .entity = s->entity, .caller = s->caller, .signal = s->signal};
    const struct ko_series *found;
    if (find_series(c, healthy, &like, &found) != KO_OK)
        return KO_ENOMEM;
    if (found != NULL && s->series != NULL) {
        s->normal = found->v.v;
        s->n_normal = found->v.n;
    }
    like.signal = KO_STR("log_lines");
    if (s->tpl != NULL && find_series(c, window, &like, &found) != KO_OK)
        return KO_ENOMEM;
    if (s->tpl != NULL && found != NULL && where_covered(s, found, scratch) != KO_OK)
        return KO_ENOMEM;
    if (s->cls == KO_CLASS_LOAD || s->event == 0)
        return KO_OK;
    like.signal = KO_STR("requests");
    if (find_series(c, window, &like, &found) != KO_OK)
        return KO_ENOMEM;
    return found != NULL ? per_request(s, found, scratch) : KO_OK;
}

static enum ko_status relate_all(const struct ko_case *c, struct ko_arena *scratch,
                                 ko_subjects *list)
{
    struct ko_map window, healthy;
    ko_map_init(&window, 0);
    ko_map_init(&healthy, 0);
    enum ko_status st = index_series(c, false, &window);
    if (st == KO_OK)
        st = index_series(c, true, &healthy);
    for (size_t i = 0; i < list->n && st == KO_OK; i++)
        st = relate(c, &window, &healthy, scratch, &list->v[i]);
    ko_map_release(&window);
    ko_map_release(&healthy);
    return st;
}

enum ko_status ko_subject_list(struct ko_case *c, struct ko_arena *scratch,
                               ko_subjects *ret)
{
    struct keyed *keyed;
    size_t n;
    if (collect(c, scratch, &keyed, &n) != KO_OK)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        struct ko_subject *s;
        KO_LIST_ADD(scratch, ret, s);
        if (s == NULL)
            return KO_ENOMEM;
        *s = keyed[i].s;
    }
    return relate_all(c, scratch, ret);
}
