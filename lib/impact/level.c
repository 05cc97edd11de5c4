/* level.c: the level of a signal before and during the incident. */
#include "impact/level.h"

#include <math.h>

bool ko_words_in(const char *words, struct ko_str text)
{
    struct ko_str rest = ko_str(words), alternative, word;
    while (ko_str_cut(&rest, '|', &alternative)) {
        bool all = true;
        size_t at;
        while (all && ko_str_cut(&alternative, '+', &word))
            all = ko_str_ifind(text, word, &at);
        if (all)
            return true;
    }
    return false;
}

/* The entity's own series of the window called ${signal}; NULL if there is none. */
static const struct ko_series *series_of(const struct ko_case *c, uint32_t entity,
                                         struct ko_str signal)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->entity == entity && s->caller == KO_NO_ENTITY && !s->normal &&
            ko_str_eq(s->signal, signal))
            return s;
    }
    return NULL;
}

static void level_init(struct ko_level *l)
{
    *l = (struct ko_level){
        .before = NAN, .during = NAN, .part = NAN, .whole = NAN, .entity = KO_NO_ENTITY};
}

/* Two sums that a ratio is made of, before and during. */
struct sums {
    double part_before, whole_before, part, whole;
    size_t n; /* entities */
};

static void add(double *sum, double x)
{
    *sum += isnan(x) ? 0 : x;
}

static void add_sums(struct sums *sums, const struct ko_window *w, const ko_nums *part,
                     const ko_nums *whole)
{
    add(&sums->part_before, ko_span_sum(part, w->before));
    add(&sums->whole_before, ko_span_sum(whole, w->before));
    add(&sums->part, ko_span_sum(part, w->during));
    add(&sums->whole, ko_span_sum(whole, w->during));
}

static void set_ratio(struct ko_level *l, const struct sums *sums)
{
    l->part = sums->part;
    l->whole = sums->whole;
    l->during = sums->part / sums->whole;
    l->before = sums->whole_before > 0 ? sums->part_before / sums->whole_before : NAN;
    l->unit = KO_STR("ratio");
}

/* Whose series are added: of one entity, of those whose name holds one of some words; by
 * default of all. */
struct whose {
    uint32_t entity;
    const char *words;
};

static bool is_of(const struct ko_case *c, uint32_t entity, struct whose whose)
{
    if (whose.entity != KO_NO_ENTITY)
        return entity == whose.entity;
    return whose.words == NULL || ko_words_in(whose.words, ko_case_name(c, entity));
}

static bool ratio_of(const struct ko_case *c, const struct ko_window *w, const char *part,
                     const char *whole, struct whose whose, struct ko_level *ret)
{
    struct ko_level l;
    struct sums sums = {0};
    level_init(&l);
    l.signal = ko_str(part);
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal || s->caller != KO_NO_ENTITY || !ko_str_eq(s->signal, l.signal) ||
            !is_of(c, s->entity, whose))
            continue;
        const struct ko_series *all = series_of(c, s->entity, ko_str(whole));
        if (all == NULL)
            continue;
        add_sums(&sums, w, &s->v, &all->v);
        l.entity = sums.n++ == 0 ? s->entity : KO_NO_ENTITY;
        l.row = l.row.n == 0 ? s->source : l.row;
    }
    if (!(sums.whole > 0))
        return false;
    set_ratio(&l, &sums);
    *ret = l;
    return true;
}

bool ko_level_ratio(const struct ko_case *c, const struct ko_window *w, const char *part,
                    const char *whole, uint32_t entity, struct ko_level *ret)
{
    return ratio_of(c, w, part, whole, (struct whose){.entity = entity}, ret);
}

bool ko_level_failures(const struct ko_case *c, const struct ko_window *w,
                       const char *words, struct ko_level *ret)
{
    struct whose whose = {.entity = KO_NO_ENTITY, .words = words};
    return ratio_of(c, w, "errors", "requests", whose, ret);
}

/* What the numbers of a series count for. */
struct weight {
    const struct ko_series *by, *less; /* NULL: 1; nothing */
};

