/* case.c: the model of one incident: making it, adding to it, dropping what a stage
 * wrote. */
#include "case/case.h"

#include "base/num.h"
#include "case/fields.h"
#include "case/list_any.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* More names than any platform has; past it the input is not what it claims to be. */
enum { ENTITIES_MAX = 1 << 20 };

void ko_case_init(struct ko_case *c)
{
    memset(c, 0, sizeof *c);
    ko_record_init(ko_head_fields, &c->head);
    c->head.format = KO_STR(KO_CASE_FORMAT);
    c->head.version = KO_CASE_VERSION;
    ko_map_init(&c->names, 0);
}

void ko_case_release(struct ko_case *c)
{
    ko_map_release(&c->names);
    ko_arena_release(&c->arena);
    ko_case_init(c);
}

void *ko_case_add(struct ko_case *c, const char *type)
{
    const struct ko_record_type *t = ko_record_types;
    while (t->name != NULL && strcmp(t->name, type) != 0)
        t++;
    assert(t->name != NULL);
    void *record = ko_list_any_add(&c->arena, (char *)c + t->list, t->size);
    if (record != NULL)
        ko_record_init(t->fields, record);
    return record;
}

enum ko_status ko_case_entity(struct ko_case *c, struct ko_str name, uint32_t *ret)
{
    if (ko_map_get(&c->names, name, ret))
        return KO_OK;
    if (c->entities.n >= ENTITIES_MAX)
        return KO_ELIMIT;
    uint32_t index = (uint32_t)c->entities.n;
    struct ko_str copy;
    enum ko_status st = ko_str_copy(&c->arena, name, &copy);
    if (st != KO_OK)
        return st;
    struct ko_entity *e = ko_case_add(c, "entity");
    if (e == NULL)
        return KO_ENOMEM;
    e->name = copy;
    st = ko_map_put(&c->names, name, index, ret);
    if (st != KO_OK)
        c->entities.n--;
    return st;
}

bool ko_case_find_entity(const struct ko_case *c, struct ko_str name, uint32_t *ret)
{
    return ko_map_get(&c->names, name, ret);
}

struct ko_str ko_case_name(const struct ko_case *c, uint32_t entity)
{
    return entity < c->entities.n ? c->entities.v[entity].name : KO_STR("");
}

int64_t ko_case_bucket(const struct ko_case *c, ko_time t)
{
    assert(c->head.step > 0);
    ko_dur since = t - c->head.from;
    int64_t q = since / c->head.step;
    return since % c->head.step < 0 ? q - 1 : q;
}

ko_time ko_case_time(const struct ko_case *c, int64_t bucket)
{
    return c->head.from + bucket * c->head.step;
}

enum ko_status ko_case_print(struct ko_case *c, struct ko_str *ret, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = n < 0 ? NULL : ko_arena_alloc(&c->arena, (size_t)n + 1, 1);
    if (p == NULL)
        return KO_ENOMEM;
    va_start(ap, fmt);
    (void)vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    *ret = (struct ko_str){p, (size_t)n};
    return KO_OK;
}

enum ko_status ko_case_keep(struct ko_case *c, struct ko_buf *b, struct ko_str *ret)
{
    enum ko_status st = b->status;
    if (st == KO_OK)
        st = ko_str_copy(&c->arena, ko_buf_str(b), ret);
    ko_buf_release(b);
    return st;
}

enum ko_status ko_case_add_str(struct ko_case *c, ko_strs *list, struct ko_str s)
{
    struct ko_str copy;
    enum ko_status st = ko_str_copy(&c->arena, s, &copy);
    if (st != KO_OK)
        return st;
    struct ko_str *item;
    KO_LIST_ADD(&c->arena, list, item);
    if (item == NULL)
        return KO_ENOMEM;
    *item = copy;
    return KO_OK;
}

