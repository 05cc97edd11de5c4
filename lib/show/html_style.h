/* html_style.h: the style sheet of the HTML report. */
#ifndef KO_SHOW_HTML_STYLE_H
#define KO_SHOW_HTML_STYLE_H

/* CSS without any url(): light, dark by the reader's setting, and for paper. */
extern const char ko_html_style[];

#endif
