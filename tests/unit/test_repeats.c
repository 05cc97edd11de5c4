#include "unit.h"

#include "read/repeats.h"

#include <stdio.h>

/* A record of three fields, whose roles are those. */
struct scene {
    struct ko_repeats repeats;
    struct ko_field_value fields[3];
    struct ko_record record;
    struct ko_roles roles;
};

static struct ko_repeats_of places(bool apart)
{
    static const uint8_t place[KO_ROLE_COUNT] = {
        [KO_ROLE_SERVICE] = 0, [KO_ROLE_REGION] = 7};
    return (struct ko_repeats_of){
        KO_ROLE_BIT(KO_ROLE_SERVICE) | KO_ROLE_BIT(KO_ROLE_REGION), place, apart};
}

static void begin(struct scene *s)
{
    static const enum ko_role roles[] = {KO_ROLE_SERVICE, KO_ROLE_REGION,
                                         KO_ROLE_MESSAGE};
    *s = (struct scene){.record = {.n = 3, .cap = 3}};
    ko_roles_none(&s->roles);
    for (int i = 0; i < 3; i++)
        ko_roles_claim(&s->roles, (struct ko_role_claim){.role = roles[i]}, i);
}

static void end(struct scene *s)
{
    ko_repeats_release(&s->repeats);
}

/* The number of a record of ${service} in ${region} that says ${message}. */
static uint32_t number_of(struct scene *s, struct ko_str service, const char *region,
                          const char *message, bool apart)
{
    uint32_t number;
    s->fields[0].value = service;
    s->fields[1].value = ko_str(region);
    s->fields[2].value = ko_str(message);
    s->record.v = s->fields;
    assert_int_equal(
        ko_repeats_number(&s->repeats, places(apart), &s->record, &s->roles, &number),
        KO_OK);
    return number;
}

static void equal_values_have_one_number_whatever_else_the_record_says(void **state)
{
    (void)state;
    struct scene s;
    begin(&s);
    assert_int_equal(number_of(&s, KO_STR("pay"), "eu", "a", false), 1);
    assert_int_equal(number_of(&s, KO_STR("pay"), "us", "b", false), 2);
    assert_int_equal(number_of(&s, KO_STR("pay"), "eu", "c", false), 1);
    assert_int_equal(number_of(&s, KO_STR("pay"), "eu", "c", true), 3);
    assert_int_equal(number_of(&s, KO_STR("pa"), "yeu", "c", false), 4);
    end(&s);
}

/* Of any length, and wherever they differ: each is compared as a whole. */
static void values_that_differ_in_one_byte_have_two_numbers(void **state)
{
    (void)state;
    enum { LONGEST = 40 };
    char text[LONGEST];
    struct scene s;
    begin(&s);
    memset(text, 'a', sizeof text);
    uint32_t next = 1;
    for (size_t n = 1; n <= LONGEST; n++) {
        assert_int_equal(number_of(&s, (struct ko_str){text, n}, "eu", "", false), next);
        next++;
        for (size_t i = 0; i < n; i++) {
            text[i] = 'b';
            assert_int_equal(number_of(&s, (struct ko_str){text, n}, "eu", "", false),
                             next);
            next++;
            text[i] = 'a';
        }
    }
    end(&s);
}

static void those_past_the_number_that_is_kept_have_none(void **state)
{
    (void)state;
    struct scene s;
    char name[16];
    begin(&s);
    for (unsigned i = 0; i < KO_REPEATS_VALUES_MAX + 2; i++) {
        int n = snprintf(name, sizeof name, "svc-%u", i);
        uint32_t number =
            number_of(&s, (struct ko_str){name, (size_t)n}, "eu", "", false);
        assert_int_equal(number, i < KO_REPEATS_VALUES_MAX ? i + 1 : 0);
    }
    assert_int_equal(number_of(&s, KO_STR("svc-7"), "eu", "", false), 8);
    assert_int_equal(number_of(&s, KO_STR("svc-7"), "us", "", false), KO_REPEATS_MAX);
    assert_int_equal(number_of(&s, KO_STR("svc-8"), "us", "", false), 0);
    end(&s);
}

static void a_value_that_is_too_long_has_no_number_and_takes_no_room(void **state)
{
    (void)state;
    char text[KO_REPEATS_TEXT_MAX + 1];
    struct scene s;
    begin(&s);
    memset(text, 'a', sizeof text);
    struct ko_str longest = {text, KO_REPEATS_TEXT_MAX}, more = {text, sizeof text};
    assert_int_equal(number_of(&s, longest, "eu", "", false), 1);
    assert_int_equal(number_of(&s, more, "eu", "", false), 0);
    assert_int_equal(number_of(&s, longest, "us", "", false), 2);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_have_one_number_whatever_else_the_record_says),
        cmocka_unit_test(values_that_differ_in_one_byte_have_two_numbers),
        cmocka_unit_test(a_value_that_is_too_long_has_no_number_and_takes_no_room),
        cmocka_unit_test(those_past_the_number_that_is_kept_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
