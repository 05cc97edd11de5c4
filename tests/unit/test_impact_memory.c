/* test_impact_memory.c: impact and answers when memory runs out at any point. */
#include "unit.h"

#include "impact/answer.h"
#include "impact/impact.h"
#include "impact_case.h"

/* Allocations that still succeed; < 0: all. */
static long left = -1;

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static bool runs_out(void)
{
    if (left < 0)
        return false;
    if (left == 0)
        return true;
    left--;
    return false;
}

void *__wrap_malloc(size_t n)
{
    return runs_out() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return runs_out() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return runs_out() ? NULL : __real_realloc(p, n);
}

/* More than the story needs. */
enum { ALLOCATIONS_MAX = 10000 };

static void every_failed_allocation_is_an_error(void **state)
{
    (void)state;
    enum ko_status st = KO_ENOMEM;
    long n = 0;
    for (; st != KO_OK && n < ALLOCATIONS_MAX; n++) {
        struct ko_case c;
        struct ko_err err = {0};
        make_story(&c);
        left = n;
        st = ko_impact_run(&c, &err);
        if (st == KO_OK)
            st = ko_answer_run(&c, &err);
        left = -1;
        assert_true(st == KO_OK || st == KO_ENOMEM);
        assert_int_equal(err.status, st);
        ko_case_release(&c);
    }
    assert_int_equal(st, KO_OK);
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failed_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
