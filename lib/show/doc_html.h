/* doc_html.h: documents in HTML. */
#ifndef KO_SHOW_DOC_HTML_H
#define KO_SHOW_DOC_HTML_H

#include "show/doc.h"

extern const struct ko_doc_ops ko_doc_html;

/* ko_doc_html_text(d, text): ${text} inside an element, its references as links. */
void ko_doc_html_text(struct ko_doc *d, struct ko_str text);

#endif
