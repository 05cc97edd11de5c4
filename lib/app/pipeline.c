/* pipeline.c: correlate and blame in one process, over the very bytes that a pipe would
 * carry. */
#include "app/pipeline.h"

#include "app/filter.h"

/* A record of a type starts its line with it. */
static bool has_answers(struct ko_str stream)
{
    size_t at;
    return ko_str_find(stream, KO_STR("\n{\"type\":\"answer\""), &at);
}

enum ko_status ko_pipeline_run(struct ko_str in, struct ko_str source,
                               const struct ko_pasts *past, struct ko_buf *out,
                               struct ko_err *err)
{
    const struct ko_filter_options opt = {.past = past};
    if (has_answers(in) && past != NULL)
        return ko_filter_apply(&ko_filter_blame, in, source, &opt, out, NULL, err);
    if (has_answers(in)) {
        ko_buf_put(out, in);
        return out->status == KO_OK ? KO_OK : ko_err_nomem(err);
    }
    struct ko_buf spread;
    ko_buf_init(&spread, KO_BUF_MAX);
    enum ko_status st =
        ko_filter_apply(&ko_filter_correlate, in, source, &opt, &spread, NULL, err);
    if (st == KO_OK)
        st = ko_filter_apply(&ko_filter_blame, ko_buf_str(&spread), source, &opt, out,
                             NULL, err);
    ko_buf_release(&spread);
    return st;
}
