/* piece_explain.c: what each export was taken for, as a table: aligned for a terminal,
 * separated by TAB for programs. */
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "show/escape.h"
#include "show/scratch.h"
#include "show/screen.h"
#include "show/show.h"
#include "show/words.h"

enum { COLUMNS = 9, TEXT_BYTES = 1 << 16, GAP = 2, NARROWEST = 9 };

/* Why and remarks stand below each row on a terminal, in it elsewhere. */
static const char *const heads[COLUMNS] = {
    "file", "format", "time", "zone", "entity", "units", "lines", "accepted", "rejected"};
enum { FILE_COLUMN = 0, NUMBERS_FROM = 6 };

struct row {
    struct ko_str cells[COLUMNS];
    const struct ko_account *account; /* NULL: the head, the total */
};

struct sheet {
    const struct ko_case *c;
    struct ko_arena arena;
    KO_LIST(struct row) rows;
    size_t widths[COLUMNS];
    enum ko_status status;
};

static struct ko_str number(struct sheet *t, int64_t n)
{
    struct ko_buf b;
    struct ko_str kept = {0};
    ko_buf_init(&b, TEXT_BYTES);
    ko_buf_printf(&b, "%lld", (long long)n);
    if (ko_str_copy(&t->arena, ko_buf_str(&b), &kept) != KO_OK)
        t->status = KO_ENOMEM;
    ko_buf_release(&b);
    return kept;
}

static void add_row(struct sheet *t, const struct row *row)
{
    struct row *slot;
    KO_LIST_ADD(&t->arena, &t->rows, slot);
    if (slot == NULL)
        t->status = KO_ENOMEM;
    else
        *slot = *row;
}

static struct ko_str or_dash(struct ko_str s)
{
    return s.n > 0 ? s : KO_STR("-");
}

static void add_account(struct sheet *t, const struct ko_account *a)
{
    add_row(t, &(struct row){{a->file, a->format, or_dash(a->time_field),
                              or_dash(a->zone), or_dash(a->entity_field),
                              or_dash(a->units), number(t, a->lines),
                              number(t, a->accepted), number(t, a->rejected)},
                             a});
}

static void add_total(struct sheet *t)
{
    int64_t lines = 0, accepted = 0, rejected = 0;
    for (size_t i = 0; i < t->c->accounts.n; i++) {
        lines += t->c->accounts.v[i].lines;
        accepted += t->c->accounts.v[i].accepted;
        rejected += t->c->accounts.v[i].rejected;
    }
    struct ko_str none = KO_STR("");
    add_row(t, &(struct row){{KO_STR("total"), none, none, none, none, none,
                              number(t, lines), number(t, accepted), number(t, rejected)},
                             NULL});
}

static void fill(struct sheet *t)
{
    struct row head = {.account = NULL};
    for (size_t i = 0; i < COLUMNS; i++)
        head.cells[i] = ko_str(heads[i]);
    add_row(t, &head);
    for (size_t i = 0; i < t->c->accounts.n; i++)
        add_account(t, &t->c->accounts.v[i]);
    add_total(t);
}

/* ---- for programs ---- */

static void put_notes(struct ko_buf *out, const struct ko_account *a, bool ascii)
{
    ko_escape_term(out, a->why, ascii);
    ko_buf_putc(out, '\t');
    for (size_t i = 0; i < a->remarks.n; i++) {
        ko_buf_puts(out, i > 0 ? "; " : "");
        ko_escape_term(out, a->remarks.v[i], ascii);
    }
}

static void write_tabs(const struct sheet *t, bool ascii, struct ko_buf *out)
{
    for (size_t i = 0; i + 1 < t->rows.n; i++) {
        const struct row *row = &t->rows.v[i];
        for (size_t k = 0; k < COLUMNS; k++) {
            ko_escape_term(out, row->cells[k], ascii);
            ko_buf_putc(out, '\t');
        }
        if (row->account != NULL)
            put_notes(out, row->account, ascii);
        else
            ko_buf_puts(out, "why\tremarks");
        ko_buf_putc(out, '\n');
    }
}

