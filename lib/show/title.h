/* title.h: a case in one line. */
#ifndef KO_SHOW_TITLE_H
#define KO_SHOW_TITLE_H

#include "base/buf.h"
#include "case/case.h"

/*
 * ko_title_put(out, c):
 * "Trouble from identity, noticed at billing-queue", "No incident found", "Not analysed
 * yet", "Nothing was read": from the chain, the symptom and the suspects, unescaped. Only
 * an origin that blame holds for likely is called one.
 */
void ko_title_put(struct ko_buf *out, const struct ko_case *c);

#endif
