/* mass.h: excess mass: how much pain an entity holds above its baseline, and how much of
 * it is its own. */
#ifndef KO_BLAME_MASS_H
#define KO_BLAME_MASS_H

#include "base/status.h"
#include "blame/clue.h"
#include "blame/fuse.h"
#include "blame/graph.h"

/*
 * ko_mass(scene, graph, standings):
 * Fill own, waited and mass_unit of ${standings}: seconds of waiting where latency is
 * known, else failed requests.
 *
 *   mass   sum over the incident of requests * (latency - its median before)
 *   waited sum over the calls that it waits for: the mass of the callee, as the caller
 *          measured it, else the callee's own figure times the caller's share of calls
 *   own    mass - waited, not below 0
 *
 * A callee without history counts from zero, so its mass is charged to the callers that
 * began to call it.
 *
 * Units:   s of waiting, or failed requests, whatever the units of the series; NaN where
 *          a unit is unknown or no export measured it
 * Errors:  KO_ENOMEM
 * Cost:    O((entities + edges) * buckets)
 */
KO_WARN_UNUSED enum ko_status ko_mass(const struct ko_scene *scene,
                                      const struct ko_graph *graph,
                                      struct ko_standing *standings);

/*
 * ko_mass_requests(c, arena, ret):
 * For each entity the series that counts its requests best, NULL where none does.
 *
 * Owns:    ${ret} is in ${arena} and points into ${c}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_mass_requests(const struct ko_case *c,
                                               struct ko_arena *arena,
                                               const struct ko_series *const **ret);

#endif