/* ---- for people ---- */

static size_t total_width(const struct sheet *t)
{
    size_t sum = (COLUMNS - 1) * GAP;
    for (size_t i = 0; i < COLUMNS; i++)
        sum += t->widths[i];
    return sum;
}

/* Each column as wide as its widest cell, the widest text columns cut until all fit,
 * the file names last. */
static void measure(struct sheet *t, size_t width)
{
    for (size_t i = 0; i < t->rows.n; i++) {
        for (size_t k = 0; k < COLUMNS; k++) {
            size_t n = ko_utf8_width(t->rows.v[i].cells[k]);
            t->widths[k] = n > t->widths[k] ? n : t->widths[k];
        }
    }
    while (total_width(t) > width) {
        size_t widest = 1;
        for (size_t k = 2; k < NUMBERS_FROM; k++)
            widest = t->widths[k] > t->widths[widest] ? k : widest;
        if (t->widths[widest] <= NARROWEST)
            widest = FILE_COLUMN;
        if (t->widths[widest] <= NARROWEST)
            return;
        t->widths[widest]--;
    }
}

static void put_row(const struct sheet *t, struct ko_screen *s, const struct row *row)
{
    for (size_t k = 0; k < COLUMNS; k++) {
        ko_screen_blank(s, k > 0 ? GAP : 0);
        if (k < NUMBERS_FROM)
            ko_screen_cell(s, row->cells[k], t->widths[k]);
        else
            ko_screen_right(s, row->cells[k], t->widths[k]);
    }
    ko_screen_end_line(s);
}

static void put_note(struct ko_screen *s, const char *lead, struct ko_str text)
{
    struct ko_buf b;
    ko_buf_init(&b, TEXT_BYTES);
    ko_buf_puts(&b, lead);
    ko_buf_put(&b, text);
    ko_screen_blank(s, GAP);
    ko_screen_flow(s, ko_buf_str(&b), &(struct ko_flow){GAP, 2 * GAP, 0, 0});
    ko_screen_end_line(s);
    ko_scratch_end(&b, s->out);
}

static void put_inked(struct ko_screen *s, enum ko_ink ink, const char *lead,
                      struct ko_str text)
{
    ko_screen_ink(s, ink);
    put_note(s, lead, text);
    ko_screen_ink(s, KO_INK_PLAIN);
}

static void put_account(const struct sheet *t, struct ko_screen *s, const struct row *row)
{
    const struct ko_account *a = row->account;
    put_row(t, s, row);
    if (a->why.n > 0)
        put_inked(s, KO_INK_DIM, "why: ", a->why);
    for (size_t k = 0; k < a->remarks.n; k++)
        put_inked(s, KO_INK_YELLOW, "! ", a->remarks.v[k]);
}

static void write_table(struct sheet *t, const struct ko_show_options *opt,
                        struct ko_buf *out)
{
    struct ko_screen s;
    ko_screen_init(&s, opt, out);
    measure(t, s.width);
    for (size_t i = 0; i < t->rows.n; i++) {
        if (t->rows.v[i].account != NULL) {
            put_account(t, &s, &t->rows.v[i]);
            continue;
        }
        ko_screen_ink(&s, KO_INK_BOLD);
        put_row(t, &s, &t->rows.v[i]);
        ko_screen_ink(&s, KO_INK_PLAIN);
    }
    ko_screen_release(&s);
}

void ko_show_explain(const struct ko_case *c, const struct ko_show_options *opt,
                     bool table, struct ko_buf *out)
{
    struct sheet t = {.c = c};
    fill(&t);
    if (table)
        write_table(&t, opt, out);
    else
        write_tabs(&t, opt != NULL && opt->ascii, out);
    if (t.status != KO_OK)
        out->status = t.status;
    ko_arena_release(&t.arena);
}
