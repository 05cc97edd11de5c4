/* piece_entity.c: everything about one entity at the prompt. */
#include "base/stat.h"
#include "show/scratch.h"
#include "show/screen.h"
#include "show/show.h"
#include "show/spark.h"
#include "show/trail.h"
#include "show/words.h"

#include <math.h>

enum {
    INDENT = 2,
    LABEL = 30,
    SPARK_MIN = 8,
    TAIL = 24,
    TEMPLATES_MAX = 8,
    NEIGHBOURS_MAX = 12
};

struct page {
    const struct ko_case *c;
    struct ko_screen s;
    struct ko_buf text;
    uint32_t entity;
};

/* Writes the text that was put together, wrapped, and begins the next. */
static void flush(struct page *p)
{
    ko_screen_blank(&p->s, INDENT);
    ko_screen_flow(&p->s, ko_buf_str(&p->text),
                   &(struct ko_flow){INDENT, INDENT + 2, 0, 0});
    ko_screen_end_line(&p->s);
    ko_scratch_clear(&p->text, p->s.out);
}

static void put_title(struct page *p, const struct ko_entity *e)
{
    ko_screen_ink(&p->s, KO_INK_BOLD);
    ko_screen_put(&p->s, e->name);
    ko_screen_ink(&p->s, KO_INK_PLAIN);
    ko_buf_printf(&p->text, "  %s%s", ko_entity_kind_name((enum ko_entity_kind)e->kind),
                  e->vendor ? ", vendor" : "");
    if (e->aliases.n) {
        ko_buf_puts(&p->text, ", also ");
        ko_words_join(&p->text, &e->aliases, ", ", NEIGHBOURS_MAX);
    }
    ko_screen_put(&p->s, ko_buf_str(&p->text));
    ko_screen_end_line(&p->s);
    ko_scratch_clear(&p->text, p->s.out);
}

static void put_owner(struct page *p, const struct ko_entity *e)
{
    ko_buf_puts(&p->text, "owner: ");
    ko_buf_put(&p->text,
               e->owner.n ? e->owner : KO_STR("not known: no export names one"));
    if (e->contact.n)
        ko_buf_printf(&p->text, ", %.*s", KO_ARG(e->contact));
    if (e->owner_from.n)
        ko_buf_printf(&p->text, " (%.*s)", KO_ARG(e->owner_from));
    flush(p);
    if (e->fallback.n) {
        ko_buf_printf(&p->text, "fallback: %.*s", KO_ARG(e->fallback));
        flush(p);
    }
}

/* "calls: a, b" or "called by: a, b" */
static void put_neighbours(struct page *p, const char *label, bool callees)
{
    size_t found = 0;
    ko_buf_puts(&p->text, label);
    for (size_t i = 0; i < p->c->edges.n; i++) {
        const struct ko_edge *e = &p->c->edges.v[i];
        if ((callees ? e->caller : e->callee) != p->entity)
            continue;
        if (found++ < NEIGHBOURS_MAX) {
            ko_buf_puts(&p->text, found > 1 ? ", " : "");
            ko_buf_put(&p->text, ko_case_name(p->c, callees ? e->callee : e->caller));
        }
    }
    if (found > NEIGHBOURS_MAX)
        ko_buf_printf(&p->text, " and %zu more", found - NEIGHBOURS_MAX);
    if (found == 0)
        ko_buf_puts(&p->text, "nothing that the exports show");
    flush(p);
}

static void put_changes(struct page *p)
{
    for (size_t i = 0; i < p->c->changes.n; i++) {
        const struct ko_change *x = &p->c->changes.v[i];
        if (x->entity != p->entity)
            continue;
        ko_buf_puts(&p->text, "change ");
        ko_words_clock(&p->text, x->time);
        ko_buf_printf(&p->text, " %.*s %.*s: %.*s (%.*s)", KO_ARG(x->kind), KO_ARG(x->id),
                      KO_ARG(x->summary), KO_ARG(x->verdict.n ? x->verdict : x->row));
        ko_screen_ink(&p->s, KO_INK_BLUE);
        flush(p);
        ko_screen_ink(&p->s, KO_INK_PLAIN);
    }
}

static void put_signal_tail(struct page *p, const struct ko_series *s)
{
    const struct ko_onset *o = ko_trail_onset_of(p->c, s);
    if (o == NULL) {
        double top = ko_stat_max(s->v.v, s->v.n);
        ko_buf_puts(&p->text, "max ");
        ko_words_number(&p->text, top, s->unit);
    } else {
        ko_words_clock(&p->text, o->time);
        ko_buf_puts(&p->text, " → ");
        ko_words_number(&p->text, o->after, s->unit);
        ko_buf_putc(&p->text, ' ');
        ko_buf_put(&p->text, o->evidence);
    }
    ko_screen_cell(&p->s, ko_buf_str(&p->text), TAIL);
    ko_scratch_clear(&p->text, p->s.out);
}

static void put_signal(struct page *p, const struct ko_series *s)
{
    size_t fixed = INDENT + LABEL + 2 + TAIL;
    size_t columns = p->s.width > fixed + SPARK_MIN ? p->s.width - fixed : SPARK_MIN;
    ko_buf_put(&p->text, s->signal);
    if (s->caller != KO_NO_ENTITY) {
        ko_buf_puts(&p->text, " < ");
        ko_buf_put(&p->text, ko_case_name(p->c, s->caller));
    }
    ko_screen_blank(&p->s, INDENT);
    ko_screen_cell(&p->s, ko_buf_str(&p->text), LABEL);
    ko_scratch_clear(&p->text, p->s.out);
    ko_spark(p->s.out, s->v.v, s->v.n, columns, p->s.ascii);
    ko_screen_blank(&p->s, 2);
    put_signal_tail(p, s);
    ko_screen_end_line(&p->s);
}

static void put_signals(struct page *p)
{
    size_t found = 0;
    for (size_t i = 0; i < p->c->series.n; i++) {
        const struct ko_series *s = &p->c->series.v[i];
        if (s->entity == p->entity && !s->normal) {
            put_signal(p, s);
            found++;
        }
    }
    if (found == 0) {
        ko_buf_puts(&p->text, "no signal: no export covers it");
        flush(p);
    }
}

static void put_templates(struct page *p)
{
    size_t shown = 0;
    for (size_t i = 0; i < p->c->templates.n && shown < TEMPLATES_MAX; i++) {
        const struct ko_template *t = &p->c->templates.v[i];
        if (t->entity != p->entity)
            continue;
        shown++;
        ko_buf_printf(&p->text, "%lld x %.*s: %.*s  (first ", (long long)t->count,
                      KO_ARG(t->severity), KO_ARG(t->text));
        ko_words_clock(&p->text, t->first);
        ko_buf_printf(&p->text, ", %.*s)", KO_ARG(t->row));
        flush(p);
    }
}

void ko_show_entity(const struct ko_case *c, uint32_t entity,
                    const struct ko_show_options *opt, struct ko_buf *out)
{
    struct page p = {.c = c, .entity = entity};
    ko_screen_init(&p.s, opt, out);
    ko_buf_init(&p.text, 1 << 16);
    put_title(&p, &c->entities.v[entity]);
    put_owner(&p, &c->entities.v[entity]);
    put_neighbours(&p, "calls: ", true);
    put_neighbours(&p, "called by: ", false);
    put_changes(&p);
    put_signals(&p);
    put_templates(&p);
    ko_scratch_end(&p.text, out);
    ko_screen_release(&p.s);
}
