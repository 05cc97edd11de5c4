#include "read/date_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct ko_stamp stamp_of(const char *text)
{
    struct ko_stamp stamp;
    assert_int_equal(ko_time_parse(ko_str(text), &stamp), KO_OK);
    return stamp;
}

static void a_number_over_twelve_is_a_day(void **state)
{
    (void)state;
    assert_int_equal(stamp_of("14/3/2026").order, KO_DATE_DAY_FIRST);
    assert_int_equal(stamp_of("3/14/2026 2:45 PM").order, KO_DATE_MONTH_FIRST);
    assert_int_equal(stamp_of("3/4/2026").order, KO_DATE_EITHER);
    assert_int_equal(stamp_of("3/3/2026").order, KO_DATE_CLEAR);
    assert_int_equal(stamp_of("14.03.2026").order, KO_DATE_CLEAR);
    assert_int_equal(stamp_of("2026/03/04").order, KO_DATE_CLEAR);
}

static void one_clear_date_decides_the_others(void **state)
{
    (void)state;
    struct ko_date_rule rule =
        ko_date_rule_find(KO_DATE_CLEAR, KO_STR("a,3/4/2026 10:00\nb,13/4/2026 10:00\n"));
    assert_int_equal(rule.order, KO_DATE_DAY_FIRST);
    assert_false(rule.assumed);
    rule = ko_date_rule_find(KO_DATE_CLEAR, KO_STR("GET /1/2/2026/x 3/14/2026"));
    assert_int_equal(rule.order, KO_DATE_MONTH_FIRST);
    assert_false(rule.assumed);
}

static void without_a_clear_date_month_first_is_assumed(void **state)
{
    (void)state;
    struct ko_date_rule rule = ko_date_rule_find(KO_DATE_CLEAR, KO_STR("3/4/2026"));
    assert_int_equal(rule.order, KO_DATE_MONTH_FIRST);
    assert_true(rule.assumed);
}

static void what_was_asked_for_is_not_doubted(void **state)
{
    (void)state;
    struct ko_date_rule rule =
        ko_date_rule_find(KO_DATE_MONTH_FIRST, KO_STR("13/4/2026"));
    assert_int_equal(rule.order, KO_DATE_MONTH_FIRST);
    assert_false(rule.assumed);
}

static void a_date_after_tomorrow_has_the_day_first(void **state)
{
    (void)state;
    struct ko_ledger l = {0};
    struct ko_stamp s = stamp_of("4/12/2026"); /* April 12, or December 4 */
    struct ko_stamp t = stamp_of("12/4/2026"); /* December 4, or April 12 */
    struct ko_date_rule rule = {KO_DATE_MONTH_FIRST, true};
    ko_time now = ko_time_days(2026, 6, 1) * KO_DAY;
    assert_int_equal(ko_date_rule_apply(&rule, &t, now, &l), t.day_first);
    assert_int_equal(ko_date_rule_apply(&rule, &s, now, &l), s.time);
    assert_true(ko_date_rule_is_wrong(&l));
}

static void both_orders_in_one_export_are_not_read_again(void **state)
{
    (void)state;
    struct ko_ledger l = {
        .dates_day_first = 3, .dates_month_first = 1, .dates_either = 5};
    assert_false(ko_date_rule_is_wrong(&l));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_over_twelve_is_a_day),
        cmocka_unit_test(one_clear_date_decides_the_others),
        cmocka_unit_test(without_a_clear_date_month_first_is_assumed),
        cmocka_unit_test(what_was_asked_for_is_not_doubted),
        cmocka_unit_test(a_date_after_tomorrow_has_the_day_first),
        cmocka_unit_test(both_orders_in_one_export_are_not_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
