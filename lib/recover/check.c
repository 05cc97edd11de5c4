/* check.c: after the fix: what of an incident is back to normal in newer exports. */
#include "recover/check.h"

#include "base/stat.h"
#include "impact/reply.h"
#include "impact/window.h"
#include "recover/worklist.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };

struct checking {
    struct ko_case *c;
    const struct ko_case *now;
    struct ko_span since; /* buckets of now */
    ko_time end;          /* of the incident; NONE unknown */
    bool failed, any;
};

/* ---- the signal in the newer exports ---- */

static const ko_nums *series_of(const struct checking *k, const struct ko_onset *o,
                                uint32_t entity, uint32_t caller, struct ko_str *ret_unit)
{
    for (size_t i = 0; i < k->now->series.n; i++) {
        const struct ko_series *s = &k->now->series.v[i];
        if (s->entity == entity && s->caller == caller && !s->normal &&
            ko_str_eq(s->signal, o->signal)) {
            *ret_unit = s->unit;
            return &s->v;
        }
    }
    return NULL;
}

static const ko_nums *template_of(const struct checking *k, const struct ko_onset *o,
                                  uint32_t entity)
{
    for (size_t i = 0; i < k->now->templates.n; i++) {
        const struct ko_template *t = &k->now->templates.v[i];
        if (t->entity == entity && !t->normal && ko_str_eq(t->text, o->signal))
            return &t->v;
    }
    return NULL;
}

/* A template that is not there any more is written no more, if its entity still logs. */
static bool still_logs(const struct checking *k, uint32_t entity)
{
    for (size_t i = 0; i < k->now->templates.n; i++) {
        const struct ko_template *t = &k->now->templates.v[i];
        if (t->entity == entity && !t->normal && ko_span_present(&t->v, k->since) > 0)
            return true;
    }
    return false;
}

static bool find_entity(const struct checking *k, uint32_t entity, uint32_t *ret)
{
    *ret = KO_NO_ENTITY;
    return entity == KO_NO_ENTITY ||
           ko_case_find_entity(k->now, ko_case_name(k->c, entity), ret);
}

/* The median since the end; NaN when no export tells. */
static enum ko_status level_now(const struct checking *k, const struct ko_onset *o,
                                struct ko_str *ret_unit, double *ret)
{
    uint32_t entity, caller;
    *ret = NAN;
    *ret_unit = KO_STR("");
    if (!find_entity(k, o->entity, &entity) || !find_entity(k, o->caller, &caller))
        return KO_OK;
    bool is_template = ko_str_eq(o->kind, KO_STR("template"));
    const ko_nums *v = is_template ? template_of(k, o, entity)
                                   : series_of(k, o, entity, caller, ret_unit);
    if (v == NULL) {
        *ret = is_template && still_logs(k, entity) ? 0 : NAN;
        return KO_OK;
    }
    size_t n = 0;
    size_t room = (size_t)(k->since.to - k->since.from) + 1;
    double *kept = ko_mem_alloc(2 * room, sizeof *kept);
    if (kept == NULL)
        return KO_ENOMEM;
    for (int64_t i = k->since.from; i < k->since.to && i < (int64_t)v->n; i++) {
        if (!isnan(v->v[i]))
            kept[n++] = v->v[i];
    }
    *ret = n > 0 ? ko_stat_median(kept, n, kept + room) : (double)NAN;
    ko_mem_free(kept);
    return KO_OK;
}

/* ---- the verdict ---- */

static bool named(struct ko_str signal, const char *word)
{
    size_t at;
    return ko_str_ifind(signal, ko_str(word), &at);
}

/* Until when the signal cannot be complete; NONE if it is at once. */
static ko_time matures(const struct checking *k, const struct ko_onset *o)
{
    if (k->end == KO_TIME_NONE)
        return KO_TIME_NONE;
    if (named(o->signal, "repeat"))
        return k->end + KO_WORKLIST_REPEAT_SPAN;
    return named(o->signal, "handle") && o->after > 0 && o->after < 86400
               ? k->end + (ko_dur)o->after * KO_SECOND
               : KO_TIME_NONE;
}

