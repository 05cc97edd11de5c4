/* containment.c: the next step that contains an incident, by rule. */
#include "impact/containment.h"

#include "base/buf.h"
#include "impact/amplifier.h"
#include "impact/facts.h"
#include "impact/journeys.h"
#include "impact/level.h"
#include "impact/reply.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };

/*
 * What a link of a mechanism calls for.  ${1} in `step` is the entity that the trouble
 * comes from, ${2} the one it reaches; the figure is the worst onset of class `figure` on
 * the one that `of_from` names.
 */
struct rule {
    const char *mechanism, *step;
    enum ko_class figure;
    bool of_from;
};

static const struct rule rules[] = {
    {"retry-amplification", "limit the retries of $1 to 10% of its requests",
     KO_CLASS_RETRY, true},
    {"error-propagation", "break the circuit in $2 for calls to $1", KO_CLASS_ERROR,
     true},
    {"slow-dependency",
     "cut the time-out of $2 for calls to $1 to near its normal latency",
     KO_CLASS_LATENCY, true},
    {"saturation", "limit the rate of calls from $1 to $2 and shed the rest",
     KO_CLASS_RESOURCE, false},
    {"queue-pressure", "relieve $2: offer call-back, announce the trouble at the entry",
     KO_CLASS_QUEUE, false},
    {"channel-shift", "tell customers at the entry of $1, before they move to $2",
     KO_CLASS_LOAD, false},
    {"lost-context", "let $2 ask for the missing context again instead of failing",
     KO_CLASS_ERROR, false},
    {"stale-data", "mark what $2 shows from $1 as possibly out of date", KO_CLASS_OTHER,
     true},
};

static const struct rule *rule_of(struct ko_str mechanism)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (ko_str_eq(mechanism, ko_str(rules[i].mechanism)))
            return &rules[i];
    }
    return NULL;
}

static enum ko_status keep(struct ko_case *c, struct ko_buf *b, ko_strs *ret)
{
    enum ko_status st = b->status;
    if (st == KO_OK && b->n > 0)
        st = ko_case_add_str(c, ret, ko_buf_str(b));
    ko_buf_reset(b);
    return st;
}

/* Does ${y} say of itself that it takes something back? */
static bool is_rollback(const struct ko_change *y)
{
    static const char words[] = "rollback|roll back|rolled back|revert";
    return ko_words_in(words, y->kind) || ko_words_in(words, y->summary);
}

/* What took ${x} back: a rollback of the same entity, or a change of the same kind after
 * which the trouble ended; NULL if nothing did. */
static const struct ko_change *undone(const struct ko_case *c, const struct ko_change *x)
{
    const struct ko_chain *chain = ko_fact_chain(c);
    ko_time end = chain != NULL ? chain->end : KO_TIME_NONE;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *y = &c->changes.v[i];
        bool helped =
            end != KO_TIME_NONE && y->time <= end && ko_str_eq(y->kind, x->kind);
        if (y->entity == x->entity && y->time > x->time && (is_rollback(y) || helped))
            return y;
    }
    return NULL;
}

bool ko_containment_done(const struct ko_case *c, struct ko_buf *b)
{
    const struct ko_change *x = ko_fact_change(c);
    const struct ko_change *done = x != NULL ? undone(c, x) : NULL;
    const struct ko_chain *chain = ko_fact_chain(c);
    if (done == NULL)
        return false;
    ko_fact_say_change(b, c, x);
    if (is_rollback(done)) {
        ko_buf_puts(b, " was rolled back at ");
    } else {
        ko_buf_puts(b, " was followed by ");
        ko_fact_say_change(b, c, done);
        ko_buf_puts(b, " at ");
    }
    ko_time_put_clock(b, done->time);
    if (chain != NULL && chain->end != KO_TIME_NONE) {
        ko_buf_puts(b, ", back to normal at ");
        ko_time_put_clock(b, chain->end);
    } else {
        ko_buf_puts(b, ", not yet back to normal");
    }
    return true;
}

static void say_roll_back(const struct ko_case *c, struct ko_buf *b)
{
    const struct ko_change *x = ko_fact_change(c);
    ko_time start = ko_fact_start(c);
    if (x == NULL || undone(c, x) != NULL)
        return;
    ko_buf_puts(b, "roll back ");
    ko_fact_say_change(b, c, x);
    if (start != KO_TIME_NONE && x->time <= start) {
        ko_buf_puts(b, " (");
        ko_time_put_dur(b, start - x->time);
        ko_buf_puts(b, " before the onset)");
    }
}

static void say_template(struct ko_buf *b, const char *step, struct ko_str from,
                         struct ko_str to)
{
    for (; *step != '\0'; step++) {
        if (step[0] == '$' && (step[1] == '1' || step[1] == '2'))
            ko_buf_put(b, *++step == '1' ? from : to);
        else
            ko_buf_putc(b, *step);
    }
}

static void say_rule(const struct ko_case *c, const struct rule *rule,
                     const struct ko_link *l, struct ko_buf *b)
{
    say_template(b, rule->step, ko_case_name(c, l->from), ko_case_name(c, l->to));
    const struct ko_onset *o =
        ko_fact_onset(c, rule->of_from ? l->from : l->to, rule->figure);
    if (o == NULL)
        return;
    ko_buf_puts(b, "; ");
    ko_fact_say_onset(b, c, o);
}

/* Says the step that ${l} calls for, unless one of its rule was said before or nothing
 * but time connects the two. */
static void say_link(const struct ko_case *c, const struct ko_link *l, bool *used,
                     struct ko_buf *b)
{
    const struct rule *rule = l != NULL ? rule_of(l->mechanism) : NULL;
    bool guess = l != NULL && ko_str_eq(l->structure, KO_STR("inferred"));
    if (rule == NULL || guess || used[rule - rules])
        return;
    used[rule - rules] = true;
    say_rule(c, rule, l, b);
}

