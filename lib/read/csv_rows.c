/* csv_rows.c: rows of a CSV export: libcsv's push turned into one row a call. */
#include "read/csv_rows.h"

#include "base/bytes.h"

/* libcsv grows its buffer by 128 bytes at a time unless told otherwise. */
enum { CELL_BLOCK = 64 << 10 };

enum ko_status ko_csv_rows_init(struct ko_csv_rows *rows, char delimiter)
{
    *rows = (struct ko_csv_rows){.delimiter = delimiter};
    ko_buf_init(&rows->text, KO_BUF_MAX);
    if (csv_init(&rows->parser, 0) != 0)
        return KO_ENOMEM;
    csv_set_delim(&rows->parser, (unsigned char)delimiter);
    csv_set_blk_size(&rows->parser, CELL_BLOCK);
    return KO_OK;
}

void ko_csv_rows_release(struct ko_csv_rows *rows)
{
    csv_free(&rows->parser);
    ko_buf_release(&rows->text);
    ko_arena_release(&rows->arena);
}

/* How the scan for the end of a row stands; the same rules as libcsv's own. */
enum place { AT_START, IN_PLAIN, IN_QUOTES, AFTER_QUOTE };

static enum place step(enum place at, char c, char delimiter)
{
    switch (at) {
    case AT_START:
        if (c == '"')
            return IN_QUOTES;
        return c == delimiter || c == ' ' || c == '\t' || c == '\n' || c == '\r'
                   ? AT_START
                   : IN_PLAIN;
    case IN_PLAIN:
        return c == delimiter || c == '\n' || c == '\r' ? AT_START : IN_PLAIN;
    case IN_QUOTES:
        return c == '"' ? AFTER_QUOTE : IN_QUOTES;
    case AFTER_QUOTE:
        if (c == delimiter || c == '\n' || c == '\r')
            return AT_START;
        return c == ' ' || c == '\t' ? AFTER_QUOTE : IN_QUOTES;
    }
    return at;
}

bool ko_csv_is_open(struct ko_str text, char delimiter, bool open)
{
    enum place at = open ? IN_QUOTES : AT_START;
    size_t quote;
    if (!open && !ko_str_chr(text, '"', &quote))
        return false;
    for (size_t i = 0; i < text.n; i++)
        at = step(at, text.p[i], delimiter);
    return at == IN_QUOTES;
}

size_t ko_csv_cells(struct ko_str line, char delimiter)
{
    enum place at = AT_START;
    size_t cells = 1;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == delimiter && at != IN_QUOTES)
            cells++;
        at = step(at, line.p[i], delimiter);
    }
    return cells;
}

/*
 * Gather lines until no quote is open.
 *
 * Returns: KO_OK a whole row is pending; KO_ELIMIT it does not end within the caps
 */
static enum ko_status gather(struct ko_csv_rows *rows, struct ko_reading *rd,
                             struct ko_str first)
{
    bool open = ko_csv_is_open(first, rows->delimiter, false);
    size_t bytes = first.n;
    for (size_t lines = 0; open; lines++) {
        struct ko_line line;
        if (lines >= KO_CSV_NEWLINES_MAX || bytes > KO_CSV_RECORD_MAX)
            return KO_ELIMIT;
        enum ko_status st = ko_input_line(rd->in, &line);
        if (st == KO_END || (st == KO_OK && line.flaw != KO_LINE_GOOD))
            return KO_ELIMIT;
        if (st != KO_OK)
            return st;
        bytes += line.text.n;
        open = ko_csv_is_open(line.text, rows->delimiter, true);
    }
    return KO_OK;
}

/* The row that begins in ${in} with the line ${first}: its lines are dealt with. Returns:
 * false, and that is not known to be so, where the bytes end first. */
