/* json_form.c: JSON lines that have the same members as one before them, read without
 * building the object. */
#include "read/json_form.h"

#include "base/num.h"
#include "read/interpret.h"
#include "read/json_record.h"
#include "read/json_shapes.h"
#include "read/product.h"

/* ---- is it the same form? ---- */

static bool same_token(const struct ko_json_token *a, const struct ko_json_token *b)
{
    return a->what == b->what && a->type == b->type && ko_str_eq(a->key, b->key);
}

static bool same_form(const struct ko_json_form *form, const struct ko_json_tokens *ts)
{
    if (form->mark != ts->mark || form->n != ts->n)
        return false;
    for (size_t i = 0; i < ts->n; i++) {
        if (!same_token(&form->tokens[i], &ts->v[i]))
            return false;
    }
    return true;
}

static struct ko_json_form **slot_of(struct ko_json_forms *forms)
{
    return &forms->slots[forms->tokens.mark % KO_JSON_FORMS];
}

/* ---- the values of a line ---- */

/* As the general path prints it. */
static enum ko_status print_real(struct ko_arena *arena, struct ko_str *value)
{
    double x;
    struct ko_buf b;
    if (ko_num_real(*value, &x) != KO_OK)
        return KO_ESYNTAX;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_num_put_exact(&b, x);
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), value);
    ko_buf_release(&b);
    return st;
}

/* KO_ESYNTAX: the general path has to judge. */
static enum ko_status fill_field(struct ko_arena *arena, const struct ko_json_form *form,
                                 size_t i, const struct ko_json_token *t)
{
    struct ko_str *value = &form->record.v[i].value;
    *value = t->value;
    if (t->escaped) {
        enum ko_status st = ko_json_unescape(arena, t->value, value);
        if (st != KO_OK)
            return st;
    }
    if (value->n == 0)
        return KO_OK;
    if (form->digits[i] && ko_char_is_digit(value->p[0]))
        return KO_ESYNTAX; /* "service": "38ms" is a duration */
    if (t->type == KO_VALUE_TEXT && value->p[0] == '{')
        return KO_ESYNTAX; /* maybe a record of its own */
    return t->real && form->exact[i] ? print_real(arena, value) : KO_OK;
}

static enum ko_status fill(struct ko_arena *arena, const struct ko_json_form *form,
                           const struct ko_json_tokens *ts)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0, field = 0; i < ts->n && st == KO_OK; i++) {
        if (ts->v[i].what == KO_JSON_LEAF)
            st = fill_field(arena, form, field++, &ts->v[i]);
    }
    return st;
}

enum ko_status ko_json_forms_record(struct ko_reading *rd, struct ko_json_forms *forms,
                                    struct ko_str text, const struct ko_json_form **ret)
{
    *ret = NULL;
    if (!ko_json_tokens_take(text, &forms->tokens)) {
        forms->tokens.n = 0;
        return KO_OK;
    }
    const struct ko_json_form *form = *slot_of(forms);
    if (form == NULL || !form->plain || !same_form(form, &forms->tokens))
        return KO_OK;
    enum ko_status st = fill(rd->record, form, &forms->tokens);
    if (st == KO_OK)
        *ret = form;
    return st == KO_ESYNTAX ? KO_OK : st;
}

enum ko_status ko_json_forms_read(struct ko_reading *rd, struct ko_json_forms *forms,
                                  struct ko_str text, struct ko_place place,
                                  bool *ret_done, enum ko_reject *ret_why)
{
    const struct ko_json_form *form;
    *ret_done = false;
    enum ko_status st = ko_json_forms_record(rd, forms, text, &form);
    if (st != KO_OK || form == NULL)
        return st;
    struct ko_view v = {.r = &form->record, .roles = &form->roles, .shape = form->shape};
    if (ko_interpret_is_history(&v))
        return KO_OK;
    *ret_done = true;
    return ko_interpret(rd, &v, place, ret_why);
}

/* ---- learning ---- */

/* Members whose values decide what the record is. */
static bool decides(struct ko_str key)
{
    return ko_product_is_key(key) || ko_str_eq(key, KO_STR("preview")) ||
           ko_str_eq(key, KO_STR("lastrow"));
}

static bool copy_tokens(struct ko_arena *arena, const struct ko_json_tokens *ts,
                        struct ko_json_form *form)
{
    struct ko_json_token *copy = ko_arena_alloc(arena, ts->n, sizeof *copy);
    form->mark = ts->mark;
    form->tokens = copy;
    form->n = ts->n;
    for (size_t i = 0; copy != NULL && i < ts->n; i++) {
        copy[i] = ts->v[i];
        copy[i].value = (struct ko_str){0};
        if (ko_str_copy(arena, ts->v[i].key, &copy[i].key) != KO_OK)
            return false;
    }
    return copy != NULL;
}