/* What the origin itself lacks: room, or life. */
static void say_origin(const struct ko_case *c, uint32_t origin, struct ko_buf *b)
{
    const struct ko_onset *o = ko_fact_onset(c, origin, KO_CLASS_RESOURCE);
    for (size_t i = 0; i < c->onsets.n; i++) {
        if (c->onsets.v[i].entity == origin &&
            ko_str_eq(c->onsets.v[i].kind, KO_STR("silence")))
            o = &c->onsets.v[i];
    }
    if (o == NULL)
        return;
    if (ko_str_eq(o->kind, KO_STR("silence"))) {
        ko_buf_printf(b, "see whether %.*s runs; silent since ",
                      KO_ARG(ko_case_name(c, origin)));
        ko_time_put_clock(b, o->time);
        return;
    }
    ko_buf_printf(b, "give %.*s more room, or restart it; ",
                  KO_ARG(ko_case_name(c, origin)));
    ko_fact_say_onset(b, c, o);
}

/* Retries that were counted at one entity, whether or not a link carries them. */
static enum ko_status add_retry_limit(struct ko_case *c, bool *used, struct ko_buf *b,
                                      ko_strs *ret)
{
    struct ko_window w;
    ko_amplifiers list = {0};
    if (!ko_window_find(c, &w))
        return KO_OK;
    enum ko_status st = ko_amplifiers_find(c, &w, &list);
    if (st != KO_OK || list.n == 0 || list.v[0].kind != KO_AMPLIFIER_RETRY)
        return st;
    const struct rule *rule = rule_of(KO_STR("retry-amplification"));
    used[rule - rules] = true;
    say_template(b, rule->step, ko_case_name(c, list.v[0].entity), KO_STR(""));
    if (!isnan(list.v[0].during)) {
        ko_buf_puts(b, "; now ");
        ko_say_amount(b, list.v[0].during, KO_STR("ratio"));
    }
    return keep(c, b, ret);
}

/* One step a rule, for the first link that calls for it: first the retries that feed the
 * loop, which may lead back to the origin, then the cascade in its order. */
static enum ko_status add_rules(struct ko_case *c, const struct ko_chain *chain,
                                struct ko_buf *b, ko_strs *ret)
{
    bool used[sizeof rules / sizeof rules[0]] = {false};
    enum ko_status st = add_retry_limit(c, used, b, ret);
    for (size_t i = 0; i < c->links.n && st == KO_OK; i++) {
        const struct ko_link *l = &c->links.v[i];
        if (ko_str_eq(l->mechanism, KO_STR("retry-amplification")) &&
            ko_fact_in_chain(c, l->from) && ko_fact_in_chain(c, l->to))
            say_link(c, l, used, b);
        st = keep(c, b, ret);
    }
    for (size_t i = 0; i < chain->nodes.n && st == KO_OK; i++) {
        const struct ko_node *node = &chain->nodes.v[i];
        say_link(c, ko_fact_link(c, node->parent, node->entity), used, b);
        st = keep(c, b, ret);
    }
    return st;
}

static void say_fallback(const struct ko_case *c, const struct ko_step *s,
                         struct ko_buf *b)
{
    struct ko_step_view view;
    ko_journey_view(c, s->entity, &view);
    struct ko_str fallback = s->fallback;
    if (fallback.n == 0 && s->entity < c->entities.n)
        fallback = c->entities.v[s->entity].fallback;
    if (view.state < KO_STEP_SLOW || fallback.n == 0)
        return;
    ko_buf_printf(b, "fallback of %.*s: %.*s",
                  KO_ARG(s->name.n > 0 ? s->name : ko_case_name(c, s->entity)),
                  KO_ARG(fallback));
}

static enum ko_status add_fallbacks(struct ko_case *c, struct ko_buf *b, ko_strs *ret)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->journeys.n; i++) {
        for (size_t k = 0; k < c->journeys.v[i].steps.n && st == KO_OK; k++) {
            say_fallback(c, &c->journeys.v[i].steps.v[k], b);
            st = keep(c, b, ret);
        }
    }
    return st;
}

/* The fallback that the map names for the origin itself, where no journey has a step of
 * it. */
static void say_own_fallback(const struct ko_case *c, uint32_t origin, struct ko_buf *b)
{
    if (origin >= c->entities.n || c->entities.v[origin].fallback.n == 0)
        return;
    for (size_t i = 0; i < c->journeys.n; i++) {
        for (size_t k = 0; k < c->journeys.v[i].steps.n; k++) {
            if (c->journeys.v[i].steps.v[k].entity == origin)
                return;
        }
    }
    ko_buf_printf(b, "fallback of %.*s: %.*s", KO_ARG(ko_case_name(c, origin)),
                  KO_ARG(c->entities.v[origin].fallback));
}

enum ko_status ko_containment_steps(struct ko_case *c, uint32_t origin, ko_strs *ret)
{
    struct ko_buf b;
    const struct ko_chain *chain = ko_fact_chain(c);
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_roll_back(c, &b);
    enum ko_status st = keep(c, &b, ret);
    say_origin(c, origin, &b);
    if (st == KO_OK)
        st = keep(c, &b, ret);
    if (st == KO_OK && chain != NULL)
        st = add_rules(c, chain, &b, ret);
    say_own_fallback(c, origin, &b);
    if (st == KO_OK)
        st = keep(c, &b, ret);
    if (st == KO_OK)
        st = add_fallbacks(c, &b, ret);
    ko_buf_release(&b);
    return st;
}
