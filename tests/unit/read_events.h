/* read_events.h: read a text in a test and keep the events that come out. */
#ifndef KO_TESTS_READ_EVENTS_H
#define KO_TESTS_READ_EVENTS_H

#include "unit.h"

#include "base/list.h"
#include "read/read.h"

struct reading_result {
    struct ko_arena arena;
    struct ko_ledger ledger;
    KO_LIST(struct ko_event) events;
};

static inline enum ko_status keep_event(void *ctx, const struct ko_event *ev)
{
    struct reading_result *r = ctx;
    struct ko_event *own;
    KO_LIST_ADD(&r->arena, &r->events, own);
    if (own == NULL)
        return KO_ENOMEM;
    *own = *ev;
    struct ko_str *const texts[] = {
        &own->entity,  &own->peer,    &own->instance, &own->message, &own->signal,
        &own->unit,    &own->trace,   &own->span,     &own->parent,  &own->operation,
        &own->request, &own->session, &own->customer, &own->region,  &own->channel,
        &own->queue,   &own->journey, &own->segment,  &own->what,    &own->id,
        &own->version, &own->owner,   &own->contact,  &own->link};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (ko_str_copy(&r->arena, *texts[i], texts[i]) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}

/* Read ${bytes} as "x.log" with ${opt} (may be NULL); the account must add up. */
static inline void read_text_with(struct reading_result *r, struct ko_str bytes,
                                  const struct ko_read_options *opt)
{
    struct ko_sink sink = {keep_event, r};
    memset(r, 0, sizeof *r);
    assert_int_equal(ko_ledger_init(&r->ledger, &r->arena, KO_STR("x.log")), KO_OK);
    assert_int_equal(ko_read_bytes(bytes, KO_STR("x.log"), opt, &r->ledger, &sink, NULL),
                     KO_OK);
    assert_true(ko_ledger_check(&r->ledger));
    assert_int_equal(r->ledger.bytes, bytes.n);
    assert_int_equal(r->ledger.records, r->events.n);
}

static inline void read_text(struct reading_result *r, const char *text)
{
    read_text_with(r, ko_str(text), NULL);
}

static inline void release_result(struct reading_result *r)
{
    ko_arena_release(&r->arena);
}

#endif
