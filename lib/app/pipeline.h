/* pipeline.h: correlate and blame in one process, over the very bytes that a pipe would
 * carry. */
#ifndef KO_APP_PIPELINE_H
#define KO_APP_PIPELINE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "impact/past.h"

/*
 * ko_pipeline_run(in, source, past, out, err):
 * Append to ${out} what `correlate | blame` writes for the stream ${in}, with the
 * incidents to compare it with, if any; a stream that already holds answers is copied as
 * it is, or, with ${past}, only blamed anew.
 *
 * Errors:  those of ko_filter_apply; out is of no use then
 */
KO_WARN_UNUSED enum ko_status ko_pipeline_run(struct ko_str in, struct ko_str source,
                                              const struct ko_pasts *past,
                                              struct ko_buf *out, struct ko_err *err);

#endif
