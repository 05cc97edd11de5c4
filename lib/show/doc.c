/* doc.c: a document of headings, paragraphs and tables, whatever its markup. */
#include "show/doc.h"

#include "show/cite.h"
#include "show/words.h"

/* One paragraph or cell. */
enum { TEXT_MAX = 1 << 22, LIST_MAX = 64 };

static void note_status(struct ko_doc *d, enum ko_status st)
{
    if (st != KO_OK && d->out->status == KO_OK)
        d->out->status = st;
}

void ko_doc_init(struct ko_doc *d, const struct ko_doc_ops *ops, const struct ko_case *c,
                 struct ko_buf *out)
{
    *d = (struct ko_doc){.ops = ops, .c = c, .out = out};
    ko_map_init(&d->ids, 0);
    ko_buf_init(&d->text, TEXT_MAX);
    note_status(d, ko_cite_index(c, &d->ids));
}

void ko_doc_release(struct ko_doc *d)
{
    note_status(d, d->text.status);
    ko_buf_release(&d->text);
    ko_map_release(&d->ids);
}

void ko_doc_table(struct ko_doc *d, const struct ko_column *columns, size_t n)
{
    d->columns = columns;
    d->n_columns = n;
    d->ops->table(d);
}

void ko_doc_row(struct ko_doc *d)
{
    d->column = 0;
    d->ops->row(d);
}

void ko_doc_end_row(struct ko_doc *d)
{
    d->ops->end_row(d);
}

void ko_doc_end_table(struct ko_doc *d)
{
    d->ops->end_table(d);
}

void ko_doc_cell(struct ko_doc *d, struct ko_str text)
{
    d->ops->cell(d, text);
    d->column++;
}

/* The scratch, empty; a text that was too long before does not spoil the next one. */
struct ko_buf *ko_doc_begin_text(struct ko_doc *d)
{
    note_status(d, d->text.status);
    ko_buf_reset(&d->text);
    return &d->text;
}

static void cell_of_text(struct ko_doc *d)
{
    ko_doc_cell(d, ko_buf_str(&d->text));
}

void ko_doc_paragraph(struct ko_doc *d)
{
    d->ops->paragraph(d, ko_buf_str(&d->text));
}

void ko_doc_cell_entity(struct ko_doc *d, uint32_t entity)
{
    ko_doc_cell(d, ko_case_name(d->c, entity));
}

void ko_doc_cell_time(struct ko_doc *d, ko_time t, ko_time lo, ko_time hi)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    ko_words_clock(text, t);
    ko_words_spread(text, t, lo, hi);
    cell_of_text(d);
}

void ko_doc_cell_number(struct ko_doc *d, double x, struct ko_str unit)
{
    ko_words_number(ko_doc_begin_text(d), x, unit);
    cell_of_text(d);
}

void ko_doc_cell_lag(struct ko_doc *d, ko_dur lag)
{
    ko_words_lag(ko_doc_begin_text(d), lag);
    cell_of_text(d);
}

void ko_doc_cell_ids(struct ko_doc *d, const ko_strs *ids)
{
    struct ko_buf *text = ko_doc_begin_text(d);
    if (ids->n) {
        ko_buf_putc(text, '[');
        ko_words_join(text, ids, " ", ids->n);
        ko_buf_putc(text, ']');
    }
    cell_of_text(d);
}

void ko_doc_cell_id(struct ko_doc *d, struct ko_str id)
{
    ko_doc_cell_ids(d, &(ko_strs){.v = &id, .n = id.n > 0});
}

void ko_doc_cell_count(struct ko_doc *d, int64_t n)
{
    ko_buf_printf(ko_doc_begin_text(d), "%lld", (long long)n);
    cell_of_text(d);
}

void ko_doc_cell_list(struct ko_doc *d, const ko_strs *list)
{
    ko_words_join(ko_doc_begin_text(d), list, "; ", LIST_MAX);
    cell_of_text(d);
}
