/* spark.c: a series in one row of characters. */
#include "show/spark.h"

#include "base/stat.h"

#include <math.h>

enum { STEPS = 8 };

static const char *const blocks[STEPS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
static const char ascii_steps[STEPS + 1] = "_.:-=+*#";

double ko_spark_column(const double *v, size_t n, size_t columns, size_t column)
{
    if (n == 0 || columns == 0)
        return NAN;
    size_t from = column * n / columns;
    size_t to = (column + 1) * n / columns;
    return ko_stat_mean(v + from, to > from ? to - from : 1);
}

struct extent {
    double lo, hi;
};

static struct extent find_extent(const double *v, size_t n, size_t columns)
{
    struct extent e = {INFINITY, -INFINITY};
    for (size_t i = 0; i < columns; i++) {
        double x = ko_spark_column(v, n, columns, i);
        if (isfinite(x)) {
            e.lo = x < e.lo ? x : e.lo;
            e.hi = x > e.hi ? x : e.hi;
        }
    }
    return e;
}

static size_t step_of(double x, struct extent e)
{
    if (!(e.hi > e.lo))
        return 0;
    double part = (x - e.lo) / (e.hi - e.lo);
    return part >= 1 ? STEPS - 1 : (size_t)(part * STEPS);
}

void ko_spark(struct ko_buf *out, const double *v, size_t n, size_t columns, bool ascii)
{
    struct extent e = find_extent(v, n, columns);
    for (size_t i = 0; i < columns; i++) {
        double x = ko_spark_column(v, n, columns, i);
        if (!isfinite(x))
            ko_buf_putc(out, ' ');
        else if (ascii)
            ko_buf_putc(out, ascii_steps[step_of(x, e)]);
        else
            ko_buf_puts(out, blocks[step_of(x, e)]);
    }
}
