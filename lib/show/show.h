/* show.h: a finished case turned into documents and into pieces for the prompt. */
#ifndef KO_SHOW_SHOW_H
#define KO_SHOW_SHOW_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns of the screen when the caller does not say. */
enum { KO_SHOW_WIDTH = 80 };

/* How to print; zeroed is plain UTF-8 text of KO_SHOW_WIDTH columns without colour. */
struct ko_show_options {
    bool colour;  /* text only: SGR sequences; the words stay the same */
    bool ascii;   /* text only: no byte over 0x7e, also in plots */
    size_t width; /* text only: columns; 0 is KO_SHOW_WIDTH; less than 40 counts as 40 */
};

/* A document writer: appends to ${out}, whose sticky status is read by ko_show. */
typedef void ko_show_fn(const struct ko_case *c, const struct ko_show_options *opt,
                        struct ko_buf *out);

struct ko_show_format {
    const char *name; /* of -f, and the suffix of a file in that format */
    const char *what; /* for --help */
    ko_show_fn *write;
};

/* All documents; name NULL ends.  text, md, html, json, dot, csv. */
extern const struct ko_show_format ko_show_formats[];

/* The six questions in their order: where spread who changed worse owner; NULL ends. */
extern const char *const ko_show_questions[];

/*
 * ko_show(c, format, opt, out, err):
 * Append the document ${format} of ${c} to ${out}.  A case of which no stage has found
 * anything gives a whole document that says so.
 *
 * Shape:   opt may be NULL: the defaults
 * Errors:  KO_ENOTFOUND no such format; KO_ENOMEM, KO_ELIMIT of out
 * Cost:    O(records + buckets of the series that are drawn)
 */
KO_WARN_UNUSED enum ko_status ko_show(const struct ko_case *c, const char *format,
                                      const struct ko_show_options *opt,
                                      struct ko_buf *out, struct ko_err *err);

/*
 * Pieces for the prompt.  Each appends whole lines of text to ${out}; look at out->status
 * afterwards.  ${opt} may be NULL.
 */

/* ko_show_question(c, question, opt, out): One of ko_show_questions with everything that
 * is known about it; false, with nothing appended, for another word. */
KO_WARN_UNUSED bool ko_show_question(const struct ko_case *c, struct ko_str question,
                                     const struct ko_show_options *opt,
                                     struct ko_buf *out);

/* ko_show_entity(c, entity, opt, out): Owner, neighbours, onsets, changes, and a
 * sparkline of every signal of ${entity}. */
void ko_show_entity(const struct ko_case *c, uint32_t entity,
                    const struct ko_show_options *opt, struct ko_buf *out);

/* ko_show_journeys(c, opt, out): Where each declared journey broke, the state of every
 * step, and the single points of failure. */
void ko_show_journeys(const struct ko_case *c, const struct ko_show_options *opt,
                      struct ko_buf *out);

/* ko_show_recovery(c, opt, out): What recover found to work off, and what is back. */
void ko_show_recovery(const struct ko_case *c, const struct ko_show_options *opt,
                      struct ko_buf *out);

/* ko_show_plot(c, series, opt, out): c->series.v[series] over the window, with its
 * baseline, its onset and the changes of the entity marked. */
void ko_show_plot(const struct ko_case *c, size_t series,
                  const struct ko_show_options *opt, struct ko_buf *out);

/* ko_show_evidence(c, id, opt, out): The record "E7" with its numbers and rows, and who
 * refers to it; false, with nothing appended, when there is none. */
KO_WARN_UNUSED bool ko_show_evidence(const struct ko_case *c, struct ko_str id,
                                     const struct ko_show_options *opt,
                                     struct ko_buf *out);

/*
 * ko_show_explain(c, opt, table, out):
 * What each export was taken for: file, format, time field, zone, entity field, units,
 * lines, accepted, rejected, why, remarks.  ${table}: aligned, with why and remarks below
 * each row and a total at the end; else one line of TAB separated cells each, with a
 * head.
 */
void ko_show_explain(const struct ko_case *c, const struct ko_show_options *opt,
                     bool table, struct ko_buf *out);

/* ko_show_ledger(c, opt, out): What was read of each export, what not, and why. */
void ko_show_ledger(const struct ko_case *c, const struct ko_show_options *opt,
                    struct ko_buf *out);

#endif
