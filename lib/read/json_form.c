/* json_form.c: JSON lines that have the same members as one before them, read without
 * building the object. */
#include "read/json_form.h"

#include "base/num.h"
#include "read/interpret.h"
#include "read/json_record.h"
#include "read/json_shapes.h"
#include "read/log_fields.h"
#include "read/product.h"

/* ---- is it the same form? ---- */

static bool same_token(const struct ko_json_token *a, const struct ko_json_token *b)
{
    return a->what == b->what && a->type == b->type && ko_str_eq(a->key, b->key);
}

/* Its members in their order. */
static bool take_in_order(const struct ko_json_form *form,
                          const struct ko_json_tokens *ts)
{
    for (size_t i = 0; i < form->n; i++) {
        if (!same_token(&form->tokens[i], &ts->v[i]))
            return false;
    }
    return true;
}

/* Its members in whatever order, each once; shuffled ones often keep their neighbours. */
static bool take_in_any_order(const struct ko_json_form *form,
                              const struct ko_json_tokens *ts, uint8_t *order)
{
    bool taken[KO_JSON_TOKENS_MAX] = {false};
    size_t at = 0;
    for (size_t i = 0; i < form->n; i++) {
        size_t tried = 0;
        while (tried < form->n &&
               (taken[at] || !same_token(&form->tokens[at], &ts->v[i]))) {
            at = at + 1 < form->n ? at + 1 : 0;
            tried++;
        }
        if (tried == form->n)
            return false;
        taken[at] = true;
        order[i] = (uint8_t)at;
        at = at + 1 < form->n ? at + 1 : 0;
    }
    return true;
}

/* Does the line that was taken apart have the form?  ${ret_order}: the field of each of
 * its values; NULL as they come. */
static bool has_form(struct ko_json_forms *forms, const struct ko_json_form *form,
                     const uint8_t **ret_order)
{
    const struct ko_json_tokens *ts = &forms->tokens;
    if (form->mark != ts->mark || form->n != ts->n)
        return false;
    *ret_order = NULL;
    if (take_in_order(form, ts))
        return true;
    *ret_order = forms->order;
    return form->any_order && take_in_any_order(form, ts, forms->order);
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

/* Most values stand as they are written. */
static inline bool is_as_written(const struct ko_json_form *form, size_t i,
                                 const struct ko_json_leaf *t)
{
    const struct ko_json_asks *asks = &form->asks[i];
    if (t->escaped || (t->real && asks->exact))
        return false;
    if ((!asks->brace && !asks->digit) || t->value.n == 0)
        return true;
    return t->value.p[0] != '{' && !(asks->digit && ko_char_is_digit(t->value.p[0]));
}

/* KO_ESYNTAX: the general path has to judge. */
static enum ko_status fill_field(struct ko_arena *arena, const struct ko_json_form *form,
                                 size_t i, const struct ko_json_leaf *t)
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
    if (form->asks[i].digit && ko_char_is_digit(value->p[0]))
        return KO_ESYNTAX; /* "service": "38ms" is a duration */
    if (form->asks[i].brace && value->p[0] == '{')
        return KO_ESYNTAX;
    return t->real && form->asks[i].exact ? print_real(arena, value) : KO_OK;
}

