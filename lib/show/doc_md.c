/* doc_md.c: documents in GitHub flavoured Markdown. */
#include "show/doc_md.h"

#include "show/cite.h"
#include "show/escape.h"
#include "show/words.h"

/* Rows that are listed under an evidence record; the stream holds them all. */
enum { ROWS_MAX = 12 };

/* Renderers name the anchor of a heading "E7" in lower case. */
static void put_link(struct ko_buf *out, struct ko_str id)
{
    ko_buf_putc(out, '[');
    ko_escape_md(out, id);
    ko_buf_puts(out, "](#");
    for (size_t i = 0; i < id.n; i++) {
        if (ko_char_is_alnum(id.p[i]))
            ko_buf_putc(out, ko_char_lower(id.p[i]));
    }
    ko_buf_putc(out, ')');
}

void ko_doc_md_text(struct ko_doc *d, struct ko_str text)
{
    struct ko_str plain, id;
    bool behind = false;
    while (ko_cite_next(&d->ids, &text, &plain, &id)) {
        plain = ko_cite_bare(plain, behind, id.n > 0);
        if (plain.n && plain.p[0] == ' ')
            ko_buf_putc(d->out, ' ');
        ko_escape_md(d->out, plain);
        if (id.n)
            put_link(d->out, id);
        behind = id.n > 0;
    }
}

static void md_heading(struct ko_doc *d, int level, const char *name, const char *text)
{
    (void)name;
    ko_buf_fill(d->out, '#', (size_t)level);
    ko_buf_putc(d->out, ' ');
    ko_buf_puts(d->out, text);
    ko_buf_puts(d->out, "\n\n");
}

static void md_paragraph(struct ko_doc *d, struct ko_str text)
{
    ko_doc_md_text(d, text);
    ko_buf_puts(d->out, "\n\n");
}

static void md_question(struct ko_doc *d, const char *text)
{
    ko_buf_puts(d->out, "> *");
    ko_buf_puts(d->out, text);
    ko_buf_puts(d->out, "*\n\n");
}

static void md_list(struct ko_doc *d, const ko_strs *items)
{
    for (size_t i = 0; i < items->n; i++) {
        ko_buf_puts(d->out, "- ");
        ko_doc_md_text(d, items->v[i]);
        ko_buf_putc(d->out, '\n');
    }
    ko_buf_putc(d->out, '\n');
}

static void md_table(struct ko_doc *d)
{
    for (size_t i = 0; i < d->n_columns; i++)
        ko_buf_printf(d->out, "| %s ", d->columns[i].name);
    ko_buf_puts(d->out, "|\n");
    for (size_t i = 0; i < d->n_columns; i++)
        ko_buf_puts(d->out, d->columns[i].kind == KO_NUMBER ? "|---:" : "|---");
    ko_buf_puts(d->out, "|\n");
}

static void md_row(struct ko_doc *d)
{
    ko_buf_putc(d->out, '|');
}

static void md_cell(struct ko_doc *d, struct ko_str text)
{
    ko_buf_putc(d->out, ' ');
    ko_doc_md_text(d, text);
    ko_buf_puts(d->out, " |");
}

static void md_end_row(struct ko_doc *d)
{
    ko_buf_putc(d->out, '\n');
}

static void md_end_table(struct ko_doc *d)
{
    ko_buf_putc(d->out, '\n');
}

static void md_evidence(struct ko_doc *d, const struct ko_evidence *e)
{
    ko_buf_puts(d->out, "### ");
    ko_escape_md(d->out, e->id);
    ko_buf_puts(d->out, "\n\n");
    ko_escape_md(d->out, e->text);
    ko_buf_puts(d->out, "\n\n");
    for (size_t i = 0; i < e->rows.n && i < ROWS_MAX; i++) {
        ko_buf_puts(d->out, "- ");
        ko_escape_md(d->out, e->rows.v[i]);
        ko_buf_putc(d->out, '\n');
    }
    if (e->rows.n > ROWS_MAX)
        ko_buf_printf(d->out, "- and %zu more\n", e->rows.n - ROWS_MAX);
    if (e->rows.n)
        ko_buf_putc(d->out, '\n');
}

const struct ko_doc_ops ko_doc_md = {
    md_heading, md_paragraph, md_question, md_list,      md_table,
    md_row,     md_cell,      md_end_row,  md_end_table, md_evidence,
};
