/* facts_found.c: what the stages found, as tables. */
#include "show/facts.h"
#include "show/moment.h"
#include "show/trail.h"
#include "show/words.h"

#include <math.h>
#include <stdint.h>

#define COLUMNS(list) (list), sizeof(list) / sizeof(list)[0]

static void say(struct ko_doc *d, const char *text)
{
    d->ops->paragraph(d, ko_str(text));
}

/* "51.9k s of waiting (88 %)" */
static void cell_own(struct ko_doc *d, const struct ko_suspect *s)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    ko_words_number(text, s->own, s->mass_unit);
    if (isfinite(s->share)) {
        ko_buf_puts(text, " (");
        ko_words_number(text, s->share, KO_STR("ratio"));
        ko_buf_putc(text, ')');
    }
    ko_doc_cell(d, ko_buf_str(text));
}

static void suspect_row(struct ko_doc *d, const struct ko_suspect *s)
{
    ko_doc_row(d);
    ko_doc_cell_count(d, s->rank);
    ko_doc_cell_entity(d, s->entity);
    ko_doc_cell(d, s->verdict);
    ko_doc_cell_time(d, s->onset, s->lo, s->hi);
    cell_own(d, s);
    ko_doc_cell_number(d, s->waited, s->mass_unit);
    ko_doc_cell_list(d, &s->reasons_for);
    ko_doc_cell_list(d, &s->reasons_against);
    ko_doc_cell_ids(d, &s->evidence);
    ko_doc_end_row(d);
}

void ko_facts_suspects(struct ko_doc *d)
{
    static const struct ko_column columns[] = {
        {"#", KO_NUMBER},      {"component", KO_WORD},   {"verdict", KO_WORD},
        {"onset ±", KO_CLOCK}, {"own (share)", KO_WORD}, {"waited on", KO_WORD},
        {"for", KO_PROSE},     {"against", KO_PROSE},    {"evidence", KO_WORD},
    };
    if (d->c->suspects.n == 0) {
        say(d,
            "No suspect: no signal left its baseline far enough, or blame has not run.");
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->suspects.n; i++)
        suspect_row(d, &d->c->suspects.v[i]);
    ko_doc_end_table(d);
}

static void cell_owner(struct ko_doc *d, uint32_t entity)
{
    const struct ko_case *c = d->c;
    struct ko_str owner =
        entity < c->entities.n ? c->entities.v[entity].owner : KO_STR("");
    ko_doc_cell(d, owner.n ? owner : KO_STR("unknown"));
}

static void cell_carried(struct ko_doc *d, const struct ko_trail *trail, size_t index)
{
    const struct ko_trail_step *step = &trail->steps.v[index];
    struct ko_buf *text = ko_doc_begin_text(d);
    if (step->parent == SIZE_MAX) {
        ko_buf_puts(text, index == 0 ? "origin" : "no path found");
    } else {
        ko_buf_put(text, step->link != NULL ? ko_words_mechanism(step->link->mechanism)
                                            : KO_STR("unknown"));
        ko_buf_puts(text, " from ");
        ko_buf_put(text, ko_case_name(d->c, trail->steps.v[step->parent].node->entity));
        if (step->link != NULL && step->link->structure.n)
            ko_buf_printf(text, " (%.*s)", KO_ARG(step->link->structure));
    }
    ko_doc_cell(d, ko_buf_str(text));
}

/* "latency_p95 0.21 s → 4.9 s" */
static void cell_level(struct ko_doc *d, const struct ko_trail_step *step)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    if (step->onset != NULL) {
        struct ko_str unit = step->series != NULL ? step->series->unit : KO_STR("");
        ko_buf_put(text, step->onset->signal);
        ko_buf_puts(text, " ");
        ko_words_number(text, step->onset->before, unit);
        ko_buf_puts(text, " → ");
        ko_words_number(text, step->onset->after, unit);
    }
    ko_doc_cell(d, ko_buf_str(text));
}

static void cascade_row(struct ko_doc *d, const struct ko_trail *trail, size_t index,
                        int64_t number)
{
    const struct ko_trail_step *step = &trail->steps.v[index];
    ko_doc_row(d);
    ko_doc_cell_count(d, number);
    ko_doc_cell_entity(d, step->node->entity);
    ko_doc_cell_time(d, step->node->time, step->node->lo, step->node->hi);
    ko_doc_cell_lag(d, step->node->time - trail->steps.v[0].node->time);
    cell_carried(d, trail, index);
    cell_level(d, step);
    cell_owner(d, step->node->entity);
    ko_doc_cell_id(d, step->node->evidence);
    ko_doc_end_row(d);
}