static bool pass_row(struct ko_input *in, char delimiter, const struct ko_line *first)
{
    bool open =
        first->flaw == KO_LINE_GOOD && ko_csv_is_open(first->text, delimiter, false);
    size_t bytes = first->text.n;
    for (size_t lines = 0; open; lines++) {
        struct ko_line line;
        bool too_long = lines >= KO_CSV_NEWLINES_MAX || bytes > KO_CSV_RECORD_MAX;
        if (!too_long && ko_input_line(in, &line) != KO_OK)
            return false;
        if (too_long || line.flaw != KO_LINE_GOOD) {
            ko_input_back(in, 1);
            break;
        }
        bytes += line.text.n;
        open = ko_csv_is_open(line.text, delimiter, true);
    }
    ko_input_take(in);
    return true;
}

/* Where the line that holds the first quote of ${s} begins, or the last line that is not
 * whole: before it each line is a row. */
static size_t plain_rows(struct ko_str s)
{
    size_t quote, lf;
    if (ko_str_chr(s, '"', &quote))
        s.n = quote;
    return ko_str_rchr(s, '\n', &lf) ? lf + 1 : 0;
}

size_t ko_csv_whole_rows(struct ko_str bytes, char delimiter, size_t line_max)
{
    size_t lf, at = 0;
    if (!ko_str_rchr(bytes, '\n', &lf))
        return 0;
    bytes = ko_str_sub(bytes, 0, lf + 1);
    for (;;) {
        struct ko_input in;
        struct ko_line line;
        at += plain_rows(ko_str_skip(bytes, at));
        ko_input_init_bytes(&in, ko_str_skip(bytes, at), line_max);
        if (ko_input_line(&in, &line) != KO_OK || !pass_row(&in, delimiter, &line))
            return at;
        at += (size_t)ko_input_offset(&in);
    }
}

static void on_cell(void *bytes, size_t n, void *ctx)
{
    struct ko_csv_rows *rows = ctx;
    size_t *end;
    ko_buf_put(&rows->text, (struct ko_str){bytes, n});
    KO_LIST_ADD(&rows->arena, &rows->ends, end);
    if (end == NULL)
        rows->nomem = true;
    else
        *end = rows->text.n;
}

static void on_row(int end, void *ctx)
{
    struct ko_csv_rows *rows = ctx;
    (void)end;
    rows->rows++;
}

static enum ko_status slice_cells(struct ko_csv_rows *rows)
{
    rows->cells.n = 0;
    for (size_t i = 0, from = 0; i < rows->ends.n; i++) {
        struct ko_str *cell;
        KO_LIST_ADD(&rows->arena, &rows->cells, cell);
        if (cell == NULL)
            return KO_ENOMEM;
        *cell = ko_str_sub(ko_buf_str(&rows->text), from, rows->ends.v[i] - from);
        from = rows->ends.v[i];
    }
    return KO_OK;
}

enum ko_status ko_csv_split(struct ko_csv_rows *rows, struct ko_str record)
{
    rows->general++;
    ko_buf_reset(&rows->text);
    rows->ends.n = 0;
    rows->rows = 0;
    rows->nomem = false;
    size_t n = csv_parse(&rows->parser, record.p, record.n, on_cell, on_row, rows);
    if (n != record.n || csv_fini(&rows->parser, on_cell, on_row, rows) != 0 ||
        rows->nomem || rows->text.status != KO_OK)
        return KO_ENOMEM;
    return slice_cells(rows);
}

