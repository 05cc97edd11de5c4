/* text.c: the five-minute screen: six questions on one page of 80 columns and 40 rows. */
#include "show/text.h"

#include "base/num.h"
#include "show/question.h"
#include "show/reply_text.h"
#include "show/scratch.h"
#include "show/screen.h"
#include "show/trail.h"
#include "show/tree.h"
#include "show/warning.h"
#include "show/words.h"
#include "show/wrap.h"

/* Rows: 1 head, 3 warnings, 1 blank, the questions' below, 2 not known, 1 next; with the
 * spread's axis and summary that is 40 at most. */
enum { WARNING_ROWS = 3, TREE_ROWS = 8, UNKNOWN_ROWS = 2, INDENT = 3 };
/* Text of one paragraph before it is cut to its rows. */
enum { TEXT_BYTES = 1 << 16 };

struct share {
    const char *heading;
    struct ko_reply_room room;
};

static const struct share shares[KO_QUESTIONS] = {
    {"1 WHERE DID IT START?", {2, 3}},
    {"2 HOW IS IT SPREADING?", {2, 1}},
    {"3 WHO IS AFFECTED?", {2, 3}},
    {"4 WHAT CHANGED?", {2, 2}},
    {"5 WHICH DEPENDENCY MAKES IT WORSE?", {3, 1}},
    {"6 WHO OWNS THE NEXT MOVE?", {2, 2}},
};

static int64_t lines_read(const struct ko_case *c)
{
    int64_t lines = 0;
    for (size_t i = 0; i < c->accounts.n; i++)
        lines += c->accounts.v[i].lines;
    return lines;
}

static void put_head(struct ko_screen *s, const struct ko_case *c, struct ko_buf *text)
{
    size_t files = c->accounts.n;
    ko_buf_put(text, c->head.tool.n ? c->head.tool : KO_STR("knockon"));
    ko_buf_printf(text, "  %zu file%s  ", files, files == 1 ? "" : "s");
    ko_num_human(text, (double)lines_read(c));
    ko_buf_puts(text, lines_read(c) == 1 ? " line  " : " lines  ");
    ko_words_window(text, c);
    ko_buf_puts(text, "  times are UTC");
    ko_screen_ink(s, KO_INK_BOLD);
    ko_screen_put(s, ko_wrap_cut(ko_buf_str(text), s->width));
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_end_line(s);
}

static void put_warning(struct ko_screen *s, const struct ko_warning *w,
                        struct ko_buf *text)
{
    ko_scratch_clear(text, s->out);
    ko_buf_puts(text, "! ");
    if (w->file.n) {
        ko_buf_put(text, w->file);
        ko_buf_puts(text, ": ");
    }
    ko_buf_put(text, w->text);
    ko_screen_ink(s, KO_INK_YELLOW);
    ko_screen_flow(s, ko_buf_str(text), &(struct ko_flow){.indent = 2, .max_lines = 1});
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_end_line(s);
}

static void put_warnings(struct ko_screen *s, const struct ko_case *c,
                         struct ko_arena *arena, struct ko_buf *text)
{
    ko_warnings list = {0};
    enum ko_status st = ko_warning_list(c, arena, &list);
    if (st != KO_OK)
        s->out->status = st;
    size_t shown = list.n <= WARNING_ROWS ? list.n : WARNING_ROWS - 1;
    for (size_t i = 0; i < shown; i++)
        put_warning(s, &list.v[i], text);
    if (shown < list.n) {
        ko_scratch_clear(text, s->out);
        ko_buf_printf(text, "! %zu more remarks on what was read: files", list.n - shown);
        ko_screen_put(s, ko_buf_str(text));
        ko_screen_end_line(s);
    }
}

/* With a chain the heading carries the axis and the answer stands under the tree. */
static void put_spread(struct ko_screen *s, const struct ko_case *c,
                       const struct ko_trail *trail, const struct share *share)
{
    if (trail->steps.n == 0) {
        ko_reply_text(s, c, "spread", share->heading, &share->room);
        return;
    }
    ko_tree_axis(s, c, share->heading);
    ko_tree_rows(s, c, trail, TREE_ROWS);
    ko_reply_text(s, c, "spread", NULL, &share->room);
}

static void put_questions(struct ko_screen *s, const struct ko_case *c,
                          const struct ko_trail *trail)
{
    for (size_t i = 0; i < KO_QUESTIONS; i++) {
        if (ko_str_eq(ko_str(ko_question_table[i].key), KO_STR("spread")))
            put_spread(s, c, trail, &shares[i]);
        else
            ko_reply_text(s, c, ko_question_table[i].key, shares[i].heading,
                          &shares[i].room);
    }
}

static void put_unknowns(struct ko_screen *s, const struct ko_case *c,
                         struct ko_buf *text)
{
    ko_scratch_clear(text, s->out);
    ko_buf_puts(text, "NOT KNOWN: ");
    for (size_t i = 0; i < c->unknowns.n; i++) {
        const struct ko_unknown *u = &c->unknowns.v[i];
        ko_buf_puts(text, i ? "; " : "");
        ko_buf_put(text, u->what);
        if (u->needs.n) {
            ko_buf_puts(text, " (needs ");
            ko_buf_put(text, u->needs);
            ko_buf_putc(text, ')');
        }
    }
    if (c->answers.n == 0)
        ko_buf_puts(text, "everything above");
    else if (c->unknowns.n == 0)
        ko_buf_puts(text, "nothing that an export could still tell");
    ko_screen_ink(s, KO_INK_DIM);
    ko_screen_flow(s, ko_buf_str(text),
                   &(struct ko_flow){.indent = INDENT, .max_lines = UNKNOWN_ROWS});
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_end_line(s);
}

/* The command that leads on from what is on the page. */
static void put_next(struct ko_screen *s, const struct ko_case *c,
                     const struct ko_trail *trail, struct ko_buf *text)
{
    ko_scratch_clear(text, s->out);
    ko_buf_puts(text, "next, in triage: ");
    if (trail->steps.n) {
        ko_buf_puts(text, "show ");
        ko_buf_put(text, ko_case_name(c, trail->steps.v[0].node->entity));
        ko_buf_puts(text, " | ");
    }
    const struct ko_answer *where = ko_question_answer(c, "where");
    if (where != NULL && where->evidence.n) {
        ko_buf_puts(text, "why ");
        ko_buf_put(text, where->evidence.v[0]);
        ko_buf_puts(text, " | ");
    }
    ko_buf_puts(text, "files | report");
    ko_screen_flow(s, ko_buf_str(text), &(struct ko_flow){.max_lines = 1});
    ko_screen_end_line(s);
}

void ko_text_write(const struct ko_case *c, const struct ko_show_options *opt,
                   struct ko_buf *out)
{
    struct ko_arena arena = {0};
    struct ko_trail trail = {0};
    struct ko_screen s;
    struct ko_buf text;
    ko_screen_init(&s, opt, out);
    ko_buf_init(&text, TEXT_BYTES);
    enum ko_status st = ko_trail_lay(c, ko_trail_chain(c), &arena, &trail);
    put_head(&s, c, &text);
    put_warnings(&s, c, &arena, &text);
    ko_screen_end_line(&s);
    put_questions(&s, c, &trail);
    put_unknowns(&s, c, &text);
    put_next(&s, c, &trail, &text);
    if (st != KO_OK || text.status == KO_ENOMEM)
        out->status = KO_ENOMEM;
    ko_scratch_end(&text, out);
    ko_screen_release(&s);
    ko_arena_release(&arena);
}
