/* csv.c: tables as CSV: logs, metrics, traces, edges, changes, contacts, owners. */
#include "read/csv.h"

#include "read/csv_metric.h"
#include "read/csv_rows.h"
#include "read/csv_table.h"

#include <string.h>

enum { PROBE_LINES = 20, PROBE_COLUMNS = 256 };

static const char delimiters[] = {',', ';', '\t', '|'};

struct csv {
    struct ko_reading *rd;
    struct ko_csv_rows rows;
    struct ko_csv_table table;
    bool ready;          /* the header is complete */
    size_t tables;       /* begun so far */
    uint64_t data_begin; /* in the export: first row of data of the first one */
};

/* "sep=;", the hint for Excel in the first line. */
static bool sep_line(struct ko_str head, char *ret)
{
    if (head.n < 5 || !ko_str_ieq(ko_str_sub(head, 0, 4), KO_STR("sep=")))
        return false;
    struct ko_str line = head;
    size_t lf;
    if (ko_str_chr(head, '\n', &lf))
        line = ko_str_sub(head, 0, lf);
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    if (line.n != 5)
        return false;
    *ret = line.p[4];
    return true;
}

/* How many of the ${n} lines of a block have as many cells as most, at least two; one
 * that is open (0) goes with any. */
static size_t block_agreement(const size_t *counts, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++)
            same += counts[i] >= 2 && (counts[k] == counts[i] || counts[k] == 0) ? 1 : 0;
        best = same > best ? same : best;
    }
    return best;
}

/* Lines of ${head} that agree with the others of their block; blank lines part blocks,
 * since a file may hold several tables. */
static size_t agreement(struct ko_str head, char delimiter, size_t *ret_lines)
{
    size_t counts[PROBE_LINES], n = 0, begin = 0, agree = 0;
    struct ko_str line;
    bool open = false;
    while (n < PROBE_LINES && ko_str_cut(&head, '\n', &line) && head.p != NULL) {
        bool continues = open;
        open = ko_csv_is_open(line, delimiter, open);
        if (!continues && ko_str_trim(line).n > 0) {
            counts[n++] = open ? 0 : ko_csv_cells(line, delimiter);
        } else if (!continues && n - begin > 1) {
            agree += block_agreement(counts + begin, n - begin);
            begin = n;
        }
    }
    if (n == 0 && line.n > 0)
        counts[n++] = ko_csv_cells(line, delimiter);
    *ret_lines = n;
    return agree + block_agreement(counts + begin, n - begin);
}

/* Exports that say in their first line what they are: InfluxDB's annotations, sadf's
 * header. */
static bool signed_line(struct ko_str head, char *ret)
{
    if (ko_str_starts(head, KO_STR("#datatype,")) ||
        ko_str_starts(head, KO_STR("#group,")) ||
        ko_str_starts(head, KO_STR("#default,")))
        *ret = ',';
    else if (ko_str_starts(head, KO_STR("# hostname;interval;timestamp")))
        *ret = ';';
    else
        return false;
    return true;
}

/* Are they the columns of a known product? */
static bool is_product_header(struct ko_str line, char delimiter)
{
    struct ko_arena arena = {0};
    struct ko_str names[PROBE_COLUMNS], name;
    size_t n = 0;
    enum ko_status st = KO_OK;
    while (st == KO_OK && n < PROBE_COLUMNS && ko_str_cut(&line, delimiter, &name))
        st = ko_sheet_plain(&arena, name, &names[n++]);
    bool is = st == KO_OK && ko_sheet_kind_of(names, n) != NULL;
    ko_arena_release(&arena);
    return is;
}

/* A report of few rows has as many lines below it: its own columns tell at once. */
static bool product_delimiter(struct ko_str first, char *ret)
{
    for (size_t i = 0; i < sizeof delimiters; i++) {
        if (!is_product_header(first, delimiters[i]))
            continue;
        *ret = delimiters[i];
        return true;
    }
    return false;
}

/* The delimiter on which most lines agree; in doubt the one that cuts the first line into
 * most cells. */
static bool vote(struct ko_str head, char *ret)
{
    size_t best = 0, best_cells = 0, best_lines = 0;
    struct ko_str first;
    struct ko_str rest = head;
    if (sep_line(head, ret) || signed_line(head, ret))
        return true;
    if (!ko_str_cut(&rest, '\n', &first))
        return false;
    if (product_delimiter(first, ret))
        return true;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t cells = ko_csv_cells(first, delimiters[i]), lines;
        size_t agree = agreement(head, delimiters[i], &lines);
        if (agree == 0 || agree < best || (agree == best && cells <= best_cells))
            continue;
        best = agree;
        best_cells = cells;
        best_lines = lines;
        *ret = delimiters[i];
    }
    return best > 0 && best * 2 > best_lines;
}