/* The number in an id "E12"; 0 for any other text. */
static int64_t evidence_number(struct ko_str id)
{
    int64_t n = 0;
    if (id.n < 2 || id.p[0] != 'E' || ko_num_int(ko_str_skip(id, 1), &n) != KO_OK)
        return 0;
    return n;
}

/*
 * Where the next record of evidence belongs, counted from 0: the first gap that a stage
 * run anew left in E1 E2 E3 …, so that it gets its ids and places back; else the end.
 * The end as well for a list that is not in its order.
 */
static size_t evidence_place(const struct ko_case *c)
{
    size_t n = c->evidence.n, gap = n;
    int64_t before = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t number = evidence_number(c->evidence.v[i].id);
        if (number <= before)
            return n;
        if (gap == n && number != (int64_t)i + 1)
            gap = i;
        before = number;
    }
    return gap;
}

/* One more than the highest number before ${place}. */
static int64_t next_number(const struct ko_case *c, size_t place)
{
    int64_t highest = 0;
    for (size_t i = 0; i < place; i++) {
        int64_t number = evidence_number(c->evidence.v[i].id);
        highest = number > highest ? number : highest;
    }
    return highest + 1;
}

enum ko_status ko_case_add_evidence(struct ko_case *c, enum ko_stage by,
                                    struct ko_evidence **ret)
{
    size_t place = evidence_place(c);
    struct ko_str id;
    enum ko_status st = ko_case_print(c, &id, "E%lld", (long long)next_number(c, place));
    if (st != KO_OK)
        return st;
    struct ko_evidence *e = ko_case_add(c, "evidence");
    if (e == NULL)
        return KO_ENOMEM;
    e->id = id;
    e->by = (int)by;
    struct ko_evidence added = *e, *at = &c->evidence.v[place];
    memmove(at + 1, at, (c->evidence.n - 1 - place) * sizeof *at);
    *at = added;
    *ret = at;
    return KO_OK;
}

enum ko_status ko_case_tell(struct ko_case *c, enum ko_stage by, struct ko_buf *b,
                            struct ko_evidence **ret)
{
    struct ko_str text;
    enum ko_status st = ko_case_keep(c, b, &text);
    if (st == KO_OK)
        st = ko_case_add_evidence(c, by, ret);
    if (st == KO_OK)
        (*ret)->text = text;
    return st;
}

const struct ko_evidence *ko_case_find_evidence(const struct ko_case *c, struct ko_str id)
{
    for (size_t i = 0; i < c->evidence.n; i++) {
        if (ko_str_eq(c->evidence.v[i].id, id))
            return &c->evidence.v[i];
    }
    return NULL;
}

static void drop_evidence(struct ko_case *c, enum ko_stage stage)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->evidence.n; i++) {
        if (c->evidence.v[i].by != (int)stage)
            c->evidence.v[kept++] = c->evidence.v[i];
    }
    c->evidence.n = kept;
}

static void drop_unknowns(struct ko_case *c, enum ko_stage stage)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->unknowns.n; i++) {
        if (c->unknowns.v[i].by != (int)stage)
            c->unknowns.v[kept++] = c->unknowns.v[i];
    }
    c->unknowns.n = kept;
}

static void drop_verdicts(struct ko_case *c)
{
    for (size_t i = 0; i < c->changes.n; i++) {
        struct ko_change *change = &c->changes.v[i];
        if (change->verdict.n == 0 && change->why.n == 0)
            continue;
        change->verdict = change->why = (struct ko_str){NULL, 0};
        change->rec.changed = true;
    }
}

void ko_case_drop_stage(struct ko_case *c, enum ko_stage stage)
{
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++) {
        if (t->stage == stage && stage != KO_STAGE_INGEST)
            ko_list_any_empty((char *)c + t->list);
    }
    drop_evidence(c, stage);
    drop_unknowns(c, stage);
    if (stage == KO_STAGE_BLAME)
        drop_verdicts(c);
}
