/* html.c: the report as one self-contained HTML file. */
#include "show/html.h"

#include "base/num.h"
#include "show/doc_html.h"
#include "show/escape.h"
#include "show/facts.h"
#include "show/html_style.h"
#include "show/question.h"
#include "show/scratch.h"
#include "show/svg_cascade.h"
#include "show/svg_series.h"
#include "show/svg_timeline.h"
#include "show/title.h"
#include "show/trail.h"
#include "show/warning.h"
#include "show/words.h"

/* What a card of an answer shows at most. */
enum { CARD_LINES = 5, CARD_IDS = 6 };

/* The page being written. */
struct page {
    const struct ko_case *c;
    struct ko_doc doc;
    struct ko_buf *out;
    struct ko_arena arena;
    struct ko_trail trail;
    struct ko_buf text;
};

struct section {
    const char *name, *title;
    void (*write)(struct ko_doc *d);
};

static const struct section sections[] = {
    {"answers", "Answers in full", ko_facts_answers},
    {"suspects", "Suspects", ko_facts_suspects},
    {"steps", "Cascade, step by step", ko_facts_cascade},
    {"links", "Links", ko_facts_links},
    {"impact", "Impact", ko_facts_impact},
    {"journeys", "Journeys", ko_facts_journeys},
    {"changes", "Changes", ko_facts_changes},
    {"response", "Response", ko_facts_response},
    {"recovery", "Recovery", ko_facts_recovery},
    {"events", "Timeline of events", ko_facts_timeline},
    {"unknown", "What is not known", ko_facts_unknown},
    {"evidence", "Evidence", ko_facts_evidence},
    {"definitions", "How the measures are defined", ko_facts_definitions},
    {"ledger", "What was read", ko_facts_ledger},
};

static void put_escaped(struct page *p, struct ko_str s)
{
    ko_escape_html(p->out, s);
}

static void put_head(struct page *p)
{
    ko_scratch_clear(&p->text, p->out);
    ko_title_put(&p->text, p->c);
    ko_buf_puts(
        p->out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action "
        "'none'\">\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<title>");
    put_escaped(p, ko_buf_str(&p->text));
    ko_buf_puts(p->out, "</title>\n<style>\n");
    ko_buf_puts(p->out, ko_html_style);
    ko_buf_puts(p->out, "</style>\n</head>\n<body>\n<main>\n");
}

static void put_scope(struct page *p)
{
    int64_t lines = 0;
    for (size_t i = 0; i < p->c->accounts.n; i++)
        lines += p->c->accounts.v[i].lines;
    ko_scratch_clear(&p->text, p->out);
    ko_words_window(&p->text, p->c);
    ko_buf_printf(&p->text, " · from %zu export%s, ", p->c->accounts.n,
                  p->c->accounts.n == 1 ? "" : "s");
    ko_num_human(&p->text, (double)lines);
    ko_buf_puts(&p->text, " lines · all times are UTC");
    if (p->c->head.tool.n) {
        ko_buf_puts(&p->text, " · ");
        ko_buf_put(&p->text, p->c->head.tool);
    }
    put_escaped(p, ko_buf_str(&p->text));
}

static void put_header(struct page *p)
{
    ko_buf_puts(p->out, "<header>\n<p class=\"kicker\">Incident report</p>\n<h1>");
    put_escaped(p, ko_buf_str(&p->text));
    ko_buf_puts(p->out, "</h1>\n<p>");
    put_scope(p);
    ko_buf_puts(p->out, "</p>\n<nav aria-label=\"Sections\">");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        ko_buf_printf(p->out, "<a href=\"#%s\">%s</a>\n", sections[i].name,
                      sections[i].title);
    ko_buf_puts(p->out, "</nav>\n</header>\n");
}

static void put_warnings(struct page *p)
{
    ko_warnings list = {0};
    if (ko_warning_list(p->c, &p->arena, &list) != KO_OK)
        p->out->status = KO_ENOMEM;
    if (list.n == 0)
        return;
    ko_buf_puts(p->out,
                "<section class=\"warn\" aria-label=\"Data quality\"><b>Before you "
                "trust this: what the data cannot carry</b>\n<ul>\n");
    for (size_t i = 0; i < list.n; i++) {
        ko_buf_puts(p->out, "<li>");
        put_escaped(p, list.v[i].file);
        ko_buf_puts(p->out, list.v[i].file.n ? ": " : "");
        put_escaped(p, list.v[i].text);
        ko_buf_puts(p->out, "</li>\n");
    }
    ko_buf_puts(p->out, "</ul></section>\n");
}

