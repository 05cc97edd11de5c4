/* answer_owner.c: who owns the next move?  Teams are named to be called, never blamed. */
#include "impact/amplifier.h"
#include "impact/answers.h"
#include "impact/containment.h"
#include "impact/facts.h"
#include "impact/notice.h"
#include "impact/owners.h"

enum { TEXT_MAX_BYTES = 4096 };

static void say_contact(struct ko_reply *r, const struct ko_ownership *o)
{
    if (o->contact.n > 0)
        ko_buf_printf(&r->line, ", reach them at %.*s", KO_ARG(o->contact));
    if (o->from.n > 0)
        ko_buf_printf(&r->line, " (%.*s)", KO_ARG(o->from));
}

static void need_map(struct ko_reply *r, uint32_t entity)
{
    struct ko_str what;
    if (r->status != KO_OK)
        return;
    r->status =
        ko_case_print(r->c, &what, "owner of %.*s", KO_ARG(ko_case_name(r->c, entity)));
    if (r->status == KO_OK)
        r->status = ko_say_unknown(
            r->c, what, KO_STR("a map, service catalogue or CODEOWNERS that names it"));
}

static void say_no_owner(struct ko_reply *r, uint32_t entity)
{
    ko_buf_printf(&r->line, "not known: no export names an owner of %.*s",
                  KO_ARG(ko_case_name(r->c, entity)));
    ko_reply_end(r);
    ko_reply_verdict(r, KO_STR("not known"));
    need_map(r, entity);
}

/* Whose word it is that this team owns the entity. */
static void cite_owner(struct ko_reply *r, uint32_t entity, const struct ko_ownership *o)
{
    struct ko_str text;
    struct ko_evidence *e;
    if (r->status == KO_OK)
        r->status = ko_case_print(r->c, &text, "%.*s names %.*s as owner of %.*s",
                                  KO_ARG(o->from.n > 0 ? o->from : KO_STR("an export")),
                                  KO_ARG(o->owner), KO_ARG(ko_case_name(r->c, entity)));
    if (r->status == KO_OK)
        r->status = ko_case_add_evidence(r->c, KO_STAGE_BLAME, &e);
    if (r->status != KO_OK)
        return;
    e->kind = KO_STR("owner");
    e->entity = entity;
    e->text = text;
    ko_reply_cite(r, e->id);
}

static void say_owner(struct ko_reply *r, const struct ko_suspect *s,
                      const struct ko_ownership *o)
{
    ko_buf_printf(&r->line, "%.*s owns %.*s", KO_ARG(o->owner),
                  KO_ARG(ko_case_name(r->c, s->entity)));
    say_contact(r, o);
    ko_reply_end(r);
    cite_owner(r, s->entity, o);
    ko_reply_verdict(r, s->verdict);
}

static void say_notice(struct ko_reply *r)
{
    struct ko_buf text;
    ko_buf_init(&text, TEXT_MAX_BYTES);
    if (ko_notice_say(&text, r->c))
        ko_buf_printf(&r->line, "tell customers: \"%.*s\"", KO_ARG(ko_buf_str(&text)));
    if (r->status == KO_OK)
        r->status = text.status;
    ko_buf_release(&text);
    ko_reply_end(r);
}

static void say_steps(struct ko_reply *r, uint32_t origin)
{
    ko_strs steps = {0};
    bool done = ko_containment_done(r->c, &r->line);
    ko_reply_end(r);
    if (r->status == KO_OK)
        r->status = ko_containment_steps(r->c, origin, &steps);
    if (steps.n == 0)
        say_notice(r);
    for (size_t i = 0; i < steps.n; i++) {
        ko_buf_printf(&r->line, "%s%.*s",
                      i > 0  ? "also: "
                      : done ? "if it returns: "
                             : "next: ",
                      KO_ARG(steps.v[i]));
        ko_reply_end(r);
        if (i == 0)
            say_notice(r);
    }
}

/* Whom the page names: its owner, else what it was opened on. */
static struct ko_str paged(const struct ko_case *c, const struct ko_milestone *m)
{
    return m->owner.n > 0 ? m->owner : ko_case_name(c, m->entity);
}