static const char *judge(const struct checking *k, const struct ko_onset *o, double level,
                         ko_time until)
{
    double allowed = fabs(o->after - o->before) / o->score;
    double excess = o->rise ? level - o->before : o->before - level;
    if (isnan(level))
        return "not known";
    if (until != KO_TIME_NONE && ko_case_time(k->now, k->now->head.buckets) < until)
        return "maturing";
    return excess <= allowed ? "back" : "not back";
}

static void say(const struct ko_case *c, const struct ko_recovery *r, struct ko_buf *b)
{
    ko_buf_printf(b, "%.*s %.*s ", KO_ARG(ko_case_name(c, r->entity)), KO_ARG(r->signal));
    if (isnan(r->now)) {
        ko_buf_puts(b, "not known: no newer export has it");
        return;
    }
    ko_say_amount(b, r->now, r->unit);
    ko_buf_puts(b, " (normal ");
    ko_say_amount(b, r->before, r->unit);
    ko_buf_puts(b, ", in the incident ");
    ko_say_amount(b, r->during, r->unit);
    ko_buf_putc(b, ')');
    if (ko_str_eq(r->state, KO_STR("maturing"))) {
        ko_buf_puts(b, "; still maturing until ");
        ko_time_put(b, r->matures);
    }
}

static enum ko_status check(struct checking *k, const struct ko_onset *o)
{
    double level;
    struct ko_str unit;
    struct ko_buf b;
    enum ko_status st = level_now(k, o, &unit, &level);
    struct ko_recovery *r = st == KO_OK ? ko_case_add(k->c, "recovery") : NULL;
    if (r == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    r->list = KO_STR("check");
    r->entity = o->entity;
    r->signal = o->signal;
    r->before = o->before;
    r->during = o->after;
    r->now = level;
    r->matures = matures(k, o);
    r->state = ko_str(judge(k, o, level, r->matures));
    r->definition =
        KO_STR("median since the end, against the baseline before the incident "
               "and its own worst ordinary deviation");
    if (isnan(level))
        r->needs = KO_STR("exports of that part from after the fix");
    k->failed |= ko_str_eq(r->state, KO_STR("not back"));
    k->any |= ko_str_eq(r->state, KO_STR("back"));
    st = ko_case_print(k->c, &r->unit, "%.*s", KO_ARG(unit));
    if (st != KO_OK)
        return st;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say(k->c, r, &b);
    return ko_case_keep(k->c, &b, &r->text);
}

/* ---- all of them ---- */

static bool counts(const struct ko_onset *o)
{
    return o->score > 1 && !isnan(o->before) && !isnan(o->after);
}

/* Is no other onset of the same part and class stronger?  Of equals the first counts. */
static bool is_strongest(const struct ko_case *c, size_t at)
{
    const struct ko_onset *o = &c->onsets.v[at];
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *x = &c->onsets.v[i];
        bool same = x->entity == o->entity && x->caller == o->caller && x->cls == o->cls;
        if (i != at && same && counts(x) &&
            (x->score > o->score || (!(x->score < o->score) && i < at)))
            return false;
    }
    return true;
}

static struct ko_span since(const struct ko_case *now, ko_time end)
{
    int64_t n = now->head.buckets;
    int64_t from =
        end != KO_TIME_NONE ? ko_case_bucket(now, end - 1) + 1 : n - (n + 3) / 4;
    if (from < 0)
        from = 0;
    return (struct ko_span){from < n ? from : n - (n + 3) / 4, n};
}

static void drop_checks(struct ko_case *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->recoveries.n; i++) {
        if (!ko_str_eq(c->recoveries.v[i].list, KO_STR("check")))
            c->recoveries.v[kept++] = c->recoveries.v[i];
    }
    c->recoveries.n = kept;
}

enum ko_status ko_check_run(struct ko_case *c, const struct ko_case *now, bool *ret_back)
{
    struct ko_window w;
    enum ko_status st = KO_OK;
    ko_time end = ko_window_find(c, &w) ? w.end : KO_TIME_NONE;
    struct checking k = {.c = c, .now = now, .since = since(now, end), .end = end};
    drop_checks(c);
    for (size_t i = 0; i < c->onsets.n && st == KO_OK; i++) {
        if (counts(&c->onsets.v[i]) && is_strongest(c, i))
            st = check(&k, &c->onsets.v[i]);
    }
    *ret_back = k.any && !k.failed;
    return st;
}
