/* show.c: the documents by name. */
#include "show/show.h"

#include "show/csv.h"
#include "show/dot.h"
#include "show/html.h"
#include "show/json.h"
#include "show/markdown.h"
#include "show/text.h"

#include <string.h>

const struct ko_show_format ko_show_formats[] = {
    {"text", "the five-minute screen", ko_text_write},
    {"md", "a postmortem draft in Markdown", ko_markdown_write},
    {"html", "one self-contained page with drawings", ko_html_write},
    {"json", "one document with every finding and its evidence", ko_json_write},
    {"dot", "the cascade as a Graphviz graph", ko_dot_write},
    {"csv", "the findings as one table", ko_csv_write},
    {NULL, NULL, NULL},
};

enum ko_status ko_show(const struct ko_case *c, const char *format,
                       const struct ko_show_options *opt, struct ko_buf *out,
                       struct ko_err *err)
{
    static const struct ko_show_options defaults = {0};
    const struct ko_show_format *f = ko_show_formats;
    while (f->name != NULL && strcmp(f->name, format) != 0)
        f++;
    if (f->name == NULL)
        return ko_err_set(err, KO_ENOTFOUND, "no report format '%s'", format);
    f->write(c, opt != NULL ? opt : &defaults, out);
    if (out->status == KO_ENOMEM)
        return ko_err_nomem(err);
    if (out->status != KO_OK)
        return ko_err_set(err, out->status, "the report is too large");
    return KO_OK;
}
