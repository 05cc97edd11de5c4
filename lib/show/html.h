/* html.h: the report as one self-contained HTML file. */
#ifndef KO_SHOW_HTML_H
#define KO_SHOW_HTML_H

#include "show/show.h"

/*
 * ko_html_write(c, opt, out):
 * Answers, drawings, tables and the evidence in one file that loads nothing and runs
 * nothing: no script, no link outside, a content security policy that forbids both.
 */
ko_show_fn ko_html_write;

#endif