/* "metric{label="x"} 1 1773497400000" has commas too, but no columns. */
static bool is_exposition(struct ko_str head)
{
    struct ko_str line;
    size_t open;
    return ko_str_cut(&head, '\n', &line) && ko_str_chr(line, '{', &open) &&
           ko_str_find(ko_str_skip(line, open), KO_STR("=\""), &open) && line.n > 0 &&
           line.p[0] != '"';
}

static const char *why_delimiter(char delimiter)
{
    switch (delimiter) {
    case ',':
        return "columns separated by ','";
    case ';':
        return "columns separated by ';'";
    case '\t':
        return "columns separated by TAB";
    case '|':
        return "columns separated by '|'";
    default:
        return "a first line 'sep='";
    }
}

/* Do the names in the line say what the rows are? */
static bool is_known_header(struct ko_str line, char delimiter)
{
    struct ko_roles roles;
    struct ko_str name, whole = line;
    ko_roles_none(&roles);
    for (int i = 0; ko_str_cut(&line, delimiter, &name); i++) {
        name = ko_str_trim(name);
        if (ko_csv_row_is_words(&name, 1) || name.n == 0)
            ko_roles_claim(&roles, ko_role_of(name, (struct ko_str){0}), i);
        else
            return false;
    }
    return is_product_header(whole, delimiter) ||
           ko_shape_of(&roles, true) != KO_SHAPE_NONE;
}

bool ko_csv_probe_header(struct ko_str head, const char **ret_why)
{
    char delimiter;
    struct ko_str line;
    if (!vote(head, &delimiter))
        return false;
    *ret_why = why_delimiter(delimiter);
    if (signed_line(head, &delimiter))
        return true;
    while (ko_str_cut(&head, '\n', &line)) {
        if (is_known_header(line, delimiter))
            return true;
        bool may_follow =
            ko_str_starts(line, KO_STR("sep=")) || (line.n > 0 && line.p[0] == '#');
        if (!may_follow)
            return false;
    }
    return false;
}

/* A header without a row below it tells nothing. */
static bool has_rows(struct ko_str head)
{
    struct ko_str line;
    return ko_str_cut(&head, '\n', &line) && ko_str_trim(head).n > 0;
}

bool ko_csv_probe(struct ko_str head, const char **ret_why)
{
    char delimiter;
    if (!has_rows(head) || !vote(head, &delimiter) || is_exposition(head))
        return false;
    *ret_why = why_delimiter(delimiter);
    return true;
}

static const struct ko_str *cells(const struct csv *c)
{
    return c->rows.cells.v;
}

static size_t n_cells(const struct csv *c)
{
    return c->rows.cells.n;
}

/* "# hostname;interval;…" of sadf begins a new table wherever it stands. */
static bool take_hash(struct csv *c)
{
    if (n_cells(c) < 2 || !ko_str_starts(c->rows.cells.v[0], KO_STR("# ")))
        return false;
    c->rows.cells.v[0] = ko_str_skip(c->rows.cells.v[0], 2);
    return true;
}

/* "#group", "#datatype", "#default" of InfluxDB stand above each header, comments above
 * the first one. */
static bool is_annotation(const struct csv *c)
{
    if (n_cells(c) == 0 || cells(c)[0].n < 2 || cells(c)[0].p[0] != '#')
        return false;
    return ko_str_eq(cells(c)[0], KO_STR("#group")) ||
           ko_str_eq(cells(c)[0], KO_STR("#datatype")) ||
           ko_str_eq(cells(c)[0], KO_STR("#default")) ||
           (c->table.n == 0 && ko_char_is_alpha(cells(c)[0].p[1]));
}

/* A header follows, whatever the table above it was. */
static enum ko_status take_annotation(struct csv *c)
{
    bool decimal_comma = c->table.decimal_comma;
    ko_csv_table_release(&c->table);
    c->table.decimal_comma = decimal_comma;
    c->ready = false;
    return ko_reading_header(c->rd);
}

static enum ko_status begin_table(struct csv *c)
{
    enum ko_status st = ko_csv_table_begin(&c->table, cells(c), n_cells(c));
    c->ready = false;
    if (st == KO_OK)
        st = ko_csv_table_find_kind(&c->table);
    return st != KO_OK ? st : ko_reading_header(c->rd);
}

