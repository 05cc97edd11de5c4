/* explain.c: whose trouble is only that of an entity that it depends on. */
#include "blame/explain.h"

#include <math.h>

/* Below this a callee is not unusual and explains nothing. */
static const double UNUSUAL = 1.0;
/* A symptom is explained when no more than this is left of it. */
static const double EXPLAINED = 1.0;

/* What a caller's log would reflect: the callee's log, its silence, the way to it.  Its
 * own capacity is left out: it moves too often without anybody noticing. */
static double in_logs(const struct ko_standing *s)
{
    return fmax(s->channel[KO_CHANNEL_LOG],
                fmax(s->channel[KO_CHANNEL_SILENCE], s->channel[KO_CHANNEL_EDGE]));
}

/* What a caller's latency and errors would reflect. */
static double in_symptoms(const struct ko_standing *s)
{
    return fmax(in_logs(s), s->channel[KO_CHANNEL_EXTERNAL]);
}

static double grown(double score)
{
    return 1 + score * score;
}

static double left_of(double symptom, double explained)
{
    return sqrt(fmax(0, grown(symptom) / grown(explained) - 1));
}

/* Take from one channel of ${e} what the worst of those that it waits for explains. */
static void take_away(const struct ko_graph *g, const double *reflected, size_t e,
                      enum ko_channel channel, struct ko_standing *standings)
{
    double most = UNUSUAL, symptom = standings[e].channel[channel];
    uint32_t worst = KO_NO_ENTITY;
    for (size_t i = g->from[e]; i < g->from[e + 1]; i++) {
        const struct ko_call *call = &g->calls[i];
        if (reflected[call->callee] > most && !call->async) {
            most = reflected[call->callee];
            worst = call->callee;
        }
    }
    if (worst == KO_NO_ENTITY)
        return;
    standings[e].channel[channel] = left_of(symptom, most);
    if (symptom > UNUSUAL && standings[e].channel[channel] <= EXPLAINED)
        standings[e].explained_by = worst;
}

enum ko_status ko_explain(const struct ko_graph *graph, struct ko_arena *scratch,
                          struct ko_standing *standings)
{
    size_t n = graph->n_entities;
    double *logs = ko_arena_alloc(scratch, n + 1, sizeof *logs);
    double *symptoms = ko_arena_alloc(scratch, n + 1, sizeof *symptoms);
    if (logs == NULL || symptoms == NULL)
        return KO_ENOMEM;
    for (size_t e = 0; e < n; e++) {
        logs[e] = in_logs(&standings[e]);
        symptoms[e] = in_symptoms(&standings[e]);
    }
    for (size_t e = 0; e < n; e++) {
        take_away(graph, logs, e, KO_CHANNEL_LOG, standings);
        take_away(graph, symptoms, e, KO_CHANNEL_EXTERNAL, standings);
    }
    return KO_OK;
}
