/* sheet.c: a row of a CSV table taken apart by the names of its columns. */
#include "read/sheet.h"

#include "base/buf.h"
#include "base/num.h"
#include "read/log_fields.h"
#include "read/quantity.h"

enum ko_status ko_sheet_plain(struct ko_arena *arena, struct ko_str name,
                              struct ko_str *ret)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    for (size_t i = 0; i < name.n; i++) {
        if (ko_char_is_alnum(name.p[i]) || name.p[i] == '%' ||
            (unsigned char)name.p[i] >= 0x80)
            ko_buf_putc(&b, ko_char_lower(name.p[i]));
    }
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

static bool has_any(const struct ko_str *plain, size_t n, struct ko_str names)
{
    struct ko_str name;
    while (ko_str_cut(&names, '|', &name)) {
        for (size_t i = 0; i < n; i++) {
            if (ko_str_eq(plain[i], name))
                return true;
        }
    }
    return false;
}

bool ko_sheet_has(const struct ko_str *plain, size_t n, const char *need)
{
    struct ko_str rest = ko_str(need), group;
    while (ko_str_cut(&rest, ',', &group)) {
        if (!has_any(plain, n, group))
            return false;
    }
    return true;
}

struct ko_str ko_sheet_text(const struct ko_sheet *s, const char *names)
{
    struct ko_str rest = ko_str(names), name;
    while (ko_str_cut(&rest, '|', &name)) {
        for (size_t i = 0; i < s->r->n; i++) {
            if (ko_str_eq(s->plain[i], name) && !ko_value_missing(s->r->v[i].value))
                return ko_str_trim(s->r->v[i].value);
        }
    }
    return (struct ko_str){0};
}

bool ko_sheet_true(const struct ko_sheet *s, const char *names)
{
    struct ko_str text = ko_sheet_text(s, names);
    int64_t n;
    return ko_fields_true(text) || (ko_num_int(text, &n) == KO_OK && n > 0);
}

bool ko_sheet_false(const struct ko_sheet *s, const char *names)
{
    static const struct ko_str words[] = {KO_STR_INIT("false"), KO_STR_INIT("no"),
                                          KO_STR_INIT("n"), KO_STR_INIT("0")};
    struct ko_str text = ko_sheet_text(s, names);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(text, words[i]))
            return true;
    }
    return false;
}

ko_dur ko_sheet_dur(const struct ko_sheet *s, const char *names, ko_dur unit_ns)
{
    ko_dur dur;
    return ko_quantity_dur(ko_sheet_text(s, names), unit_ns, &dur) ? dur : -1;
}

struct ko_str ko_sheet_words(const struct ko_sheet *s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < s->r->n; i++) {
        size_t found = 0, at;
        while (found < n && ko_str_find(s->plain[i], ko_str(words[found]), &at))
            found++;
        if (found == n && !ko_value_missing(s->r->v[i].value))
            return ko_str_trim(s->r->v[i].value);
    }
    return (struct ko_str){0};
}

enum ko_reject ko_sheet_time(const struct ko_sheet *s, struct ko_str text,
                             struct ko_event *ev)
{
    return ko_reading_put_time(s->rd, text, ev);
}

ko_time ko_sheet_instant(const struct ko_sheet *s, const char *names)
{
    struct ko_event ev;
    struct ko_str text = ko_sheet_text(s, names);
    ko_event_init(&ev, KO_EVENT_RECORD);
    bool there = text.n > 0 && ko_sheet_time(s, text, &ev) == KO_REJECT_COUNT;
    return there ? ev.time : KO_TIME_NONE;
}

static enum ko_status keep(const struct ko_sheet *s, struct ko_buf *b, struct ko_str *ret)
{
    enum ko_status st = b->status;
    if (st == KO_OK)
        st = ko_str_copy(s->rd->record, ko_buf_str(b), ret);
    ko_buf_release(b);
    return st;
}

enum ko_status ko_sheet_list(const struct ko_sheet *s, const char *name,
                             struct ko_str *ret)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    for (size_t i = 0; i < s->r->n; i++) {
        if (!ko_str_eq(s->plain[i], ko_str(name)) || ko_value_missing(s->r->v[i].value))
            continue;
        if (b.n > 0)
            ko_buf_puts(&b, ", ");
        ko_buf_put(&b, ko_str_trim(s->r->v[i].value));
    }
    return keep(s, &b, ret);
}

enum ko_status ko_sheet_join(const struct ko_sheet *s, const struct ko_str *parts,
                             size_t n, struct ko_str *ret)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n > 0 && b.n > 0)
            ko_buf_putc(&b, ' ');
        ko_buf_put(&b, parts[i]);
    }
    return keep(s, &b, ret);
}
