/* answer_who.c: which customers, queues, regions, channels are affected? */
#include "impact/answers.h"
#include "impact/facts.h"

#include "base/num.h"

#include <math.h>

/* A signal has moved when it is this far above its healthy level. */
static const double WORSE_RATIO = 1.2;

static const struct ko_impact *find(const struct ko_case *c, const char *measure)
{
    for (size_t i = 0; i < c->impacts.n; i++) {
        const struct ko_impact *m = &c->impacts.v[i];
        if (ko_str_eq(m->measure, ko_str(measure)) && m->dim.n == 0)
            return m;
    }
    return NULL;
}

static const struct ko_impact *find_any(const struct ko_case *c, const char *measure)
{
    for (size_t i = 0; i < c->impacts.n; i++) {
        if (ko_str_eq(c->impacts.v[i].measure, ko_str(measure)))
            return &c->impacts.v[i];
    }
    return NULL;
}

static const struct ko_impact *touched(const struct ko_case *c)
{
    static const char *const heads[] = {"customers", "sessions", "customers or sessions"};
    const struct ko_impact *m = NULL;
    for (size_t i = 0; i < sizeof heads / sizeof *heads && m == NULL; i++)
        m = find(c, heads[i]);
    return m;
}

static void say_headline(struct ko_reply *r, const struct ko_impact *minutes)
{
    const struct ko_impact *n = touched(r->c);
    if (n != NULL) {
        ko_buf_printf(&r->line, "%.*s; ", KO_ARG(n->text));
        ko_reply_cite(r, n->evidence);
    }
    ko_buf_put(&r->line, minutes->text);
    ko_reply_end(r);
    ko_reply_cite(r, minutes->evidence);
}

static bool is_worse(const struct ko_impact *m)
{
    if (isnan(m->during) || isnan(m->before))
        return false;
    return m->during > 0 && m->during > m->before * WORSE_RATIO;
}

/* No interaction says how it ended for a customer: failed requests are the next best. */
static void say_uncounted(struct ko_reply *r)
{
    const struct ko_impact *m = find(r->c, "failed requests");
    if (m == NULL || !is_worse(m)) {
        ko_reply_say(r, "not known: no export has interactions with an outcome");
        ko_reply_verdict(r, KO_STR("not known"));
        return;
    }
    ko_buf_printf(&r->line, "customers not counted; %.*s", KO_ARG(m->text));
    ko_reply_end(r);
    ko_reply_cite(r, m->evidence);
    ko_reply_verdict(r, KO_STR("possible"));
}

/* Sets of combinations that are worth a line; the rest is in the case. */
enum { COMBINATIONS_SAID = 3 };

/* Is ${m} a set that one dimension alone tells as well? */
static bool is_single(const struct ko_impact *m)
{
    size_t at;
    return !ko_str_find(m->value, KO_STR(", "), &at);
}

/* Where several dimensions together say it, those; more exact than one of them. */
static bool say_combinations(struct ko_reply *r)
{
    size_t said = 0;
    bool alone = find_any(r->c, "confined") == NULL, joined = alone;
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (ko_str_eq(m->measure, KO_STR("confined-combination")) && m->value.n > 0)
            joined |= !is_single(m);
    }
    for (size_t i = 0; i < r->c->impacts.n && joined; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (!ko_str_eq(m->measure, KO_STR("confined-combination")) || m->value.n == 0 ||
            said >= COMBINATIONS_SAID)
            continue;
        ko_buf_puts(&r->line, said++ > 0 ? "; " : "confined to ");
        ko_buf_put(&r->line, m->text);
        ko_reply_cite(r, m->evidence);
    }
    ko_reply_end(r);
    return said > 0;
}

/* "region eu-west (100%, 60% of traffic)" for every confined value, then the rest. */
static void say_confined(struct ko_reply *r, bool in, const char *before)
{
    size_t said = 0;
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (!ko_str_eq(m->measure, KO_STR("confined")) || (m->value.n > 0) != in)
            continue;
        ko_buf_puts(&r->line, said++ > 0 ? "; " : before);
        ko_buf_put(&r->line, m->text);
        ko_reply_cite(r, m->evidence);
    }
    ko_reply_end(r);
}

/* The parts of the cascade that customers and agents meet themselves. */
static void say_reached(struct ko_reply *r)
{
    size_t said = 0;
    for (uint32_t e = 0; e < r->c->entities.n; e++) {
        enum ko_entity_kind kind = (enum ko_entity_kind)r->c->entities.v[e].kind;
        bool met = kind == KO_KIND_QUEUE || kind == KO_KIND_BOT ||
                   kind == KO_KIND_CHANNEL || kind == KO_KIND_DESK;
        if (!met || !ko_fact_in_chain(r->c, e))
            continue;
        ko_buf_printf(&r->line, "%s%s %.*s",
                      said++ > 0 ? ", " : "reached: ", ko_entity_kind_name(kind),
                      KO_ARG(ko_case_name(r->c, e)));
    }
    ko_reply_end(r);
}

