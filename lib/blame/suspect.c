/* suspect.c: the ranking as records, with reasons for and against. */
#include "blame/suspect.h"

#include "base/buf.h"
#include "base/num.h"
#include "blame/chance.h"
#include "blame/cut.h"
#include "blame/proof.h"

#include <math.h>
#include <stdlib.h>

/* Reasons are written out for this many; all others keep their numbers. */
enum { EXPLAINED_SUSPECTS = 5, SENTENCE_MAX = 2560 };
/* A channel that is weaker is not worth a sentence. */
static const double WORTH_SAYING = 0.5;
static const double UNUSUAL = 1.0;

/* A standing with what breaks its ties. */
struct place {
    struct ko_standing s;
    ko_time onset;
    struct ko_str name;
    bool by_file;
};

static int by_number(double a, double b)
{
    double x = isnan(a) ? -1 : a, y = isnan(b) ? -1 : b;
    return x > y ? -1 : x < y;
}

/* Whatever has a name and any score stands before what only the name of a file tells of.
 */
static int by_standing(const struct place *x, const struct place *y)
{
    int a = x->by_file ? 1 : x->s.score > 0 ? 0 : 1;
    int b = y->by_file ? 1 : y->s.score > 0 ? 0 : 1;
    return a - b;
}

static int by_rank(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = by_standing(x, y);
    if (order == 0)
        order = by_number(x->s.score, y->s.score);
    if (order == 0)
        order = by_number(x->s.own, y->s.own);
    if (order == 0 && x->onset != y->onset)
        order = x->onset < y->onset ? -1 : 1;
    return order != 0 ? order : ko_str_cmp(x->name, y->name);
}

enum ko_status ko_suspect_order(const struct ko_case *c, struct ko_arena *scratch,
                                struct ko_standing *standings)
{
    size_t n = c->entities.n;
    struct place *places = ko_arena_alloc(scratch, n + 1, sizeof *places);
    if (places == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        const struct ko_onset *o = ko_proof_onset(c, standings[i].entity);
        places[i] = (struct place){.s = standings[i],
                                   .onset = o != NULL ? o->time : INT64_MAX,
                                   .name = ko_case_name(c, standings[i].entity),
                                   .by_file = c->entities.v[standings[i].entity].by_file};
    }
    qsort(places, n, sizeof *places, by_rank);
    for (size_t i = 0; i < n; i++)
        standings[i] = places[i].s;
    return KO_OK;
}

