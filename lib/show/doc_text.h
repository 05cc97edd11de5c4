/* doc_text.h: documents as plain text for a terminal, for the prompt's longer answers. */
#ifndef KO_SHOW_DOC_TEXT_H
#define KO_SHOW_DOC_TEXT_H

#include "show/doc.h"
#include "show/screen.h"

/*
 * A document whose tables are written record by record, because twelve columns have no
 * place in 80: the leading short cells on one line, then "column: text" lines, wrapped.
 * Empty cells are left out.
 */
struct ko_doc_text {
    struct ko_doc doc; /* first: the operations cast it back */
    struct ko_screen screen;
    struct ko_buf head; /* the record's line so far */
    bool in_head;
};

/* ko_doc_text_init(d, c, opt, out): Begin; release with ko_doc_text_release. */
void ko_doc_text_init(struct ko_doc_text *d, const struct ko_case *c,
                      const struct ko_show_options *opt, struct ko_buf *out);
void ko_doc_text_release(struct ko_doc_text *d);

#endif
