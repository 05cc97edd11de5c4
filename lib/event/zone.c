/* zone.c: local civil time to UTC, by a fixed offset or by the rules of a place. */
#include "event/zone.h"

#include "base/file.h"
#include "event/tz_rule.h"

enum {
    HEADER_BYTES = 44,
    TYPE_BYTES = 6,
    TIMES_MAX = 2000, /* zic writes under 300; RFC 8536 gives no bound */
    TYPES_MAX = 256,  /* an index is one byte */
    FILE_MAX = 1 << 20,
    NAME_MAX_BYTES = 64
};

static const char zone_folder[] = "/usr/share/zoneinfo";

/*
 *   before at[0]: offset first_s | at[i] <= t < at[i + 1]: offset_s[i] | then: rule
 */
struct ko_zone {
    struct ko_str name;
    int32_t first_s;
    size_t n;
    int64_t *at_s;
    int32_t *offset_s;
    bool has_rule;
    struct ko_tz_rule rule;
};

/* The counts of a TZif header (RFC 8536 section 3.1), in the order of the file. */
struct counts {
    uint32_t isut, isstd, leap, time, type, chars;
};

static uint32_t be32(const char *p)
{
    uint32_t v = 0;
    for (size_t i = 0; i < 4; i++)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

static int64_t be64(const char *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static bool take_header(struct ko_str *s, char *ret_version, struct counts *ret)
{
    if (s->n < HEADER_BYTES || !ko_str_starts(*s, KO_STR("TZif")))
        return false;
    const char *p = s->p;
    *ret_version = p[4];
    *ret = (struct counts){be32(p + 20), be32(p + 24), be32(p + 28),
                           be32(p + 32), be32(p + 36), be32(p + 40)};
    *s = ko_str_skip(*s, HEADER_BYTES);
    return ret->time <= TIMES_MAX && ret->type >= 1 && ret->type <= TYPES_MAX &&
           ret->chars <= FILE_MAX && ret->leap <= TIMES_MAX && ret->isstd <= TYPES_MAX &&
           ret->isut <= TYPES_MAX;
}

static size_t block_bytes(const struct counts *c, size_t time_bytes)
{
    return (size_t)c->time * (time_bytes + 1) + (size_t)c->type * TYPE_BYTES + c->chars +
           (size_t)c->leap * (time_bytes + 4) + c->isstd + c->isut;
}

/* The block of 64-bit times: transition times, type indices, then the types. */
static enum ko_status read_block(struct ko_arena *arena, struct ko_str block,
                                 const struct counts *c, struct ko_zone *z)
{
    const char *index = block.p + (size_t)c->time * 8;
    const char *types = index + c->time;
    z->first_s = (int32_t)be32(types);
    z->n = c->time;
    z->at_s = ko_arena_alloc(arena, z->n, sizeof *z->at_s);
    z->offset_s = ko_arena_alloc(arena, z->n, sizeof *z->offset_s);
    if (z->n && (z->at_s == NULL || z->offset_s == NULL))
        return KO_ENOMEM;
    for (size_t i = 0; i < z->n; i++) {
        unsigned type = (unsigned char)index[i];
        if (type >= c->type)
            return KO_ESYNTAX;
        z->at_s[i] = be64(block.p + i * 8);
        z->offset_s[i] = (int32_t)be32(types + (size_t)type * TYPE_BYTES);
        if (i > 0 && z->at_s[i] <= z->at_s[i - 1])
            return KO_ESYNTAX;
    }
    return KO_OK;
}

/* "\nCET-1CEST,M3.5.0,M10.5.0/3\n"; empty between the newlines: no rule. */
static enum ko_status read_footer(struct ko_str footer, struct ko_zone *z)
{
    size_t end;
    if (footer.n < 2 || footer.p[0] != '\n')
        return KO_ESYNTAX;
    footer = ko_str_skip(footer, 1);
    if (!ko_str_chr(footer, '\n', &end))
        return KO_ESYNTAX;
    if (end == 0)
        return KO_OK;
    z->has_rule = true;
    return ko_tz_rule_parse(ko_str_sub(footer, 0, end), &z->rule);
}

static enum ko_status read_tzif(struct ko_arena *arena, struct ko_str s,
                                struct ko_zone *z)
{
    struct counts c;
    char version;
    if (!take_header(&s, &version, &c) || version < '2')
        return KO_ESYNTAX;
    s = ko_str_skip(s, block_bytes(&c, 4));
    if (!take_header(&s, &version, &c) || s.n < block_bytes(&c, 8))
        return KO_ESYNTAX;
    size_t n = block_bytes(&c, 8);
    enum ko_status st = read_block(arena, ko_str_sub(s, 0, n), &c, z);
    return st != KO_OK ? st : read_footer(ko_str_skip(s, n), z);
}

static enum ko_status new_zone(struct ko_arena *arena, struct ko_str name,
                               struct ko_zone **ret, struct ko_err *err)
{
    struct ko_zone *z = ko_arena_alloc(arena, 1, sizeof *z);
    if (z == NULL || ko_str_copy(arena, name, &z->name) != KO_OK)
        return ko_err_nomem(err);
    *ret = z;
    return KO_OK;
}

enum ko_status ko_zone_parse(struct ko_arena *arena, struct ko_str name,
                             struct ko_str tzif, const struct ko_zone **ret,
                             struct ko_err *err)
{
    struct ko_zone *z = NULL;
    enum ko_status st = new_zone(arena, name, &z, err);
    if (st != KO_OK)
        return st;
    st = read_tzif(arena, tzif, z);
    if (st == KO_ENOMEM)
        return ko_err_nomem(err);
    if (st != KO_OK)
        return ko_err_set(err, KO_ESYNTAX, "zone '%.*s' is not a usable TZif file",
                          KO_ARG(name));
    *ret = z;
    return KO_OK;
}

/* "UTC", "Z", "GMT", "+01:00": whatever the time forms take behind an instant. */
static bool fixed_offset(struct ko_str name, int32_t *ret_s)
{
    char text[32] = "2000-01-02T00:00:00";
    const size_t n = 19;
    struct ko_stamp stamp;
    if (name.n == 0 || name.n > 6 || name.p[0] == ' ')
        return false;
    for (size_t i = 0; i < name.n; i++)
        text[n + i] = name.p[i];
    if (ko_time_parse((struct ko_str){text, n + name.n}, &stamp) != KO_OK ||
        !stamp.has_zone)
        return false;
    static const int64_t midnight_s = INT64_C(946771200); /* 2000-01-02T00:00:00Z */
    *ret_s = (int32_t)(midnight_s - stamp.time / KO_SECOND);
    return true;
}

static bool is_zone_name(struct ko_str name)
{
    size_t at;
    if (name.n == 0 || name.n > NAME_MAX_BYTES || !ko_char_is_alpha(name.p[0]) ||
        ko_str_find(name, KO_STR(".."), &at) || ko_str_find(name, KO_STR("//"), &at))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!ko_char_is_alnum(c) && c != '/' && c != '_' && c != '-' && c != '+')
            return false;
    }
    return true;
}

