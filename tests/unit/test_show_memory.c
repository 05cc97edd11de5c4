#include "unit.h"

#include "show/show.h"
#include "show_case.h"

#include <stdlib.h>

/* Allocations that still succeed; negative: all.  `once`: only one fails. */
static long left = -1;
static bool once;

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
    if (left > 0) {
        left--;
        return false;
    }
    if (once)
        left = -1;
    return true;
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

/* More than the example needs in any format. */
enum { ALLOCATIONS_MAX = 100000 };

static enum ko_status write(const struct ko_case *c, const char *format, long n,
                            struct ko_str whole)
{
    struct ko_buf out;
    ko_buf_init(&out, 1 << 24);
    left = n;
    enum ko_status st = ko_show(c, format, NULL, &out, NULL);
    left = -1;
    if (st == KO_OK)
        assert_slice(ko_buf_str(&out), whole);
    else
        assert_int_equal(st, KO_ENOMEM);
    ko_buf_release(&out);
    return st;
}

/* From the n-th allocation on memory is out, then only the n-th fails: either way the
 * document is whole or the status says that it is not. */
static void check_format(const struct ko_case *c, const char *format)
{
    struct ko_buf whole;
    long n = 0;
    ko_buf_init(&whole, 1 << 24);
    assert_int_equal(ko_show(c, format, NULL, &whole, NULL), KO_OK);
    once = false;
    while (n < ALLOCATIONS_MAX && write(c, format, n, ko_buf_str(&whole)) != KO_OK)
        n++;
    assert_true(n > 0 && n < ALLOCATIONS_MAX);
    once = true;
    while (n-- > 0)
        (void)write(c, format, n, ko_buf_str(&whole));
    ko_buf_release(&whole);
}

static void a_document_without_memory_is_never_passed_off_as_whole(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes;
    show_case_example(&c, &bytes);
    for (const struct ko_show_format *f = ko_show_formats; f->name != NULL; f++)
        check_format(&c, f->name);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_without_memory_is_never_passed_off_as_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
