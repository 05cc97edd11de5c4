#include "event/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "event/tz_rule.h"

static ko_time at(const char *text)
{
    struct ko_stamp s;
    assert_int_equal(ko_time_parse(ko_str(text), &s), KO_OK);
    return s.time;
}

static const struct ko_zone *zone_named(struct ko_arena *a, const char *name)
{
    const struct ko_zone *z = NULL;
    if (ko_zone_open(a, ko_str(name), &z, NULL) != KO_OK) {
        ko_arena_release(a);
        skip();
    }
    return z;
}

static ko_dur offset_of(const struct ko_zone *z, const char *local, bool *ret_ambiguous)
{
    ko_dur d;
    ko_zone_offset(z, at(local), &d, ret_ambiguous);
    return d;
}

static void fixed_offsets_need_no_database(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ko_dur offset;
    } zones[] = {{"UTC", 0},
                 {"Z", 0},
                 {"GMT", 0},
                 {"+01:00", KO_HOUR},
                 {"-0330", -(3 * KO_HOUR + 30 * KO_MINUTE)},
                 {"+14", 14 * KO_HOUR}};
    struct ko_arena a = {0};
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        const struct ko_zone *z = NULL;
        bool ambiguous = true;
        assert_int_equal(ko_zone_open(&a, ko_str(zones[i].name), &z, NULL), KO_OK);
        assert_int_equal(offset_of(z, "2026-03-14T14:04", &ambiguous), zones[i].offset);
        assert_false(ambiguous);
        assert_true(ko_str_eq(ko_zone_name(z), ko_str(zones[i].name)));
    }
    ko_arena_release(&a);
}

static void names_cannot_leave_the_database(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "/etc/passwd",
        "../../../etc/passwd",
        "Europe/../../../etc/passwd",
        "Europe//Berlin",
        "Europe/Berlin\n",
        "Mars/Olympus",
        "Europe",
        "+25:00",
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaaaaaaaaaaaaaaaaaaaaa")};
    struct ko_arena a = {0};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct ko_zone *z = NULL;
        struct ko_err err = {0};
        assert_int_equal(ko_zone_open(&a, ko_str(names[i]), &z, &err), KO_ENOTFOUND);
        assert_int_equal(err.status, KO_ENOTFOUND);
        assert_null(z);
    }
    ko_arena_release(&a);
}

static void berlin_knows_its_summer(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    const struct ko_zone *z = zone_named(&a, "Europe/Berlin");
    bool ambiguous;
    assert_int_equal(offset_of(z, "2026-03-14T14:04", &ambiguous), KO_HOUR);
    assert_false(ambiguous);
    assert_int_equal(offset_of(z, "2026-07-14T14:04", &ambiguous), 2 * KO_HOUR);
    assert_false(ambiguous);
    /* beyond every table: the footer's rule */
    assert_int_equal(offset_of(z, "2150-07-14T14:04", &ambiguous), 2 * KO_HOUR);
    assert_int_equal(offset_of(z, "2150-01-14T14:04", &ambiguous), KO_HOUR);
    ko_arena_release(&a);
}

static void an_hour_that_occurs_twice_is_flagged_and_the_first_taken(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    const struct ko_zone *z = zone_named(&a, "Europe/Berlin");
    bool ambiguous;
    assert_int_equal(offset_of(z, "2026-10-25T02:30", &ambiguous), 2 * KO_HOUR);
    assert_true(ambiguous);
    assert_int_equal(offset_of(z, "2026-10-25T01:59", &ambiguous), 2 * KO_HOUR);
    assert_false(ambiguous);
    assert_int_equal(offset_of(z, "2026-10-25T03:00", &ambiguous), KO_HOUR);
    assert_false(ambiguous);
    ko_arena_release(&a);
}