static void say_untouched(struct ko_doc *d, const struct ko_chain *chain)
{
    enum { NAMES_MAX = 40 };
    struct ko_buf *text = ko_doc_begin_text(d);
    if (chain->untouched.n == 0)
        return;
    ko_buf_puts(text, "Not touched, though the exports cover them: ");
    for (size_t i = 0; i < chain->untouched.n && i < NAMES_MAX; i++) {
        ko_buf_puts(text, i ? ", " : "");
        ko_buf_put(text, ko_case_name(d->c, chain->untouched.v[i]));
    }
    if (chain->untouched.n > NAMES_MAX)
        ko_buf_printf(text, " and %zu more", chain->untouched.n - NAMES_MAX);
    ko_buf_putc(text, '.');
    ko_doc_paragraph(d);
}

static void cascade_table(struct ko_doc *d, const struct ko_trail *trail)
{
    static const struct ko_column columns[] = {
        {"step", KO_NUMBER},  {"component", KO_WORD},   {"onset ±", KO_CLOCK},
        {"after", KO_NUMBER}, {"carried by", KO_PROSE}, {"signal", KO_PROSE},
        {"owner", KO_WORD},   {"evidence", KO_WORD},
    };
    ko_doc_table(d, COLUMNS(columns));
    int64_t number = 1;
    for (size_t i = ko_trail_next(trail, SIZE_MAX); i != SIZE_MAX;
         i = ko_trail_next(trail, i))
        cascade_row(d, trail, i, number++);
    ko_doc_end_table(d);
    if (trail->left_out) {
        ko_buf_printf(ko_doc_begin_text(d), "%zu more steps are in the case.",
                      trail->left_out);
        ko_doc_paragraph(d);
    }
    say_untouched(d, trail->chain);
}

void ko_facts_cascade(struct ko_doc *d)
{
    struct ko_arena arena = {0};
    struct ko_trail trail = {0};
    if (ko_trail_lay(d->c, ko_trail_chain(d->c), &arena, &trail) != KO_OK)
        d->out->status = KO_ENOMEM;
    else if (trail.steps.n == 0)
        say(d, "No cascade: no chain of onsets was found.");
    else
        cascade_table(d, &trail);
    ko_arena_release(&arena);
}

/* "identity → bot-gateway +60 s: slow dependency (observed, support 0.94) [E1 E3]" */
static void say_link(struct ko_doc *d, const struct ko_link *l)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    ko_buf_put(text, ko_case_name(d->c, l->from));
    ko_buf_puts(text, " → ");
    ko_buf_put(text, ko_case_name(d->c, l->to));
    ko_buf_putc(text, ' ');
    ko_words_lag(text, l->lag);
    ko_buf_puts(text, ": ");
    ko_buf_put(text, ko_words_mechanism(l->mechanism));
    ko_buf_puts(text, l->alternative ? " (alternative, " : " (");
    ko_buf_put(text, l->structure.n ? l->structure : KO_STR("structure unknown"));
    ko_buf_puts(text, ", support ");
    ko_words_number(text, l->score, KO_STR(""));
    ko_buf_putc(text, ')');
    if (l->evidence.n) {
        ko_buf_puts(text, " [");
        ko_words_join(text, &l->evidence, " ", l->evidence.n);
        ko_buf_putc(text, ']');
    }
    ko_doc_paragraph(d);
}

void ko_facts_links(struct ko_doc *d)
{
    if (d->c->links.n == 0)
        say(d, "No link: nothing shows how one onset reached another.");
    for (size_t i = 0; i < d->c->links.n; i++)
        say_link(d, &d->c->links.v[i]);
}

static void cell_group(struct ko_doc *d, const struct ko_impact *m)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    if (m->dim.n == 0) {
        ko_buf_puts(text, "everything");
    } else {
        ko_buf_put(text, m->dim);
        ko_buf_putc(text, ' ');
        ko_buf_put(text, m->value.n ? m->value : KO_STR("(any)"));
    }
    ko_doc_cell(d, ko_buf_str(text));
}

/* Empty where the measure has no such number: a count has no level before. */
static void cell_number_if(struct ko_doc *d, double x, struct ko_str unit)
{
    if (isfinite(x))
        ko_doc_cell_number(d, x, unit);
    else
        ko_doc_cell(d, KO_STR(""));
}

static void impact_row(struct ko_doc *d, const struct ko_impact *m)
{
    ko_doc_row(d);
    ko_doc_cell(d, m->measure);
    cell_group(d, m);
    cell_number_if(d, m->before, m->unit);
    cell_number_if(d, m->during, m->unit);
    cell_number_if(d, m->after, m->unit);
    cell_number_if(d, m->total,
                   ko_str_eq(m->unit, KO_STR("ratio")) ? KO_STR("") : m->unit);
    cell_number_if(d, m->share, KO_STR("ratio"));
    ko_doc_cell(d, m->text);
    ko_doc_cell_id(d, m->evidence);
    ko_doc_end_row(d);
}

static bool is_of_journeys(const struct ko_impact *m)
{
    return ko_str_eq(m->measure, KO_STR(KO_FACTS_JOURNEY)) ||
           ko_str_eq(m->measure, KO_STR(KO_FACTS_JOURNEY_STEP)) ||
           ko_str_eq(m->measure, KO_STR(KO_FACTS_SINGLE_POINT));
}

