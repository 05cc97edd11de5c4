/* csv_table.h: the header of a CSV table and what its columns mean. */
#ifndef KO_READ_CSV_TABLE_H
#define KO_READ_CSV_TABLE_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "read/columns.h"
#include "read/interpret.h"
#include "read/roles.h"
#include "read/shape.h"
#include "read/sheet_kind.h"

#include <stdbool.h>
#include <stddef.h>

/* Label rows above the data that are merged into the column names. */
enum { KO_CSV_HEADER_ROWS = 8 };

/* One table; a file may hold several, each with its own header. */
struct ko_csv_table {
    struct ko_arena arena;
    size_t n; /* columns */
    struct ko_str *names;
    struct ko_record record; /* keys are names, values those of the row */
    struct ko_roles roles;
    enum ko_shape shape;
    bool *is_metric;
    struct ko_column *columns;
    bool decimal_comma;
    int date, clock; /* columns of a day and of a time of day; -1: not apart */
    size_t header_rows;
    struct ko_str *plain;             /* the names as sheets ask for them */
    const struct ko_sheet_kind *kind; /* of a product, or NULL */
    struct ko_series_book book;       /* of a table of metrics */
    bool has_book;
    bool is_error; /* it tells what stopped a query */
};

void ko_csv_table_release(struct ko_csv_table *t);

/* ko_csv_table_begin(t, cells, n): Forget the old table; ${cells} is its first header
 * row. KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_csv_table_begin(struct ko_csv_table *t,
                                                 const struct ko_str *cells, size_t n);

/* ko_csv_table_merge(t, cells, n): A further header row: its words join the names. */
KO_WARN_UNUSED enum ko_status ko_csv_table_merge(struct ko_csv_table *t,
                                                 const struct ko_str *cells, size_t n);

/*
 * ko_csv_table_ready(t, cells, n, field_map):
 * All header rows are there and ${cells} is the first row of data: decide roles and
 * shape. A column without a time's name that holds one is the time.
 */
KO_WARN_UNUSED enum ko_status ko_csv_table_ready(struct ko_csv_table *t,
                                                 const struct ko_str *cells, size_t n,
                                                 struct ko_str field_map);

/* ko_csv_table_find_kind(t): Set t->plain and t->kind by the names so far.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_csv_table_find_kind(struct ko_csv_table *t);

/* ko_csv_table_is_header(t, cells, n): Is the row the header once more? */
bool ko_csv_table_is_header(const struct ko_csv_table *t, const struct ko_str *cells,
                            size_t n);

/* ko_csv_row_is_words(cells, n): No cell is a number or a time: it can be a header. */
bool ko_csv_row_is_words(const struct ko_str *cells, size_t n);

/*
 * ko_csv_table_row(t, cells, arena):
 * Put the row, as wide as the table, into t->record; a day and a time of day that stand
 * apart are joined, in ${arena}.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_csv_table_row(struct ko_csv_table *t,
                                               const struct ko_str *cells,
                                               struct ko_arena *arena);

/* ko_csv_table_book(t, field_map): The shape and the roles will not change any more: open
 * a book of its series if it is one of metrics.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_csv_table_book(struct ko_csv_table *t,
                                                struct ko_str field_map);

/* ko_csv_table_view(t): As ko_interpret wants it. */
struct ko_view ko_csv_table_view(struct ko_csv_table *t);

#endif
