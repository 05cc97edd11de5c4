/* unit.h: what every unit test includes, and asserts on slices. */
#ifndef KO_TESTS_UNIT_H
#define KO_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

/* assert_str(s, "text"): the slice holds exactly these bytes. */
#define assert_str(s, literal) assert_slice((s), KO_STR(literal))

static inline void assert_slice(struct ko_str got, struct ko_str want)
{
    assert_int_equal(got.n, want.n);
    assert_memory_equal(got.n ? got.p : "", want.n ? want.p : "", want.n);
}

#endif
