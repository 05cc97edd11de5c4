/* csv_rows.h: rows of a CSV export: libcsv's push turned into one row a call. */
#ifndef KO_READ_CSV_ROWS_H
#define KO_READ_CSV_ROWS_H

#include "base/buf.h"
#include "base/list.h"
#include "base/status.h"
#include "base/str.h"
#include "event/ledger.h"
#include "read/reading.h"

#include <csv.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    KO_CSV_NEWLINES_MAX = 1000, /* lines in one quoted cell */
    KO_CSV_RECORD_MAX = 1 << 20 /* bytes of a row that spans lines */
};

/*
 * A row may span lines.  libcsv takes everything behind a stray quote as one cell,
 * without a word: so the end of a row is looked for first, within the caps, and only a
 * whole row is given to it.
 */
struct ko_csv_rows {
    char delimiter;
    KO_LIST(struct ko_str) cells; /* of the row just read */
    /* private to csv_rows.c */
    struct csv_parser parser;
    struct ko_buf text;    /* the cells' bytes side by side */
    KO_LIST(size_t) ends;  /* of each cell in text */
    struct ko_arena arena; /* of the two lists */
    uint64_t general;      /* rows that libcsv took apart */
    size_t rows;           /* that it saw in the record */
    bool nomem;
};

/* ko_csv_rows_init(rows, delimiter): Ready for the first row.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_csv_rows_init(struct ko_csv_rows *rows, char delimiter);
void ko_csv_rows_release(struct ko_csv_rows *rows);

/*
 * ko_csv_rows_next(rows, rd):
 * Read the next row into rows->cells; its lines are pending in ${rd} and have to be
 * settled.  Lines of a row that never ends are rejected here: the first one of it, and
 * the next row begins behind that.
 *
 * Errors:  KO_END; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_csv_rows_next(struct ko_csv_rows *rows,
                                               struct ko_reading *rd);

/* ko_csv_split(rows, record): What libcsv makes of ${record}, into rows->cells;
 * rows->rows is how many rows that were.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_csv_split(struct ko_csv_rows *rows,
                                           struct ko_str record);
/* ko_csv_is_plain(record, delimiter): Has it no quote and no line end, nor blanks that
 * the delimiter may be among? */
bool ko_csv_is_plain(struct ko_str record, char delimiter);
/* ko_csv_split_plain(rows, record): The same as ko_csv_split for a plain ${record}, with
 * slices of it as cells.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_csv_split_plain(struct ko_csv_rows *rows,
                                                 struct ko_str record);

/* ko_csv_is_open(text, delimiter, open): Is a quoted cell open behind ${text}, if one was
 * ${open} before it? */
bool ko_csv_is_open(struct ko_str text, char delimiter, bool open);

/*
 * ko_csv_whole_rows(bytes, delimiter, line_max):
 * The length of the rows at the start of ${bytes} whose end is in them, as
 * ko_csv_rows_next takes rows; lines longer than ${line_max} (0: as ko_input_init) are no
 * rows.
 */
size_t ko_csv_whole_rows(struct ko_str bytes, char delimiter, size_t line_max);

/* ko_csv_cells(line, delimiter): How many cells ${line} has, quotes honoured. */
size_t ko_csv_cells(struct ko_str line, char delimiter);

#endif
