/* csv_metric.c: what tables of metrics have beside rows of numbers. */
#include "read/csv_metric.h"

/* ---- decimal comma ---- */

static bool is_part(char c)
{
    return ko_char_is_digit(c) || c == '.' || c == ',' || c == '-' || c == '+';
}

/* 1 for a number that must have a decimal comma, -1 for a point, 0 for one that tells
 * nothing. */
static int comma_of(struct ko_str number)
{
    size_t comma, point, first;
    bool has_comma = ko_str_rchr(number, ',', &comma);
    bool has_point = ko_str_rchr(number, '.', &point);
    if (has_comma && has_point)
        return comma > point ? 1 : -1;
    if (has_point)
        return ko_str_chr(number, '.', &first) && first == point &&
                       (number.n - point - 1 != 3 || number.p[0] == '0')
                   ? -1
                   : 0;
    if (!has_comma || !ko_str_chr(number, ',', &first) || first != comma)
        return 0;
    bool fraction = number.n - comma - 1 != 3 || (comma == 1 && number.p[0] == '0');
    return fraction && comma > 0 && comma + 1 < number.n ? 1 : 0;
}

/* The number that the cell begins with. */
static struct ko_str number_of(struct ko_str cell)
{
    size_t n = 0;
    cell = ko_str_trim(cell);
    while (n < cell.n &&
           (is_part(cell.p[n]) ||
            (cell.p[n] == ' ' && n > 0 && n + 1 < cell.n &&
             ko_char_is_digit(cell.p[n - 1]) && ko_char_is_digit(cell.p[n + 1]))))
        n++;
    bool ends = n == cell.n || cell.p[n] == ' ' || cell.p[n] == '%';
    return ends ? ko_str_sub(cell, 0, n) : (struct ko_str){0};
}

bool ko_csv_decimal_comma(struct ko_str head, char delimiter)
{
    long commas = 0, points = 0, open = 0;
    bool quoted = false;
    size_t begin = 0;
    for (size_t i = 0; i <= head.n; i++) {
        char c = i < head.n ? head.p[i] : '\n';
        bool ends = c == '\n' || c == '"' || (!quoted && c == delimiter);
        if (!ends)
            continue;
        struct ko_str number = number_of(ko_str_sub(head, begin, i - begin));
        size_t at;
        int told = comma_of(number);
        open += told == 0 && ko_str_chr(number, ',', &at) ? 1 : 0;
        commas += told > 0 ? 1 : 0;
        points += told < 0 ? 1 : 0;
        quoted = c == '"' ? !quoted : quoted;
        begin = i + 1;
    }
    return commas + points > 0 ? commas > points : delimiter == ';' && open > 0;
}

/* ---- sadf ---- */

bool ko_csv_is_restart(const struct ko_str *cells, size_t n)
{
    return n >= 4 && n <= 5 && ko_str_starts(cells[3], KO_STR("LINUX-RESTART"));
}

enum ko_status ko_csv_restart(struct ko_reading *rd, const struct ko_str *cells, size_t n)
{
    struct ko_event ev;
    struct ko_stamp stamp;
    (void)n;
    if (ko_time_parse(ko_str_trim(cells[2]), &stamp) != KO_OK)
        return ko_reading_reject(rd, KO_REJECT_BAD_TIMESTAMP);
    ko_event_init(&ev, KO_EVENT_LOG);
    ev.place = ko_reading_place(rd);
    ev.time = ko_reading_time(rd, &stamp);
    ev.has_zone = stamp.has_zone;
    ev.entity = cells[0];
    ev.severity = KO_SEV_WARN;
    ev.message = KO_STR("the host was restarted");
    enum ko_status st = ko_reading_emit(rd, &ev);
    return st != KO_OK ? st : ko_reading_accept(rd);
}

static bool has(const struct ko_str *names, size_t n, struct ko_str name)
{
    for (size_t i = 0; i < n; i++) {
        if (ko_str_ieq(names[i], name))
            return true;
    }
    return false;
}

bool ko_csv_is_device(const struct ko_str *names, size_t n, size_t i)
{
    static const struct ko_str devices[] = {
        KO_STR_INIT("CPU"),        KO_STR_INIT("INTR"),       KO_STR_INIT("DEV"),
        KO_STR_INIT("IFACE"),      KO_STR_INIT("TTY"),        KO_STR_INIT("BUS"),
        KO_STR_INIT("FILESYSTEM"), KO_STR_INIT("MOUNTPOINT"), KO_STR_INIT("FAN"),
        KO_STR_INIT("TEMP"),       KO_STR_INIT("IN"),         KO_STR_INIT("DEVICE"),
        KO_STR_INIT("interval"),
    };
    bool sadf = has(names, n, KO_STR("hostname")) && has(names, n, KO_STR("interval")) &&
                has(names, n, KO_STR("timestamp"));
    for (size_t k = 0; sadf && k < sizeof devices / sizeof *devices; k++) {
        if (ko_str_eq(names[i], devices[k]))
            return true;
    }
    return false;
}

bool ko_csv_is_error(const struct ko_str *names, size_t n)
{
    return n <= 4 && has(names, n, KO_STR("error")) && has(names, n, KO_STR("reference"));
}
