/* event.c: the one record that every reader produces and the reducer consumes. */
#include "event/event.h"

#include <math.h>
#include <stddef.h>

void ko_event_init(struct ko_event *ev, enum ko_event_kind kind)
{
    static const struct ko_event nothing_said = {
        .time = KO_TIME_NONE,
        .dur = -1,
        .wait = -1,
        .handle = -1,
        .value = (double)NAN,
        .due = KO_TIME_NONE,
        .done = KO_TIME_NONE,
        .as_of = KO_TIME_NONE,
    };
    *ev = nothing_said;
    ev->kind = kind;
}

#define SLICE(m) offsetof(struct ko_event, m)
static const size_t slices[] = {
    SLICE(entity),    SLICE(peer),     SLICE(instance), SLICE(message), SLICE(signal),
    SLICE(unit),      SLICE(trace),    SLICE(span),     SLICE(parent),  SLICE(operation),
    SLICE(request),   SLICE(customer), SLICE(session),  SLICE(region),  SLICE(channel),
    SLICE(queue),     SLICE(journey),  SLICE(segment),  SLICE(what),    SLICE(id),
    SLICE(version),   SLICE(owner),    SLICE(contact),  SLICE(link),    SLICE(state),
    SLICE(reference), SLICE(amount),   SLICE(reason)};

_Static_assert(sizeof slices / sizeof *slices == KO_EVENT_TEXTS, "all texts");

struct ko_str *ko_event_text(struct ko_event *ev, size_t i)
{
    return (struct ko_str *)(void *)((char *)ev + slices[i]);
}

void ko_event_trim(struct ko_event *ev)
{
    for (size_t i = 0; i < KO_EVENT_TEXTS; i++)
        *ko_event_text(ev, i) = ko_str_trim(*ko_event_text(ev, i));
}

enum ko_status ko_event_copy(struct ko_arena *arena, const struct ko_event *ev,
                             struct ko_event *ret)
{
    struct ko_event copy = *ev;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < KO_EVENT_TEXTS && st == KO_OK; i++) {
        struct ko_str *s = ko_event_text(&copy, i);
        if (s->n > 0)
            st = ko_str_copy(arena, *s, s);
    }
    if (st == KO_OK)
        *ret = copy;
    return st;
}
