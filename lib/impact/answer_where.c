/* answer_where.c: where did it start? */
#include "impact/answers.h"
#include "impact/facts.h"

#include "base/num.h"

#include <math.h>

/* Sentences for the first suspect; more stand in its own record. */
enum { REASONS_MAX = 2, EVIDENCE_MAX = 8 };
/* A smaller part of all own mass is no argument. */
static const double SHARE_MIN = 0.01;

static void say_spread(struct ko_buf *b, const struct ko_suspect *s)
{
    if (s->lo == KO_TIME_NONE || s->hi == KO_TIME_NONE)
        return;
    ko_dur down = s->onset - s->lo, up = s->hi - s->onset;
    ko_dur most = down > up ? down : up;
    if (most <= 0)
        return;
    ko_buf_puts(b, " +/-");
    ko_time_put_dur(b, most);
}

static void say_place(struct ko_reply *r, const struct ko_suspect *s)
{
    ko_buf_put(&r->line, ko_case_name(r->c, s->entity));
    if (s->onset != KO_TIME_NONE) {
        ko_buf_puts(&r->line, "  ");
        ko_time_put_clock(&r->line, s->onset);
        say_spread(&r->line, s);
    }
}

static void say_mass(struct ko_reply *r, const struct ko_suspect *s)
{
    if (isnan(s->own) || !(s->own > 0))
        return;
    ko_buf_puts(&r->line, "its own share: ");
    ko_num_human(&r->line, s->own);
    ko_buf_printf(&r->line, " %.*s", KO_ARG(s->mass_unit));
    if (s->share >= SHARE_MIN)
        ko_buf_printf(&r->line, ", %.0f%% of all", s->share * 100);
    if (s->waited > 0) {
        ko_buf_puts(&r->line, "; waited on others for ");
        ko_num_human(&r->line, s->waited);
    }
    ko_reply_end(r);
}

static void say_runner_up(struct ko_reply *r, const struct ko_suspect *first)
{
    const struct ko_suspect *s = ko_suspect_rank(r->c, 2);
    if (s == NULL || (!(s->score > 0) && s->onset == KO_TIME_NONE))
        return;
    ko_buf_puts(&r->line, "runner-up ");
    say_place(r, s);
    if (s->reasons_against.n > 0)
        ko_buf_printf(&r->line, " - against: %.*s", KO_ARG(s->reasons_against.v[0]));
    else if (first->score > 0)
        ko_buf_printf(&r->line, " - its score is %.0f%% of the first's",
                      s->score / first->score * 100);
    ko_reply_end(r);
}

static void say_suspect(struct ko_reply *r, const struct ko_suspect *s)
{
    say_place(r, s);
    ko_reply_end(r);
    for (size_t i = 0; i < s->reasons_for.n && i < REASONS_MAX; i++) {
        ko_buf_put(&r->line, s->reasons_for.v[i]);
        ko_reply_end(r);
        if (i == 0)
            say_runner_up(r, s);
    }
    if (s->reasons_for.n == 0)
        say_runner_up(r, s);
    say_mass(r, s);
    for (size_t i = 0; i < s->reasons_against.n && i < REASONS_MAX; i++) {
        ko_buf_printf(&r->line, "against: %.*s", KO_ARG(s->reasons_against.v[i]));
        ko_reply_end(r);
    }
    for (size_t i = 0; i < s->evidence.n && i < EVIDENCE_MAX; i++)
        ko_reply_cite(r, s->evidence.v[i]);
    ko_reply_verdict(r, s->verdict);
}

/* What happened before, as it begins where this does or spreads alike. */
static void say_past(struct ko_reply *r)
{
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        bool rate = ko_str_eq(m->measure, KO_STR("repeat incident rate"));
        if ((!rate || !(m->total > 0)) && !ko_str_eq(m->measure, KO_STR("past incident")))
            continue;
        ko_buf_puts(&r->line, rate ? "this happened before: " : "");
        ko_buf_put(&r->line, m->text);
        ko_reply_cite(r, m->evidence);
        ko_reply_end(r);
    }
}

static void say_nothing(struct ko_reply *r, const struct ko_suspect *s)
{
    ko_reply_verdict(r, s != NULL ? s->verdict : KO_STR("not known"));
    if (s == NULL && r->c->series.n == 0 && r->c->templates.n == 0)
        ko_reply_say(r, "not known: no export carries a signal of any entity");
    else if (r->c->onsets.n == 0)
        ko_reply_say(r, "not known: no signal left its baseline");
    else
        ko_reply_say(r, "not known: nothing stands out from its ordinary alarms");
    if (s == NULL)
        return;
    ko_buf_puts(&r->line, "nearest is ");
    say_place(r, s);
    ko_buf_puts(&r->line, ", ");
    ko_num_human(&r->line, s->score);
    ko_buf_puts(&r->line, " of the worst ordinary alarm");
    ko_reply_end(r);
    for (size_t i = 0; i < s->evidence.n && i < EVIDENCE_MAX; i++)
        ko_reply_cite(r, s->evidence.v[i]);
}

void ko_answer_where(struct ko_reply *r)
{
    const struct ko_suspect *first = ko_suspect_rank(r->c, 1);
    if (ko_suspect_holds(first))
        say_suspect(r, first);
    else
        say_nothing(r, first);
    say_past(r);
}
