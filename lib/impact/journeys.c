/* journeys.c: the state of every step of every declared journey. */
#include "impact/journeys.h"

#include "base/buf.h"
#include "event/time.h"
#include "impact/level.h"
#include "impact/reply.h"
#include "impact/single_points.h"

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

/* ---- the journey as a whole ---- */

/* The parts that a text about people or queues means: the queue of the journey. */
static bool means_people(struct ko_str text)
{
    return ko_words_in("agent|queue|call|people|hotline|phone|branch", text);
}

/* What the fallback falls back on, if it is a part of the exports. */
static uint32_t fallback_part(const struct ko_case *c, const struct ko_journey *j,
                              const struct ko_step *s, struct ko_str fallback)
{
    size_t at;
    for (uint32_t e = 0; e < c->entities.n; e++) {
        struct ko_str name = ko_case_name(c, e);
        if (e != s->entity && name.n > 2 && ko_str_ifind(fallback, name, &at))
            return e;
    }
    for (size_t k = 0; k < j->steps.n && means_people(fallback); k++) {
        uint32_t e = j->steps.v[k].entity;
        if (e != s->entity && e < c->entities.n && c->entities.v[e].kind == KO_KIND_QUEUE)
            return e;
    }
    return KO_NO_ENTITY;
}

/* ", which held" where the part that it leads to is fine, and what became of it. */
static void say_fallback(const struct ko_case *c, const struct ko_journey *j,
                         const struct ko_step *s, struct ko_buf *b)
{
    struct ko_str fallback = fallback_of(c, s);
    struct ko_step_view view;
    if (fallback.n == 0) {
        ko_buf_puts(b, "; no fallback declared there");
        return;
    }
    ko_buf_printf(b, "; fallback '%.*s' ", KO_ARG(fallback));
    uint32_t part = fallback_part(c, j, s, fallback);
    if (part == KO_NO_ENTITY) {
        ko_buf_puts(b, "names no part of the exports: whether it worked is not known");
        return;
    }
    ko_journey_view(c, part, &view);
    if (view.state == KO_STEP_NO_DATA) {
        ko_buf_printf(b, "leads to %.*s, of which there is no data",
                      KO_ARG(ko_case_name(c, part)));
        return;
    }
    ko_buf_printf(b, "%s: %.*s is %s",
                  view.state == KO_STEP_FINE ? "held" : "did not hold",
                  KO_ARG(ko_case_name(c, part)), ko_step_state_name(view.state));
    if (view.onset != NULL) {
        ko_buf_puts(b, " since ");
        ko_time_put_clock(b, view.onset->time);
    }
}

/* The hurt step that was hurt first; NULL if none is.  ${ret_hurt}, ${ret_unseen}: how
 * many are hurt, and have no data. */
static const struct ko_step *first_hurt(const struct ko_case *c,
                                        const struct ko_journey *j,
                                        struct ko_step_view *ret, size_t *ret_hurt,
                                        size_t *ret_unseen)
{
    const struct ko_step *first = NULL;
    *ret_hurt = *ret_unseen = 0;
    for (size_t k = 0; k < j->steps.n; k++) {
        struct ko_step_view view;
        ko_journey_view(c, j->steps.v[k].entity, &view);
        *ret_unseen += view.state == KO_STEP_NO_DATA;
        if (view.onset == NULL)
            continue;
        *ret_hurt += 1;
        if (first == NULL || view.onset->time < ret->onset->time) {
            first = &j->steps.v[k];
            *ret = view;
        }
    }
    return first;
}

static void say_journey(const struct ko_case *c, const struct ko_journey *j,
                        struct ko_buf *b, struct ko_step_view *ret)
{
    size_t hurt, unseen;
    const struct ko_step *s = first_hurt(c, j, ret, &hurt, &unseen);
    ko_buf_printf(b, "%.*s: ", KO_ARG(j->name));
    if (s == NULL) {
        ko_buf_printf(b, "no step is hurt");
    } else {
        struct ko_str name = s->name.n > 0 ? s->name : ko_case_name(c, s->entity);
        ko_buf_printf(b, "%zu of %zu steps hurt, first '%.*s' (%.*s), %s since ", hurt,
                      j->steps.n, KO_ARG(name), KO_ARG(ko_case_name(c, s->entity)),
                      ko_step_state_name(ret->state));
        ko_time_put_clock(b, ret->onset->time);
        say_fallback(c, j, s, b);
    }
    if (unseen > 0)
        ko_buf_printf(b, "; %zu step%s without data", unseen, unseen == 1 ? "" : "s");
}

static enum ko_status add_journey(struct ko_case *c, const struct ko_journey *j)
{
    struct ko_step_view view = {KO_STEP_NO_DATA, NULL};
    struct ko_buf b;
    struct ko_str text;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_journey(c, j, &b, &view);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("journey");
    m->dim = KO_STR("journey");
    m->value = j->name;
    m->text = text;
    m->definition = KO_STR("where the declared chain broke first, and whether the part "
                           "that its fallback leads to was fine");
    if (view.onset != NULL)
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
        st = add_journey(c, &c->journeys.v[i]);
        for (size_t k = 0; k < c->journeys.v[i].steps.n && st == KO_OK; k++)
            st = add_step(c, &c->journeys.v[i], &c->journeys.v[i].steps.v[k]);
    }
    return st == KO_OK ? ko_single_points_run(c) : st;
}
