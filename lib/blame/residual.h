/* residual.h: a symptom less what an entity only hands on from those it waits for. */
#ifndef KO_BLAME_RESIDUAL_H
#define KO_BLAME_RESIDUAL_H

#include "base/status.h"
#include "blame/clue.h"
#include "blame/graph.h"
#include "case/case.h"

/*
 * ko_residual(scene, s, ret):
 * The numbers of ${s}, a symptom of an entity, less what the same symptom of its callees
 * is above its level before the incident, times their calls for each request of the
 * caller (1 where nobody counted them).  Without callees that have the symptom: ${s}.
 *
 *   r(t) = s(t) - sum over callees c of calls(c) * (c(t) - level(c)), not below 0 where
 *          ${s} counts what happens
 *
 * Shape:   ret->n is that of ${s}
 * Owns:    ${ret} is the case's own or in scene->scratch
 * Errors:  KO_ENOMEM
 * Source:  residuals on a given graph: CIRCA (Li et al., KDD 2022), with the slopes that
 *          counting calls gives instead of learned ones
 */
KO_WARN_UNUSED enum ko_status ko_residual(const struct ko_scene *scene,
                                          const struct ko_series *s, ko_nums *ret);

/* ko_residual_load(scene, entity): Requests a bucket during the incident; NaN unknown. */
double ko_residual_load(const struct ko_scene *scene, uint32_t entity);

#endif
