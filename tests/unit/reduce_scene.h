/* reduce_scene.h: events for the tests of the reducer, and look-ups in what it made of
 * them. */
#ifndef KO_TESTS_REDUCE_SCENE_H
#define KO_TESTS_REDUCE_SCENE_H

#include "case/case.h"
#include "reduce/reduce.h"

#include <stdbool.h>
#include <stdint.h>

#define T0 (INT64_C(1773496800) * KO_SECOND) /* 2026-03-14T14:00:00Z */

enum { EVENTS_MAX = 8000, FILES = 3 };

/* Events with the texts that they point to. */
struct scene {
    struct ko_event v[EVENTS_MAX];
    uint32_t file[EVENTS_MAX];
    size_t n;
    char text[EVENTS_MAX][64];
};

extern const char *const scene_files[FILES];

/* An event of ${kind} at ${t} in file number ${file}; file 2 is a healthy time. */
struct ko_event *scene_add(struct scene *s, enum ko_event_kind kind, uint32_t file,
                           ko_time t, const char *entity);
/* "before N after", kept with the event added last. */
struct ko_str scene_text(struct scene *s, const char *before, int64_t n,
                         const char *after);
/* A seeded number below ${below}. */
uint32_t scene_draw(uint64_t *seed, uint32_t below);
/* A trace of three spans: gateway, its client span, and crm-api, added last. */
void scene_add_spans(struct scene *s, uint64_t *seed, ko_time t, int64_t trace);
/* Two lines of one template inside the span added last. */
void scene_add_span_logs(struct scene *s);
/* Freed by the caller. */
struct scene *scene_new(void);
/* A reducer that took events order[from..to). */
struct ko_reducer *scene_feed(const struct scene *s, const uint32_t *order, size_t from,
                              size_t to, const struct ko_reduce_options *opt);
/* The case of ${r}, which is freed. */
void scene_finish(struct ko_reducer *r, struct ko_case *c);
/* The case of all events. */
void scene_reduce(const struct scene *s, const struct ko_reduce_options *opt,
                  struct ko_case *c);
/* NULL when the case has none. */
const struct ko_series *scene_series(const struct ko_case *c, const char *entity,
                                     const char *caller, const char *signal, bool normal);
/* NULL when the case has none. */
const struct ko_group *scene_group(const struct ko_case *c, const char *dim,
                                   const char *value);
/* Missing numbers count as 0. */
double scene_total(ko_nums v);

#endif
