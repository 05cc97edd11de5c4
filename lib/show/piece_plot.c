/* piece_plot.c: a plot of one series at the prompt. */
#include "show/plot.h"
#include "show/scratch.h"
#include "show/show.h"
#include "show/trail.h"
#include "show/words.h"

#include <math.h>

static void put_title(struct ko_screen *page, const struct ko_case *c,
                      const struct ko_series *s, const struct ko_onset *o)
{
    struct ko_buf text;
    ko_buf_init(&text, 1 << 16);
    ko_buf_put(&text, ko_case_name(c, s->entity));
    ko_buf_putc(&text, ' ');
    ko_buf_put(&text, s->signal);
    if (s->caller != KO_NO_ENTITY) {
        ko_buf_puts(&text, " as seen by ");
        ko_buf_put(&text, ko_case_name(c, s->caller));
    }
    if (s->normal)
        ko_buf_puts(&text, " (healthy time)");
    if (o != NULL && !s->normal) {
        ko_buf_puts(&text, "  onset ");
        ko_words_clock(&text, o->time);
        ko_words_spread(&text, o->time, o->lo, o->hi);
        ko_buf_puts(&text, ": ");
        ko_words_number(&text, o->before, s->unit);
        ko_buf_puts(&text, " → ");
        ko_words_number(&text, o->after, s->unit);
        ko_buf_putc(&text, ' ');
        ko_buf_put(&text, o->evidence);
    }
    ko_screen_ink(page, KO_INK_BOLD);
    ko_screen_flow(page, ko_buf_str(&text), &(struct ko_flow){.indent = 2});
    ko_screen_ink(page, KO_INK_PLAIN);
    ko_screen_end_line(page);
    ko_scratch_end(&text, page->out);
}

/* Times of the changes on ${entity}. */
static size_t find_changes(const struct ko_case *c, uint32_t entity, ko_time *times)
{
    size_t n = 0;
    for (size_t i = 0; i < c->changes.n; i++) {
        if (c->changes.v[i].entity == entity && entity != KO_NO_ENTITY)
            times[n++] = c->changes.v[i].time;
    }
    return n;
}

static void put_legend(struct ko_screen *page, const struct ko_plot *p)
{
    struct ko_buf text;
    ko_buf_init(&text, 256);
    if (p->onset != KO_TIME_NONE)
        ko_buf_printf(&text, "%s onset, with its span   ",
                      ko_screen_sign(page, "▲", "^"));
    if (p->n_marks)
        ko_buf_printf(&text, "%s change   ", ko_screen_sign(page, "◆", "c"));
    if (isfinite(p->base))
        ko_buf_printf(&text, "%s level before", ko_screen_sign(page, "┄", "-"));
    if (text.n) {
        ko_screen_blank(page, 2);
        ko_screen_put(page, ko_buf_str(&text));
        ko_screen_end_line(page);
    }
    ko_scratch_end(&text, page->out);
}

void ko_show_plot(const struct ko_case *c, size_t series,
                  const struct ko_show_options *opt, struct ko_buf *out)
{
    const struct ko_series *s = &c->series.v[series];
    const struct ko_onset *o = s->normal ? NULL : ko_trail_onset_of(c, s);
    struct ko_arena arena = {0};
    struct ko_screen page;
    ko_time *marks = ko_arena_alloc(&arena, c->changes.n + 1, sizeof *marks);
    if (marks == NULL) {
        out->status = KO_ENOMEM;
        return;
    }
    struct ko_plot p = {s->v.v,
                        s->v.n,
                        s->from,
                        c->head.step,
                        s->unit,
                        o != NULL ? o->before : (double)NAN,
                        o != NULL ? o->time : KO_TIME_NONE,
                        o != NULL ? o->lo : KO_TIME_NONE,
                        o != NULL ? o->hi : KO_TIME_NONE,
                        marks,
                        find_changes(c, s->entity, marks)};
    ko_screen_init(&page, opt, out);
    put_title(&page, c, s, o);
    ko_plot_put(&page, &p, &arena);
    put_legend(&page, &p);
    ko_screen_release(&page);
    ko_arena_release(&arena);
}
