/* fuzz_csv_plain.c: a row without quotes gives the same cells as libcsv finds in it. */
#include "read/csv_rows.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void compare(struct ko_csv_rows *judge, struct ko_csv_rows *plain,
                    struct ko_str row)
{
    must(ko_csv_split(judge, row) == KO_OK && ko_csv_split_plain(plain, row) == KO_OK);
    must(judge->rows == plain->rows && judge->cells.n == plain->cells.n);
    for (size_t i = 0; i < plain->cells.n; i++)
        must(ko_str_eq(judge->cells.v[i], plain->cells.v[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|', ' ', 'e'};
    for (size_t i = 0; size > 0 && i < sizeof delimiters; i++) {
        struct ko_csv_rows judge, plain;
        struct ko_str rest = {(const char *)data, size}, row;
        must(ko_csv_rows_init(&judge, delimiters[i]) == KO_OK);
        must(ko_csv_rows_init(&plain, delimiters[i]) == KO_OK);
        while (ko_str_cut(&rest, '\n', &row)) {
            if (ko_csv_is_plain(row, delimiters[i]))
                compare(&judge, &plain, row);
        }
        ko_csv_rows_release(&judge);
        ko_csv_rows_release(&plain);
    }
    return 0;
}
