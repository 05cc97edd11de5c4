/* answer_changed.c: what changed recently? */
#include "impact/answers.h"
#include "impact/facts.h"

/* Other changes named, the nearest to the onset first. */
enum { OTHERS_MAX = 6 };

static void say_distance(struct ko_buf *b, ko_time t, ko_time start)
{
    if (start == KO_TIME_NONE)
        return;
    ko_buf_puts(b, ", ");
    ko_time_put_dur(b, t <= start ? start - t : t - start);
    ko_buf_puts(b, t <= start ? " before the onset" : " after the onset");
}

static void say_suspect(struct ko_reply *r, const struct ko_change *x, ko_time start)
{
    ko_time_put_clock(&r->line, x->time);
    ko_buf_putc(&r->line, ' ');
    ko_fact_say_change(&r->line, r->c, x);
    say_distance(&r->line, x->time, start);
    ko_reply_end(r);
    ko_fact_cite_change(r, x);
    size_t at;
    if (ko_str_chr(x->summary, ' ', &at)) {
        ko_buf_printf(&r->line, "\"%.*s\"", KO_ARG(x->summary));
        ko_reply_end(r);
    }
    if (x->why.n > 0) {
        ko_buf_put(&r->line, x->why);
        ko_reply_end(r);
    }
}

static void say_other(struct ko_reply *r, const struct ko_change *x)
{
    ko_time_put_clock(&r->line, x->time);
    ko_buf_putc(&r->line, ' ');
    ko_fact_say_change(&r->line, r->c, x);
    ko_buf_printf(&r->line, ": %.*s",
                  KO_ARG(x->verdict.n > 0 ? x->verdict : KO_STR("not judged")));
    if (x->why.n > 0)
        ko_buf_printf(&r->line, ", %.*s", KO_ARG(x->why));
    ko_reply_end(r);
}

static ko_dur distance(const struct ko_change *x, ko_time start)
{
    if (start == KO_TIME_NONE)
        return 0;
    return x->time <= start ? start - x->time : x->time - start;
}

/* Does ${a} stand nearer to the onset than ${b}?  Ties by list order, a total order. */
static bool nearer(const struct ko_change *a, const struct ko_change *b, ko_time start)
{
    ko_dur da = distance(a, start), db = distance(b, start);
    return da < db || (da == db && a < b);
}

/* The nearest change farther than ${last} (NULL: any) that is not ${suspect}. */
static const struct ko_change *next_other(const struct ko_case *c,
                                          const struct ko_change *suspect,
                                          const struct ko_change *last, ko_time start)
{
    const struct ko_change *best = NULL;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        if (x == suspect || (last != NULL && !nearer(last, x, start)))
            continue;
        if (best == NULL || nearer(x, best, start))
            best = x;
    }
    return best;
}

static void say_others(struct ko_reply *r, const struct ko_change *suspect, ko_time start)
{
    size_t said = 0;
    const struct ko_change *x = next_other(r->c, suspect, NULL, start);
    for (; x != NULL && said < OTHERS_MAX; said++) {
        say_other(r, x);
        x = next_other(r->c, suspect, x, start);
    }
    size_t others = r->c->changes.n - (suspect != NULL ? 1 : 0);
    if (others > said) {
        ko_buf_printf(&r->line, "and %zu more, farther from the onset", others - said);
        ko_reply_end(r);
    }
}

/* A text that the origin never wrote before: a change that no list names. */
static void say_new_text(struct ko_reply *r, const struct ko_suspect *first,
                         ko_time start)
{
    if (!ko_suspect_holds(first) || start == KO_TIME_NONE)
        return;
    for (size_t i = 0; i < r->c->templates.n; i++) {
        const struct ko_template *t = &r->c->templates.v[i];
        if (t->entity != first->entity || t->normal || t->op.n > 0 ||
            t->first == KO_TIME_NONE || t->first < start - r->c->head.step)
            continue;
        ko_buf_printf(&r->line, "new in the log of %.*s since ",
                      KO_ARG(ko_case_name(r->c, t->entity)));
        ko_time_put_clock(&r->line, t->first);
        ko_buf_printf(&r->line, ": \"%.*s\"", KO_ARG(t->text));
        ko_reply_end(r);
        return;
    }
}

void ko_answer_changed(struct ko_reply *r)
{
    const struct ko_change *suspect = ko_fact_change(r->c);
    const struct ko_suspect *first = ko_suspect_rank(r->c, 1);
    ko_time start = ko_fact_start(r->c);
    ko_reply_verdict(r, suspect != NULL
                            ? first != NULL ? first->verdict : KO_STR("possible")
                            : KO_STR("not known"));
    if (suspect != NULL) {
        say_suspect(r, suspect, start);
    } else if (r->c->changes.n > 0) {
        ko_buf_printf(&r->line, "none of %zu changes fits the onset and its place",
                      r->c->changes.n);
        ko_reply_end(r);
    } else {
        ko_reply_say(r, "not known: no list of changes was given");
        if (r->status == KO_OK)
            r->status = ko_say_unknown(
                r->c, KO_STR("what changed"),
                KO_STR("a list of deploys, config, flags and vendor notices"));
    }
    say_others(r, suspect, start);
    say_new_text(r, first, start);
}
