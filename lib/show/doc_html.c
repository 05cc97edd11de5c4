/* doc_html.c: documents in HTML. */
#include "show/doc_html.h"

#include "show/cite.h"
#include "show/escape.h"
#include "show/words.h"

static void put_link(struct ko_buf *out, struct ko_str id)
{
    ko_buf_puts(out, "<a class=\"ev\" href=\"#");
    ko_escape_html(out, id);
    ko_buf_puts(out, "\">");
    ko_escape_html(out, id);
    ko_buf_puts(out, "</a>");
}

void ko_doc_html_text(struct ko_doc *d, struct ko_str text)
{
    struct ko_str plain, id;
    bool behind = false;
    while (ko_cite_next(&d->ids, &text, &plain, &id)) {
        ko_escape_html(d->out, ko_cite_bare(plain, behind, id.n > 0));
        if (id.n)
            put_link(d->out, id);
        behind = id.n > 0;
    }
}

static void html_heading(struct ko_doc *d, int level, const char *name, const char *text)
{
    ko_buf_printf(d->out, "<h%d id=\"%s\">%s</h%d>\n", level, name, text, level);
}

static void html_paragraph(struct ko_doc *d, struct ko_str text)
{
    ko_buf_puts(d->out, "<p>");
    ko_doc_html_text(d, text);
    ko_buf_puts(d->out, "</p>\n");
}

static void html_question(struct ko_doc *d, const char *text)
{
    ko_buf_printf(d->out, "<p class=\"ask\">%s</p>\n", text);
}

static void html_list(struct ko_doc *d, const ko_strs *items)
{
    ko_buf_puts(d->out, "<ul>\n");
    for (size_t i = 0; i < items->n; i++) {
        ko_buf_puts(d->out, "<li>");
        ko_doc_html_text(d, items->v[i]);
        ko_buf_puts(d->out, "</li>\n");
    }
    ko_buf_puts(d->out, "</ul>\n");
}

static void html_table(struct ko_doc *d)
{
    ko_buf_puts(d->out, "<div class=\"table\"><table>\n<thead><tr>");
    for (size_t i = 0; i < d->n_columns; i++)
        ko_buf_printf(d->out, "<th scope=\"col\"%s>%s</th>",
                      d->columns[i].kind == KO_NUMBER ? " class=\"num\"" : "",
                      d->columns[i].name);
    ko_buf_puts(d->out, "</tr></thead>\n<tbody>\n");
}

static void html_row(struct ko_doc *d)
{
    ko_buf_puts(d->out, "<tr>");
}

static void html_cell(struct ko_doc *d, struct ko_str text)
{
    static const char *const opening[] = {"<td>", "<td class=\"prose\">",
                                          "<td class=\"time\">", "<td class=\"num\">"};
    ko_buf_puts(d->out, opening[d->columns[d->column].kind]);
    ko_doc_html_text(d, text);
    ko_buf_puts(d->out, "</td>");
}

static void html_end_row(struct ko_doc *d)
{
    ko_buf_puts(d->out, "</tr>\n");
}

static void html_end_table(struct ko_doc *d)
{
    ko_buf_puts(d->out, "</tbody></table></div>\n");
}

static void html_evidence(struct ko_doc *d, const struct ko_evidence *e)
{
    ko_buf_puts(d->out, "<div class=\"evidence\" id=\"");
    ko_escape_html(d->out, e->id);
    ko_buf_puts(d->out, "\"><b>");
    ko_escape_html(d->out, e->id);
    ko_buf_puts(d->out, "</b><div><p>");
    ko_escape_html(d->out, e->text);
    ko_buf_puts(d->out, "</p>");
    for (size_t i = 0; i < e->rows.n; i++) {
        ko_buf_puts(d->out, "<code>");
        ko_escape_html(d->out, e->rows.v[i]);
        ko_buf_puts(d->out, "</code> ");
    }
    ko_buf_puts(d->out, "</div></div>\n");
}

const struct ko_doc_ops ko_doc_html = {
    html_heading, html_paragraph, html_question, html_list,      html_table,
    html_row,     html_cell,      html_end_row,  html_end_table, html_evidence,
};
