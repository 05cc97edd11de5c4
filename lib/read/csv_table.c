/* csv_table.c: the header of a CSV table and what its columns mean. */
#include "read/csv_table.h"

#include "base/buf.h"
#include "event/time.h"
#include "event/unit.h"
#include "read/csv_metric.h"
#include "read/quantity.h"

void ko_csv_table_release(struct ko_csv_table *t)
{
    ko_series_release(&t->book);
    ko_arena_release(&t->arena);
    *t = (struct ko_csv_table){.book = t->book};
}

static bool is_time(struct ko_str s)
{
    struct ko_stamp stamp;
    return ko_time_parse(ko_str_trim(s), &stamp) == KO_OK && stamp.has_date;
}

static bool is_number(struct ko_str s)
{
    struct ko_quantity q;
    return ko_quantity_parse(s, true, &q) || ko_quantity_parse(s, false, &q);
}

bool ko_csv_row_is_words(const struct ko_str *cells, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        any = any || cells[i].n > 0;
        if (is_number(cells[i]) || is_time(cells[i]))
            return false;
    }
    return any;
}

enum ko_status ko_csv_table_begin(struct ko_csv_table *t, const struct ko_str *cells,
                                  size_t n)
{
    bool decimal_comma = t->decimal_comma;
    ko_csv_table_release(t);
    t->decimal_comma = decimal_comma;
    t->date = t->clock = -1;
    t->n = n;
    t->header_rows = 1;
    t->names = ko_arena_alloc(&t->arena, n, sizeof *t->names);
    t->is_metric = ko_arena_alloc(&t->arena, n, sizeof *t->is_metric);
    t->columns = ko_arena_alloc(&t->arena, n, sizeof *t->columns);
    if (t->names == NULL || t->is_metric == NULL || t->columns == NULL)
        return KO_ENOMEM;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = ko_str_copy(&t->arena, ko_str_trim(cells[i]), &t->names[i]);
    return st;
}

static enum ko_status join_name(struct ko_csv_table *t, size_t i, struct ko_str more)
{
    struct ko_buf b;
    struct ko_str base;
    double unused;
    if (more.n == 0 || ko_str_eq(more, t->names[i]))
        return KO_OK;
    bool unit = t->names[i].n > 0 && ko_unit_base(more, &base, &unused);
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_put(&b, t->names[i]);
    if (b.n > 0)
        ko_buf_putc(&b, ' ');
    ko_buf_printf(&b, unit ? "(%.*s)" : "%.*s", KO_ARG(more));
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(&t->arena, ko_buf_str(&b), &t->names[i]);
    ko_buf_release(&b);
    return st;
}

enum ko_status ko_csv_table_merge(struct ko_csv_table *t, const struct ko_str *cells,
                                  size_t n)
{
    t->header_rows++;
    if (n > t->n)
        return ko_csv_table_begin(t, cells, n);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = join_name(t, i, ko_str_trim(cells[i]));
    return st;
}

/* Roles that describe a row of metrics rather than being one. */
static bool is_dimension(enum ko_role role)
{
    switch (role) {
    case KO_ROLE_TIME:
    case KO_ROLE_END:
    case KO_ROLE_INTERVAL_END:
    case KO_ROLE_SERVICE:
    case KO_ROLE_CONTAINER:
    case KO_ROLE_INSTANCE:
    case KO_ROLE_REGION:
    case KO_ROLE_QUEUE:
    case KO_ROLE_CHANNEL:
    case KO_ROLE_ID:
        return true;
    default:
        return false;
    }
}

static void find_metrics(struct ko_csv_table *t)
{
    for (size_t i = 0; i < t->n; i++)
        t->is_metric[i] = true;
    for (size_t role = 0; role < KO_ROLE_COUNT; role++) {
        if (t->roles.at[role] >= 0 && is_dimension((enum ko_role)role))
            t->is_metric[t->roles.at[role]] = false;
    }
}

