/* filter.h: a stage between two case streams: read, forget its earlier findings, run,
 * write. */
#ifndef KO_APP_FILTER_H
#define KO_APP_FILTER_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"
#include "impact/past.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_filter_options {
    size_t top;                  /* suspects kept by blame; 0 all */
    const struct ko_pasts *past; /* that blame compares with; NULL none were given */
};

struct ko_filter {
    enum ko_stage stage;
    enum ko_status (*run)(struct ko_case *c, const struct ko_filter_options *opt,
                          struct ko_err *err);
    bool (*found)(const struct ko_case *c); /* for -e: did it find anything? */
};

extern const struct ko_filter ko_filter_correlate, ko_filter_blame;

/*
 * ko_filter_apply(f, in, source, opt, out, ret_found, err):
 * Append to ${out} the stream ${in} with the records of the stage written anew.  Applied
 * twice gives the same bytes as applied once.
 *
 * Errors:  those of ko_stream_read, with the place in ${source}; KO_ENOMEM; out is of no
 *          use then
 */
KO_WARN_UNUSED enum ko_status ko_filter_apply(const struct ko_filter *f, struct ko_str in,
                                              struct ko_str source,
                                              const struct ko_filter_options *opt,
                                              struct ko_buf *out, bool *ret_found,
                                              struct ko_err *err);

#endif
