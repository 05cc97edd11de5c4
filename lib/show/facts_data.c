/* facts_data.c: the answers, and what they stand on: the map, the response, the evidence,
 * the exports. */
#include "show/facts.h"
#include "show/question.h"
#include "show/words.h"

#include <stdint.h>

#define COLUMNS(list) (list), sizeof(list) / sizeof(list)[0]

static void say(struct ko_doc *d, const char *text)
{
    d->ops->paragraph(d, ko_str(text));
}

static void say_answer(struct ko_doc *d, const struct ko_question *q)
{
    const struct ko_answer *a = ko_question_answer(d->c, q->key);
    struct ko_str verdict = ko_question_verdict(a);
    struct ko_buf *text = ko_doc_begin_text(d);
    d->ops->heading(d, 3, q->key, q->title);
    if (verdict.n)
        ko_buf_printf(text, "%.*s: ", KO_ARG(verdict));
    ko_question_headline(d->c, a, SIZE_MAX, text);
    ko_doc_paragraph(d);
    if (a != NULL && a->more.n)
        d->ops->list(d, &a->more);
}

void ko_facts_answers(struct ko_doc *d)
{
    for (size_t i = 0; i < KO_QUESTIONS; i++)
        say_answer(d, &ko_question_table[i]);
}

static void milestone_row(struct ko_doc *d, const struct ko_milestone *m, ko_time onset)
{
    ko_doc_row(d);
    ko_doc_cell_time(d, m->time, KO_TIME_NONE, KO_TIME_NONE);
    if (onset == KO_TIME_NONE)
        ko_doc_cell(d, KO_STR("unknown"));
    else
        ko_doc_cell_lag(d, m->time - onset);
    ko_doc_cell(d, m->what);
    ko_doc_cell(d, m->owner.n ? m->owner : KO_STR("unknown"));
    ko_doc_cell(d, m->id);
    ko_doc_cell(d, m->summary);
    ko_doc_cell(d, m->row);
    ko_doc_end_row(d);
}

void ko_facts_response(struct ko_doc *d)
{
    static const struct ko_column columns[] = {
        {"time", KO_CLOCK}, {"after the onset", KO_NUMBER},
        {"step", KO_WORD},  {"who", KO_WORD},
        {"id", KO_WORD},    {"what", KO_PROSE},
        {"row", KO_WORD},
    };
    const struct ko_case *c = d->c;
    ko_time onset = c->chains.n ? c->chains.v[0].start : KO_TIME_NONE;
    if (c->milestones.n == 0) {
        say(d, "Not known: no export of the incident tracker was read.");
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < c->milestones.n; i++)
        milestone_row(d, &c->milestones.v[i], onset);
    ko_doc_end_table(d);
}

static struct ko_str or_unknown(struct ko_str s)
{
    return s.n ? s : KO_STR("unknown");
}

/* What the impact stage says of the step; NULL when it did not run. */
static const struct ko_impact *step_impact(const struct ko_case *c, struct ko_str journey,
                                           struct ko_str step)
{
    for (size_t i = 0; i < c->impacts.n; i++) {
        const struct ko_impact *m = &c->impacts.v[i];
        if (ko_str_eq(m->measure, KO_STR(KO_FACTS_JOURNEY_STEP)) &&
            ko_str_eq(m->dim, journey) && ko_str_eq(m->value, step))
            return m;
    }
    return NULL;
}

/* "slow since 09:05:00; …": the impact's text without the name of the step before it. */
static struct ko_str step_state(const struct ko_impact *m, struct ko_str step)
{
    if (m == NULL)
        return KO_STR("not judged");
    struct ko_str rest = ko_str_skip(m->text, step.n);
    bool named = ko_str_starts(m->text, step) && ko_str_starts(rest, KO_STR(": "));
    return named ? ko_str_skip(rest, 2) : m->text;
}

static struct ko_str step_owner(const struct ko_case *c, const struct ko_step *s)
{
    if (s->owner.n || s->entity >= c->entities.n)
        return or_unknown(s->owner);
    return or_unknown(c->entities.v[s->entity].owner);
}

static void journey_rows(struct ko_doc *d, const struct ko_journey *j)
{
    for (size_t i = 0; i < j->steps.n; i++) {
        const struct ko_step *s = &j->steps.v[i];
        const struct ko_impact *m = step_impact(d->c, j->name, s->name);
        ko_doc_row(d);
        ko_doc_cell(d, i ? KO_STR("") : j->name);
        ko_doc_cell(d, s->name);
        ko_doc_cell_entity(d, s->entity);
        ko_doc_cell(d, step_state(m, s->name));
        ko_doc_cell(d, step_owner(d->c, s));
        ko_doc_cell(d, s->fallback.n ? s->fallback : KO_STR("none in the map"));
        ko_doc_cell_id(d, m != NULL ? m->evidence : KO_STR(""));
        ko_doc_end_row(d);
    }
}

