/* csv.c: the findings as one table for a spreadsheet. */
#include "show/csv.h"

#include "base/num.h"
#include "show/escape.h"
#include "show/scratch.h"
#include "show/words.h"

#include <math.h>

/* A row; zeroed texts are empty cells, as are NaN and KO_TIME_NONE. */
struct row {
    const char *record;
    int64_t rank;
    struct ko_str entity, related, name, value_of;
    ko_time time, lo, hi;
    double value, baseline;
    struct ko_str unit;
    double score;
    struct ko_str verdict, text;
    const ko_strs *evidence;
    struct ko_str one_evidence;
};

static const char header[] =
    "record,rank,entity,related,name,value_of,time,time_lo,time_hi,value,baseline,unit,"
    "score,verdict,text,evidence\n";

static struct row new_row(const char *record)
{
    return (struct row){.record = record,
                        .time = KO_TIME_NONE,
                        .lo = KO_TIME_NONE,
                        .hi = KO_TIME_NONE,
                        .value = NAN,
                        .baseline = NAN,
                        .score = NAN};
}

static void put_text(struct ko_buf *out, struct ko_str text)
{
    ko_buf_putc(out, ',');
    ko_escape_csv(out, text);
}

static void put_number(struct ko_buf *out, double x)
{
    ko_buf_putc(out, ',');
    if (isfinite(x))
        ko_num_put(out, x);
}

static void put_time(struct ko_buf *out, ko_time t)
{
    ko_buf_putc(out, ',');
    if (t != KO_TIME_NONE)
        ko_time_put(out, t);
}

static void put_evidence(struct ko_buf *out, const struct row *r)
{
    struct ko_buf ids;
    ko_buf_init(&ids, KO_BUF_MAX);
    if (r->evidence != NULL)
        ko_words_join(&ids, r->evidence, " ", r->evidence->n);
    else
        ko_buf_put(&ids, r->one_evidence);
    put_text(out, ko_buf_str(&ids));
    ko_scratch_end(&ids, out);
}

static void put_row(struct ko_buf *out, const struct row *r)
{
    ko_buf_puts(out, r->record);
    ko_buf_putc(out, ',');
    if (r->rank > 0)
        ko_buf_printf(out, "%lld", (long long)r->rank);
    put_text(out, r->entity);
    put_text(out, r->related);
    put_text(out, r->name);
    put_text(out, r->value_of);
    put_time(out, r->time);
    put_time(out, r->lo);
    put_time(out, r->hi);
    put_number(out, r->value);
    put_number(out, r->baseline);
    put_text(out, r->unit);
    put_number(out, r->score);
    put_text(out, r->verdict);
    put_text(out, r->text);
    put_evidence(out, r);
    ko_buf_putc(out, '\n');
}

static void put_suspects(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->suspects.n; i++) {
        const struct ko_suspect *s = &c->suspects.v[i];
        struct row r = new_row("suspect");
        r.rank = s->rank;
        r.entity = ko_case_name(c, s->entity);
        r.name = s->signal;
        r.time = s->onset;
        r.lo = s->lo;
        r.hi = s->hi;
        r.value = s->own;
        r.baseline = s->waited;
        r.unit = s->mass_unit;
        r.score = s->score;
        r.verdict = s->verdict;
        r.text = s->reasons_for.n ? s->reasons_for.v[0] : KO_STR("");
        r.evidence = &s->evidence;
        put_row(out, &r);
    }
}

static void put_onsets(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        struct row r = new_row("onset");
        r.entity = ko_case_name(c, o->entity);
        r.related = ko_case_name(c, o->caller);
        r.name = o->signal;
        r.time = o->time;
        r.lo = o->lo;
        r.hi = o->hi;
        r.value = o->after;
        r.baseline = o->before;
        r.score = o->score;
        r.one_evidence = o->evidence;
        put_row(out, &r);
    }
}

static void put_steps(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->chains.n; i++) {
        const struct ko_chain *chain = &c->chains.v[i];
        for (size_t k = 0; k < chain->nodes.n; k++) {
            const struct ko_node *n = &chain->nodes.v[k];
            struct row r = new_row("step");
            r.rank = (int64_t)i + 1;
            r.entity = ko_case_name(c, n->entity);
            r.related = ko_case_name(c, n->parent);
            r.time = n->time;
            r.lo = n->lo;
            r.hi = n->hi;
            r.one_evidence = n->evidence;
            put_row(out, &r);
        }
    }
}

