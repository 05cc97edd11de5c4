/* answer_worse.c: which dependency makes it worse? */
#include "impact/amplifier.h"
#include "impact/answers.h"
#include "impact/facts.h"

#include "base/num.h"

#include <math.h>

static void say_was(struct ko_reply *r, double before, struct ko_str unit)
{
    if (isnan(before))
        return;
    ko_buf_puts(&r->line, " (was ");
    ko_say_amount(&r->line, before, unit);
    ko_buf_putc(&r->line, ')');
}

static void say_calls(struct ko_reply *r, const struct ko_amplifier *a)
{
    const struct ko_link *l = a->link;
    struct ko_str from = ko_case_name(r->c, l->from), to = ko_case_name(r->c, l->to);
    if (isnan(a->during)) {
        ko_buf_printf(&r->line, "retries travel from %.*s to %.*s", KO_ARG(from),
                      KO_ARG(to));
    } else {
        ko_buf_printf(&r->line, "%.*s calls %.*s ", KO_ARG(from), KO_ARG(to));
        ko_num_human(&r->line, a->during);
        ko_buf_puts(&r->line, " times a request");
        say_was(r, a->before, KO_STR(""));
    }
    for (size_t i = 0; i < l->evidence.n; i++)
        ko_reply_cite(r, l->evidence.v[i]);
}

static void say_amplifier(struct ko_reply *r, const struct ko_amplifier *a)
{
    struct ko_str name = ko_case_name(r->c, a->entity);
    switch (a->kind) {
    case KO_AMPLIFIER_RETRY:
        ko_buf_printf(&r->line, "%.*s: ", KO_ARG(name));
        if (isnan(a->during)) {
            ko_fact_say_onset(&r->line, r->c, a->onset);
            break;
        }
        ko_say_amount(&r->line, a->during, KO_STR("ratio"));
        ko_buf_puts(&r->line, " of its requests are retries");
        say_was(r, a->before, KO_STR("ratio"));
        break;
    case KO_AMPLIFIER_CALLS:
        say_calls(r, a);
        break;
    case KO_AMPLIFIER_LOAD:
        ko_buf_printf(&r->line, "%.*s is asked %.1f times as often: ", KO_ARG(name),
                      a->during);
        ko_fact_say_onset(&r->line, r->c, a->onset);
        break;
    case KO_AMPLIFIER_WAIT:
        ko_buf_printf(&r->line, "callers wait for %.*s: ", KO_ARG(name));
        ko_fact_say_onset(&r->line, r->c, a->onset);
        break;
    }
    ko_reply_end(r);
    if (a->onset != NULL)
        ko_reply_cite(r, a->onset->evidence);
}

/* The retries that were counted and did not grow; false when nobody counts attempts. */
static bool say_quiet_retries(struct ko_reply *r, const struct ko_window *w)
{
    struct ko_amplifier most = {.during = -1}, a;
    for (uint32_t e = 0; e < r->c->entities.n; e++) {
        if (ko_fact_in_chain(r->c, e) && ko_amplifier_retries(r->c, w, e, &a) &&
            a.during > most.during)
            most = a;
    }
    if (most.during < 0)
        return false;
    ko_buf_printf(&r->line, "no amplifier seen: retries of %.*s are ",
                  KO_ARG(ko_case_name(r->c, most.entity)));
    ko_say_amount(&r->line, most.during, KO_STR("ratio"));
    ko_buf_puts(&r->line, " of its requests");
    say_was(r, most.before, KO_STR("ratio"));
    ko_reply_end(r);
    ko_reply_verdict(r, KO_STR("possible"));
    return true;
}

static bool counts_retries(const struct ko_case *c)
{
    for (size_t i = 0; i < c->series.n; i++) {
        if (c->series.v[i].cls == (int)KO_CLASS_RETRY)
            return true;
    }
    return false;
}

static void say_none(struct ko_reply *r, const struct ko_window *w)
{
    ko_reply_verdict(r, KO_STR("not known"));
    if (say_quiet_retries(r, w))
        return;
    if (ko_fact_chain(r->c) == NULL)
        ko_reply_say(r, "not known: no cascade was found to look into");
    else
        ko_reply_say(r, "no amplifier seen: no load or latency rose on its path");
}

/* Kinds of demand that are worth a line. */
enum { DEMANDS_SAID = 3 };

/* The customer's side of the loop: what followed the delay. */
static void say_demand(struct ko_reply *r)
{
    size_t said = 0;
    for (size_t i = 0; i < r->c->impacts.n && said < DEMANDS_SAID; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (!ko_str_eq(m->measure, KO_STR("demand")))
            continue;
        ko_buf_printf(&r->line, "%s%.*s", said++ == 0 ? "delay became demand: " : "",
                      KO_ARG(m->text));
        ko_reply_end(r);
        ko_reply_cite(r, m->evidence);
    }
}

void ko_answer_worse(struct ko_reply *r)
{
    struct ko_window w;
    ko_amplifiers list = {0};
    if (!ko_window_find(r->c, &w)) {
        ko_reply_say(r, "not known: no signal left its baseline");
        ko_reply_verdict(r, KO_STR("not known"));
        return;
    }
    if (!counts_retries(r->c) && r->status == KO_OK)
        r->status = ko_say_unknown(r->c, KO_STR("retries"),
                                   KO_STR("logs with attempt numbers, or retry metrics"));
    if (r->status == KO_OK)
        r->status = ko_amplifiers_find(r->c, &w, &list);
    if (list.n == 0) {
        say_none(r, &w);
        say_demand(r);
        return;
    }
    for (size_t i = 0; i < list.n; i++)
        say_amplifier(r, &list.v[i]);
    say_demand(r);
    ko_reply_verdict(r, list.v[0].kind <= KO_AMPLIFIER_CALLS ? KO_STR("likely")
                                                             : KO_STR("possible"));
}
