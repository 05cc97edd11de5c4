/* text.h: the five-minute screen. */
#ifndef KO_SHOW_TEXT_H
#define KO_SHOW_TEXT_H

#include "show/show.h"

/*
 * ko_text_write(c, opt, out):
 * The answer of the first five minutes on one page: at most 40 rows, at most opt->width
 * columns; what the data cannot carry first, then the six questions in their order, then
 * what is not known.  The same words with and without colour.
 */
ko_show_fn ko_text_write;

#endif