static const char *chip_class(struct ko_str verdict)
{
    if (ko_str_eq(verdict, KO_STR("likely")))
        return "chip likely";
    return ko_str_eq(verdict, KO_STR("possible")) ? "chip possible" : "chip";
}

/* A card shows the first lines; the section of the answers has them all. */
static void put_more(struct page *p, const ko_strs *more)
{
    ko_strs shown = *more;
    shown.n = shown.n > CARD_LINES ? CARD_LINES : shown.n;
    p->doc.ops->list(&p->doc, &shown);
    if (more->n > shown.n)
        ko_buf_printf(p->out, "<a class=\"rest\" href=\"#answers\">%zu more</a>\n",
                      more->n - shown.n);
}

static void put_card(struct page *p, size_t index)
{
    const struct ko_question *q = &ko_question_table[index];
    const struct ko_answer *a = ko_question_answer(p->c, q->key);
    ko_buf_printf(p->out, "<section class=\"card%s\">", index ? "" : " first");
    if (a != NULL && a->verdict.n) {
        ko_buf_printf(p->out, "<span class=\"%s\">", chip_class(a->verdict));
        put_escaped(p, a->verdict);
        ko_buf_puts(p->out, "</span>");
    }
    ko_buf_printf(p->out, "<h3>%zu · %s</h3>\n<p>", index + 1, q->title);
    ko_scratch_clear(&p->text, p->out);
    ko_question_headline(p->c, a, CARD_IDS, &p->text);
    ko_doc_html_text(&p->doc, ko_buf_str(&p->text));
    ko_buf_puts(p->out, "</p>\n");
    if (a != NULL && a->more.n)
        put_more(p, &a->more);
    ko_buf_puts(p->out, "</section>\n");
}

static void put_answers(struct page *p)
{
    ko_buf_puts(p->out, "<div class=\"cards\">\n");
    for (size_t i = 0; i < KO_QUESTIONS; i++)
        put_card(p, i);
    ko_buf_puts(p->out, "</div>\n");
}

static void begin_figure(struct page *p, const char *name, const char *title)
{
    p->doc.ops->heading(&p->doc, 2, name, title);
    ko_buf_puts(p->out, "<figure>\n");
}

static void end_figure(struct page *p, const char *caption)
{
    ko_buf_printf(p->out, "<figcaption>%s</figcaption>\n</figure>\n", caption);
}

static void put_figures(struct page *p)
{
    begin_figure(p, "figure-timeline", "When it happened");
    ko_svg_timeline(p->c, &p->trail, p->out);
    end_figure(p,
               "A bar begins at the onset of a component; the black line over its start "
               "is how uncertain that time is. The dashed line is the suspected change. "
               "Figures: see Timeline of events.");
    if (p->trail.steps.n == 0)
        return;
    begin_figure(p, "figure-cascade", "How it travelled");
    ko_svg_cascade(p->c, &p->trail, &p->arena, p->out);
    end_figure(p,
               "From the origin, left, to what it reached; what carried it and after how "
               "long on the links, the owner under each name. Dashed: further links, "
               "loops among them. Figures: see Cascade, step by step.");
    begin_figure(p, "figure-series", "What was measured");
    ko_svg_series(p->c, &p->trail, &p->arena, p->out);
    end_figure(p,
               "Green: where 9 of 10 values lay before the onset. Red line: the onset, "
               "in the span of its uncertainty. A gap in a line is a gap in the data.");
}

static void put_sections(struct page *p)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        p->doc.ops->heading(&p->doc, 2, sections[i].name, sections[i].title);
        sections[i].write(&p->doc);
    }
}

static void put_page(struct page *p)
{
    put_head(p);
    put_header(p);
    put_warnings(p);
    put_answers(p);
    put_figures(p);
    put_sections(p);
    ko_buf_puts(p->out,
                "<footer>Computed from the exports named above, without any further "
                "source. It blames components and changes, never people.</footer>\n"
                "</main>\n</body>\n</html>\n");
}

void ko_html_write(const struct ko_case *c, const struct ko_show_options *opt,
                   struct ko_buf *out)
{
    (void)opt;
    struct page p = {.c = c, .out = out};
    ko_doc_init(&p.doc, &ko_doc_html, c, out);
    ko_buf_init(&p.text, 1 << 16);
    if (ko_trail_lay(c, ko_trail_chain(c), &p.arena, &p.trail) != KO_OK)
        out->status = KO_ENOMEM;
    put_page(&p);
    ko_scratch_end(&p.text, out);
    ko_doc_release(&p.doc);
    ko_arena_release(&p.arena);
}