static struct ko_str strip(struct ko_str s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = ko_str_skip(s, 1);
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

bool ko_csv_is_plain(struct ko_str record, char delimiter)
{
    size_t at;
    return delimiter != ' ' && strip(record).n > 0 && !ko_str_chr(record, '"', &at) &&
           !ko_str_chr(record, '\r', &at) && !ko_str_chr(record, '\n', &at) &&
           (delimiter != '\t' || !ko_str_chr(record, ' ', &at));
}

enum ko_status ko_csv_split_plain(struct ko_csv_rows *rows, struct ko_str record)
{
    struct ko_str part;
    rows->cells.n = 0;
    rows->rows = 1;
    while (ko_str_cut(&record, rows->delimiter, &part)) {
        struct ko_str *cell;
        KO_LIST_ADD(&rows->arena, &rows->cells, cell);
        if (cell == NULL)
            return KO_ENOMEM;
        *cell = rows->delimiter == '\t' ? part : strip(part);
    }
    return KO_OK;
}

static enum ko_status split(struct ko_csv_rows *rows, struct ko_str record)
{
    return ko_csv_is_plain(record, rows->delimiter) ? ko_csv_split_plain(rows, record)
                                                    : ko_csv_split(rows, record);
}

/* A bit for each of the ${n} <= 16 bytes at ${p}: delimiters, and what makes a line odd:
 * quotes and line ends, blanks beside a TAB that delimits. */
static unsigned find_marks(const char *p, size_t n, char delimiter, unsigned *ret_odd)
{
    char blank = delimiter == '\t' ? ' ' : '"';
    unsigned marks = 0, odd = 0;
#if defined(__SSE2__)
    if (n == KO_BYTES_STEP) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
        __m128i cr = _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'));
        __m128i other = _mm_cmpeq_epi8(v, _mm_set1_epi8(blank));
        *ret_odd =
            (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, cr), other));
        return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(delimiter)));
    }
#endif
    for (size_t i = 0; i < n; i++) {
        marks |= (p[i] == delimiter ? 1U : 0U) << i;
        odd |= (p[i] == '"' || p[i] == '\r' || p[i] == blank ? 1U : 0U) << i;
    }
    *ret_odd = odd;
    return marks;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static enum ko_status put_cell(struct ko_csv_rows *rows, const char *from, const char *to)
{
    if (rows->cells.n == rows->cells.cap) {
        struct ko_str *room;
        KO_LIST_ADD(&rows->arena, &rows->cells, room);
        if (room == NULL)
            return KO_ENOMEM;
        rows->cells.n--;
    }
    struct ko_str cell = {from, (size_t)(to - from)};
    if (cell.n > 0 && (is_blank(from[0]) || is_blank(to[-1])))
        cell = rows->delimiter == '\t' ? cell : strip(cell);
    rows->cells.v[rows->cells.n++] = cell;
    return KO_OK;
}

/*
 * Nearly all rows: those that ko_csv_is_plain are looked at once, and are what
 * ko_csv_split_plain makes of them.
 *
 * Returns: KO_ENOTFOUND the row is odd
 */
static enum ko_status split_line(struct ko_csv_rows *rows, struct ko_str line)
{
    const char *from = line.p, *end = line.p + line.n;
    rows->cells.n = 0;
    if (rows->delimiter == ' ')
        return KO_ENOTFOUND;
    for (const char *p = from; p < end; p += KO_BYTES_STEP) {
        size_t n = end - p < KO_BYTES_STEP ? (size_t)(end - p) : KO_BYTES_STEP;
        unsigned odd, marks = find_marks(p, n, rows->delimiter, &odd);
        if (odd != 0)
            return KO_ENOTFOUND;
        for (; marks != 0; marks &= marks - 1) {
            const char *at = p + __builtin_ctz(marks);
            enum ko_status st = put_cell(rows, from, at);
            if (st != KO_OK)
                return st;
            from = at + 1;
        }
    }
    rows->rows = 1;
    return put_cell(rows, from, end);
}

enum ko_status ko_csv_rows_next(struct ko_csv_rows *rows, struct ko_reading *rd)
{
    for (;;) {
        struct ko_line line;
        enum ko_status st = ko_reading_line(rd, &line);
        if (st != KO_OK)
            return st;
        st = split_line(rows, line.text);
        if (st != KO_ENOTFOUND)
            return st;
        st = gather(rows, rd, line.text);
        if (st == KO_ELIMIT) {
            ko_input_back(rd->in, 1);
            st = ko_reading_reject(rd, KO_REJECT_CSV_UNCLOSED_QUOTE);
        } else if (st == KO_OK) {
            st = split(rows, ko_input_record(rd->in));
            if (st != KO_OK || rows->rows == 1)
                return st;
            st = ko_reading_reject(rd, KO_REJECT_CSV_STRAY_QUOTE);
        }
        if (st != KO_OK)
            return st;
    }
}
