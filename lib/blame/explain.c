/* explain.c: whose trouble is only that of an entity that it depends on. */
#include "blame/explain.h"

#include <math.h>

/* Below this a callee is not unusual and explains nothing. */
static const double UNUSUAL = 1.0;
/* A symptom is explained when no more than this is left of it. */
static const double EXPLAINED = 1.0;

static size_t worst_callee(const struct ko_graph *g, const double *score, size_t e)
{
    size_t worst = KO_NO_ENTITY;
    double most = UNUSUAL;
    for (size_t i = g->from[e]; i < g->from[e + 1]; i++) {
        uint32_t callee = g->calls[i].callee;
        if (score[callee] > most) {
            most = score[callee];
            worst = callee;
        }
    }
    return worst;
}

/* What a caller's log would reflect: the callee's log, its silence, the way to it.  Its
 * own capacity is left out: it moves too often without anybody noticing. */
static double reflected(const struct ko_standing *s)
{
    return fmax(s->channel[KO_CHANNEL_LOG],
                fmax(s->channel[KO_CHANNEL_SILENCE], s->channel[KO_CHANNEL_EDGE]));
}

static double grown(double score)
{
    return 1 + score * score;
}

static double left_of(double symptom, double explained)
{
    return sqrt(fmax(0, grown(symptom) / grown(explained) - 1));
}

static void take_away(struct ko_standing *s, const struct ko_standing *callee,
                      double callee_score)
{
    double log = s->channel[KO_CHANNEL_LOG];
    bool has_symptoms = log > UNUSUAL || s->channel[KO_CHANNEL_EXTERNAL] > UNUSUAL;
    double left = left_of(log, callee_score);
    s->score = sqrt(fmax(0, grown(s->score) * grown(left) / grown(log) - 1));
    s->channel[KO_CHANNEL_LOG] = left;
    if (has_symptoms && s->score <= EXPLAINED)
        s->explained_by = callee->entity;
}

enum ko_status ko_explain(const struct ko_graph *graph, struct ko_arena *scratch,
                          struct ko_standing *standings)
{
    double *score = ko_arena_alloc(scratch, graph->n_entities + 1, sizeof *score);
    if (score == NULL)
        return KO_ENOMEM;
    for (size_t e = 0; e < graph->n_entities; e++)
        score[e] = reflected(&standings[e]);
    for (size_t e = 0; e < graph->n_entities; e++) {
        size_t worst = worst_callee(graph, score, e);
        if (worst != KO_NO_ENTITY)
            take_away(&standings[e], &standings[worst], score[worst]);
    }
    return KO_OK;
}
