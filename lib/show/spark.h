/* spark.h: a series in one row of characters. */
#ifndef KO_SHOW_SPARK_H
#define KO_SHOW_SPARK_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * ko_spark(out, v, n, columns, ascii):
 * Append exactly ${columns} characters that show ${v}[0..n) from left to right, each the
 * mean of its share of the values, between the smallest and the largest of those means.
 *
 * Shape:   v NULL or n = 0 gives blanks; a column without a value is blank; a constant
 *          series stands on the lowest step
 * Cost:    O(n + columns)
 */
void ko_spark(struct ko_buf *out, const double *v, size_t n, size_t columns, bool ascii);

/*
 * ko_spark_column(v, n, columns, column):
 * The mean of the values that fall into ${column} of ${columns}; NaN when there are none.
 * With fewer values than columns, neighbours share a value.
 */
double ko_spark_column(const double *v, size_t n, size_t columns, size_t column);

#endif