/* A file whose first row is data already: its columns get numbers for names. */
static enum ko_status begin_without_header(struct csv *c)
{
    static const struct ko_str digits[] = {
        KO_STR_INIT("column1"), KO_STR_INIT("column2"), KO_STR_INIT("column3"),
        KO_STR_INIT("column4"), KO_STR_INIT("column5"), KO_STR_INIT("column6"),
        KO_STR_INIT("column7"), KO_STR_INIT("column8"), KO_STR_INIT("column9")};
    size_t n = n_cells(c) < 9 ? n_cells(c) : 9;
    enum ko_status st = ko_csv_table_begin(&c->table, digits, n);
    c->table.header_rows = 0;
    return st;
}

/* Does the row belong to the header still? Only rows of words do, and only while the
 * names so far tell nothing. */
static bool continues_header(const struct csv *c)
{
    if (c->table.header_rows == 0 || c->table.header_rows >= KO_CSV_HEADER_ROWS ||
        c->table.kind != NULL)
        return false;
    struct ko_roles roles;
    ko_roles_none(&roles);
    for (size_t i = 0; i < c->table.n; i++)
        ko_roles_claim(&roles, ko_role_of(c->table.names[i], c->rd->opt->field_map),
                       (int)i);
    enum ko_shape shape = ko_shape_of(&roles, true);
    if (shape != KO_SHAPE_NONE && shape != KO_SHAPE_WIDE)
        return false;
    return ko_csv_row_is_words(cells(c), n_cells(c));
}

/* The user's own word on columns, or on what the table is, comes first. */
static bool is_overruled(const struct csv *c)
{
    struct ko_str shape = c->rd->opt->shape;
    for (size_t i = 0; i < c->table.n; i++) {
        struct ko_role_claim claim = ko_role_of(c->table.names[i], c->rd->opt->field_map);
        if (claim.role != KO_ROLE_NONE && claim.rank == 0)
            return true;
    }
    return shape.n > 0 && !ko_str_eq(shape, KO_STR("change"));
}

static enum ko_status settle_row(struct csv *c, enum ko_reject why)
{
    return why == KO_REJECT_COUNT ? ko_reading_accept(c->rd)
                                  : ko_reading_reject(c->rd, why);
}

/* "Grand Totals (72 records)", "Confidential …": words in one quoted cell below a table.
 */
static bool is_trailer(const struct csv *c)
{
    struct ko_str record = ko_input_record(c->rd->in);
    return n_cells(c) == 1 && c->table.n > 2 && record.n > 0 && record.p[0] == '"' &&
           ko_csv_row_is_words(cells(c), 1);
}

/* InfluxDB answers with data and then with what stopped it. */
static enum ko_status take_error(struct csv *c)
{
    struct ko_str said = n_cells(c) > 1 && cells(c)[0].n == 0 ? cells(c)[1] : cells(c)[0];
    c->rd->ledger->capped = true;
    enum ko_status st = ko_ledger_remark(c->rd->ledger, "the query broke off: %.*s",
                                         KO_ARG(ko_str_sub(said, 0, 200)));
    return st != KO_OK ? st : ko_reading_header(c->rd);
}

static enum ko_status read_data(struct csv *c)
{
    if (c->table.is_error)
        return take_error(c);
    if (is_trailer(c))
        return ko_reading_header(c->rd);
    enum ko_reject why = KO_REJECT_FIELD_COUNT;
    if (n_cells(c) != c->table.n)
        return settle_row(c, why);
    enum ko_status st = ko_csv_table_row(&c->table, cells(c), c->rd->record);
    if (st != KO_OK)
        return st;
    struct ko_view view = ko_csv_table_view(&c->table);
    struct ko_sheet sheet = {c->rd, &c->table.record, c->table.plain};
    struct ko_place place = ko_reading_place(c->rd);
    st = c->table.kind != NULL ? ko_sheet_read(&sheet, c->table.kind, place, &why)
                               : ko_interpret(c->rd, &view, place, &why);
    return st != KO_OK ? st : settle_row(c, why);
}

/* The first row behind the header: all is known now. */
static enum ko_status make_ready(struct csv *c)
{
    c->ready = true;
    if (c->tables++ == 0)
        c->data_begin = ko_input_offset(c->rd->in);
    c->rd->found.cut.columns = c->table.n;
    c->table.is_error = ko_csv_is_error(c->table.names, c->table.n);
    enum ko_status st =
        ko_csv_table_ready(&c->table, cells(c), n_cells(c), c->rd->opt->field_map);
    ko_roles_note_map(&c->table.record, c->rd->opt->field_map, c->rd->opt->field_map_met);
    if (c->rd->opt->shape.n > 0)
        c->table.shape = ko_shape_asked(&c->table.roles, true, c->rd->opt->shape);
    if (is_overruled(c))
        c->table.kind = NULL;
    if (st == KO_OK)
        st = ko_csv_table_book(&c->table, c->rd->opt->field_map);
    if (st != KO_OK || c->table.shape != KO_SHAPE_NONE || c->table.kind != NULL)
        return st;
    return ko_ledger_remark(c->rd->ledger,
                            "no column says when or what: name one with --field");
}