static enum ko_status slurp_zone(struct ko_str name, struct ko_buf *bytes,
                                 struct ko_err *err)
{
    int fd;
    char path[sizeof zone_folder + NAME_MAX_BYTES + 2];
    size_t n = 0;
    for (; zone_folder[n] != '\0'; n++)
        path[n] = zone_folder[n];
    path[n++] = '/';
    for (size_t i = 0; i < name.n; i++)
        path[n++] = name.p[i];
    path[n] = '\0';
    enum ko_status st = ko_file_open(path, &fd, err);
    if (st != KO_OK)
        return ko_err_set(err, KO_ENOTFOUND,
                          "unknown time zone '%.*s'; give a name such as Europe/Berlin, "
                          "or an offset such as +01:00",
                          KO_ARG(name));
    st = ko_file_slurp(fd, bytes, err);
    ko_file_close(fd);
    return st;
}

enum ko_status ko_zone_open(struct ko_arena *arena, struct ko_str name,
                            const struct ko_zone **ret, struct ko_err *err)
{
    int32_t offset_s;
    if (fixed_offset(name, &offset_s)) {
        struct ko_zone *z = NULL;
        enum ko_status st = new_zone(arena, name, &z, err);
        if (st != KO_OK)
            return st;
        z->first_s = offset_s;
        *ret = z;
        return KO_OK;
    }
    if (!is_zone_name(name))
        return ko_err_set(err, KO_ENOTFOUND, "'%.*s' is no time zone", KO_ARG(name));
    struct ko_buf bytes;
    ko_buf_init(&bytes, FILE_MAX);
    enum ko_status st = slurp_zone(name, &bytes, err);
    if (st == KO_OK)
        st = ko_zone_parse(arena, name, ko_buf_str(&bytes), ret, err);
    ko_buf_release(&bytes);
    return st;
}

/* Index of the last transition not after ${utc_s}, counted from 1; 0 before the first. */
static size_t transitions_until(const struct ko_zone *z, int64_t utc_s)
{
    size_t lo = 0, hi = z->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (z->at_s[mid] <= utc_s)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static int64_t floor_s(ko_time t)
{
    return t / KO_SECOND - (t % KO_SECOND < 0);
}

ko_dur ko_zone_offset_at(const struct ko_zone *zone, ko_time utc)
{
    int64_t utc_s = floor_s(utc);
    size_t i = transitions_until(zone, utc_s);
    if (i == zone->n && zone->has_rule)
        return ko_tz_rule_offset(&zone->rule, utc_s) * KO_SECOND;
    return (i == 0 ? zone->first_s : zone->offset_s[i - 1]) * KO_SECOND;
}

/* A day to either side is further than any offset and nearer than two changes of one. */
void ko_zone_offset(const struct ko_zone *zone, ko_time local, ko_dur *ret_offset,
                    bool *ret_ambiguous)
{
    ko_dur before = ko_zone_offset_at(zone, local - KO_DAY);
    ko_dur after = ko_zone_offset_at(zone, local + KO_DAY);
    bool before_fits = ko_zone_offset_at(zone, local - before) == before;
    bool after_fits = ko_zone_offset_at(zone, local - after) == after;
    if (ret_offset != NULL)
        *ret_offset = before_fits || !after_fits ? before : after;
    if (ret_ambiguous != NULL)
        *ret_ambiguous = before != after && before_fits == after_fits;
}

struct ko_str ko_zone_name(const struct ko_zone *zone)
{
    return zone->name;
}
