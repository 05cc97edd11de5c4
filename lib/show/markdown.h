/* markdown.h: the draft of a postmortem. */
#ifndef KO_SHOW_MARKDOWN_H
#define KO_SHOW_MARKDOWN_H

#include "show/show.h"

/*
 * ko_markdown_write(c, opt, out):
 * A postmortem draft in GitHub flavoured Markdown: what the case holds is filled in, with
 * links to the evidence; what only people can tell is left empty under a question.
 * Nothing is invented: no severity, no lesson, no action.
 */
ko_show_fn ko_markdown_write;

#endif
