/* impact_case.h: findings made by hand, for the tests of the layer that words them. */
#ifndef KO_TESTS_IMPACT_CASE_H
#define KO_TESTS_IMPACT_CASE_H

#include "case_builder.h"

/* Times are minutes after BUILD_FROM.  Everything aborts when memory is out. */

/* make_group(c, dim, value): Interactions of customers over the platform: 100 a minute of
 * 100 customers, none failed.  Returns: its index. */
size_t make_group(struct ko_case *c, const char *dim, const char *value);
/* make_fail(c, group, from, to, bad): ${bad} of each minute fail, of as many customers,
 * the same ones every minute. */
void make_fail(struct ko_case *c, size_t group, int64_t from, int64_t to, double bad);
/* make_without_ids(c, group): Forget the ids. */
void make_without_ids(struct ko_case *c, size_t group);

/* make_onset(…): A rise from ${before} to ${after}, score 10, with evidence in ${unit}.
 */
void make_onset(struct ko_case *c, const char *entity, const char *signal,
                enum ko_class cls, int64_t minute, double before, double after,
                const char *unit);

/* make_chain(c, origin, minute): A cascade of one node; make_node adds the next. */
void make_chain(struct ko_case *c, const char *origin, int64_t minute);
void make_node(struct ko_case *c, const char *entity, const char *parent, int64_t minute,
               const char *mechanism);
void make_chain_end(struct ko_case *c, int64_t minute);

/* make_suspect(c, entity, minute, verdict): The next rank. */
struct ko_suspect *make_suspect(struct ko_case *c, const char *entity, int64_t minute,
                                const char *verdict);

struct ko_change *make_change(struct ko_case *c, const char *entity, const char *kind,
                              const char *id, int64_t minute);
struct ko_milestone *make_milestone(struct ko_case *c, const char *what,
                                    const char *entity, const char *owner,
                                    int64_t minute);
/* make_step(c, journey, step, entity, fallback): Adds the journey when it is new. */
void make_step(struct ko_case *c, const char *journey, const char *step,
               const char *entity, const char *fallback);

/* make_story(c): The incident of a slow identity check that ends in a full queue, with
 * everything that the six answers can use. */
void make_story(struct ko_case *c);

/* Look-ups: NULL when there is none.  ${dim} and ${value} "" for everything. */
const struct ko_impact *find_impact(const struct ko_case *c, const char *measure,
                                    const char *dim, const char *value);
const struct ko_answer *find_answer(const struct ko_case *c, const char *question);
const struct ko_unknown *find_unknown(const struct ko_case *c, const char *what);
/* says(a, part): Does the answer, headline or further lines, hold ${part}? */
bool says(const struct ko_answer *a, const char *part);

#endif
