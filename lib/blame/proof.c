/* proof.c: a clue in words, with the evidence record that it rests on. */
#include "blame/proof.h"

#include "base/buf.h"
#include "base/num.h"

#include <math.h>

/* A sentence quotes this much of a log text. */
enum { QUOTE_MAX = 120, SENTENCE_MAX = 2048 };

static const struct ko_onset *onset_of(const struct ko_case *c,
                                       const struct ko_clue *clue)
{
    const struct ko_onset *best = NULL;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == clue->entity && o->caller == clue->caller &&
            ko_str_eq(o->signal, clue->signal) &&
            (best == NULL || o->score > best->score))
            best = o;
    }
    return best;
}

const struct ko_onset *ko_proof_onset(const struct ko_case *c, uint32_t entity)
{
    const struct ko_onset *first = NULL;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == entity && o->caller == KO_NO_ENTITY &&
            (first == NULL || o->time < first->time))
            first = o;
    }
    return first;
}

static void say_value(struct ko_buf *b, double x, struct ko_str unit)
{
    ko_num_human(b, x);
    if (unit.n > 0 && !ko_str_eq(unit, KO_STR("1")) && x != 0)
        ko_buf_printf(b, " %.*s", KO_ARG(unit));
}

static void say_values(struct ko_buf *b, const struct ko_clue *clue)
{
    ko_buf_puts(b, " ");
    say_value(b, clue->after, clue->unit);
    ko_buf_puts(b, " (was ");
    say_value(b, clue->before, clue->unit);
    ko_buf_puts(b, ")");
}

static void say_share(struct ko_buf *b, double share)
{
    ko_num_human(b, share * 100);
    ko_buf_puts(b, "%");
}

static void say_template(struct ko_buf *b, const struct ko_clue *clue)
{
    struct ko_str text = ko_str_sub(clue->signal, 0, QUOTE_MAX);
    ko_buf_puts(b, !(clue->before > 0)  ? "new in its log: "
                   : !(clue->after > 0) ? "gone from its log: "
                   : clue->rise         ? "more often in its log: "
                                        : "less often in its log: ");
    ko_buf_printf(b, "'%.*s'", KO_ARG(text));
    if (clue->op.n == 0) {
        say_values(b, clue);
        return;
    }
    ko_buf_puts(b, " in ");
    say_share(b, clue->after);
    ko_buf_printf(b, " of %.*s (was ", KO_ARG(clue->op));
    say_share(b, clue->before);
    ko_buf_puts(b, ")");
}

static void say(struct ko_buf *b, const struct ko_clue *clue)
{
    if (clue->channel == KO_CHANNEL_LOG) {
        say_template(b, clue);
        return;
    }
    if (clue->channel == KO_CHANNEL_SILENCE) {
        ko_buf_puts(b, "it stopped reporting");
        return;
    }
    if (clue->channel == KO_CHANNEL_EDGE) {
        ko_buf_puts(b, "its callers wait longer than it works, by");
        say_values(b, clue);
        return;
    }
    ko_buf_put(b, clue->signal);
    say_values(b, clue);
}

static const char *evidence_kind(const struct ko_clue *clue)
{
    static const char *const kinds[KO_CHANNELS] = {"signal", "edge", "template",
                                                   "silence", "signal"};
    return kinds[clue->channel];
}

static enum ko_status new_evidence(struct ko_case *c, const struct ko_clue *clue,
                                   struct ko_proof *proof)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    if (st != KO_OK)
        return st;
    e->kind = ko_str(evidence_kind(clue));
    e->entity = clue->entity;
    e->caller = clue->caller;
    e->signal = clue->signal;
    e->unit = clue->unit;
    e->text = proof->text;
    e->before = clue->before;
    e->after = clue->after;
    e->score = clue->score;
    proof->id = e->id;
    return clue->row.n > 0 ? ko_case_add_str(c, &e->rows, clue->row) : KO_OK;
}

enum ko_status ko_proof_make(struct ko_case *c, const struct ko_clue *clue,
                             struct ko_proof *ret)
{
    struct ko_buf b;
    struct ko_proof proof = {
        .time = KO_TIME_NONE, .lo = KO_TIME_NONE, .hi = KO_TIME_NONE};
    ko_buf_init(&b, SENTENCE_MAX);
    say(&b, clue);
    enum ko_status st = ko_str_copy(&c->arena, ko_buf_str(&b), &proof.text);
    ko_buf_release(&b);
    if (st != KO_OK)
        return st;
    const struct ko_onset *o = onset_of(c, clue);
    if (o != NULL) {
        proof.time = o->time;
        proof.lo = o->lo;
        proof.hi = o->hi;
        proof.id = o->evidence;
    }
    if (proof.id.n == 0)
        st = new_evidence(c, clue, &proof);
    if (st == KO_OK)
        *ret = proof;
    return st;
}
