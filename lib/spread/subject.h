/* subject.h: what can have an onset: a series or a log template, in one order and form.
 */
#ifndef KO_SPREAD_SUBJECT_H
#define KO_SPREAD_SUBJECT_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* Either a series or a template; the other is NULL. */
struct ko_subject {
    const struct ko_series *series;
    const struct ko_template *tpl;
    uint32_t entity, caller;
    struct ko_str signal;
    int cls;
    const double *v; /* the numbers to judge: per request where that is fair */
    size_t n;
    const double *normal; /* the same in a healthy time, or NULL */
    size_t n_normal;
    double event; /* this and the next as in struct ko_baseline_in */
    bool ratio;
};

typedef KO_LIST(struct ko_subject) ko_subjects;

/*
 * ko_subject_list(c, scratch, ret):
 * Append every series of the window and every template of ${c}, ordered by entity name,
 * caller name, series before templates, signal, source.
 *
 * Owns:    the list and the numbers that are not the case's own are in ${scratch}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_subject_list(struct ko_case *c, struct ko_arena *scratch,
                                              ko_subjects *ret);

#endif