static bool begins_new_table(struct csv *c)
{
    if (!c->ready || !c->rd->after_blank)
        return false;
    return ko_csv_row_is_words(cells(c), n_cells(c));
}

static enum ko_status take_row(struct csv *c)
{
    if (is_annotation(c))
        return take_annotation(c);
    if (take_hash(c) || begins_new_table(c))
        return begin_table(c);
    if (ko_csv_is_restart(cells(c), n_cells(c)))
        return ko_csv_restart(c->rd, cells(c), n_cells(c));
    if (c->ready) {
        bool again = ko_csv_table_is_header(&c->table, cells(c), n_cells(c));
        return again ? ko_reading_header(c->rd) : read_data(c);
    }
    enum ko_status st = KO_OK;
    if (c->table.n == 0) {
        if (n_cells(c) < 2)
            return ko_reading_header(c->rd); /* words above the table */
        if (ko_csv_row_is_words(cells(c), n_cells(c)))
            return begin_table(c);
        st = begin_without_header(c);
    } else if (continues_header(c)) {
        st = ko_csv_table_merge(&c->table, cells(c), n_cells(c));
        return st != KO_OK ? st : ko_reading_header(c->rd);
    }
    if (st == KO_OK)
        st = make_ready(c);
    return st != KO_OK ? st : read_data(c);
}

static enum ko_status read_rows(struct csv *c)
{
    enum ko_status st;
    while ((st = ko_csv_rows_next(&c->rows, c->rd)) == KO_OK) {
        st = take_row(c);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? KO_OK : st;
}

static enum ko_status skip_sep_line(struct ko_reading *rd, struct ko_str head)
{
    char unused;
    struct ko_line line;
    if (!sep_line(head, &unused))
        return KO_OK;
    enum ko_status st = ko_input_line(rd->in, &line);
    return st != KO_OK ? st : ko_reading_header(rd);
}

static void forget(void *state)
{
    struct csv *c = state;
    ko_csv_table_release(&c->table);
    ko_csv_rows_release(&c->rows);
}

static enum ko_status begin(struct ko_reading *rd, struct csv **ret)
{
    struct ko_str head;
    char delimiter = ',';
    struct csv *c = ko_arena_alloc(rd->arena, 1, sizeof *c);
    enum ko_status st = c != NULL ? ko_input_head(rd->in, &head) : KO_ENOMEM;
    if (st != KO_OK)
        return st;
    (void)vote(head, &delimiter);
    st = ko_csv_rows_init(&c->rows, delimiter);
    if (st != KO_OK)
        return st;
    c->rd = rd;
    c->table.decimal_comma = ko_csv_decimal_comma(head, delimiter);
    rd->state = c;
    rd->forget = forget;
    *ret = c;
    return skip_sep_line(rd, head);
}

/* A table that is not the first one is known only to those who read what stands above. */
enum ko_status ko_csv_read(struct ko_reading *rd)
{
    struct csv *c = rd->state;
    enum ko_status st = c == NULL ? begin(rd, &c) : KO_OK;
    if (st == KO_OK)
        st = read_rows(c);
    rd->found.general += c->rows.general;
    c->rows.general = 0;
    rd->is_settled = st == KO_OK && c->ready && c->tables == 1;
    return st;
}

/* May a line that begins with these bytes end the table: a blank one, an annotation? */
static bool may_end_table(const char *p, size_t n)
{
    unsigned char first = (unsigned char)p[0];
    return first <= ' ' || first == '#' || (first == '"' && n > 1 && p[1] == '#');
}

/* The bytes before the first line that may end the table. */
static struct ko_str rows_of_table(struct ko_str bytes, size_t from)
{
    const char *lf, *end = bytes.p + bytes.n;
    for (const char *p = bytes.p + from; p < end; p = lf + 1) {
        if (may_end_table(p, (size_t)(end - p)))
            return ko_str_sub(bytes, 0, (size_t)(p - bytes.p));
        lf = memchr(p, '\n', (size_t)(end - p));
        if (lf == NULL)
            break;
    }
    return bytes;
}

size_t ko_csv_cut(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset)
{
    const struct csv *c = rd->state;
    size_t from = c->data_begin > offset ? (size_t)(c->data_begin - offset) : 0;
    if (from >= bytes.n)
        return 0;
    size_t n = ko_csv_whole_rows(ko_str_skip(rows_of_table(bytes, from), from),
                                 c->rows.delimiter, c->rd->opt->line_max_bytes);
    return n > 0 ? from + n : 0;
}
