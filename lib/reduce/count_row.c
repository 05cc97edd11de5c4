/* count_row.c: counts of the grains of time at hand, side by side by track. */
#include "reduce/count_row.h"

#include "base/mem.h"

enum ko_status ko_count_row_begin(struct ko_count_row *row, ko_time from)
{
    if (row->counts == NULL) {
        row->counts = ko_mem_alloc(KO_COUNT_ROW_TRACKS, sizeof *row->counts);
        row->touched = ko_mem_alloc(KO_COUNT_ROW_TRACKS + 1, sizeof *row->touched);
        if (row->counts == NULL || row->touched == NULL) {
            ko_count_row_release(row);
            return KO_ENOMEM;
        }
    }
    row->from = from;
    row->hits = 0;
    return KO_OK;
}

void ko_count_row_release(struct ko_count_row *row)
{
    ko_mem_free(row->counts);
    ko_mem_free(row->touched);
    *row = (struct ko_count_row){0};
}

bool ko_count_row_take(struct ko_count_row *row, uint32_t *ret_track, uint32_t *ret_n)
{
    if (row->n_touched == 0)
        return false;
    *ret_track = row->touched[--row->n_touched];
    *ret_n = row->counts[*ret_track];
    row->counts[*ret_track] = 0;
    return true;
}