static double weight_at(const struct weight *w, int64_t i)
{
    double by = w->by != NULL && (size_t)i < w->by->v.n ? w->by->v.v[i] : 1;
    double less = w->less != NULL && (size_t)i < w->less->v.n ? w->less->v.v[i] : 0;
    return by - (isnan(less) ? 0 : less);
}

/* Add the weighted numbers of ${v} in ${span}. */
static void add_weighted(const ko_nums *v, const struct weight *weight,
                         struct ko_span span, double *sum, double *mass)
{
    for (int64_t i = span.from; i < span.to && (size_t)i < v->n; i++) {
        double by = weight_at(weight, i);
        if (isnan(v->v[i]) || !(by > 0))
            continue;
        *sum += v->v[i] * by;
        *mass += by;
    }
}

bool ko_level_mean(const struct ko_case *c, const struct ko_window *w, const char *signal,
                   const char *weight, const char *less, struct ko_level *ret)
{
    struct ko_level l;
    double before = 0, before_mass = 0, during = 0, during_mass = 0;
    size_t n = 0;
    level_init(&l);
    l.signal = ko_str(signal);
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal || s->caller != KO_NO_ENTITY ||
            !ko_str_eq(s->signal, ko_str(signal)))
            continue;
        const struct weight by = {series_of(c, s->entity, ko_str(weight)),
                                  less != NULL ? series_of(c, s->entity, ko_str(less))
                                               : NULL};
        add_weighted(&s->v, &by, w->before, &before, &before_mass);
        add_weighted(&s->v, &by, w->during, &during, &during_mass);
        l.entity = n++ == 0 ? s->entity : KO_NO_ENTITY;
        l.unit = s->unit;
        l.row = l.row.n == 0 ? s->source : l.row;
    }
    if (!(during_mass > 0))
        return false;
    l.during = during / during_mass;
    l.before = before_mass > 0 ? before / before_mass : NAN;
    *ret = l;
    return true;
}

/* How far it rose, comparable between series of any unit; unknown baselines come last. */
static double rise(const struct ko_level *l)
{
    if (!(l->before > 0))
        return isnan(l->before) ? -1 : l->during;
    return l->during / l->before;
}

/* The mean of ${s} over the requests of its entity. */
static bool over_requests(const struct ko_case *c, const struct ko_window *w,
                          const struct ko_series *s, struct ko_level *ret)
{
    const struct weight by = {series_of(c, s->entity, KO_STR("requests")), NULL};
    double before = 0, before_mass = 0, during = 0, during_mass = 0;
    struct ko_level l;
    level_init(&l);
    add_weighted(&s->v, &by, w->before, &before, &before_mass);
    add_weighted(&s->v, &by, w->during, &during, &during_mass);
    if (by.by == NULL || !(during_mass > 0))
        return false;
    l.during = during / during_mass;
    l.before = before_mass > 0 ? before / before_mass : NAN;
    l.entity = s->entity;
    l.signal = s->signal;
    l.unit = s->unit;
    l.row = s->source;
    *ret = l;
    return true;
}

/* Does it do the work itself, not let in, wait or store? */
static bool serves(const struct ko_entity *e)
{
    return e->kind == KO_KIND_SERVICE || e->kind == KO_KIND_VENDOR ||
           e->kind == KO_KIND_DESK;
}

static bool is_called(const struct ko_case *c, uint32_t entity, const char *words,
                      enum ko_entity_kind kind)
{
    const struct ko_entity *e = &c->entities.v[entity];
    bool meant = kind != KO_KIND_SERVICE && e->kind == (int)kind;
    return serves(e) && (meant || ko_words_in(words, e->name));
}

bool ko_level_service(const struct ko_case *c, const struct ko_window *w,
                      const char *words, enum ko_entity_kind kind, struct ko_level *ret)
{
    bool found = false;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        struct ko_level l;
        if (s->normal || s->caller != KO_NO_ENTITY ||
            !is_called(c, s->entity, words, kind) ||
            !ko_str_eq(s->signal, KO_STR("latency_mean")) ||
            !over_requests(c, w, s, &l) || (found && rise(&l) <= rise(ret)))
            continue;
        *ret = l;
        found = true;
    }
    return found;
}

