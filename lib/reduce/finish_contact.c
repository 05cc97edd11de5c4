/* finish_contact.c: contacts, each once, by queue and by group. */
#include "reduce/finish.h"

#include <stdlib.h>

/* A customer who comes again within this time was not helped: the span that contact
 * centres use for first-contact resolution. */
#define REPEAT_SPAN (48 * KO_HOUR)

static int cmp_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int cmp_place(const struct ko_finish *f, const struct ko_contact *x,
                     const struct ko_contact *y)
{
    int order = cmp_u64(f->export_rank[x->export_index], f->export_rank[y->export_index]);
    if (order == 0)
        order = cmp_u64(x->line, y->line);
    return order != 0 ? order : (x->time > y->time) - (x->time < y->time);
}

/* Deliveries of one contact side by side, the newest last. */
static int by_id(const void *a, const void *b, void *ctx)
{
    const struct ko_finish *f = ctx;
    const struct ko_contact *x = a, *y = b;
    int order = cmp_u64(x->id, y->id);
    if (order == 0)
        order =
            ko_str_cmp(ko_state_said(f->r, x->version), ko_state_said(f->r, y->version));
    return order != 0 ? order : cmp_place(f, x, y);
}

static int by_person(const void *a, const void *b, void *ctx)
{
    const struct ko_contact *x = a, *y = b;
    int order = cmp_u64(x->person, y->person);
    if (order == 0)
        order = (x->time > y->time) - (x->time < y->time);
    return order != 0 ? order : by_id(a, b, ctx);
}

static void drop_repeated(struct ko_finish *f)
{
    struct ko_contacts *p = &f->r->contacts;
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        bool again = i + 1 < p->n && p->v[i].has_id && p->v[i + 1].has_id &&
                     p->v[i].id == p->v[i + 1].id;
        if (again)
            f->r->exports.v[p->v[i].export_index].duplicates++;
        else
            p->v[kept++] = p->v[i];
    }
    p->n = kept;
}

static enum ko_status add_to_groups(struct ko_finish *f, const struct ko_contact *c)
{
    struct ko_event ev;
    ko_event_init(&ev, KO_EVENT_CONTACT);
    ev.time = c->time;
    ev.region = ko_state_said(f->r, c->region);
    ev.channel = ko_state_said(f->r, c->channel);
    ev.queue = ko_state_said(f->r, c->queue);
    ev.segment = ko_state_said(f->r, c->segment);
    struct ko_interaction x = {.ev = &ev,
                               .export_index = c->export_index,
                               .entity = c->entity,
                               .witness = KO_WITNESS_BOOK,
                               .took = c->wait,
                               .person = c->person,
                               .session = c->session,
                               .bad = c->bad};
    struct ko_spot_tracks tracks = {.looked = false};
    return ko_take_spot(f->r, &x, &tracks);
}

enum ko_status ko_finish_contact_groups(struct ko_finish *f)
{
    struct ko_contacts *p = &f->r->contacts;
    if (p->n > 1)
        qsort_r(p->v, p->n, sizeof *p->v, by_id, f);
    drop_repeated(f);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < p->n && st == KO_OK; i++)
        st = add_to_groups(f, &p->v[i]);
    return st;
}

/* ---- series of the queue ---- */

static enum ko_status row_of(struct ko_finish *f, const struct ko_contact *c,
                             enum ko_signal signal, struct ko_row **ret)
{
    struct ko_row_key key = {.entity = f->entity_of[c->entity],
                             .caller = KO_NO_ENTITY,
                             .signal = signal,
                             .source = KO_SOURCE_CONTACT};
    return ko_board_row(&f->board, key, c->export_index, ret);
}

/* A row exists once something is counted in it: a flag never seen is unknown, not 0. */
static enum ko_status count(struct ko_finish *f, const struct ko_contact *c,
                            enum ko_signal signal, bool really)
{
    struct ko_row *row;
    if (!really)
        return KO_OK;
    enum ko_status st = row_of(f, c, signal, &row);
    if (st == KO_OK)
        ko_row_count(row, c->time, 1);
    return st;
}

static enum ko_status add_dur(struct ko_finish *f, const struct ko_contact *c,
                              enum ko_signal signal, ko_dur dur)
{
    struct ko_row *row;
    if (dur < 0)
        return KO_OK;
    enum ko_status st = row_of(f, c, signal, &row);
    if (st == KO_OK)
        ko_row_sum(row, c->time, 1, dur);
    return st;
}

static enum ko_status add_contact(struct ko_finish *f, const struct ko_contact *c,
                                  bool repeated)
{
    const struct {
        enum ko_signal signal;
        bool really;
    } counts[] = {{KO_SIGNAL_OFFERED, true},
                  {KO_SIGNAL_ABANDONED, c->abandoned},
                  {KO_SIGNAL_TRANSFERRED, c->transferred},
                  {KO_SIGNAL_REPEATS, repeated},
                  {KO_SIGNAL_FALLBACK, c->fallback},
                  {KO_SIGNAL_HANDOFF_FAILED, c->handoff_failed},
                  {KO_SIGNAL_AUTH_FAILED, c->auth_failed},
                  {KO_SIGNAL_RETRIES, c->retry}};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0] && st == KO_OK; i++)
        st = count(f, c, counts[i].signal, counts[i].really);
    if (st == KO_OK)
        st = add_dur(f, c, KO_SIGNAL_WAIT, c->wait);
    /* Exports write 0 for a contact that nobody handled: it has no handle time. */
    ko_dur handle = c->abandoned && c->handle == 0 ? -1 : c->handle;
    return st == KO_OK ? add_dur(f, c, KO_SIGNAL_HANDLE, handle) : st;
}

/* A queue is one by any of its names; what only has turns is a bot. */
static void set_kinds(struct ko_finish *f)
{
    for (size_t i = 0; i < f->r->names.n; i++) {
        const struct ko_name *name = &f->r->names.v[i];
        struct ko_entity *e = &f->c->entities.v[f->entity_of[i]];
        if (e->declared || (!name->queue && !name->bot))
            continue;
        if (name->queue || e->kind != KO_KIND_QUEUE)
            e->kind = name->queue ? KO_KIND_QUEUE : KO_KIND_BOT;
    }
}

enum ko_status ko_finish_contacts(struct ko_finish *f)
{
    struct ko_contacts *p = &f->r->contacts;
    if (p->n > 1)
        qsort_r(p->v, p->n, sizeof *p->v, by_person, f);
    enum ko_status st = KO_OK;
    set_kinds(f);
    for (size_t i = 0; i < p->n && st == KO_OK; i++) {
        const struct ko_contact *c = &p->v[i];
        bool repeated = i > 0 && c->person != 0 && p->v[i - 1].person == c->person &&
                        c->time - p->v[i - 1].time <= REPEAT_SPAN;
        st = add_contact(f, c, repeated);
    }
    return st;
}
