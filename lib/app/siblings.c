/* siblings.c: exports that are parts of one log or one list, by their names. */
#include "app/siblings.h"

#include "base/buf.h"
#include "base/map.h"

enum { ROTATION_DIGITS = 4, DATE_DIGITS = 8 };

static struct ko_str uncompressed(struct ko_str s)
{
    static const struct ko_str endings[] = {KO_STR_INIT(".gz"), KO_STR_INIT(".zst"),
                                            KO_STR_INIT(".zstd")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ko_str_ends(s, endings[i]))
            return ko_str_sub(s, 0, s.n - endings[i].n);
    }
    return s;
}

static struct ko_str folder_of(struct ko_str path)
{
    size_t slash;
    return ko_str_rchr(path, '/', &slash) ? ko_str_sub(path, 0, slash + 1) : KO_STR("");
}

/* Digits of a date, 20260314 or 2026-03-14, at the start of ${s}; 0 none. */
static size_t date_at(struct ko_str s)
{
    size_t digits = 0, i = 0;
    while (i < s.n && digits < DATE_DIGITS &&
           (ko_char_is_digit(s.p[i]) || (digits > 0 && s.p[i] == '-')))
        digits += ko_char_is_digit(s.p[i++]) ? 1 : 0;
    bool is_date = digits == DATE_DIGITS && ko_str_starts(s, KO_STR("20")) &&
                   (i == s.n || !ko_char_is_digit(s.p[i]));
    return is_date ? i : 0;
}

/* ".1" at the end: the number of a rotation, which is never as long as a date. */
static size_t rotation_of(struct ko_str s)
{
    size_t digits = 0;
    while (digits < s.n && ko_char_is_digit(s.p[s.n - 1 - digits]))
        digits++;
    bool rotated = digits > 0 && digits < ROTATION_DIGITS && digits < s.n &&
                   s.p[s.n - 1 - digits] == '.';
    return rotated ? digits + 1 : 0;
}

/* The name that rotated parts of one log share: without ".1" and without a date. */
static void put_rotated(struct ko_buf *b, struct ko_str name)
{
    name = ko_str_sub(name, 0, name.n - rotation_of(name));
    for (size_t i = 0; i < name.n; i++) {
        bool separator = name.p[i] == '-' || name.p[i] == '_' || name.p[i] == '.';
        size_t date = separator ? date_at(ko_str_skip(name, i + 1)) : 0;
        if (date > 0)
            i += date;
        else
            ko_buf_putc(b, name.p[i]);
    }
}

static bool may_number(struct ko_str before)
{
    static const struct ko_str words[] = {KO_STR_INIT("-"), KO_STR_INIT("_"),
                                          KO_STR_INIT("."), KO_STR_INIT("page"),
                                          KO_STR_INIT("part")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ends(before, words[i]))
            return true;
    }
    return false;
}

/* The name that pages of one list share: without its last number. */
static void put_paged(struct ko_buf *b, struct ko_str name)
{
    size_t end = name.n;
    while (end > 0 && !ko_char_is_digit(name.p[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && ko_char_is_digit(name.p[start - 1]))
        start--;
    bool numbered = start < end && may_number(ko_str_sub(name, 0, start));
    ko_buf_put(b, numbered ? ko_str_sub(name, 0, start) : name);
    ko_buf_puts(b, numbered ? "#" : "");
    ko_buf_put(b, numbered ? ko_str_skip(name, end) : KO_STR(""));
}

typedef void put_fn(struct ko_buf *b, struct ko_str name);

static enum ko_status number(struct ko_map *map, struct ko_buf *b, put_fn *put,
                             const struct ko_ingest_file *f, uint32_t *ret)
{
    struct ko_str path = ko_str(f->path), folder = folder_of(path);
    ko_buf_reset(b);
    ko_buf_put(b, folder);
    put(b, uncompressed(ko_str_skip(path, folder.n)));
    ko_buf_putc(b, f->normal ? 'n' : 'w');
    if (b->status != KO_OK)
        return b->status;
    return ko_map_put(map, ko_buf_str(b), (uint32_t)map->n, ret);
}

/* Files that share a name by ${put} and have no series yet get one. */
static enum ko_status mark(struct ko_ingest_file *files, size_t n, put_fn *put,
                           enum ko_series_kind kind, struct ko_arena *arena)
{
    uint32_t *of = ko_arena_alloc(arena, n, sizeof *of);
    uint32_t *members = ko_arena_alloc(arena, n, sizeof *members);
    struct ko_map map;
    struct ko_buf name;
    ko_map_init(&map, 0);
    ko_buf_init(&name, KO_BUF_MAX);
    enum ko_status st = of != NULL && members != NULL ? KO_OK : KO_ENOMEM;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        st = number(&map, &name, put, &files[i], &of[i]);
        if (st == KO_OK)
            members[of[i]]++;
    }
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        if (members[of[i]] < 2 || files[i].series.kind != KO_SERIES_NONE)
            continue;
        files[i].series = (struct ko_series_part){kind, of[i] + 1};
    }
    ko_buf_release(&name);
    ko_map_release(&map);
    return st;
}

enum ko_status ko_siblings_mark(struct ko_ingest_file *files, size_t n,
                                struct ko_arena *arena)
{
    if (n < 2)
        return KO_OK;
    enum ko_status st = mark(files, n, put_rotated, KO_SERIES_ROTATED, arena);
    return st == KO_OK ? mark(files, n, put_paged, KO_SERIES_PAGED, arena) : st;
}