/* Does nothing but its number matter of field ${i}? */
static bool is_number_only(const struct ko_json_form *form, size_t i)
{
    static const enum ko_role durations[] = {KO_ROLE_DURATION, KO_ROLE_WAIT,
                                             KO_ROLE_HANDLE};
    for (size_t k = 0; k < sizeof durations / sizeof *durations; k++) {
        if (form->roles.at[durations[k]] == (int)i && form->roles.unit[durations[k]] > 0)
            return true;
    }
    bool unused = form->shape == KO_SHAPE_LOG || form->shape == KO_SHAPE_SPAN;
    for (size_t role = 0; role < KO_ROLE_COUNT && unused; role++)
        unused = form->roles.at[role] != (int)i;
    return unused;
}

/* Roles and shape by keys and types alone; values may still speak against them, and
 * fill_field asks them. */
static void find_roles(struct ko_reading *rd, struct ko_json_form *form, bool *digits)
{
    const struct ko_record *r = &form->record;
    ko_roles_none(&form->roles);
    for (size_t i = 0; i < r->n; i++) {
        struct ko_role_claim claim = ko_role_of(r->v[i].key, rd->opt->field_map);
        digits[i] = claim.role == KO_ROLE_SERVICE;
        if (r->v[i].type != KO_VALUE_NONE)
            ko_roles_claim(&form->roles, claim, (int)i);
    }
    form->shape = ko_shape_asked(&form->roles, false, rd->opt->shape);
}

/* Keys and types of ${r}, which the form outlives. */
static bool copy_record(struct ko_reading *rd, const struct ko_record *r,
                        struct ko_json_form *form)
{
    bool *exact = ko_arena_alloc(rd->arena, r->n, sizeof *exact);
    bool *digits = ko_arena_alloc(rd->arena, r->n, sizeof *digits);
    form->record.v = ko_arena_alloc(rd->arena, r->n, sizeof *r->v);
    form->record.n = form->record.cap = r->n;
    form->exact = exact;
    form->digits = digits;
    if (exact == NULL || digits == NULL || form->record.v == NULL)
        return false;
    for (size_t i = 0; i < r->n; i++) {
        struct ko_field_value *f = &form->record.v[i];
        *f = (struct ko_field_value){.type = r->v[i].type};
        if (ko_str_copy(rd->arena, r->v[i].key, &f->key) != KO_OK)
            return false;
    }
    find_roles(rd, form, digits);
    for (size_t i = 0; i < r->n; i++)
        exact[i] = !is_number_only(form, i);
    return true;
}

/* Are the fields of ${r} the leaves of the form, one by one, and none of them decides? */
static bool is_plain(const struct ko_json_form *form, const struct ko_record *r)
{
    size_t leaves = 0;
    for (size_t i = 0; i < form->n; i++) {
        const struct ko_json_token *t = &form->tokens[i];
        if (decides(t->key))
            return false;
        if (t->what != KO_JSON_LEAF)
            continue;
        if (leaves == r->n || r->v[leaves].type != t->type)
            return false;
        leaves++;
    }
    return leaves == r->n;
}

static enum ko_status learn_object(struct ko_reading *rd, const json_t *object,
                                   struct ko_json_form *form)
{
    struct ko_record r = {0};
    if (!json_is_object(object) || ko_json_shape_of(object) != NULL)
        return KO_OK;
    enum ko_status st = ko_json_flatten(rd->record, object, &r);
    if (st != KO_OK || !is_plain(form, &r))
        return st;
    form->plain = copy_record(rd, &r, form);
    return form->plain ? KO_OK : KO_ENOMEM;
}

enum ko_status ko_json_forms_learn(struct ko_reading *rd, struct ko_json_forms *forms,
                                   struct ko_str text)
{
    const struct ko_json_tokens *ts = &forms->tokens;
    forms->general++;
    if (ts->n == 0 || forms->learnt == KO_JSON_FORMS_LEARNT_MAX ||
        (*slot_of(forms) != NULL && same_form(*slot_of(forms), ts)))
        return KO_OK;
    struct ko_json_form *form = ko_arena_alloc(rd->arena, 1, sizeof *form);
    if (form == NULL || !copy_tokens(rd->arena, ts, form))
        return KO_ENOMEM;
    json_t *object;
    enum ko_reject why;
    enum ko_status st = ko_json_load(rd->record, text, &object, &why);
    if (st == KO_OK)
        st = learn_object(rd, object, form);
    json_decref(object);
    *slot_of(forms) = form;
    forms->learnt++;
    return st;
}
