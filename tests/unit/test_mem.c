#include "unit.h"

#include "base/mem.h"

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    assert_null(ko_mem_alloc(SIZE_MAX, 2));
    assert_null(ko_mem_resize(NULL, SIZE_MAX / 2, 4));
    assert_null(ko_arena_alloc(&a, SIZE_MAX / 4, 8));
    assert_null(ko_arena_alloc(&a, SIZE_MAX, 1));
    ko_arena_release(&a);
}

static void arena_memory_is_zero_and_aligned_even_when_reused(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    for (int round = 0; round < 2; round++) {
        for (size_t n = 1; n < 3000; n = n * 3 + 1) {
            unsigned char *p = ko_arena_alloc(&a, n, 1);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xff, n);
        }
        ko_arena_reset(&a);
    }
    ko_arena_release(&a);
    ko_arena_release(&a);
}

static void arena_holds_an_item_larger_than_a_block(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    char *small = ko_arena_alloc(&a, 1, 8);
    char *large = ko_arena_alloc(&a, 1 << 20, 1);
    assert_non_null(small);
    assert_non_null(large);
    large[(1 << 20) - 1] = 1;
    ko_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(arena_memory_is_zero_and_aligned_even_when_reused),
        cmocka_unit_test(arena_holds_an_item_larger_than_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