/* The channels of one standing, strongest first. */
static void rank_channels(const struct ko_standing *s, int *order)
{
    for (int k = 0; k < KO_CHANNELS; k++) {
        int at = k;
        while (at > 0 && s->channel[order[at - 1]] < s->channel[k]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = k;
    }
}

static enum ko_status add_reason(struct ko_case *c, ko_strs *list, struct ko_buf *b)
{
    enum ko_status st = b->status;
    if (st == KO_OK)
        st = ko_case_add_str(c, list, ko_buf_str(b));
    ko_buf_reset(b);
    return st;
}

static enum ko_status cite(struct ko_case *c, size_t suspect, const struct ko_clue *clue,
                           struct ko_buf *b)
{
    struct ko_proof proof;
    enum ko_status st = ko_proof_make(c, clue, &proof);
    if (st != KO_OK)
        return st;
    struct ko_suspect *s = &c->suspects.v[suspect];
    if (s->signal.n == 0)
        s->signal = clue->signal;
    if (proof.time != KO_TIME_NONE &&
        (s->onset == KO_TIME_NONE || proof.time < s->onset)) {
        s->onset = proof.time;
        s->lo = proof.lo;
        s->hi = proof.hi;
    }
    ko_buf_printf(b, "%.*s, ", KO_ARG(proof.text));
    ko_num_human(b, clue->score);
    ko_buf_printf(b, " times its worst ordinary deviation [%.*s]", KO_ARG(proof.id));
    st = add_reason(c, &s->reasons_for, b);
    return st != KO_OK ? st : ko_case_add_str(c, &s->evidence, proof.id);
}

/* The chain that starts at ${s} and what follows in it. */
static enum ko_status tell_followers(struct ko_case *c, size_t suspect,
                                     const struct ko_standing *s, struct ko_buf *b)
{
    const struct ko_chain *chain = NULL;
    for (size_t i = 0; i < c->chains.n && chain == NULL; i++) {
        if (c->chains.v[i].origin == s->entity)
            chain = &c->chains.v[i];
    }
    if (chain == NULL)
        return KO_OK;
    struct ko_str worst = ko_case_name(c, s->followed_by),
                  id = chain->nodes.v[0].evidence;
    ko_buf_printf(b, "the cascade starts at it, %.*s follows [%.*s]", KO_ARG(worst),
                  KO_ARG(id));
    enum ko_status st = add_reason(c, &c->suspects.v[suspect].reasons_for, b);
    return st != KO_OK ? st : ko_case_add_str(c, &c->suspects.v[suspect].evidence, id);
}

/* What a callee explains is shown as well: it was there. */
static bool is_worth_saying(const struct ko_standing *s, int channel,
                            const ko_clues *clues)
{
    size_t best = s->best[channel];
    if (best == 0)
        return false;
    bool explained =
        s->explained_by != KO_NO_ENTITY && clues->v[best - 1].score >= UNUSUAL;
    return explained || s->channel[channel] >= WORTH_SAYING;
}

static enum ko_status give_reasons_for(struct ko_case *c, size_t suspect,
                                       const ko_clues *clues, const struct ko_standing *s,
                                       struct ko_buf *b)
{
    int order[KO_CHANNELS];
    enum ko_status st = KO_OK;
    rank_channels(s, order);
    for (int k = 0; k < KO_CHANNELS && st == KO_OK; k++) {
        if (is_worth_saying(s, order[k], clues))
            st = cite(c, suspect, &clues->v[s->best[order[k]] - 1], b);
    }
    if (st == KO_OK && s->followed_by != KO_NO_ENTITY)
        st = tell_followers(c, suspect, s, b);
    if (st != KO_OK || c->suspects.v[suspect].reasons_for.n > 0)
        return st;
    ko_buf_puts(b, "nothing of its own left the ordinary");
    return add_reason(c, &c->suspects.v[suspect].reasons_for, b);
}

static bool only_symptoms(const struct ko_standing *s)
{
    for (int k = 0; k < KO_CHANNELS; k++) {
        if (k != KO_CHANNEL_EXTERNAL && s->channel[k] >= UNUSUAL)
            return false;
    }
    return true;
}

static enum ko_status give_reasons_against(struct ko_case *c, struct ko_suspect *suspect,
                                           const struct ko_standing *s,
                                           const struct ko_standing *first,
                                           struct ko_buf *b)
{
    ko_strs *list = &suspect->reasons_against;
    enum ko_status st = KO_OK;
    if (s->explained_by != KO_NO_ENTITY) {
        struct ko_str callee = ko_case_name(c, s->explained_by);
        ko_buf_printf(b, "explained by %.*s, which it calls", KO_ARG(callee));
        st = add_reason(c, list, b);
    }
    if (st == KO_OK && s->waited > s->own) {
        ko_buf_puts(b, "most of its excess is waiting for what it calls: ");
        ko_num_human(b, s->waited);
        ko_buf_printf(b, " of ");
        ko_num_human(b, s->waited + s->own);
        ko_buf_printf(b, " %s", s->mass_unit);
        st = add_reason(c, list, b);
    }
    if (st == KO_OK && s->score < UNUSUAL && list->n == 0) {
        ko_buf_puts(b, "nothing of it is beyond its worst ordinary deviation");
        st = add_reason(c, list, b);
    } else if (st == KO_OK && s->score >= UNUSUAL && !ko_cut_is_dated(c)) {
        ko_buf_puts(b, "no time was told, and no signal left its baseline for long");
        st = add_reason(c, list, b);
    } else if (st == KO_OK && s->score >= UNUSUAL && s->chance > KO_CHANCE_MAX) {
        ko_buf_puts(
            b, "of so many signals with so short a history one goes as far by chance");
        st = add_reason(c, list, b);
    } else if (st == KO_OK && s->score >= UNUSUAL && only_symptoms(s)) {
        ko_buf_puts(b, "only symptoms, which a victim shows too");
        st = add_reason(c, list, b);
    }
    if (st == KO_OK && s->start != KO_NO_ENTITY && s->start != s->explained_by) {
        struct ko_str origin = ko_case_name(c, s->start);
        ko_buf_printf(b, "comes after %.*s in the cascade", KO_ARG(origin));
        st = add_reason(c, list, b);
    }
    if (st == KO_OK && s != first && first->score > s->score && list->n == 0) {
        struct ko_str name = ko_case_name(c, first->entity);
        ko_buf_printf(b, "%.*s stands out more: ", KO_ARG(name));
        ko_num_human(b, first->score);
        ko_buf_puts(b, " against ");
        ko_num_human(b, s->score);
        st = add_reason(c, list, b);
    }
    return st;
}

static void date_by_any_onset(const struct ko_case *c, struct ko_suspect *s)
{
    const struct ko_onset *o = ko_proof_onset(c, s->entity);
    if (o == NULL || s->onset != KO_TIME_NONE)
        return;
    s->onset = o->time;
    s->lo = o->lo;
    s->hi = o->hi;
}

static enum ko_status write_one(struct ko_case *c, const ko_clues *clues,
                                const struct ko_standing *standings, size_t i,
                                double all_own)
{
    const struct ko_standing *st = &standings[i];
    struct ko_suspect *s = ko_case_add(c, "suspect");
    struct ko_buf b;
    if (s == NULL)
        return KO_ENOMEM;
    size_t at = c->suspects.n - 1;
    s->rank = (int64_t)i + 1;
    s->entity = st->entity;
    s->score = st->score;
    s->own = st->own;
    s->waited = st->waited;
    s->mass_unit = ko_str(isnan(st->own) ? "" : st->mass_unit);
    s->share = all_own > 0 && st->one_volume ? st->own / all_own : NAN;
    if (i >= EXPLAINED_SUSPECTS) {
        date_by_any_onset(c, s);
        return KO_OK;
    }
    ko_buf_init(&b, SENTENCE_MAX);
    enum ko_status status = give_reasons_for(c, at, clues, st, &b);
    if (status == KO_OK) {
        date_by_any_onset(c, &c->suspects.v[at]);
        status = give_reasons_against(c, &c->suspects.v[at], st, &standings[0], &b);
    }
    ko_buf_release(&b);
    return status;
}

enum ko_status ko_suspect_write(struct ko_case *c, const ko_clues *clues,
                                const struct ko_standing *standings, size_t top)
{
    size_t n = c->entities.n;
    double all_own = 0;
    for (size_t i = 0; i < n; i++)
        all_own += isnan(standings[i].own) ? 0 : standings[i].own;
    if (top > 0 && top < n)
        n = top;
    for (size_t i = 0; i < n; i++) {
        enum ko_status st = write_one(c, clues, standings, i, all_own);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}
