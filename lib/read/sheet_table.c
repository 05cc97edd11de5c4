/* sheet_table.c: numbers over dimensions: interactions by time, or what is against what
 * was expected. */
#include "base/buf.h"
#include "base/num.h"
#include "read/sheet_kind.h"

#include <stdlib.h>

/* More columns than a table of one moment has dimensions. */
enum { DIMS_MAX = 32 };

static const char times[] = "time|timestamp|datetime|minute|min|start|starttime";
static const char totals[] = "total|interactions";
static const char failures[] = "failed|bad";
static const char actuals[] = "actual|real|observed";
static const char expectations[] = "expected|predict|predicted|forecast";

static bool is_any(struct ko_str plain, const char *names)
{
    return ko_sheet_has(&plain, 1, names);
}

static bool is_number_column(struct ko_str plain)
{
    return is_any(plain, times) || is_any(plain, totals) || is_any(plain, failures) ||
           is_any(plain, actuals) || is_any(plain, expectations);
}

static int by_name(const void *a, const void *b, void *ctx)
{
    const struct ko_sheet *s = ctx;
    const size_t *x = a, *y = b;
    int order = ko_str_cmp(s->r->v[*x].key, s->r->v[*y].key);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

/* The dim=value parts of the row, by dimension. */
static enum ko_status key_of(const struct ko_sheet *s, struct ko_str *ret)
{
    size_t at[DIMS_MAX], n = 0;
    struct ko_buf b;
    for (size_t i = 0; i < s->r->n && n < DIMS_MAX; i++) {
        if (!is_number_column(s->plain[i]) && !ko_value_missing(s->r->v[i].value))
            at[n++] = i;
    }
    if (n > 1)
        qsort_r(at, n, sizeof *at, by_name, (void *)(uintptr_t)s);
    ko_buf_init(&b, KO_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            ko_buf_putc(&b, KO_CELL_BETWEEN);
        ko_buf_put(&b, ko_str_trim(s->r->v[at[i]].key));
        ko_buf_putc(&b, '=');
        ko_buf_put(&b, ko_str_trim(s->r->v[at[i]].value));
    }
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(s->rd->record, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

/* Give two numbers of the row to the sink; both must be there. */
static enum ko_status emit_pair(const struct ko_sheet *s, struct ko_event *ev,
                                const char *const *columns, const char *const *what,
                                enum ko_reject *ret_why)
{
    double number[2];
    for (size_t i = 0; i < 2; i++) {
        if (ko_num_real(ko_sheet_text(s, columns[i]), &number[i]) != KO_OK) {
            *ret_why = KO_REJECT_METRIC_MALFORMED;
            return KO_OK;
        }
    }
    enum ko_status st = key_of(s, &ev->message);
    for (size_t i = 0; i < 2 && st == KO_OK; i++) {
        ev->what = ko_str(what[i]);
        ev->value = number[i];
        st = ko_reading_emit(s->rd, ev);
    }
    return st;
}

KO_SHEET_ROW(interaction_table)
{
    static const char *const columns[] = {totals, failures};
    static const char *const what[] = {"total", "failed"};
    *ret_why = ko_sheet_time(s, ko_sheet_text(s, times), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    return emit_pair(s, ev, columns, what, ret_why);
}

KO_SHEET_ROW(expectation_table)
{
    static const char *const columns[] = {actuals, expectations};
    static const char *const what[] = {"actual", "expected"};
    return emit_pair(s, ev, columns, what, ret_why);
}