static bool holds(const struct ko_case *c, const struct ko_series *s, const char *words)
{
    return ko_words_in(words, s->signal) ||
           ko_words_in(words, ko_case_name(c, s->entity));
}

bool ko_level_metric(const struct ko_case *c, const struct ko_window *w,
                     const char *words, enum ko_class cls, struct ko_level *ret)
{
    bool found = false;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal || s->caller != KO_NO_ENTITY ||
            (cls != KO_CLASS_OTHER && s->cls != (int)cls) || !holds(c, s, words))
            continue;
        struct ko_level l;
        level_init(&l);
        l.before = ko_span_mean(&s->v, w->before);
        l.during = ko_span_mean(&s->v, w->during);
        l.unit = s->unit;
        l.entity = s->entity;
        l.signal = s->signal;
        l.row = s->source;
        if (isnan(l.during) || (found && rise(&l) <= rise(ret)))
            continue;
        *ret = l;
        found = true;
    }
    return found;
}

/* Was a template of the same entity with the same words already met before ${index}? */
static bool entity_met(const struct ko_case *c, size_t index, const char *words)
{
    for (size_t i = 0; i < index; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (t->entity == c->templates.v[index].entity && t->op.n == 0 && !t->normal &&
            ko_words_in(words, t->text))
            return true;
    }
    return false;
}

static void set_rate(struct ko_level *l, const struct sums *sums,
                     const struct ko_window *w, ko_dur step)
{
    double minutes = (double)step / (double)KO_MINUTE;
    double n_before = (double)(w->before.to - w->before.from);
    double n_during = (double)(w->during.to - w->during.from);
    l->during = sums->part / (n_during * minutes);
    l->before = n_before > 0 ? sums->part_before / (n_before * minutes) : NAN;
    l->unit = KO_STR("a minute");
}

/* All records that hold ${of} as the whole; false when they are no more than the part. */
static bool whole_of_logged(const struct ko_case *c, const struct ko_window *w,
                            const char *of, struct sums *s)
{
    double before = 0, during = 0;
    for (size_t i = 0; i < c->templates.n && of != NULL; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (t->normal || t->op.n > 0 || !ko_words_in(of, t->text))
            continue;
        add(&before, ko_span_sum(&t->v, w->before));
        add(&during, ko_span_sum(&t->v, w->during));
    }
    if (before + during <= s->part_before + s->part || during < s->part ||
        before < s->part_before)
        return false;
    s->whole_before = before;
    s->whole = during;
    return true;
}

/* Where they are told of, when none is of the kind that is looked for. */
static void first_logged(const struct ko_case *c, const char *of, struct ko_level *l)
{
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (t->normal || t->op.n > 0 || !ko_words_in(of, t->text))
            continue;
        l->entity = t->entity;
        l->signal = t->text;
        l->row = t->row;
        return;
    }
}

bool ko_level_logged(const struct ko_case *c, const struct ko_window *w,
                     const char *words, const char *of, struct ko_level *ret)
{
    static const ko_nums none = {0};
    struct ko_level l;
    struct sums sums = {0};
    level_init(&l);
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (t->normal || t->op.n > 0 || !ko_words_in(words, t->text))
            continue;
        const struct ko_series *requests =
            entity_met(c, i, words) ? NULL : series_of(c, t->entity, KO_STR("requests"));
        add_sums(&sums, w, &t->v, requests == NULL ? &none : &requests->v);
        bool same = sums.n++ == 0 || l.entity == t->entity;
        l.entity = same ? t->entity : KO_NO_ENTITY;
        l.signal = l.signal.n == 0 ? t->text : l.signal;
        l.row = l.row.n == 0 ? t->row : l.row;
    }
    bool others = whole_of_logged(c, w, of, &sums);
    if (sums.n == 0 && others)
        first_logged(c, of, &l);
    if (sums.n == 0 && !others)
        return false;
    if (sums.whole > 0 && (others || sums.part <= sums.whole))
        set_ratio(&l, &sums);
    else
        set_rate(&l, &sums, w, c->head.step);
    *ret = l;
    return true;
}
