/* piece_evidence.c: one evidence record, its numbers, its rows and who relies on it. */
#include "show/scratch.h"
#include "show/screen.h"
#include "show/show.h"
#include "show/words.h"

#include <math.h>

enum { INDENT = 3 };

struct page {
    const struct ko_case *c;
    struct ko_screen s;
    struct ko_buf text;
    struct ko_str id;
};

static void flush(struct page *p)
{
    ko_screen_blank(&p->s, INDENT);
    ko_screen_flow(&p->s, ko_buf_str(&p->text),
                   &(struct ko_flow){INDENT, INDENT + 2, 0, 0});
    ko_screen_end_line(&p->s);
    ko_scratch_clear(&p->text, p->s.out);
}

static void put_title(struct page *p, const struct ko_evidence *e)
{
    ko_screen_ink(&p->s, KO_INK_BOLD);
    ko_screen_put(&p->s, e->id);
    ko_screen_ink(&p->s, KO_INK_PLAIN);
    ko_screen_own(&p->s, "  ");
    ko_screen_flow(&p->s, e->text, &(struct ko_flow){e->id.n + 2, INDENT, 0, 0});
    ko_screen_end_line(&p->s);
}

static void put_numbers(struct page *p, const struct ko_evidence *e)
{
    ko_buf_printf(&p->text, "%.*s", KO_ARG(e->kind));
    if (e->time != KO_TIME_NONE) {
        ko_buf_puts(&p->text, " at ");
        ko_words_stamp(&p->text, e->time);
        ko_words_spread(&p->text, e->time, e->lo, e->hi);
    }
    flush(p);
    if (isfinite(e->before) || isfinite(e->after)) {
        ko_buf_puts(&p->text, "before ");
        ko_words_number(&p->text, e->before, e->unit);
        ko_buf_puts(&p->text, ", after ");
        ko_words_number(&p->text, e->after, e->unit);
        flush(p);
    }
    if (isfinite(e->score)) {
        ko_buf_puts(&p->text, "score ");
        ko_words_number(&p->text, e->score, KO_STR(""));
        ko_buf_puts(&p->text, " times the worst ordinary deviation of its own history");
        flush(p);
    }
}

static void put_rows(struct page *p, const struct ko_evidence *e)
{
    ko_buf_puts(&p->text,
                e->rows.n ? "rows:" : "rows: none, the evidence is a count or a lack");
    flush(p);
    for (size_t i = 0; i < e->rows.n; i++) {
        ko_buf_put(&p->text, e->rows.v[i]);
        ko_screen_blank(&p->s, 2);
        flush(p);
    }
}

static bool holds(const ko_strs *ids, struct ko_str id)
{
    for (size_t i = 0; i < ids->n; i++) {
        if (ko_str_eq(ids->v[i], id))
            return true;
    }
    return false;
}

static void put_links_on_it(struct page *p)
{
    for (size_t i = 0; i < p->c->links.n; i++) {
        const struct ko_link *l = &p->c->links.v[i];
        struct ko_str from = ko_case_name(p->c, l->from), to = ko_case_name(p->c, l->to);
        if (!holds(&l->evidence, p->id))
            continue;
        ko_buf_printf(&p->text, "link %.*s → %.*s: ", KO_ARG(from), KO_ARG(to));
        ko_buf_put(&p->text, ko_words_mechanism(l->mechanism));
        flush(p);
    }
}

static void put_claims_on_it(struct page *p)
{
    for (size_t i = 0; i < p->c->suspects.n; i++) {
        const struct ko_suspect *s = &p->c->suspects.v[i];
        struct ko_str name = ko_case_name(p->c, s->entity);
        if (!holds(&s->evidence, p->id))
            continue;
        ko_buf_printf(&p->text, "suspect %lld, %.*s: %.*s", (long long)s->rank,
                      KO_ARG(name), KO_ARG(s->verdict));
        flush(p);
    }
    for (size_t i = 0; i < p->c->answers.n; i++) {
        const struct ko_answer *a = &p->c->answers.v[i];
        if (!holds(&a->evidence, p->id))
            continue;
        ko_buf_printf(&p->text, "answer %.*s: %.*s", KO_ARG(a->question),
                      KO_ARG(a->text));
        flush(p);
    }
    for (size_t i = 0; i < p->c->impacts.n; i++) {
        const struct ko_impact *m = &p->c->impacts.v[i];
        if (!ko_str_eq(m->evidence, p->id))
            continue;
        ko_buf_printf(&p->text, "impact %.*s: %.*s", KO_ARG(m->measure), KO_ARG(m->text));
        flush(p);
    }
}

bool ko_show_evidence(const struct ko_case *c, struct ko_str id,
                      const struct ko_show_options *opt, struct ko_buf *out)
{
    const struct ko_evidence *e = ko_case_find_evidence(c, id);
    struct page p = {.c = c, .id = id};
    if (e == NULL)
        return false;
    ko_screen_init(&p.s, opt, out);
    ko_buf_init(&p.text, 1 << 20);
    put_title(&p, e);
    put_numbers(&p, e);
    put_rows(&p, e);
    put_claims_on_it(&p);
    put_links_on_it(&p);
    ko_scratch_end(&p.text, out);
    ko_screen_release(&p.s);
    return true;
}