static bool names(const struct ko_case *c, const struct ko_milestone *m,
                  struct ko_str owner, uint32_t entity)
{
    if (m->entity != KO_NO_ENTITY && m->entity == entity)
        return true;
    struct ko_str who = paged(c, m);
    return who.n > 0 && ko_owner_same(who, owner);
}

/* The first milestone that names the owner or its entity; NULL if none does. */
static const struct ko_milestone *reached(const struct ko_case *c, struct ko_str owner,
                                          uint32_t entity)
{
    const struct ko_milestone *first = NULL;
    for (size_t i = 0; i < c->milestones.n; i++) {
        const struct ko_milestone *m = &c->milestones.v[i];
        if (names(c, m, owner, entity) && (first == NULL || m->time < first->time))
            first = m;
    }
    return first;
}

static void cite_response(struct ko_reply *r)
{
    for (size_t i = 0; i < r->c->impacts.n; i++) {
        const struct ko_impact *m = &r->c->impacts.v[i];
        if (ko_str_eq(m->measure, KO_STR("time-to-detect")) ||
            ko_str_eq(m->measure, KO_STR("time-to-assign")))
            ko_reply_cite(r, m->evidence);
    }
}

static void say_page(struct ko_reply *r, struct ko_str owner, uint32_t entity)
{
    struct ko_response response;
    if (!ko_response_find(r->c, &response) || response.opened == NULL)
        return;
    struct ko_str who = paged(r->c, response.opened);
    if (who.n == 0)
        return;
    ko_buf_printf(&r->line, "paged: %.*s", KO_ARG(who));
    struct ko_str on = ko_case_name(r->c, response.opened->entity);
    if (response.opened->owner.n > 0 && on.n > 0 && response.opened->entity != entity &&
        !ko_str_eq(on, who))
        ko_buf_printf(&r->line, " for %.*s", KO_ARG(on));
    ko_buf_putc(&r->line, ' ');
    ko_time_put_clock(&r->line, response.opened->time);
    if (owner.n > 0 && !names(r->c, response.opened, owner, entity)) {
        const struct ko_milestone *m = reached(r->c, owner, entity);
        ko_buf_printf(&r->line, m != NULL ? ", %.*s " : ", not %.*s", KO_ARG(owner));
        if (m != NULL)
            ko_time_put_clock(&r->line, m->time);
    }
    ko_reply_end(r);
    cite_response(r);
}

/* The team of the change, of the amplifier: those who move beside the owner. */
static void say_beside(struct ko_reply *r, uint32_t entity, struct ko_str owner,
                       const char *role)
{
    struct ko_ownership o;
    if (entity == KO_NO_ENTITY || !ko_owner_of(r->c, entity, &o) ||
        ko_owner_same(o.owner, owner))
        return;
    ko_buf_printf(&r->line, "with %.*s, owner of the %s %.*s", KO_ARG(o.owner), role,
                  KO_ARG(ko_case_name(r->c, entity)));
    say_contact(r, &o);
    ko_reply_end(r);
}

static void say_amplifier(struct ko_reply *r, struct ko_str owner)
{
    struct ko_window w;
    ko_amplifiers list = {0};
    if (!ko_window_find(r->c, &w) || r->status != KO_OK)
        return;
    r->status = ko_amplifiers_find(r->c, &w, &list);
    if (list.n > 0)
        say_beside(r, list.v[0].entity, owner, "amplifier");
}

static void say_change(struct ko_reply *r, struct ko_str owner)
{
    const struct ko_change *x = ko_fact_change(r->c);
    if (x != NULL)
        say_beside(r, x->entity, owner, "changed");
}

void ko_answer_owner(struct ko_reply *r)
{
    const struct ko_suspect *first = ko_suspect_rank(r->c, 1);
    struct ko_ownership o = {0};
    if (!ko_suspect_holds(first)) {
        ko_reply_say(r, "not known: without an origin there is no owner to name");
        ko_reply_verdict(r, KO_STR("not known"));
        return;
    }
    if (ko_owner_of(r->c, first->entity, &o))
        say_owner(r, first, &o);
    else
        say_no_owner(r, first->entity);
    say_page(r, o.owner, first->entity);
    say_steps(r, first->entity);
    say_change(r, o.owner);
    say_amplifier(r, o.owner);
}
