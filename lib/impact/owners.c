/* owners.c: who owns what, who was called, and how long each step of the response took.
 */
#include "impact/owners.h"

#include "base/buf.h"
#include "event/time.h"
#include "impact/facts.h"
#include "impact/reply.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };

static bool owner_of_step(const struct ko_case *c, uint32_t entity,
                          struct ko_ownership *ret)
{
    for (size_t i = 0; i < c->journeys.n; i++) {
        const struct ko_journey *j = &c->journeys.v[i];
        for (size_t k = 0; k < j->steps.n; k++) {
            const struct ko_step *s = &j->steps.v[k];
            if (s->entity == entity && s->owner.n > 0) {
                *ret = (struct ko_ownership){.owner = s->owner,
                                             .from = KO_STR("the journey map")};
                return true;
            }
        }
    }
    return false;
}

bool ko_owner_of(const struct ko_case *c, uint32_t entity, struct ko_ownership *ret)
{
    if (entity >= c->entities.n)
        return false;
    const struct ko_entity *e = &c->entities.v[entity];
    if (e->owner.n == 0)
        return owner_of_step(c, entity, ret);
    *ret = (struct ko_ownership){e->owner, e->contact, e->owner_from};
    return true;
}

/* The next run of letters and digits of ${rest} that is not the word "team"; false at its
 * end. */
static bool next_word(struct ko_str *rest, struct ko_str *ret)
{
    while (rest->n > 0) {
        size_t n = 0;
        while (n < rest->n && ko_char_is_alnum(rest->p[n]))
            n++;
        struct ko_str word = ko_str_sub(*rest, 0, n);
        *rest = ko_str_skip(*rest, n > 0 ? n : 1);
        if (n > 0 && !ko_str_ieq(word, KO_STR("team")) &&
            !ko_str_ieq(word, KO_STR("group"))) {
            *ret = word;
            return true;
        }
    }
    return false;
}

bool ko_owner_same(struct ko_str a, struct ko_str b)
{
    struct ko_str x, y;
    for (;;) {
        bool more_a = next_word(&a, &x), more_b = next_word(&b, &y);
        if (!more_a || !more_b)
            return more_a == more_b;
        if (!ko_str_ieq(x, y))
            return false;
    }
}

/* A page may be closed long after the data ends; older and later ones are other stories.
 */
#define AFTER_THE_DATA KO_DAY

static bool is_near(const struct ko_case *c, const struct ko_milestone *m)
{
    ko_time end = ko_case_time(c, c->head.buckets);
    return m->time >= c->head.from && m->time <= end + AFTER_THE_DATA;
}

/* The first milestone of kind ${what} ("" any) of the incident ${id} ("" any); ties by
 * list order, which is a total order. */
static const struct ko_milestone *first_of(const struct ko_case *c, struct ko_str what,
                                           struct ko_str id)
{
    const struct ko_milestone *first = NULL;
    for (size_t i = 0; i < c->milestones.n; i++) {
        const struct ko_milestone *m = &c->milestones.v[i];
        bool other = id.n > 0 && m->id.n > 0 && !ko_str_eq(m->id, id);
        if (!is_near(c, m) || other || (what.n > 0 && !ko_str_eq(m->what, what)))
            continue;
        if (first == NULL || m->time < first->time)
            first = m;
    }
    return first;
}

/* The first milestone that names the first suspect or its owner: then somebody knew. */
static const struct ko_milestone *first_at_origin(const struct ko_case *c)
{
    const struct ko_suspect *origin = ko_suspect_rank(c, 1);
    const struct ko_milestone *first = NULL;
    struct ko_ownership own = {0};
    if (!ko_suspect_holds(origin))
        return NULL;
    (void)ko_owner_of(c, origin->entity, &own);
    for (size_t i = 0; i < c->milestones.n; i++) {
        const struct ko_milestone *m = &c->milestones.v[i];
        bool names = m->entity == origin->entity ||
                     (own.owner.n > 0 && ko_owner_same(m->owner, own.owner));
        if (names && is_near(c, m) && (first == NULL || m->time < first->time))
            first = m;
    }
    return first;
}

bool ko_response_find(const struct ko_case *c, struct ko_response *ret)
{
    const struct ko_str none = {NULL, 0};
    const struct ko_milestone *opened = first_of(c, KO_STR("opened"), none);
    const struct ko_milestone *any = opened != NULL ? opened : first_of(c, none, none);
    if (any == NULL)
        return false;
    ret->opened = opened;
    ret->acknowledged = first_of(c, KO_STR("acknowledged"), any->id);
    ret->assigned = first_of(c, KO_STR("assigned"), any->id);
    ret->diagnosed = first_at_origin(c);
    ret->resolved = first_of(c, KO_STR("resolved"), any->id);
    return true;
}

static enum ko_status add_evidence(struct ko_case *c, const struct ko_milestone *m,
                                   struct ko_str text, struct ko_str *ret)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("milestone");
    e->entity = m->entity;
    e->text = text;
    e->time = m->time;
    *ret = e->id;
    return m->row.n > 0 ? ko_case_add_str(c, &e->rows, m->row) : KO_OK;
}

static enum ko_status add_time(struct ko_case *c, const char *measure, const char *text,
                               const struct ko_milestone *m, ko_time start)
{
    struct ko_buf b;
    struct ko_str said, evidence;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    ko_buf_printf(&b, "%s ", text);
    bool later = m->time >= start;
    ko_time_put_dur(&b, later ? m->time - start : start - m->time);
    ko_buf_puts(&b, later ? " after the onset, at " : " before the onset, at ");
    ko_time_put_clock(&b, m->time);
    enum ko_status st = ko_say_keep(c, &b, &said);
    ko_buf_release(&b);
    if (st == KO_OK)
        st = add_evidence(c, m, said, &evidence);
    if (st != KO_OK)
        return st;
    struct ko_impact *i = ko_case_add(c, "impact");
    if (i == NULL)
        return KO_ENOMEM;
    i->measure = ko_str(measure);
    i->unit = KO_STR("s");
    i->total = (double)(m->time - start) / (double)KO_SECOND;
    i->text = said;
    i->definition = KO_STR("first milestone of its kind less the onset of the origin");
    i->evidence = evidence;
    return KO_OK;
}

enum ko_status ko_owners_run(struct ko_case *c, ko_time start)
{
    struct ko_response r;
    if (start == KO_TIME_NONE || !ko_response_find(c, &r))
        return ko_say_unknown(c,
                              KO_STR("time to detect, acknowledge, assign and restore"),
                              KO_STR("an incident or page export with its milestones"));
    const struct {
        const struct ko_milestone *m;
        const char *measure, *text, *unknown;
    } steps[] = {
        {r.opened, "time-to-detect", "detected", "time to detect"},
        {r.acknowledged, "time-to-acknowledge", "acknowledged", "time to acknowledge"},
        {r.diagnosed, "time-to-diagnose", "at the origin's owner", "time to diagnose"},
        {r.assigned, "time-to-assign", "assigned", "time to assign"},
        {r.resolved, "time-to-restore", "restored", "time to restore"},
    };
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && st == KO_OK; i++) {
        if (steps[i].m != NULL)
            st = add_time(c, steps[i].measure, steps[i].text, steps[i].m, start);
        else
            st = ko_say_unknown(c, ko_str(steps[i].unknown),
                                KO_STR("an incident or page export with that milestone"));
    }
    return st;
}
