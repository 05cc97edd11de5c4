/* journeys.c: the state of every step of every declared journey. */
#include "impact/journeys.h"

#include "base/buf.h"
#include "event/time.h"
#include "impact/reply.h"

enum { TEXT_MAX_BYTES = 4096 };

const char *ko_step_state_name(enum ko_step_state state)
{
    static const char *const names[] = {"no data", "fine", "slow", "broken"};
    return names[state];
}

/* What an onset of this kind says about the step. */
static enum ko_step_state state_of(const struct ko_onset *o)
{
    if (ko_str_eq(o->kind, KO_STR("silence")))
        return KO_STEP_BROKEN;
    if (!o->rise)
        return KO_STEP_FINE;
    switch ((enum ko_class)o->cls) {
    case KO_CLASS_ERROR:
        return KO_STEP_BROKEN;
    case KO_CLASS_LATENCY:
    case KO_CLASS_QUEUE:
    case KO_CLASS_RETRY:
    case KO_CLASS_CUSTOMER:
    case KO_CLASS_RESOURCE:
        return KO_STEP_SLOW;
    default:
        return KO_STEP_FINE;
    }
}

static bool has_data(const struct ko_case *c, uint32_t entity)
{
    for (size_t i = 0; i < c->series.n; i++) {
        if (c->series.v[i].entity == entity && !c->series.v[i].normal)
            return true;
    }
    for (size_t i = 0; i < c->templates.n; i++) {
        if (c->templates.v[i].entity == entity && !c->templates.v[i].normal)
            return true;
    }
    return false;
}

void ko_journey_view(const struct ko_case *c, uint32_t entity, struct ko_step_view *ret)
{
    struct ko_step_view view = {KO_STEP_NO_DATA, NULL};
    if (has_data(c, entity))
        view.state = KO_STEP_FINE;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity != entity || !(o->score > 1))
            continue;
        enum ko_step_state state = state_of(o);
        bool worse = state > view.state;
        bool sooner =
            state == view.state && view.onset != NULL && o->time < view.onset->time;
        if (state > KO_STEP_FINE && (worse || sooner))
            view = (struct ko_step_view){state, o};
    }
    *ret = view;
}

static struct ko_str fallback_of(const struct ko_case *c, const struct ko_step *s)
{
    if (s->fallback.n > 0 || s->entity >= c->entities.n)
        return s->fallback;
    return c->entities.v[s->entity].fallback;
}

static void say_step(const struct ko_case *c, const struct ko_step *s,
                     const struct ko_step_view *view, struct ko_buf *b)
{
    struct ko_str name = s->name.n > 0 ? s->name : ko_case_name(c, s->entity);
    ko_buf_printf(b, "%.*s: %s", KO_ARG(name), ko_step_state_name(view->state));
    if (view->onset == NULL)
        return;
    ko_buf_puts(b, " since ");
    ko_time_put_clock(b, view->onset->time);
    struct ko_str fallback = fallback_of(c, s);
    if (fallback.n > 0)
        ko_buf_printf(b, "; fallback: %.*s", KO_ARG(fallback));
    else
        ko_buf_puts(b, "; no fallback declared");
}

static enum ko_status add_step(struct ko_case *c, const struct ko_journey *j,
                               const struct ko_step *s)
{
    struct ko_step_view view;
    struct ko_buf b;
    struct ko_str text;
    ko_journey_view(c, s->entity, &view);
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_step(c, s, &view, &b);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("journey-step");
    m->dim = j->name;
    m->value = s->name.n > 0 ? s->name : ko_case_name(c, s->entity);
    if (view.onset != NULL) {
        m->before = view.onset->before;
        m->during = view.onset->after;
        m->evidence = view.onset->evidence;
    }
    m->text = text;
    m->definition =
        KO_STR("broken: failures or silence; slow: latency, queue, retries, resources");
    return KO_OK;
}

/* How many journeys need ${entity}, and whether one of them has a fallback for it. */
static size_t needed_by(const struct ko_case *c, uint32_t entity, bool *ret_fallback)
{
    size_t n = 0;
    *ret_fallback = c->entities.v[entity].fallback.n > 0;
    for (size_t i = 0; i < c->journeys.n; i++) {
        const struct ko_journey *j = &c->journeys.v[i];
        bool needs = false;
        for (size_t k = 0; k < j->steps.n; k++) {
            if (j->steps.v[k].entity != entity)
                continue;
            needs = true;
            *ret_fallback = *ret_fallback || j->steps.v[k].fallback.n > 0;
        }
        n += needs;
    }
    return n;
}

static enum ko_status add_single_point(struct ko_case *c, uint32_t entity)
{
    bool fallback;
    size_t n = needed_by(c, entity, &fallback);
    struct ko_step_view view;
    ko_journey_view(c, entity, &view);
    if (n < 2 || fallback || view.state < KO_STEP_SLOW)
        return KO_OK;
    struct ko_str text;
    enum ko_status st =
        ko_case_print(c, &text, "%zu journeys need %.*s and none has a fallback", n,
                      KO_ARG(ko_case_name(c, entity)));
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("single-point-of-failure");
    m->dim = KO_STR("entity");
    m->value = ko_case_name(c, entity);
    m->unit = KO_STR("journeys");
    m->total = (double)n;
    m->text = text;
    m->definition = KO_STR("hurt, in two or more journeys, without a declared fallback");
    m->evidence = view.onset->evidence;
    return KO_OK;
}

enum ko_status ko_journeys_run(struct ko_case *c)
{
    if (c->journeys.n == 0)
        return ko_say_unknown(
            c, KO_STR("which journeys are broken"),
            KO_STR("a map of journeys (ordered steps with owner and fallback)"));
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->journeys.n && st == KO_OK; i++) {
        for (size_t k = 0; k < c->journeys.v[i].steps.n && st == KO_OK; k++)
            st = add_step(c, &c->journeys.v[i], &c->journeys.v[i].steps.v[k]);
    }
    for (uint32_t e = 0; e < c->entities.n && st == KO_OK; e++)
        st = add_single_point(c, e);
    return st;
}
