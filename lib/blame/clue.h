/* clue.h: one finding that speaks against one entity, and the channels that bring them.
 */
#ifndef KO_BLAME_CLUE_H
#define KO_BLAME_CLUE_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "blame/cut.h"
#include "blame/graph.h"
#include "blame/index.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A channel sees one family of faults.  Its clues are comparable among themselves; across
 * channels only after calibration (fuse.h).
 */
enum ko_channel {
    KO_CHANNEL_INTERNAL, /* its own capacity: cpu, memory, disk, sockets, pools, queues */
    KO_CHANNEL_EDGE,     /* what its callers measure beyond what it measures itself */
    KO_CHANNEL_LOG,      /* what it writes: new, vanished, shifted templates */
    KO_CHANNEL_SILENCE,  /* it stopped saying anything, or restarted */
    KO_CHANNEL_EXTERNAL, /* its latency, errors, load: symptoms that victims have too */
    KO_CHANNELS
};

struct ko_clue {
    enum ko_channel channel;
    uint32_t entity, caller;
    struct ko_str signal, unit; /* or the template's text */
    struct ko_str op;           /* of a template inside an operation */
    struct ko_str row, sample;  /* of a template */
    double score;               /* times the worst ordinary deviation of its history */
    double before, after;
    size_t history; /* of a series: numbers that the score is measured by */
    bool rise;
    bool trouble; /* a template that speaks of trouble */
};

typedef KO_LIST(struct ko_clue) ko_clues;

/* What every channel reads. */
struct ko_scene {
    const struct ko_case *c;
    const struct ko_index *index;
    const struct ko_graph *graph;
    const struct ko_series *const
        *requests; /* by entity: what counts them; NULL unknown */
    struct ko_cut cut;
    struct ko_arena *scratch; /* lives as long as the stage */
};

/*
 * ko_channel_internal(scene, clues) … ko_channel_external(scene, clues):
 * Append the clues of one channel to ${clues}, in the order of the case's records.
 *
 * Owns:    ${clues} is in scene->scratch, its texts are the case's
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_channel_internal(const struct ko_scene *scene,
                                                  ko_clues *clues);
KO_WARN_UNUSED enum ko_status ko_channel_edge(const struct ko_scene *scene,
                                              ko_clues *clues);
KO_WARN_UNUSED enum ko_status ko_channel_log(const struct ko_scene *scene,
                                             ko_clues *clues);
KO_WARN_UNUSED enum ko_status ko_channel_silence(const struct ko_scene *scene,
                                                 ko_clues *clues);
KO_WARN_UNUSED enum ko_status ko_channel_external(const struct ko_scene *scene,
                                                  ko_clues *clues);

/* ko_channel_name(channel): "internal", "edge", "log", "silence", "external". */
const char *ko_channel_name(enum ko_channel channel);

struct ko_family;

/*
 * ko_clue_score_series(scene, s, event, channel, family, clues):
 * Append a clue about ${s} if its history and the incident both hold numbers, and tell
 * ${family} of its history.  ${event}: ko_baseline_event of the series as it was exported,
 * whatever was taken from the numbers of ${s} since.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_clue_score_series(const struct ko_scene *scene,
                                                   const struct ko_series *s,
                                                   double event, enum ko_channel channel,
                                                   struct ko_family *family,
                                                   ko_clues *clues);

#endif
