/* doc_text.c: documents as plain text for a terminal. */
#include "show/doc_text.h"

#include "show/scratch.h"

enum { INDENT = 3, DEEP = 6 };
/* Leading cells that share the record's line. */
enum { HEAD_CELLS = 4, HEAD_BYTES = 1 << 16 };

static struct ko_doc_text *self(struct ko_doc *d)
{
    return (struct ko_doc_text *)d;
}

static void put_block(struct ko_doc *d, struct ko_str text, size_t indent, size_t hang)
{
    struct ko_screen *s = &self(d)->screen;
    ko_screen_blank(s, indent);
    ko_screen_flow(s, text, &(struct ko_flow){indent, hang, 0, 0});
    ko_screen_end_line(s);
}

static void text_heading(struct ko_doc *d, int level, const char *name, const char *text)
{
    struct ko_screen *s = &self(d)->screen;
    (void)level;
    (void)name;
    ko_screen_ink(s, KO_INK_BOLD);
    ko_screen_own(s, text);
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_end_line(s);
}

static void text_paragraph(struct ko_doc *d, struct ko_str text)
{
    put_block(d, text, INDENT, INDENT);
}

static void text_question(struct ko_doc *d, const char *text)
{
    put_block(d, ko_str(text), INDENT, INDENT);
}

static void text_list(struct ko_doc *d, const ko_strs *items)
{
    for (size_t i = 0; i < items->n; i++)
        put_block(d, items->v[i], INDENT, INDENT + 2);
}

static void text_table(struct ko_doc *d)
{
    (void)d;
}

static void text_row(struct ko_doc *d)
{
    ko_scratch_clear(&self(d)->head, d->out);
    self(d)->in_head = true;
}

static void end_head(struct ko_doc *d)
{
    struct ko_doc_text *t = self(d);
    if (t->in_head && t->head.n)
        put_block(d, ko_buf_str(&t->head), INDENT, DEEP);
    t->in_head = false;
}

static void put_field(struct ko_doc *d, const char *name, struct ko_str text)
{
    struct ko_screen *s = &self(d)->screen;
    ko_screen_blank(s, DEEP);
    ko_screen_ink(s, KO_INK_DIM);
    ko_screen_put(s, ko_str(name));
    ko_screen_own(s, ": ");
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_flow(s, text, &(struct ko_flow){DEEP + ko_str(name).n + 2, DEEP + 2, 0, 0});
    ko_screen_end_line(s);
}

static void text_cell(struct ko_doc *d, struct ko_str text)
{
    struct ko_doc_text *t = self(d);
    const struct ko_column *column = &d->columns[d->column];
    if (d->column >= HEAD_CELLS || column->kind == KO_PROSE)
        end_head(d);
    if (text.n == 0)
        return;
    if (t->in_head) {
        ko_buf_puts(&t->head, t->head.n ? "  " : "");
        ko_buf_put(&t->head, text);
    } else {
        put_field(d, column->name, text);
    }
}

static void text_end_row(struct ko_doc *d)
{
    end_head(d);
}

static void text_end(struct ko_doc *d)
{
    (void)d;
}

static void text_evidence(struct ko_doc *d, const struct ko_evidence *e)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    ko_buf_put(text, e->id);
    ko_buf_puts(text, "  ");
    ko_buf_put(text, e->text);
    put_block(d, ko_buf_str(text), INDENT, DEEP);
    for (size_t i = 0; i < e->rows.n; i++)
        put_block(d, e->rows.v[i], DEEP, DEEP + 2);
}

static const struct ko_doc_ops text_ops = {
    text_heading, text_paragraph, text_question, text_list, text_table,
    text_row,     text_cell,      text_end_row,  text_end,  text_evidence,
};

void ko_doc_text_init(struct ko_doc_text *d, const struct ko_case *c,
                      const struct ko_show_options *opt, struct ko_buf *out)
{
    ko_doc_init(&d->doc, &text_ops, c, out);
    ko_screen_init(&d->screen, opt, out);
    ko_buf_init(&d->head, HEAD_BYTES);
    d->in_head = false;
}

void ko_doc_text_release(struct ko_doc_text *d)
{
    ko_scratch_end(&d->head, d->doc.out);
    ko_screen_release(&d->screen);
    ko_doc_release(&d->doc);
}
