/* test_statement.c: log lines by the statement that wrote them. */
#include "blame/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_place(const char *text, const char *want)
{
    struct ko_str place = ko_statement_place(ko_str(text));
    assert_int_equal(place.n, ko_str(want).n);
    assert_memory_equal(place.p != NULL ? place.p : "", want, place.n);
}

static void place_of_a_statement_is_its_file_or_class_and_line(void **state)
{
    (void)state;
    assert_place("o.s.PriceServiceImpl#41 price <*>", "o.s.PriceServiceImpl#41");
    assert_place("at (bill_test.go:118): took <*>", "bill_test.go:118");
}

static void what_only_looks_like_a_place_is_none(void **state)
{
    (void)state;
    assert_place("", "");
    assert_place("#", "");
    assert_place("status:503 for <*>", "");
    assert_place("a.go:1234567", "");
    assert_place("price: <*>", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(place_of_a_statement_is_its_file_or_class_and_line),
        cmocka_unit_test(what_only_looks_like_a_place_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
