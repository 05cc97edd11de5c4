/* The JSON Schema and the manual page of the case stream against the tables of the code.
 */
#include "unit.h"

#include "base/file.h"
#include "case/fields.h"

#include <jansson.h>
#include <stdio.h>

static json_t *schema;

static int load(void **state)
{
    (void)state;
    json_error_t error;
    schema =
        json_load_file(MAN "/knockon-case.schema.json", JSON_REJECT_DUPLICATES, &error);
    if (schema == NULL)
        (void)printf("line %d: %s\n", error.line, error.text);
    return schema == NULL;
}

static int unload(void **state)
{
    (void)state;
    json_decref(schema);
    return 0;
}

static void check_fields(const char *where, const struct ko_field *fields,
                         const json_t *def);

/* The JSON type that the schema gives to ${member}. */
static const char *type_of(const json_t *member)
{
    const char *ref = json_string_value(json_object_get(member, "$ref"));
    if (ref == NULL)
        return json_string_value(json_object_get(member, "type"));
    assert_true(ko_str_starts(ko_str(ref), KO_STR("#/definitions/")));
    const json_t *def = json_object_get(json_object_get(schema, "definitions"),
                                        ref + strlen("#/definitions/"));
    return json_string_value(json_object_get(def, "type"));
}

static void check_words(const struct ko_field *f, const json_t *member)
{
    const json_t *words = json_object_get(member, "enum");
    size_t n = 0;
    for (; f->names[n] != NULL; n++)
        assert_string_equal(json_string_value(json_array_get(words, n)), f->names[n]);
    assert_int_equal(json_array_size(words), n);
}

static void check_type(const struct ko_field *f, const json_t *member)
{
    static const char *const names[] = {
        [KO_FIELD_STR] = "string",    [KO_FIELD_STRS] = "array",
        [KO_FIELD_INT] = "integer",   [KO_FIELD_NUM] = "number",
        [KO_FIELD_NUMS] = "array",    [KO_FIELD_TIME] = "integer",
        [KO_FIELD_DUR] = "integer",   [KO_FIELD_BOOL] = "boolean",
        [KO_FIELD_ENTITY] = "string", [KO_FIELD_ENTITIES] = "array",
        [KO_FIELD_LIST] = "array"};
    if (f->type == KO_FIELD_ENUM)
        check_words(f, member);
    else if (json_object_get(member, "const") == NULL)
        assert_string_equal(type_of(member), names[f->type]);
    if (f->type == KO_FIELD_LIST)
        check_fields(f->name, f->items, json_object_get(member, "items"));
}

static bool is_required(const json_t *def, const char *name)
{
    size_t i;
    json_t *word;
    json_array_foreach (json_object_get(def, "required"), i, word)
        if (strcmp(json_string_value(word), name) == 0)
            return true;
    return false;
}

static void check_fields(const char *where, const struct ko_field *fields,
                         const json_t *def)
{
    const json_t *members = json_object_get(def, "properties");
    size_t n = 0;
    for (const struct ko_field *f = fields; f->name != NULL; f++, n++) {
        const json_t *member = json_object_get(members, f->name);
        if (member == NULL)
            fail_msg("the schema lacks %s.%s", where, f->name);
        check_type(f, member);
        assert_int_equal(is_required(def, f->name), f->required);
    }
    if (json_object_size(members) != n)
        fail_msg("the schema has members of %s that the code has not", where);
}

static void the_schema_and_the_code_have_the_same_members(void **state)
{
    (void)state;
    const json_t *defs = json_object_get(schema, "definitions");
    check_fields("case", ko_head_fields, json_object_get(defs, "case"));
    size_t n = 1;
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++, n++) {
        if (json_object_get(defs, t->name) == NULL)
            fail_msg("the schema lacks the type %s", t->name);
        check_fields(t->name, t->fields, json_object_get(defs, t->name));
    }
    assert_int_equal(json_array_size(json_object_get(schema, "allOf")), n);
}

static struct ko_buf page;

static bool page_has(const char *before, const char *word)
{
    struct ko_buf line;
    size_t at;
    ko_buf_init(&line, 1024);
    ko_buf_printf(&line, "\n%s%s\n", before, word);
    bool found = ko_str_find(ko_buf_str(&page), ko_buf_str(&line), &at);
    ko_buf_release(&line);
    return found;
}

static void check_described(const struct ko_field *fields)
{
    for (const struct ko_field *f = fields; f->name != NULL; f++) {
        if (!page_has(".It Va ", f->name))
            fail_msg("the page does not describe %s", f->name);
        if (f->type == KO_FIELD_LIST)
            check_described(f->items);
    }
}

/* The example of a type holds members of the type and of nothing else. */
static void check_example(const struct ko_record_type *t, json_t *example)
{
    const char *key;
    json_t *value;
    json_object_foreach (example, key, value) {
        const struct ko_field *f = t->fields;
        while (f->name != NULL && strcmp(f->name, key) != 0)
            f++;
        if (f->name == NULL && strcmp(key, "type") != 0)
            fail_msg("the example of %s has %s, which does not exist", t->name, key);
    }
}

static json_t *find_example(const char *type)
{
    struct ko_buf begin;
    size_t at, end;
    ko_buf_init(&begin, 1024);
    ko_buf_printf(&begin, "\n{\"type\":\"%s\",", type);
    assert_true(ko_str_find(ko_buf_str(&page), ko_buf_str(&begin), &at));
    ko_buf_release(&begin);
    struct ko_str line = ko_str_skip(ko_buf_str(&page), at + 1);
    assert_true(ko_str_chr(line, '\n', &end));
    ko_buf_init(&begin, 1 << 20);
    for (size_t i = 0; i < end; i++) { /* \e is a backslash in mdoc */
        ko_buf_putc(&begin, line.p[i]);
        if (line.p[i] == '\\' && line.p[i + 1] == 'e')
            i++;
    }
    json_error_t error;
    json_t *example = json_loadb(begin.p, begin.n, JSON_REJECT_DUPLICATES, &error);
    ko_buf_release(&begin);
    if (example == NULL)
        fail_msg("the example of %s is no JSON: %s", type, error.text);
    return example;
}

static void the_page_describes_every_member_and_shows_every_type(void **state)
{
    (void)state;
    int fd;
    ko_buf_init(&page, 1 << 20);
    assert_int_equal(ko_file_open(MAN "/knockon-case.5", &fd, NULL), KO_OK);
    assert_int_equal(ko_file_slurp(fd, &page, NULL), KO_OK);
    ko_file_close(fd);
    check_described(ko_head_fields);
    json_decref(find_example("case"));
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++) {
        assert_true(page_has(".Ss ", t->name));
        check_described(t->fields);
        json_t *example = find_example(t->name);
        check_example(t, example);
        json_decref(example);
    }
    ko_buf_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_and_the_code_have_the_same_members),
        cmocka_unit_test(the_page_describes_every_member_and_shows_every_type),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