/* Columns of words beside the numbers are labels; only those that read as numbers in the
 * first row, or hold nothing there, are metrics. */
static void drop_words(struct ko_csv_table *t, const struct ko_str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool words = !ko_value_missing(cells[i]) && !is_number(cells[i]);
        if (words || (int)i == t->date || (int)i == t->clock ||
            ko_csv_is_device(t->names, t->n, i))
            t->is_metric[i] = false;
    }
}

/* Rows that name what they measure leave nothing to find in the column names. */
static bool rows_name_entity(const struct ko_csv_table *t)
{
    return ko_roles_has(&t->roles, KO_ROLE_SERVICE) ||
           ko_roles_has(&t->roles, KO_ROLE_CONTAINER) ||
           ko_roles_has(&t->roles, KO_ROLE_INSTANCE) ||
           ko_roles_has(&t->roles, KO_ROLE_QUEUE);
}

static enum ko_status split_names(struct ko_csv_table *t)
{
    if (rows_name_entity(t)) {
        for (size_t i = 0; i < t->n; i++)
            ko_column_unit(t->names[i], &t->columns[i].signal, &t->columns[i].unit);
        return KO_OK;
    }
    struct ko_str *names = ko_arena_alloc(&t->arena, t->n, sizeof *names);
    struct ko_column *columns = ko_arena_alloc(&t->arena, t->n, sizeof *columns);
    size_t n = 0;
    if (names == NULL || columns == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < t->n; i++) {
        if (t->is_metric[i])
            names[n++] = t->names[i];
    }
    enum ko_status st = ko_columns_split(names, n, columns);
    for (size_t i = 0, k = 0; i < t->n && st == KO_OK; i++) {
        if (t->is_metric[i])
            t->columns[i] = columns[k++];
    }
    return st;
}

static void claim(struct ko_csv_table *t, enum ko_role role, size_t i)
{
    ko_roles_claim(&t->roles, (struct ko_role_claim){role, 0, 0}, (int)i);
}

/* A column that holds times is the time; without any header the last words are the
 * message. */
static void claim_by_content(struct ko_csv_table *t, const struct ko_str *cells, size_t n)
{
    for (size_t i = 0; i < n && !ko_roles_has(&t->roles, KO_ROLE_TIME); i++) {
        if (is_time(cells[i]))
            claim(t, KO_ROLE_TIME, i);
    }
    for (size_t i = n; t->header_rows == 0 && i-- > 0;) {
        if (is_number(cells[i]) || is_time(cells[i]))
            continue;
        claim(t, KO_ROLE_MESSAGE, i);
        break;
    }
}

/* "Datum;Uhrzeit": the day in one column, the time of day in the one beside it. */
static void find_clock(struct ko_csv_table *t, const struct ko_str *cells, size_t n)
{
    struct ko_stamp day, clock;
    t->date = t->clock = -1;
    for (size_t i = 0; i + 1 < n; i++) {
        bool apart = ko_time_parse(ko_str_trim(cells[i]), &day) == KO_OK &&
                     day.has_date && day.resolution >= KO_DAY &&
                     ko_time_parse(ko_str_trim(cells[i + 1]), &clock) == KO_OK &&
                     !clock.has_date;
        if (!apart)
            continue;
        t->date = (int)i;
        t->clock = (int)i + 1;
        t->roles.at[KO_ROLE_TIME] = t->date;
        return;
    }
}

/* In a table of numbers, "%user" and "%system" are no customer and no service. */
static void drop_false_roles(struct ko_csv_table *t, const struct ko_str *cells, size_t n)
{
    for (size_t role = 0; role < KO_ROLE_COUNT; role++) {
        int at = t->roles.at[role];
        bool is_clock =
            role == KO_ROLE_TIME || role == KO_ROLE_END || role == KO_ROLE_INTERVAL_END;
        if (at < 0 || is_clock)
            continue;
        if (!is_dimension((enum ko_role)role) || ((size_t)at < n && is_number(cells[at])))
            t->roles.at[role] = -1;
    }
}