static bool is_any(struct ko_str measure, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (ko_str_eq(measure, ko_str(*list)))
            return true;
    }
    return false;
}

/* The text of ${m}, without the name that it begins with when that was just said. */
static struct ko_str text_after(const struct ko_impact *m, struct ko_str said)
{
    size_t head = m->value.n + sizeof ": " - 1;
    bool again = m->value.n > 0 && ko_str_eq(m->value, said) && m->text.n > head;
    return again && ko_str_starts(m->text, m->value) ? ko_str_skip(m->text, head)
                                                     : m->text;
}

/* The signals of ${list} that rose, in one line. */
static void say_signals(struct ko_reply *r, const char *const *list)
{
    struct ko_str name = {NULL, 0};
    size_t said = 0;
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (!is_any(m->measure, list) || !is_worse(m))
            continue;
        ko_buf_puts(&r->line, said++ > 0 ? "; " : "");
        ko_buf_puts(&r->line, name.n > 0 && m->value.n == 0 ? "overall " : "");
        ko_buf_put(&r->line, text_after(m, name));
        name = m->value;
        ko_reply_cite(r, m->evidence);
    }
    ko_reply_end(r);
}

/* Of the records of ${measure} the one that rose most; NULL. */
static const struct ko_impact *worst(const struct ko_case *c, const char *measure)
{
    const struct ko_impact *best = NULL;
    for (size_t i = 0; i < c->impacts.n; i++) {
        const struct ko_impact *m = &c->impacts.v[i];
        if (!ko_str_eq(m->measure, ko_str(measure)) || !is_worse(m))
            continue;
        if (best == NULL || m->during - m->before > best->during - best->before)
            best = m;
    }
    return best;
}

/* What customers did about it, in one line: the figures of the queue that has the worst.
 */
static void say_felt(struct ko_reply *r)
{
    static const char *const measures[] = {"abandonment", "repeat contact",
                                           "handle time"};
    size_t said = 0;
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        const struct ko_impact *m = worst(r->c, measures[i]);
        if (m == NULL)
            continue;
        ko_buf_printf(&r->line, "%s%s ", said++ > 0 ? ", " : "", measures[i]);
        ko_say_amount(&r->line, m->during, m->unit);
        ko_buf_puts(&r->line, " (was ");
        ko_say_amount(&r->line, m->before, m->unit);
        ko_buf_putc(&r->line, ')');
        ko_reply_cite(r, m->evidence);
    }
    ko_reply_end(r);
}

/* The steps that do not work as they should, a line a journey. */
static void say_journeys(struct ko_reply *r)
{
    struct ko_str journey = {NULL, 0};
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (!ko_str_eq(m->measure, KO_STR("journey-step")) || m->evidence.n == 0)
            continue;
        if (!ko_str_eq(journey, m->dim)) {
            ko_reply_end(r);
            ko_buf_printf(&r->line, "journey %.*s: ", KO_ARG(m->dim));
            journey = m->dim;
        } else {
            ko_buf_puts(&r->line, " | ");
        }
        ko_buf_put(&r->line, m->text);
        ko_reply_cite(r, m->evidence);
    }
    ko_reply_end(r);
}

/* What each journey's failures did to its objective. */
static void say_budgets(struct ko_reply *r)
{
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (!ko_str_eq(m->measure, KO_STR("error budget burn")))
            continue;
        ko_buf_printf(&r->line, "journey %.*s", KO_ARG(m->text));
        ko_reply_cite(r, m->evidence);
        ko_reply_end(r);
    }
}

void ko_answer_who(struct ko_reply *r)
{
    static const char *const queue[] = {"abandonment", "queue wait", NULL};
    static const char *const bot[] = {"bot fallback", "failed hand-offs",
                                      "authentication failure", NULL};
    static const char *const desk[] = {"handle time", "transfer rate", "repeat contact",
                                       "agent screen load", NULL};
    static const char *const wait[] = {"record look-up latency",
                                       "payment confirmation delay", NULL};
    const struct ko_impact *minutes = find(r->c, "customer-impact-minutes");
    if (minutes == NULL)
        minutes = find(r->c, "interaction-minutes");
    if (minutes != NULL)
        say_headline(r, minutes);
    else if (find_any(r->c, "confined-combination") != NULL)
        ko_reply_say(r, "where numbers are off what was expected, table by dimension");
    else
        say_uncounted(r);
    bool joined = say_combinations(r);
    say_confined(r, true, joined ? "one dimension at a time: " : "confined to ");
    say_felt(r);
    say_reached(r);
    say_signals(r, queue);
    say_signals(r, bot);
    say_signals(r, desk);
    say_signals(r, wait);
    say_confined(r, false, "");
    say_journeys(r);
    say_budgets(r);
}
