/* doc_md.h: documents in GitHub flavoured Markdown. */
#ifndef KO_SHOW_DOC_MD_H
#define KO_SHOW_DOC_MD_H

#include "show/doc.h"

extern const struct ko_doc_ops ko_doc_md;

/* ko_doc_md_text(d, text): ${text} inside a line, its references as links to the headings
 * of the evidence. */
void ko_doc_md_text(struct ko_doc *d, struct ko_str text);

#endif