/* An adjacency matrix: the row is called as one of the columns is, and all else in it are
 * numbers. */
static bool is_matrix(const struct ko_csv_table *t, const struct ko_str *cells, size_t n)
{
    bool named = false;
    for (size_t i = 1; i < n && i < t->n; i++) {
        named |= cells[0].n > 0 && ko_str_eq(cells[0], t->names[i]);
        if (!is_number(cells[i]) && !ko_value_missing(cells[i]))
            return false;
    }
    return named && n == t->n && n > 2;
}

enum ko_status ko_csv_table_ready(struct ko_csv_table *t, const struct ko_str *cells,
                                  size_t n, struct ko_str field_map)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < t->n && st == KO_OK; i++)
        st = ko_record_add(&t->arena, &t->record, t->names[i], (struct ko_str){0},
                           KO_VALUE_TEXT);
    if (st != KO_OK)
        return st;
    if (n > t->record.n)
        n = t->record.n;
    t->n = t->record.n;
    ko_roles_find(&t->roles, &t->record, field_map);
    claim_by_content(t, cells, n);
    find_clock(t, cells, n);
    t->shape = is_matrix(t, cells, n) ? KO_SHAPE_MATRIX : ko_shape_of(&t->roles, true);
    if (t->shape != KO_SHAPE_WIDE)
        return KO_OK;
    drop_false_roles(t, cells, n);
    find_metrics(t);
    drop_words(t, cells, n);
    return split_names(t);
}

enum ko_status ko_csv_table_find_kind(struct ko_csv_table *t)
{
    enum ko_status st = KO_OK;
    t->plain = ko_arena_alloc(&t->arena, t->n, sizeof *t->plain);
    if (t->plain == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < t->n && st == KO_OK; i++)
        st = ko_sheet_plain(&t->arena, t->names[i], &t->plain[i]);
    t->kind = st == KO_OK ? ko_sheet_kind_of(t->plain, t->n) : NULL;
    return st;
}

bool ko_csv_table_is_header(const struct ko_csv_table *t, const struct ko_str *cells,
                            size_t n)
{
    if (n != t->n || t->header_rows != 1)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!ko_str_eq(ko_str_trim(cells[i]), t->names[i]))
            return false;
    }
    return true;
}

enum ko_status ko_csv_table_row(struct ko_csv_table *t, const struct ko_str *cells,
                                struct ko_arena *arena)
{
    for (size_t i = 0; i < t->n; i++)
        t->record.v[i].value = cells[i];
    if (t->date < 0 || t->kind != NULL || cells[t->date].n == 0 || cells[t->clock].n == 0)
        return KO_OK;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_printf(&b, "%.*s %.*s", KO_ARG(ko_str_trim(cells[t->date])),
                  KO_ARG(ko_str_trim(cells[t->clock])));
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), &t->record.v[t->date].value);
    ko_buf_release(&b);
    return st;
}

enum ko_status ko_csv_table_book(struct ko_csv_table *t, struct ko_str field_map)
{
    bool wide = t->shape == KO_SHAPE_WIDE;
    if ((t->shape != KO_SHAPE_METRIC && !wide) || t->kind != NULL)
        return KO_OK;
    struct ko_view v = ko_csv_table_view(t);
    bool *is_key = ko_arena_alloc(&t->arena, t->n, sizeof *is_key);
    if (is_key == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < t->n; i++)
        is_key[i] = ko_interpret_tells(&v, i, field_map);
    ko_series_begin(&t->book, is_key, t->n, wide ? t->n : 1);
    t->has_book = true;
    return KO_OK;
}

struct ko_view ko_csv_table_view(struct ko_csv_table *t)
{
    return (struct ko_view){.r = &t->record,
                            .roles = &t->roles,
                            .shape = t->shape,
                            .decimal_comma = t->decimal_comma,
                            .is_metric = t->is_metric,
                            .columns = t->columns,
                            .book = t->has_book ? &t->book : NULL};
}
