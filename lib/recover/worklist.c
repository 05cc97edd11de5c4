/* worklist.c: what is left to be worked off after an incident, by rule. */
#include "recover/worklist.h"

#include <stdlib.h>

/* Records that belong together: of one kind and one order or customer, by time. */
struct run {
    const struct ko_gather *g;
    const struct ko_touch *v;
    size_t n;
    struct ko_worklist *list;
    struct ko_arena *arena;
};

static enum ko_status add(const struct run *r, const struct ko_touch *t, int64_t times,
                          const char *why, uint32_t related)
{
    struct ko_work *w;
    KO_LIST_ADD(r->arena, &r->list->rows, w);
    if (w == NULL)
        return KO_ENOMEM;
    *w = (struct ko_work){t, times, why, related, t->export_index};
    return KO_OK;
}

/* ---- payments ---- */

static const struct ko_touch *last_failure(const struct run *r, int64_t *ret_times)
{
    const struct ko_touch *last = NULL;
    *ret_times = 0;
    for (size_t i = 0; i < r->n; i++) {
        bool counts =
            r->v[i].state == KO_TOUCH_FAILED && ko_gather_in(r->g, r->v[i].time);
        *ret_times += counts;
        last = counts ? &r->v[i] : last;
    }
    return last;
}

/* An order is paid once any attempt succeeds; of a customer without orders only a later
 * payment can be the same one. */
static bool is_paid(const struct run *r, const struct ko_touch *failure)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct ko_touch *t = &r->v[i];
        bool settles = t->state == KO_TOUCH_DONE || t->state == KO_TOUCH_VOID;
        if (settles && (failure->reference != 0 || t->time >= failure->time))
            return true;
    }
    return false;
}

static enum ko_status failed_payments(const struct run *r)
{
    int64_t times;
    const struct ko_touch *t = last_failure(r, &times);
    return t == NULL || is_paid(r, t)
               ? KO_OK
               : add(r, t, times, "failed, and no attempt succeeded", 0);
}

/* The attempt that counts: the first that succeeded, else the first that is pending. */
static const struct ko_touch *true_attempt(const struct run *r)
{
    const struct ko_touch *pending = NULL;
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].state == KO_TOUCH_DONE)
            return &r->v[i];
        if (r->v[i].state == KO_TOUCH_OPEN && pending == NULL)
            pending = &r->v[i];
    }
    return pending;
}

static enum ko_status duplicate_payments(const struct run *r)
{
    const struct ko_touch *first = true_attempt(r);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < r->n && st == KO_OK; i++) {
        const struct ko_touch *t = &r->v[i];
        if (t == first || t->reference == 0 || t->time < r->g->from)
            continue;
        if (t->state == KO_TOUCH_DONE)
            st = add(r, t, 1, "charged again", first->id);
        else if (t->state == KO_TOUCH_OPEN)
            st = add(r, t, 1, "pending beside another attempt", first->id);
    }
    return st;
}

/* ---- contacts ---- */

static enum ko_status unresolved_contacts(const struct run *r)
{
    int64_t times;
    const struct ko_touch *t = last_failure(r, &times);
    if (t == NULL)
        return KO_OK;
    for (const struct ko_touch *later = t + 1; later < r->v + r->n; later++) {
        if (later->state == KO_TOUCH_DONE)
            return KO_OK;
    }
    return add(r, t, times, "gave up or was not helped", 0);
}

static enum ko_status repeat_contacts(const struct run *r)
{
    enum ko_status st = KO_OK;
    for (size_t i = 1; i < r->n && st == KO_OK; i++) {
        const struct ko_touch *t = &r->v[i], *before = &r->v[i - 1];
        if (t->customer != 0 && ko_gather_in(r->g, before->time) &&
            t->time - before->time <= KO_WORKLIST_REPEAT_SPAN)
            st = add(r, t, 1, "came again", before->id);
    }
    return st;
}

/* ---- one record each ---- */

static enum ko_status open_cases(const struct run *r)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < r->n && st == KO_OK; i++) {
        if (ko_gather_in(r->g, r->v[i].time) && r->v[i].state != KO_TOUCH_DONE)
            st = add(r, &r->v[i], 1, "opened in the incident, not closed", 0);
    }
    return st;
}

static bool is_due(const struct ko_gather *g, const struct ko_touch *t)
{
    return t->state == KO_TOUCH_FAILED || t->due == KO_TIME_NONE || t->due < g->last;
}

static enum ko_status missed_callbacks(const struct run *r)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < r->n && st == KO_OK; i++) {
        const struct ko_touch *t = &r->v[i];
        if (!ko_gather_in(r->g, t->time) || t->state == KO_TOUCH_DONE)
            continue;
        if (is_due(r->g, t))
            st = add(r, t, 1, "promised, not made", 0);
        else
            r->list->waiting++;
    }
    return st;
}

static enum ko_status stale_answers(const struct run *r)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < r->n && st == KO_OK; i++) {
        if (r->v[i].stale && r->v[i].time >= r->g->from)
            st = add(r, &r->v[i], 1, "given from stale data", 0);
    }
    return st;
}

static enum ko_status complaints(const struct run *r)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < r->n && st == KO_OK; i++) {
        if (r->v[i].complaint && r->g->to != KO_TIME_NONE && r->v[i].time >= r->g->to)
            st = add(r, &r->v[i], 1, "complained after the end", 0);
    }
    return st;
}

/* ---- the table ---- */

#define KIND(name) (1U << KO_TOUCH_##name)

