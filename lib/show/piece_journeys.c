/* piece_journeys.c: the declared journeys and the recovery, at the prompt. */
#include "show/doc_text.h"
#include "show/facts.h"
#include "show/show.h"

void ko_show_journeys(const struct ko_case *c, const struct ko_show_options *opt,
                      struct ko_buf *out)
{
    struct ko_doc_text d;
    ko_doc_text_init(&d, c, opt, out);
    ko_facts_journeys(&d.doc);
    ko_doc_text_release(&d);
}

void ko_show_recovery(const struct ko_case *c, const struct ko_show_options *opt,
                      struct ko_buf *out)
{
    struct ko_doc_text d;
    ko_doc_text_init(&d, c, opt, out);
    ko_facts_recovery(&d.doc);
    ko_doc_text_release(&d);
}