static void put_links(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->links.n; i++) {
        const struct ko_link *l = &c->links.v[i];
        struct row r = new_row("link");
        r.entity = ko_case_name(c, l->from);
        r.related = ko_case_name(c, l->to);
        r.name = l->mechanism;
        r.value = (double)l->lag / (double)KO_SECOND;
        r.unit = KO_STR("s");
        r.score = l->score;
        r.verdict = l->alternative ? KO_STR("alternative") : l->structure;
        r.evidence = &l->evidence;
        put_row(out, &r);
    }
}

static void put_changes(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        struct row r = new_row("change");
        r.entity = ko_case_name(c, x->entity);
        r.name = x->kind;
        r.value_of = x->id;
        r.time = x->time;
        r.verdict = x->verdict;
        r.text = x->why.n ? x->why : x->summary;
        put_row(out, &r);
    }
}

static void put_impact(const struct ko_impact *m, struct ko_buf *out)
{
    struct row r = new_row("impact");
    struct ko_buf group;
    ko_buf_init(&group, KO_BUF_MAX);
    if (m->dim.n) {
        ko_buf_put(&group, m->dim);
        ko_buf_putc(&group, '=');
        ko_buf_put(&group, m->value);
    }
    r.name = m->measure;
    r.value_of = ko_buf_str(&group);
    r.value = isfinite(m->total) ? m->total : m->during;
    r.baseline = m->before;
    r.unit = m->unit;
    r.score = m->share;
    r.text = m->text;
    r.one_evidence = m->evidence;
    put_row(out, &r);
    ko_scratch_end(&group, out);
}

static void put_milestones(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->milestones.n; i++) {
        const struct ko_milestone *m = &c->milestones.v[i];
        struct row r = new_row("milestone");
        r.entity = ko_case_name(c, m->entity);
        r.related = m->owner;
        r.name = m->what;
        r.value_of = m->id;
        r.time = m->time;
        r.text = m->summary;
        put_row(out, &r);
    }
}

static void put_recovery(const struct ko_case *c, const struct ko_recovery *x,
                         struct ko_buf *out)
{
    struct row r = new_row("recovery");
    bool is_list = isfinite(x->count);
    r.entity = ko_case_name(c, x->entity);
    r.name = x->list;
    r.value_of = x->signal;
    r.value = is_list ? x->count : x->now;
    r.baseline = x->before;
    r.unit = is_list ? KO_STR("rows") : x->unit;
    r.verdict = x->needs.n ? KO_STR("not measured") : x->state;
    r.text = x->text;
    put_row(out, &r);
}

static void put_answers(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->answers.n; i++) {
        const struct ko_answer *a = &c->answers.v[i];
        struct row r = new_row("answer");
        r.name = a->question;
        r.verdict = a->verdict;
        r.text = a->text;
        r.evidence = &a->evidence;
        put_row(out, &r);
    }
    for (size_t i = 0; i < c->unknowns.n; i++) {
        struct row r = new_row("unknown");
        r.name = c->unknowns.v[i].what;
        r.text = c->unknowns.v[i].needs;
        put_row(out, &r);
    }
}

static void put_ledger(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->accounts.n; i++) {
        const struct ko_account *a = &c->accounts.v[i];
        struct row r = new_row("ledger");
        r.entity = a->file;
        r.name = a->format;
        r.time = a->first;
        r.lo = a->first;
        r.hi = a->last;
        r.value = (double)a->lines;
        r.baseline = (double)a->rejected;
        r.unit = KO_STR("lines");
        r.verdict = a->damaged  ? KO_STR("damaged")
                    : a->capped ? KO_STR("capped")
                                : KO_STR("");
        r.text = a->why;
        put_row(out, &r);
    }
}

void ko_csv_write(const struct ko_case *c, const struct ko_show_options *opt,
                  struct ko_buf *out)
{
    (void)opt;
    ko_buf_puts(out, header);
    put_suspects(c, out);
    put_onsets(c, out);
    put_steps(c, out);
    put_links(c, out);
    put_changes(c, out);
    for (size_t i = 0; i < c->impacts.n; i++)
        put_impact(&c->impacts.v[i], out);
    put_milestones(c, out);
    for (size_t i = 0; i < c->recoveries.n; i++)
        put_recovery(c, &c->recoveries.v[i], out);
    put_answers(c, out);
    put_ledger(c, out);
}