static enum ko_status fill(struct ko_arena *arena, const struct ko_json_form *form,
                           const struct ko_json_leaf *leaves, const uint8_t *order)
{
    struct ko_field_value *fields = form->record.v;
    size_t n = form->record.n;
    for (size_t i = 0; i < n; i++) {
        size_t field = order != NULL ? order[i] : i;
        if (is_as_written(form, field, &leaves[i])) {
            fields[field].value = leaves[i].value;
            continue;
        }
        enum ko_status st = fill_field(arena, form, field, &leaves[i]);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static void put_leaves(struct ko_json_forms *forms)
{
    size_t leaves = 0;
    for (size_t i = 0; i < forms->tokens.n; i++) {
        const struct ko_json_token *t = &forms->tokens.v[i];
        if (t->what == KO_JSON_LEAF)
            forms->leaves[leaves++] =
                (struct ko_json_leaf){t->value, t->escaped, t->real};
    }
}

/* Key by key; where the values stand is learnt.  NULL form: the general path judges. */
static enum ko_status take_apart(struct ko_reading *rd, struct ko_json_forms *forms,
                                 struct ko_str text, struct ko_json_node *ret)
{
    *ret = (struct ko_json_node){0};
    if (!ko_json_tokens_take(text, &forms->tokens)) {
        forms->tokens.n = 0;
        return KO_OK;
    }
    const struct ko_json_form *form = *slot_of(forms);
    if (form == NULL || !form->plain || !has_form(forms, form, &ret->order))
        return KO_OK;
    ret->form = form;
    put_leaves(forms);
    return ko_json_layout_add(&forms->layout, rd->arena, text, &forms->tokens, form,
                              ret->order);
}

enum ko_status ko_json_forms_record(struct ko_reading *rd, struct ko_json_forms *forms,
                                    struct ko_str text, const struct ko_json_form **ret)
{
    struct ko_json_node found;
    const struct ko_json_node *node =
        ko_json_layout_take(&forms->layout, text, forms->leaves);
    *ret = NULL;
    if (node == NULL) {
        enum ko_status st = take_apart(rd, forms, text, &found);
        if (st != KO_OK || found.form == NULL)
            return st;
        node = &found;
    }
    enum ko_status st = fill(rd->record, node->form, forms->leaves, node->order);
    if (st == KO_OK)
        *ret = node->form;
    else
        forms->tokens.n = 0; /* the form is known, and values speak against it */
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
    struct ko_view v = {.r = &form->record,
                        .roles = &form->roles,
                        .shape = form->shape,
                        .delivers_none = !form->delivers};
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
static void find_roles(struct ko_reading *rd, struct ko_json_form *form,
                       struct ko_json_asks *asks)
{
    const struct ko_record *r = &form->record;
    ko_roles_none(&form->roles);
    for (size_t i = 0; i < r->n; i++) {
        struct ko_role_claim claim = ko_role_of(r->v[i].key, rd->opt->field_map);
        asks[i].digit = claim.role == KO_ROLE_SERVICE;
        asks[i].brace = r->v[i].type == KO_VALUE_TEXT;
        if (r->v[i].type != KO_VALUE_NONE)
            ko_roles_claim(&form->roles, claim, (int)i);
    }
    ko_roles_take_unit(&form->roles, r);
    form->delivers = ko_fields_deliver(r);
    form->shape = ko_shape_asked(&form->roles, false, rd->opt->shape);
}

/* Words that may be a level where nothing is called so: the first decides. */
static bool may_be_level(struct ko_str key)
{
    return ko_str_eq(key, KO_STR("s")) || ko_str_eq(key, KO_STR("@t")) ||
           ko_str_ends(key, KO_STR("status"));
}

/* Where two members claim one role the first has it, unless one is better. */
static bool is_any_order(const struct ko_reading *rd, const struct ko_json_form *form)
{
    unsigned claims[KO_ROLE_COUNT] = {0}, levels = 0;
    const struct ko_record *r = &form->record;
    bool any = form->shape == KO_SHAPE_LOG;
    for (size_t i = 0; i < r->n && any; i++) {
        enum ko_role role = ko_role_of(r->v[i].key, rd->opt->field_map).role;
        levels += may_be_level(r->v[i].key) ? 1 : 0;
        any = role == KO_ROLE_NONE || ++claims[role] == 1;
    }
    return any && levels <= 1;
}

/* Keys and types of ${r}, which the form outlives. */
static bool copy_record(struct ko_reading *rd, const struct ko_record *r,
                        struct ko_json_form *form)
{
    struct ko_json_asks *asks = ko_arena_alloc(rd->arena, r->n, sizeof *asks);
    form->record.v = ko_arena_alloc(rd->arena, r->n, sizeof *r->v);
    form->record.n = form->record.cap = r->n;
    form->asks = asks;
    if (asks == NULL || form->record.v == NULL)
        return false;
    for (size_t i = 0; i < r->n; i++) {
        struct ko_field_value *f = &form->record.v[i];
        *f = (struct ko_field_value){.type = r->v[i].type};
        if (ko_str_copy(rd->arena, r->v[i].key, &f->key) != KO_OK)
            return false;
    }
    find_roles(rd, form, asks);
    for (size_t i = 0; i < r->n; i++)
        asks[i].exact = !is_number_only(form, i);
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
                                   bool nested, struct ko_json_form *form)
{
    struct ko_record r = {0};
    if (!json_is_object(object) || ko_json_shape_of(object) != NULL)
        return KO_OK;
    enum ko_status st = ko_json_flatten(rd->record, object, &r);
    if (st != KO_OK || !is_plain(form, &r))
        return st;
    form->plain = copy_record(rd, &r, form);
    if (!form->plain)
        return KO_ENOMEM;
    form->any_order = !nested && is_any_order(rd, form);
    return KO_OK;
}

enum ko_status ko_json_forms_learn(struct ko_reading *rd, struct ko_json_forms *forms,
                                   struct ko_str text)
{
    const struct ko_json_tokens *ts = &forms->tokens;
    const uint8_t *order;
    forms->general++;
    if (ts->n == 0 || forms->learnt == KO_JSON_FORMS_LEARNT_MAX ||
        (*slot_of(forms) != NULL && has_form(forms, *slot_of(forms), &order)))
        return KO_OK;
    struct ko_json_form *form = ko_arena_alloc(rd->arena, 1, sizeof *form);
    if (form == NULL || !copy_tokens(rd->arena, ts, form))
        return KO_ENOMEM;
    json_t *object;
    enum ko_reject why;
    enum ko_status st = ko_json_load(rd->record, text, &object, &why);
    if (st == KO_OK)
        st = learn_object(rd, object, ts->nested, form);
    json_decref(object);
    if (st == KO_OK && form->plain)
        st = ko_json_layout_add(&forms->layout, rd->arena, text, ts, form, NULL);
    if (st != KO_OK)
        return st;
    *slot_of(forms) = form;
    forms->learnt++;
    return st;
}
