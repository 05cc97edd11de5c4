/* doc.h: a document of headings, paragraphs and tables, whatever its markup. */
#ifndef KO_SHOW_DOC_H
#define KO_SHOW_DOC_H

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_doc;

/* How a column is set: words break at blanks only, prose anywhere, times not at all,
 * numbers stand at the right. */
enum ko_column_kind { KO_WORD, KO_PROSE, KO_CLOCK, KO_NUMBER };

struct ko_column {
    const char *name;
    enum ko_column_kind kind;
};

/*
 * What a markup does.  Texts are untrusted and come unescaped; references to evidence in
 * them become links.  `name` of a heading is its anchor, our own ASCII.
 */
struct ko_doc_ops {
    void (*heading)(struct ko_doc *d, int level, const char *name, const char *text);
    void (*paragraph)(struct ko_doc *d, struct ko_str text);
    void (*question)(struct ko_doc *d, const char *text); /* left for people to answer */
    void (*list)(struct ko_doc *d, const ko_strs *items);
    void (*table)(struct ko_doc *d); /* columns are in d->columns */
    void (*row)(struct ko_doc *d);   /* begins one */
    void (*cell)(struct ko_doc *d, struct ko_str text);
    void (*end_row)(struct ko_doc *d);
    void (*end_table)(struct ko_doc *d);
    /* An evidence record: the target of its references, with its rows. */
    void (*evidence)(struct ko_doc *d, const struct ko_evidence *e);
};

struct ko_doc {
    const struct ko_doc_ops *ops;
    const struct ko_case *c;
    struct ko_buf *out;
    struct ko_map ids; /* of the evidence that references may name */
    const struct ko_column *columns;
    size_t n_columns, column; /* of the table being written, and of the next cell */
    /* private to doc.c */
    struct ko_buf text;
};

/* ko_doc_init(d, ops, c, out): Begin; failures of the index go to out->status. */
void ko_doc_init(struct ko_doc *d, const struct ko_doc_ops *ops, const struct ko_case *c,
                 struct ko_buf *out);
void ko_doc_release(struct ko_doc *d);

/* ko_doc_table(d, columns, n), ko_doc_row(d), ko_doc_end_row(d), ko_doc_end_table(d). */
void ko_doc_table(struct ko_doc *d, const struct ko_column *columns, size_t n);
void ko_doc_row(struct ko_doc *d);
void ko_doc_end_row(struct ko_doc *d);
void ko_doc_end_table(struct ko_doc *d);

/* One cell: a text; an entity; a time with its uncertainty; a number in its unit; a lag;
 * references.  What is not said is "unknown", or empty where it does not apply. */
void ko_doc_cell(struct ko_doc *d, struct ko_str text);
void ko_doc_cell_entity(struct ko_doc *d, uint32_t entity);
void ko_doc_cell_time(struct ko_doc *d, ko_time t, ko_time lo, ko_time hi);
void ko_doc_cell_number(struct ko_doc *d, double x, struct ko_str unit);
void ko_doc_cell_lag(struct ko_doc *d, ko_dur lag);
void ko_doc_cell_ids(struct ko_doc *d, const ko_strs *ids);
void ko_doc_cell_id(struct ko_doc *d, struct ko_str id);
void ko_doc_cell_count(struct ko_doc *d, int64_t n);
/* ko_doc_cell_list(d, list): The texts in one cell, "; " between. */
void ko_doc_cell_list(struct ko_doc *d, const ko_strs *list);

/* ko_doc_begin_text(d), ko_doc_paragraph(d): A paragraph put together in the buffer that
 * the first returns, written by the second. */
struct ko_buf *ko_doc_begin_text(struct ko_doc *d);
void ko_doc_paragraph(struct ko_doc *d);

#endif
