/* how.c: how the records of an export were read, in words for people: which field is the
 * time, who the records are about, in what units. */
#include "read/how.h"

#include "base/buf.h"

static struct ko_str key_of(const struct ko_record *r, const struct ko_roles *roles,
                            enum ko_role role)
{
    return ko_roles_has(roles, role) ? r->v[roles->at[role]].key : KO_STR("");
}

/* The first of these that the record has names the entity. */
static struct ko_str entity_key(const struct ko_record *r, const struct ko_roles *roles)
{
    static const enum ko_role order[] = {KO_ROLE_SERVICE, KO_ROLE_CONTAINER,
                                         KO_ROLE_CALLER, KO_ROLE_QUEUE, KO_ROLE_INSTANCE};
    struct ko_str key = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order && key.n == 0; i++)
        key = key_of(r, roles, order[i]);
    return key;
}

static const char *unit_name(ko_dur unit)
{
    switch (unit) {
    case 1:
        return "ns";
    case KO_MS / 1000:
        return "us";
    case KO_MS:
        return "ms";
    case KO_SECOND:
        return "s";
    case KO_MINUTE:
        return "min";
    default:
        return "as written";
    }
}

/* "duration ms, wait s": what the names say of bare numbers. */
static void put_units(struct ko_buf *b, const struct ko_record *r,
                      const struct ko_roles *roles)
{
    static const enum ko_role durations[] = {KO_ROLE_DURATION, KO_ROLE_WAIT,
                                             KO_ROLE_HANDLE};
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
        struct ko_str key = key_of(r, roles, durations[i]);
        if (key.n == 0)
            continue;
        ko_buf_puts(b, b->n > 0 ? ", " : "");
        ko_buf_put(b, key);
        ko_buf_putc(b, ' ');
        ko_buf_puts(b, unit_name(roles->unit[durations[i]]));
    }
}

enum ko_status ko_how_fields(struct ko_how *how, struct ko_ledger *l,
                             const struct ko_record *r, const struct ko_roles *roles)
{
    if (how->noted)
        return KO_OK;
    how->noted = true;
    struct ko_buf units;
    ko_buf_init(&units, KO_BUF_MAX);
    put_units(&units, r, roles);
    enum ko_status st = units.status;
    if (st == KO_OK)
        st = ko_str_copy(l->arena, ko_buf_str(&units), &l->units);
    ko_buf_release(&units);
    if (st == KO_OK)
        st = ko_str_copy(l->arena, key_of(r, roles, KO_ROLE_TIME), &l->time_field);
    return st == KO_OK ? ko_str_copy(l->arena, entity_key(r, roles), &l->entity_field)
                       : st;
}

static enum ko_status note_unit(struct ko_how *how, struct ko_ledger *l,
                                struct ko_str unit)
{
    if (unit.n == 0 || how->more_units ||
        (how->n_units > 0 && ko_str_eq(how->units[how->last], unit)))
        return KO_OK;
    for (how->last = 0; how->last < how->n_units; how->last++) {
        if (ko_str_eq(how->units[how->last], unit))
            return KO_OK;
    }
    how->more_units = how->n_units == KO_HOW_UNITS;
    if (how->more_units)
        return KO_OK;
    return ko_str_copy(l->arena, unit, &how->units[how->n_units++]);
}

enum ko_status ko_how_event(struct ko_how *how, struct ko_ledger *l,
                            const struct ko_event *ev, struct ko_str stem)
{
    bool nameless = ev->entity.n == 0 || ko_str_eq(ev->entity, stem);
    how->nameless |= nameless;
    how->named |= !nameless;
    return note_unit(how, l, ev->unit);
}

enum ko_status ko_how_add(struct ko_how *how, const struct ko_how *part,
                          struct ko_ledger *l)
{
    enum ko_status st = KO_OK;
    how->named |= part->named;
    how->nameless |= part->nameless;
    how->noted |= part->noted;
    for (size_t i = 0; i < part->n_units && st == KO_OK; i++)
        st = note_unit(how, l, part->units[i]);
    how->more_units |= part->more_units;
    return st;
}

static void put_entity(const struct ko_how *how, const struct ko_ledger *l,
                       struct ko_buf *b)
{
    if (how->named)
        ko_buf_put(b, l->entity_field.n > 0 ? l->entity_field : KO_STR("in the record"));
    if (how->nameless)
        ko_buf_puts(b, how->named ? ", else the file's name" : "the file's name");
}

enum ko_status ko_how_finish(const struct ko_how *how, struct ko_ledger *l)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    put_entity(how, l, &b);
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(l->arena, ko_buf_str(&b), &l->entity_field);
    ko_buf_reset(&b);
    ko_buf_put(&b, l->units);
    for (size_t i = 0; i < how->n_units; i++) {
        ko_buf_puts(&b, b.n > 0 ? ", " : "");
        ko_buf_put(&b, how->units[i]);
    }
    ko_buf_puts(&b, how->more_units ? " …" : "");
    if (st == KO_OK)
        st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(l->arena, ko_buf_str(&b), &l->units);
    if (st == KO_OK && l->time_field.n == 0 && l->first != KO_TIME_NONE)
        l->time_field = KO_STR("in the record");
    ko_buf_release(&b);
    return st;
}