/* What the impact stage says in words, a paragraph a record. */
static void say_measures(struct ko_doc *d, const char *measure)
{
    for (size_t i = 0; i < d->c->impacts.n; i++) {
        const struct ko_impact *m = &d->c->impacts.v[i];
        if (!ko_str_eq(m->measure, ko_str(measure)))
            continue;
        struct ko_buf *text = ko_doc_begin_text(d);
        ko_buf_put(text, m->text);
        if (m->evidence.n)
            ko_buf_printf(text, " [%.*s]", KO_ARG(m->evidence));
        ko_doc_paragraph(d);
    }
}

void ko_facts_journeys(struct ko_doc *d)
{
    static const struct ko_column columns[] = {
        {"journey", KO_WORD},  {"step", KO_WORD},  {"component", KO_WORD},
        {"state", KO_PROSE},   {"owner", KO_WORD}, {"fallback", KO_WORD},
        {"evidence", KO_WORD},
    };
    if (d->c->journeys.n == 0) {
        say(d, "Not known: no map of journeys was read.");
        return;
    }
    say_measures(d, KO_FACTS_JOURNEY);
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->journeys.n; i++)
        journey_rows(d, &d->c->journeys.v[i]);
    ko_doc_end_table(d);
    say_measures(d, KO_FACTS_BURN);
    say_measures(d, KO_FACTS_SINGLE_POINT);
}

void ko_facts_unknown(struct ko_doc *d)
{
    static const struct ko_column columns[] = {{"not known", KO_PROSE},
                                               {"what would tell", KO_PROSE}};
    if (d->c->unknowns.n == 0) {
        say(d, "The stages that ran name nothing that another export could still tell.");
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->unknowns.n; i++) {
        ko_doc_row(d);
        ko_doc_cell(d, d->c->unknowns.v[i].what);
        ko_doc_cell(d, d->c->unknowns.v[i].needs);
        ko_doc_end_row(d);
    }
    ko_doc_end_table(d);
}

void ko_facts_evidence(struct ko_doc *d)
{
    if (d->c->evidence.n == 0)
        say(d, "No stage has written evidence into this case.");
    for (size_t i = 0; i < d->c->evidence.n; i++)
        d->ops->evidence(d, &d->c->evidence.v[i]);
}

static void cell_remarks(struct ko_doc *d, const struct ko_account *a)
{
    enum { REASONS_MAX = 8 };
    struct ko_buf *text = ko_doc_begin_text(d);
    if (a->damaged)
        ko_buf_puts(text, "damaged or cut short; ");
    if (a->capped)
        ko_buf_puts(text, "looks truncated by its exporter; ");
    if (a->repeated)
        ko_buf_puts(text, "same content as an earlier export, counted once; ");
    ko_words_join(text, &a->rejects, ", ", REASONS_MAX);
    ko_buf_puts(text, a->rejects.n && a->remarks.n ? "; " : "");
    ko_words_join(text, &a->remarks, "; ", REASONS_MAX);
    while (text->n && (text->p[text->n - 1] == ' ' || text->p[text->n - 1] == ';'))
        text->n--;
    ko_doc_cell(d, ko_buf_str(text));
}

static void ledger_row(struct ko_doc *d, const struct ko_account *a)
{
    ko_doc_row(d);
    ko_doc_cell(d, a->file);
    ko_doc_cell(d, a->format);
    ko_doc_cell(d, a->why);
    ko_doc_cell(d, a->zone);
    ko_doc_cell_count(d, a->lines);
    ko_doc_cell_count(d, a->accepted);
    ko_doc_cell_count(d, a->rejected);
    ko_doc_cell_count(d, a->no_time);
    ko_doc_cell_count(d, a->outside);
    ko_doc_cell_count(d, a->duplicates);
    ko_doc_cell_time(d, a->first, KO_TIME_NONE, KO_TIME_NONE);
    ko_doc_cell_time(d, a->last, KO_TIME_NONE, KO_TIME_NONE);
    cell_remarks(d, a);
    ko_doc_end_row(d);
}

void ko_facts_ledger(struct ko_doc *d)
{
    static const struct ko_column columns[] = {
        {"export", KO_WORD},     {"read as", KO_WORD},   {"because", KO_PROSE},
        {"zone", KO_PROSE},      {"lines", KO_NUMBER},   {"used", KO_NUMBER},
        {"rejected", KO_NUMBER}, {"no time", KO_NUMBER}, {"outside", KO_NUMBER},
        {"twice", KO_NUMBER},    {"first", KO_CLOCK},    {"last", KO_CLOCK},
        {"remarks", KO_PROSE},
    };
    if (d->c->accounts.n == 0) {
        say(d, "No export was read.");
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->accounts.n; i++)
        ledger_row(d, &d->c->accounts.v[i]);
    ko_doc_end_table(d);
}