void ko_facts_impact(struct ko_doc *d)
{
    static const struct ko_column columns[] = {
        {"measure", KO_WORD},  {"of", KO_WORD},        {"before", KO_NUMBER},
        {"during", KO_NUMBER}, {"after", KO_NUMBER},   {"total", KO_NUMBER},
        {"share", KO_NUMBER},  {"in words", KO_PROSE}, {"evidence", KO_WORD},
    };
    if (d->c->impacts.n == 0) {
        say(d, "Not known: no export tells who was hurt.");
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->impacts.n; i++) {
        if (!is_of_journeys(&d->c->impacts.v[i]))
            impact_row(d, &d->c->impacts.v[i]);
    }
    ko_doc_end_table(d);
}

/* A measure is defined once, by its first record. */
static bool is_defined_before(const struct ko_case *c, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (ko_str_eq(c->impacts.v[i].measure, c->impacts.v[index].measure))
            return true;
    }
    return false;
}

void ko_facts_definitions(struct ko_doc *d)
{
    const struct ko_case *c = d->c;
    for (size_t i = 0; i < c->impacts.n; i++) {
        const struct ko_impact *m = &c->impacts.v[i];
        if (m->definition.n == 0 || is_defined_before(c, i))
            continue;
        struct ko_buf *text = ko_doc_begin_text(d);
        ko_buf_put(text, m->measure);
        ko_buf_puts(text, ": ");
        ko_buf_put(text, m->definition);
        ko_doc_paragraph(d);
    }
}

static void change_row(struct ko_doc *d, const struct ko_change *x)
{
    ko_doc_row(d);
    ko_doc_cell_time(d, x->time, KO_TIME_NONE, KO_TIME_NONE);
    ko_doc_cell(d, x->verdict.n ? x->verdict : KO_STR("not judged"));
    ko_doc_cell(d, x->kind);
    ko_doc_cell(d, x->entity == KO_NO_ENTITY ? KO_STR("not said")
                                             : ko_case_name(d->c, x->entity));
    ko_doc_cell(d, x->id);
    ko_doc_cell(d, x->summary);
    ko_doc_cell(d, x->why);
    ko_doc_cell(d, x->row);
    ko_doc_end_row(d);
}

void ko_facts_changes(struct ko_doc *d)
{
    static const struct ko_column columns[] = {
        {"time", KO_CLOCK},     {"verdict", KO_WORD}, {"kind", KO_WORD},
        {"component", KO_WORD}, {"id", KO_WORD},      {"what", KO_PROSE},
        {"why", KO_PROSE},      {"row", KO_WORD},
    };
    if (d->c->changes.n == 0) {
        say(d, "Not known: no export lists changes.");
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->changes.n; i++)
        change_row(d, &d->c->changes.v[i]);
    ko_doc_end_table(d);
}

static void moment_row(struct ko_doc *d, const struct ko_moment *m, ko_time previous)
{
    bool is_evidence = m->kind == KO_MOMENT_ONSET;
    struct ko_buf *text;
    ko_doc_row(d);
    ko_doc_cell_time(d, m->time, m->lo, m->hi);
    if (previous == KO_TIME_NONE)
        ko_doc_cell(d, KO_STR(""));
    else
        ko_doc_cell_lag(d, m->time - previous);
    ko_doc_cell(d, ko_str(ko_moment_kind_name(m->kind)));
    ko_doc_cell_entity(d, m->entity);
    text = ko_doc_begin_text(d);
    ko_buf_put(text, m->what);
    ko_buf_puts(text, m->what.n && m->detail.n ? ": " : "");
    ko_buf_put(text, m->detail);
    ko_doc_cell(d, ko_buf_str(text));
    if (is_evidence)
        ko_doc_cell_id(d, m->source);
    else
        ko_doc_cell(d, m->source);
    ko_doc_end_row(d);
}

static void timeline_table(struct ko_doc *d, const ko_moments *list)
{
    static const struct ko_column columns[] = {
        {"time (UTC)", KO_CLOCK}, {"since the last", KO_NUMBER},
        {"kind", KO_WORD},        {"component", KO_WORD},
        {"what", KO_PROSE},       {"source", KO_WORD},
    };
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < list->n; i++)
        moment_row(d, &list->v[i], i ? list->v[i - 1].time : KO_TIME_NONE);
    ko_doc_end_table(d);
}

void ko_facts_timeline(struct ko_doc *d)
{
    struct ko_arena arena = {0};
    ko_moments list = {0};
    if (ko_moment_list(d->c, &arena, &list) != KO_OK)
        d->out->status = KO_ENOMEM;
    else if (list.n == 0)
        say(d, "Nothing in the case has a time.");
    else
        timeline_table(d, &list);
    ko_arena_release(&arena);
}
