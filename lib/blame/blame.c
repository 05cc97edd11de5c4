/* blame.c: the stage as a sequence of its parts. */
#include "blame/blame.h"

#include "blame/chance.h"
#include "blame/change.h"
#include "blame/clue.h"
#include "blame/cut.h"
#include "blame/explain.h"
#include "blame/fuse.h"
#include "blame/graph.h"
#include "blame/index.h"
#include "blame/mass.h"
#include "blame/suspect.h"
#include "blame/upstream.h"
#include "blame/verdict.h"

/* Beginnings of the incident that are tried, after this part of the window at least; so
 * few that no more numbers than these are looked at. */
enum { TRIES = 24, HISTORY_PART = 4, NUMBERS_MAX = 2 << 20 };

static enum ko_status look(const struct ko_scene *scene, ko_clues *clues)
{
    static enum ko_status (*const channels[])(const struct ko_scene *, ko_clues *) = {
        ko_channel_internal, ko_channel_edge, ko_channel_log, ko_channel_silence,
        ko_channel_external};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof channels / sizeof *channels && st == KO_OK; i++)
        st = channels[i](scene, clues);
    return st;
}

static enum ko_status weigh(const struct ko_scene *scene, const ko_clues *clues,
                            struct ko_standing *standings)
{
    ko_fuse_channels(scene, clues, standings);
    enum ko_status st = ko_mass(scene, scene->graph, standings);
    if (st == KO_OK)
        st = ko_explain(scene->graph, scene->scratch, standings);
    ko_fuse_scores(standings, scene->c->entities.n);
    ko_chance(scene, clues, standings);
    ko_upstream(scene->c, standings);
    if (st == KO_OK)
        st = ko_suspect_order(scene->c, scene->scratch, standings);
    return st;
}

/* All entities of the case, ranked, and what was found about them. */
static enum ko_status rank(const struct ko_scene *scene, ko_clues *clues,
                           struct ko_standing **ret)
{
    *ret = ko_arena_alloc(scene->scratch, scene->c->entities.n + 1, sizeof **ret);
    if (*ret == NULL)
        return KO_ENOMEM;
    enum ko_status st = look(scene, clues);
    return st == KO_OK ? weigh(scene, clues, *ret) : st;
}

/* How far the first suspect stands out if the incident begins with ${bucket}. */
static enum ko_status try_cut(struct ko_scene scene, size_t bucket, double *ret_score)
{
    struct ko_arena scratch = {0};
    ko_clues clues = {0};
    struct ko_standing *standings;
    scene.cut = ko_cut_at(scene.c, bucket);
    scene.scratch = &scratch;
    enum ko_status st = rank(&scene, &clues, &standings);
    *ret_score = st == KO_OK && scene.c->entities.n > 0 ? standings[0].score : 0;
    ko_arena_release(&scratch);
    return st;
}

/* When nothing says when it began: where somebody stands out most. */
static enum ko_status find_cut(struct ko_scene *scene)
{
    size_t n = scene->cut.to, numbers = (scene->c->series.n + 1) * (n + 1);
    size_t fit = NUMBERS_MAX / numbers, tries = fit < TRIES ? fit : TRIES;
    size_t stride = tries > 0 ? n / tries + 1 : n;
    double most = -1, score;
    enum ko_status st = KO_OK;
    for (size_t at = n / HISTORY_PART; at < n && st == KO_OK; at += stride) {
        st = try_cut(*scene, at, &score);
        if (st == KO_OK && score > most) {
            most = score;
            scene->cut = ko_cut_at(scene->c, at);
        }
    }
    return st;
}

static enum ko_status judge(struct ko_case *c, const struct ko_scene *scene, size_t top)
{
    ko_clues clues = {0};
    struct ko_standing *standings;
    enum ko_status st = rank(scene, &clues, &standings);
    if (st == KO_OK)
        st = ko_suspect_write(c, &clues, standings, top);
    if (st != KO_OK)
        return st;
    ko_verdict_write(c, standings);
    return ko_change_judge(c, scene->graph, &clues, scene->scratch, standings);
}

static enum ko_status run(struct ko_case *c, struct ko_arena *scratch,
                          const struct ko_index *index, size_t top)
{
    struct ko_graph graph;
    struct ko_scene scene = {.c = c,
                             .index = index,
                             .graph = &graph,
                             .cut = ko_cut_find(c),
                             .scratch = scratch};
    enum ko_status st = ko_graph_make(c, scratch, &graph);
    if (st == KO_OK)
        st = ko_mass_requests(c, scratch, &scene.requests);
    if (st == KO_OK && !ko_cut_is_dated(c))
        st = find_cut(&scene);
    return st == KO_OK ? judge(c, &scene, top) : st;
}

enum ko_status ko_blame_run(struct ko_case *c, const struct ko_blame_options *opt,
                            struct ko_err *err)
{
    struct ko_arena scratch = {0};
    struct ko_index index;
    ko_case_drop_stage(c, KO_STAGE_BLAME);
    enum ko_status st = ko_index_make(c, &scratch, &index);
    if (st == KO_OK)
        st = run(c, &scratch, &index, opt != NULL ? opt->top : 0);
    ko_arena_release(&scratch);
    return st == KO_ENOMEM ? ko_err_nomem(err) : st;
}
