/* escape.h: the only place where text from an input reaches a terminal, HTML, Markdown,
 * CSV or DOT. */
#ifndef KO_SHOW_ESCAPE_H
#define KO_SHOW_ESCAPE_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>

/*
 * Every function appends ${s} to ${out} so that its target shows it as text on one line
 * and obeys none of it.  All of them make these visible first:
 *
 *   C0, DEL, C1                                    \x1b  (newline \n, tab \t, return \r)
 *   bidi controls, zero width, line separators,
 *   tags, variation selectors 17-256, fillers      \u202e  \U000e0041
 *   bytes that are not UTF-8                       U+FFFD, one a maximal ill-formed part
 *
 * Cost: O(n).  Nothing fails but ${out} itself.
 */

/* ko_escape_term(out, s, ascii): For a terminal and for plain text files; with ${ascii}
 * every code point over U+007E is written as \u00e9, but for the few signs that our
 * own texts use (± is "+/-", … is "..."), and broken bytes as "?". */
void ko_escape_term(struct ko_buf *out, struct ko_str s, bool ascii);

/* ko_escape_html(out, s): For HTML and SVG text, and attribute values in double quotes:
 * & < > " ' become entities. */
void ko_escape_html(struct ko_buf *out, struct ko_str s);

/*
 * ko_escape_md(out, s):
 * For a paragraph, a list item or a table cell of GitHub flavoured Markdown.  Characters
 * that mark something up are escaped where they would; a word that a renderer would turn
 * into a link, a mention or an issue number stands in a code span, because autolinking
 * happens after escapes are resolved.  Blanks at the start are dropped.
 *
 * Source:  CommonMark 0.31 sections 2.4, 4, 6; GitHub Flavored Markdown 0.29
 * sections 4.10, 6.5, 6.9
 */
void ko_escape_md(struct ko_buf *out, struct ko_str s);

/*
 * ko_escape_csv(out, s):
 * One text cell.  Quoted where RFC 4180 asks for it, or where a spreadsheet with another
 * separator would split it; a cell that a spreadsheet would take for a formula (after
 * blanks: = + - @, their full-width forms, other dashes; TAB or CR) gets a ' before it
 * inside quotes.  A decimal number is written as it is.
 *
 * Source:  RFC 4180; OWASP, "CSV Injection"
 */
void ko_escape_csv(struct ko_buf *out, struct ko_str s);

/* ko_escape_dot(out, s): The inside of a double-quoted Graphviz label. */
void ko_escape_dot(struct ko_buf *out, struct ko_str s);

#endif