static void an_hour_that_never_occurs_is_flagged_and_moved_forward(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    const struct ko_zone *z = zone_named(&a, "Europe/Berlin");
    bool ambiguous;
    assert_int_equal(offset_of(z, "2026-03-29T02:30", &ambiguous), KO_HOUR);
    assert_true(ambiguous);
    assert_int_equal(offset_of(z, "2026-03-29T01:59:59", &ambiguous), KO_HOUR);
    assert_false(ambiguous);
    assert_int_equal(offset_of(z, "2026-03-29T03:00", &ambiguous), 2 * KO_HOUR);
    assert_false(ambiguous);
    ko_arena_release(&a);
}

static void the_southern_summer_spans_new_year(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    const struct ko_zone *z = zone_named(&a, "Australia/Sydney");
    assert_int_equal(offset_of(z, "2026-01-01T00:30", NULL), 11 * KO_HOUR);
    assert_int_equal(offset_of(z, "2200-01-01T00:30", NULL), 11 * KO_HOUR);
    assert_int_equal(offset_of(z, "2200-07-01T00:30", NULL), 10 * KO_HOUR);
    ko_arena_release(&a);
}

static void rules_of_every_shape_parse(void **state)
{
    (void)state;
    static const char *const good[] = {"UTC0",
                                       "CET-1CEST,M3.5.0,M10.5.0/3",
                                       "<+0330>-3:30<+0430>,J79/24,J263/24",
                                       "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
                                       "EST5EDT4,0/0,365/25",
                                       "IST-5:30"};
    static const char *const bad[] = {"",
                                      "C0",
                                      "CET",
                                      "CET-1CEST",
                                      "CET-1CEST,M3.5.0",
                                      "CET-1CEST,M13.5.0,M10.5.0",
                                      "<CET-1",
                                      "CET-1CEST,M3.6.0,M10.5.0",
                                      "CET-1CEST,M3.5.0,M10.5.0x",
                                      "CET-168"};
    struct ko_tz_rule r;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_int_equal(ko_tz_rule_parse(ko_str(good[i]), &r), KO_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ko_tz_rule_parse(ko_str(bad[i]), &r), KO_ESYNTAX);
}

/* One transition to +1:00 at 1980-01-01, then the rule; version 2, empty first block. */
static const char tiny[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                           "\0\0\0\0\0\0\0\0\0\0\0\0"
                           "\0\0\0\0\0\0\0\1\0\0\0\1"
                           "\0\0\0\0\0\0\0"
                           "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                           "\0\0\0\0\0\0\0\0\0\0\0\0"
                           "\0\0\0\1\0\0\0\2\0\0\0\4"
                           "\0\0\0\0\x12\xcf\xea\x00"
                           "\1"
                           "\0\0\0\0\0\0"
                           "\0\0\x0e\x10\0\0"
                           "CET\0"
                           "\nCET-1\n";

static void a_cut_database_file_is_refused_at_every_byte(void **state)
{
    (void)state;
    struct ko_str whole = {tiny, sizeof tiny - 1};
    struct ko_arena a = {0};
    const struct ko_zone *z = NULL;
    assert_int_equal(ko_zone_parse(&a, KO_STR("x"), whole, &z, NULL), KO_OK);
    assert_int_equal(offset_of(z, "1975-01-01T00:00", NULL), 0);
    assert_int_equal(offset_of(z, "2026-01-01T00:00", NULL), KO_HOUR);
    for (size_t n = 0; n < whole.n; n++)
        assert_int_equal(
            ko_zone_parse(&a, KO_STR("x"), ko_str_sub(whole, 0, n), &z, NULL),
            KO_ESYNTAX);
    ko_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_offsets_need_no_database),
        cmocka_unit_test(names_cannot_leave_the_database),
        cmocka_unit_test(berlin_knows_its_summer),
        cmocka_unit_test(an_hour_that_occurs_twice_is_flagged_and_the_first_taken),
        cmocka_unit_test(an_hour_that_never_occurs_is_flagged_and_moved_forward),
        cmocka_unit_test(the_southern_summer_spans_new_year),
        cmocka_unit_test(rules_of_every_shape_parse),
        cmocka_unit_test(a_cut_database_file_is_refused_at_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
