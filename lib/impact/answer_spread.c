/* answer_spread.c: how is it spreading? */
#include "impact/answers.h"
#include "impact/facts.h"

#include <string.h>

/* Names in the headline, and in the list of those not touched. */
enum { NAMES_MAX = 6, UNTOUCHED_MAX = 8 };

/* Does every step come from the one before it? */
static bool is_line(const struct ko_chain *chain)
{
    for (size_t i = 1; i < chain->nodes.n; i++) {
        if (chain->nodes.v[i].parent != chain->nodes.v[i - 1].entity)
            return false;
    }
    return true;
}

static void say_span(struct ko_buf *b, ko_dur span)
{
    if (span <= 0) {
        ko_buf_puts(b, " at once");
        return;
    }
    ko_buf_puts(b, " in ");
    ko_time_put_dur(b, span);
}

static void say_headline(struct ko_reply *r, const struct ko_chain *chain)
{
    const char *glue = is_line(chain) ? " -> " : ", ";
    size_t n = chain->nodes.n;
    for (size_t i = 0; i < n && i < NAMES_MAX; i++) {
        if (i > 0)
            ko_buf_puts(&r->line, i == 1 && strcmp(glue, ", ") == 0 ? ", then " : glue);
        ko_buf_put(&r->line, ko_case_name(r->c, chain->nodes.v[i].entity));
    }
    if (n > NAMES_MAX)
        ko_buf_printf(&r->line, " and %zu more", n - NAMES_MAX);
    say_span(&r->line, chain->nodes.v[n - 1].time - chain->nodes.v[0].time);
    ko_reply_end(r);
}

static void say_untouched(struct ko_reply *r, const struct ko_chain *chain)
{
    size_t n = chain->untouched.n;
    if (n == 0)
        return;
    ko_buf_puts(&r->line, "not touched: ");
    for (size_t i = 0; i < n && i < UNTOUCHED_MAX; i++) {
        ko_buf_puts(&r->line, i > 0 ? ", " : "");
        ko_buf_put(&r->line, ko_case_name(r->c, chain->untouched.v[i]));
    }
    if (n > UNTOUCHED_MAX)
        ko_buf_printf(&r->line, " and %zu more", n - UNTOUCHED_MAX);
    ko_reply_end(r);
}

static void say_node(struct ko_reply *r, const struct ko_chain *chain, size_t i)
{
    const struct ko_node *node = &chain->nodes.v[i];
    const struct ko_link *link = ko_fact_link(r->c, node->parent, node->entity);
    ko_buf_printf(&r->line, "%.*s  ", KO_ARG(ko_case_name(r->c, node->entity)));
    ko_time_put_clock(&r->line, node->time);
    if (node->parent != KO_NO_ENTITY) {
        ko_dur lag = node->time - chain->nodes.v[0].time;
        ko_buf_puts(&r->line, "  +");
        if (lag > 0)
            ko_time_put_dur(&r->line, lag);
        else
            ko_buf_puts(&r->line, "0 s");
        ko_buf_printf(&r->line, "  from %.*s", KO_ARG(ko_case_name(r->c, node->parent)));
    }
    if (link != NULL) {
        ko_buf_puts(&r->line, ": ");
        ko_fact_say_mechanism(&r->line, link);
        ko_buf_printf(&r->line, " (%.*s)", KO_ARG(link->structure));
    }
    ko_reply_end(r);
    ko_reply_cite(r, node->evidence);
}

static void say_end(struct ko_reply *r, const struct ko_chain *chain)
{
    if (chain->end == KO_TIME_NONE) {
        ko_reply_say(r, "still going on at the end of the data");
        return;
    }
    ko_buf_puts(&r->line, "back to normal at ");
    ko_time_put_clock(&r->line, chain->end);
    ko_reply_end(r);
}

/* A step that no declared or observed edge carries is only possible. */
static bool rests_on_edges(const struct ko_case *c, const struct ko_chain *chain)
{
    for (size_t i = 0; i < chain->nodes.n; i++) {
        const struct ko_node *node = &chain->nodes.v[i];
        const struct ko_link *link = ko_fact_link(c, node->parent, node->entity);
        if (node->parent == KO_NO_ENTITY)
            continue;
        if (link == NULL || ko_str_eq(link->structure, KO_STR("inferred")))
            return false;
    }
    return true;
}

/* The cascade is found by time and edges, the suspect by what is its own: they may
 * differ, and then both are less sure. */
static bool starts_at_suspect(struct ko_reply *r, const struct ko_chain *chain)
{
    const struct ko_suspect *first = ko_suspect_rank(r->c, 1);
    if (!ko_suspect_holds(first) || first->entity == chain->origin)
        return true;
    ko_buf_printf(&r->line, "it starts at %.*s, not at the first suspect %.*s",
                  KO_ARG(ko_case_name(r->c, chain->origin)),
                  KO_ARG(ko_case_name(r->c, first->entity)));
    ko_reply_end(r);
    return false;
}

static void say_none(struct ko_reply *r, const struct ko_chain *chain)
{
    ko_reply_verdict(r, KO_STR("not known"));
    if (r->c->onsets.n == 0) {
        ko_reply_say(r, "not known: no signal left its baseline");
        return;
    }
    if (chain == NULL || chain->nodes.n == 0) {
        ko_reply_say(r, "not known: no link between the parts that left their baseline");
        return;
    }
    ko_buf_printf(&r->line, "only %.*s: nothing else left its baseline after it",
                  KO_ARG(ko_case_name(r->c, chain->nodes.v[0].entity)));
    ko_reply_end(r);
    ko_reply_cite(r, chain->nodes.v[0].evidence);
    ko_reply_verdict(r, KO_STR("possible"));
}

static void say_missing_edges(struct ko_reply *r)
{
    if (r->c->edges.n > 0 || r->status != KO_OK)
        return;
    r->status = ko_say_unknown(
        r->c, KO_STR("which part calls which"),
        KO_STR("traces, a dependency list, or logs that name their upstream"));
}

static void say_chain(struct ko_reply *r, const struct ko_chain *chain)
{
    say_headline(r, chain);
    bool agreed = starts_at_suspect(r, chain);
    say_untouched(r, chain);
    for (size_t i = 0; i < chain->nodes.n; i++)
        say_node(r, chain, i);
    say_end(r, chain);
    bool sure = agreed && rests_on_edges(r->c, chain);
    ko_reply_verdict(r, sure ? KO_STR("likely") : KO_STR("possible"));
}

void ko_answer_spread(struct ko_reply *r)
{
    const struct ko_chain *chain = ko_fact_chain(r->c);
    say_missing_edges(r);
    if (chain != NULL && chain->nodes.n >= 2) {
        say_chain(r, chain);
        return;
    }
    say_none(r, chain);
    if (chain != NULL)
        say_untouched(r, chain);
}