static const struct {
    const char *name, *what;
    unsigned kinds;            /* any of them will do */
    bool customer, state, age; /* what their records must say */
    bool ended;                /* has a meaning only after the end */
    ko_dur matures;            /* after the end; 0 at once */
    enum ko_status (*find)(const struct run *r);
    const char *definition, *needs;
} rules[KO_WORKLISTS] = {
    {"failed-payments", "failed payments without a later success", KIND(PAYMENT), false,
     true, false, false, 0, failed_payments,
     "orders with a failed attempt in the incident and no attempt that succeeded; "
     "without "
     "order ids, customers with a failure and no later success",
     "payments with an order or customer and a status"},
    {"duplicate-payments", "duplicate attempts and charges", KIND(PAYMENT), false, true,
     false, false, 0, duplicate_payments,
     "of orders with an attempt in the incident: charges beside the first, and attempts "
     "that are pending beside another one",
     "payments with an order and a status"},
    {"unresolved-contacts", "customers without resolution", KIND(CONTACT), false, true,
     false, false, 0, unresolved_contacts,
     "customers whose last contact of the incident that was abandoned or not resolved "
     "was "
     "not followed by one that was",
     "contact records with customer and resolution"},
    {"open-cases", "open cases", KIND(CASE), false, false, false, false, 0, open_cases,
     "cases opened in the incident and not closed", "the help desk's list of cases"},
    {"missed-callbacks", "missed call-backs", KIND(CALLBACK), false, false, false, false,
     0, missed_callbacks,
     "call-backs asked for in the incident, not made, and due before the exports end",
     "the list of call-backs with the time at which they were made"},
    {"repeat-contacts", "repeat contacts", KIND(CONTACT), true, false, false, false,
     KO_WORKLIST_REPEAT_SPAN, repeat_contacts,
     "contacts within 48 h of a contact of the same customer in the incident",
     "contact records with a customer id"},
    {"stale-answers", "bot answers given from stale data", KIND(ANSWER), false, false,
     true, false, 0, stale_answers,
     "answers since the onset that are flagged stale, or whose data was more than twice "
     "as "
     "old as the oldest behind an answer before it (of 20 or more)",
     "the bot's answers with the age of their data"},
    {"complaints", "complaints after the end", KIND(CASE) | KIND(CONTACT), false, false,
     false, true, KO_WORKLIST_REPEAT_SPAN, complaints,
     "cases and contacts of a kind or reason that says complaint, after the end",
     "cases or contacts with a kind or reason"},
};

static bool is_measured(const struct ko_gather *g, size_t rule)
{
    bool seen = false, customer = false, state = false;
    for (unsigned k = 0; k < KO_TOUCH_KINDS; k++) {
        if ((rules[rule].kinds & 1U << k) == 0)
            continue;
        seen |= g->seen[k] > 0;
        customer |= g->says_customer[k];
        state |= g->says_state[k];
    }
    return seen && (customer || !rules[rule].customer) && (state || !rules[rule].state) &&
           (g->says_age || !rules[rule].age);
}

static bool same_run(const struct ko_touch *a, const struct ko_touch *b)
{
    return a->kind == b->kind && ko_touch_key(a) == ko_touch_key(b) &&
           ko_touch_key(a) != 0;
}

static enum ko_status find(const struct ko_gather *g, size_t rule, struct ko_arena *arena,
                           struct ko_worklist *list)
{
    const struct ko_touch *v = g->touches.v;
    enum ko_status st = KO_OK;
    for (size_t i = 0, n; i < g->touches.n && st == KO_OK; i += n) {
        for (n = 1; i + n < g->touches.n && same_run(&v[i], &v[i + n]);)
            n++;
        struct run r = {g, v + i, n, list, arena};
        if ((rules[rule].kinds & 1U << v[i].kind) != 0)
            st = rules[rule].find(&r);
    }
    return st;
}

static int cmp(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_time(const void *a, const void *b)
{
    const struct ko_work *x = a, *y = b;
    int order = cmp(x->touch->time, y->touch->time);
    if (order == 0)
        order = cmp(x->export_index, y->export_index);
    return order != 0 ? order : cmp((int64_t)x->touch->line, (int64_t)y->touch->line);
}

static enum ko_status fill(const struct ko_gather *g, size_t rule, struct ko_arena *arena,
                           struct ko_worklist *list)
{
    *list = (struct ko_worklist){.name = rules[rule].name,
                                 .what = rules[rule].what,
                                 .definition = rules[rule].definition,
                                 .matures = KO_TIME_NONE};
    if (!is_measured(g, rule)) {
        list->needs = ko_str(rules[rule].needs);
        return KO_OK;
    }
    if (rules[rule].ended && g->to == KO_TIME_NONE) {
        list->needs = KO_STR("exports from after the end");
        return KO_OK;
    }
    ko_time end = g->to != KO_TIME_NONE ? g->to : g->last;
    if (rules[rule].matures > 0 && g->last < end + rules[rule].matures)
        list->matures = end + rules[rule].matures;
    enum ko_status st = find(g, rule, arena, list);
    if (list->rows.n > 1)
        qsort(list->rows.v, list->rows.n, sizeof *list->rows.v, by_time);
    return st;
}

enum ko_status ko_worklists_find(const struct ko_gather *g, struct ko_worklists *ret)
{
    enum ko_status st = KO_OK;
    *ret = (struct ko_worklists){0};
    for (size_t i = 0; i < KO_WORKLISTS && st == KO_OK; i++)
        st = fill(g, i, &ret->arena, &ret->v[i]);
    return st;
}

void ko_worklists_release(struct ko_worklists *lists)
{
    ko_arena_release(&lists->arena);
    *lists = (struct ko_worklists){0};
}

bool ko_worklist_is_name(struct ko_str s)
{
    for (size_t i = 0; i < KO_WORKLISTS; i++) {
        if (ko_str_eq(s, ko_str(rules[i].name)))
            return true;
    }
    return false;
}
