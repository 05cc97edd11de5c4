/* fuzz_json_form.c: any lines as JSON records: what the form of an earlier line gives is
 * what the general path gives. */
#include "base/num.h"
#include "read/json_form.h"
#include "read/json_record.h"
#include "read/json_shapes.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* A number that nobody reads as text may stand as it was written. */
static bool same_value(const struct ko_field_value *a, const struct ko_field_value *b,
                       bool exact)
{
    double x, y;
    if (exact || a->type != KO_VALUE_NUMBER)
        return ko_str_eq(a->value, b->value);
    return ko_num_real(a->value, &x) == KO_OK && ko_num_real(b->value, &y) == KO_OK &&
           x == y;
}

static struct ko_str key_of(const struct ko_record *r, const struct ko_roles *roles,
                            size_t role)
{
    return roles->at[role] >= 0 ? r->v[roles->at[role]].key : (struct ko_str){0};
}

/* The roles as they are found without a form. */
static void compare_roles(const struct ko_json_form *form, const struct ko_record *r)
{
    struct ko_roles roles;
    ko_roles_find(&roles, r, (struct ko_str){0});
    for (size_t i = 0; i < KO_ROLE_COUNT; i++)
        must(ko_str_eq(key_of(r, &roles, i), key_of(&form->record, &form->roles, i)) &&
             roles.unit[i] == form->roles.unit[i] &&
             roles.rank[i] == form->roles.rank[i]);
}

/* The place in ${r} of what is field ${i} of the form; only some may change places. */
static size_t place_of(const struct ko_json_form *form, size_t i,
                       const struct ko_record *r)
{
    for (size_t k = 0; k < r->n && form->any_order; k++) {
        if (ko_str_eq(form->record.v[i].key, r->v[k].key))
            return k;
    }
    return i;
}

static void compare(struct ko_arena *arena, struct ko_str line,
                    const struct ko_json_form *form)
{
    json_t *object;
    enum ko_reject why;
    struct ko_record r = {0};
    must(ko_json_load(arena, line, &object, &why) == KO_OK && json_is_object(object));
    must(ko_json_shape_of(object) == NULL);
    must(ko_json_flatten(arena, object, &r) == KO_OK && r.n == form->record.n);
    for (size_t i = 0; i < r.n; i++) {
        const struct ko_field_value *mine = &form->record.v[i];
        const struct ko_field_value *theirs = &r.v[place_of(form, i, &r)];
        must(ko_str_eq(mine->key, theirs->key) && mine->type == theirs->type);
        must(same_value(mine, theirs, form->asks[i].exact));
    }
    compare_roles(form, &r);
    json_decref(object);
}

static void try_line(struct ko_reading *rd, struct ko_json_forms *forms,
                     struct ko_str line)
{
    const struct ko_json_form *form;
    json_t *value;
    enum ko_reject why;
    must(ko_json_forms_record(rd, forms, line, &form) == KO_OK);
    if (form != NULL) {
        compare(rd->record, line, form);
        return;
    }
    must(ko_json_load(rd->record, line, &value, &why) == KO_OK);
    if (value != NULL)
        must(ko_json_forms_learn(rd, forms, line) == KO_OK);
    json_decref(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ko_read_options no_options;
    struct ko_arena arena = {0}, record = {0};
    struct ko_reading rd = {.opt = &no_options, .arena = &arena, .record = &record};
    struct ko_json_forms *forms = ko_arena_alloc(&arena, 1, sizeof *forms);
    struct ko_str rest = {(const char *)data, size}, line;
    must(forms != NULL);
    while (size > 0 && ko_str_cut(&rest, '\n', &line)) {
        try_line(&rd, forms, line);
        ko_arena_reset(&record);
    }
    ko_arena_release(&record);
    ko_arena_release(&arena);
    return 0;
}
