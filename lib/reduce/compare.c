/* compare.c: whose clock is off, and which export holds the records of another. */
#include "reduce/compare.h"

#define ID_SLACK (2 * KO_SECOND)
#define RECORD_SLACK KO_SECOND
#define TWIN_SLACK (2 * KO_MS)

enum { SHIFTS = 2 * KO_CLOCK_QUARTERS + 1, SAME_KEY_MAX = 16, GLANCE = 16 };

/* ---- clocks ---- */

struct ballot {
    size_t votes[SHIFTS];
    bool cast[SHIFTS]; /* by the mark at hand */
    ko_dur slack;
};

static void vote(struct ballot *b, ko_dur apart)
{
    ko_dur half = KO_MARK_PERIOD / 2;
    ko_dur quarter = ko_time_floor(apart + half, KO_MARK_PERIOD);
    ko_dur off = apart - quarter;
    int64_t shift = quarter / KO_MARK_PERIOD + KO_CLOCK_QUARTERS;
    if (off > b->slack || off < -b->slack || shift < 0 || shift >= SHIFTS)
        return;
    b->votes[shift] += b->cast[shift] ? 0 : 1;
    b->cast[shift] = true;
}

/* The first mark of ${s} at or behind ${from} whose key is not below ${key}. */
static size_t seek(const struct ko_mark_set *s, size_t from, uint64_t key)
{
    while (from < s->n && s->v[from].key < key)
        from++;
    return from;
}

/* Every mark votes once for each shift at which another export has its like. */
static void poll(struct ballot *b, const struct ko_mark_set *own,
                 const struct ko_mark_set *other)
{
    size_t at = 0;
    for (size_t i = 0; i < own->n; i++) {
        for (size_t s = 0; s < SHIFTS; s++)
            b->cast[s] = false;
        at = seek(other, at, own->v[i].key);
        for (size_t k = at; k < other->n && k < at + SAME_KEY_MAX; k++) {
            if (other->v[k].key != own->v[i].key)
                break;
            vote(b, own->v[i].time - other->v[k].time);
        }
    }
}

static void count(const struct ballot *b, struct ko_clock_fit *ret)
{
    size_t best = KO_CLOCK_QUARTERS;
    for (size_t i = 0; i < SHIFTS; i++)
        best = b->votes[i] > b->votes[best] ? i : best;
    *ret = (struct ko_clock_fit){.votes = b->votes[best]};
    ret->shift = ((ko_dur)best - KO_CLOCK_QUARTERS) * KO_MARK_PERIOD;
    for (size_t i = 0; i < SHIFTS; i++) {
        if (i != best && b->votes[i] > ret->rival)
            ret->rival = b->votes[i];
    }
    ret->sure = ret->votes >= KO_CLOCK_SURE && ret->rival <= ret->votes / KO_CLOCK_RIVAL;
}

/* The better fit of two exports: the one on which more agree. */
static bool is_better(const struct ko_clock_fit *a, const struct ko_clock_fit *b)
{
    if (a->sure != b->sure)
        return a->sure;
    if (a->votes != b->votes)
        return a->votes > b->votes;
    if (a->rival != b->rival)
        return a->rival < b->rival;
    return a->shift < b->shift;
}

void ko_clock_compare(const struct ko_marks *own, const struct ko_marks *const *others,
                      size_t n, struct ko_clock_fit *ret)
{
    *ret = (struct ko_clock_fit){0};
    for (size_t i = 0; i < n; i++) {
        struct ballot b = {.slack = ID_SLACK};
        struct ko_clock_fit fit;
        poll(&b, &own->ids, &others[i]->ids);
        b.slack = RECORD_SLACK;
        poll(&b, &own->records, &others[i]->records);
        count(&b, &fit);
        if (is_better(&fit, ret))
            *ret = fit;
    }
}

/* ---- twins ---- */

static bool is_like(const struct ko_mark *a, const struct ko_mark *b, bool fine)
{
    ko_dur apart = a->time - b->time;
    ko_dur slack = fine ? TWIN_SLACK : KO_SECOND - 1;
    bool same_who = a->who == b->who || a->who == 0 || b->who == 0;
    return a->key == b->key && same_who && apart <= slack && apart >= -slack;
}

static bool has_like(const struct ko_mark_set *whole, size_t at,
                     const struct ko_mark *mark, bool fine)
{
    for (; at < whole->n && whole->v[at].key == mark->key; at++) {
        if (is_like(&whole->v[at], mark, fine))
            return true;
    }
    return false;
}

/* Key up to which both samples are whole. */
static uint64_t common_bound(const struct ko_mark_set *a, const struct ko_mark_set *b)
{
    uint64_t x = a->whole ? UINT64_MAX : a->bound, y = b->whole ? UINT64_MAX : b->bound;
    return x < y ? x : y;
}

bool ko_twin_holds(const struct ko_marks *whole, const struct ko_marks *part)
{
    unsigned says = whole->says | part->says;
    if ((says & KO_SAYS_OTHER) != 0 || (part->says & ~whole->says) != 0)
        return false;
    const struct ko_mark_set *w = &whole->records, *p = &part->records;
    uint64_t bound = common_bound(w, p);
    size_t met = 0, n = 0, at = 0;
    for (; n < p->n && p->v[n].key < bound; n++) {
        at = seek(w, at, p->v[n].key);
        met += has_like(w, at, &p->v[n], whole->fine && part->fine) ? 1 : 0;
        if (n == GLANCE && met == 0)
            return false;
    }
    return n >= KO_TWIN_RECORDS && met * 100 >= n * KO_TWIN_PERCENT;
}
