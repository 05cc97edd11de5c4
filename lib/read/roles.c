/* roles.c: which field of a record means what, by its name. */
#include "read/roles.h"

#include "read/quantity.h"

enum { KEY_MAX = 96, DEPTH_COST = 1, RANK_COST = 16 };

/* A key reduced to what names are compared by. */
struct plain {
    char p[KEY_MAX];
    size_t n;
};

static bool reduce(struct ko_str key, struct plain *ret)
{
    ret->n = 0;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!ko_char_is_alnum(c) && (unsigned char)c < 0x80)
            continue;
        if (ret->n == KEY_MAX)
            return false;
        ret->p[ret->n++] = ko_char_lower(c);
    }
    return ret->n > 0;
}

/* As ko_str_cmp, of ${z} with ${s}; most names differ in their first bytes. */
static int compare(const char *z, struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (z[i] != s.p[i])
            return (unsigned char)z[i] - (unsigned char)s.p[i];
    }
    return z[s.n] == '\0' ? 0 : 1;
}

static const struct ko_role_name *look_up(struct ko_str name)
{
    size_t lo = 0, hi = ko_role_names_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int cmp = compare(ko_role_names[mid].name, name);
        if (cmp == 0)
            return &ko_role_names[mid];
        if (cmp < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* Units that stand behind a name; longest first, so that "ms" is not taken for "s". */
static const struct {
    struct ko_str end;
    ko_dur unit;
    bool needs_mark; /* only behind a mark or a change of case: "_s", "Ms" */
} name_units[] = {
    {KO_STR_INIT("milliseconds"), KO_MS, false},
    {KO_STR_INIT("microseconds"), 1000, false},
    {KO_STR_INIT("nanoseconds"), 1, false},
    {KO_STR_INIT("seconds"), KO_SECOND, false},
    {KO_STR_INIT("minutes"), KO_MINUTE, false},
    {KO_STR_INIT("millis"), KO_MS, false},
    {KO_STR_INIT("micros"), 1000, false},
    {KO_STR_INIT("nanos"), 1, false},
    {KO_STR_INIT("msec"), KO_MS, false},
    {KO_STR_INIT("usec"), 1000, false},
    {KO_STR_INIT("nsec"), 1, false},
    {KO_STR_INIT("secs"), KO_SECOND, false},
    {KO_STR_INIT("sec"), KO_SECOND, true},
    {KO_STR_INIT("ms"), KO_MS, true},
    {KO_STR_INIT("us"), 1000, true},
    {KO_STR_INIT("ns"), 1, true},
    {KO_STR_INIT("s"), KO_SECOND, true},
};

static bool stands_apart(struct ko_str key, size_t at)
{
    if (at == 0)
        return false;
    char before = key.p[at - 1], first = key.p[at];
    return !ko_char_is_alnum(before) || (first >= 'A' && first <= 'Z');
}

/* Split the unit off ${key}: "duration_ms" is "duration" in ms. */
static bool cut_unit(struct ko_str key, struct ko_str *ret_stem, ko_dur *ret_unit)
{
    while (key.n > 0 && (key.p[key.n - 1] == ')' || key.p[key.n - 1] == ']'))
        key.n--;
    for (size_t i = 0; i < sizeof name_units / sizeof *name_units; i++) {
        struct ko_str end = name_units[i].end;
        if (key.n <= end.n || !ko_str_ieq(ko_str_skip(key, key.n - end.n), end))
            continue;
        if (name_units[i].needs_mark && !stands_apart(key, key.n - end.n))
            continue;
        *ret_stem = ko_str_sub(key, 0, key.n - end.n);
        *ret_unit = name_units[i].unit;
        return true;
    }
    return false;
}

static bool takes_time(enum ko_role role)
{
    return role == KO_ROLE_DURATION || role == KO_ROLE_WAIT || role == KO_ROLE_HANDLE;
}

/* The part of a key behind its marks, as the table has it; with a unit if it carries one.
 */
static bool claim_part(struct ko_str part, struct ko_role_claim *ret, bool *ret_deep)
{
    struct plain plain;
    if (!reduce(part, &plain))
        return false;
    const struct ko_role_name *name = look_up((struct ko_str){plain.p, plain.n});
    ko_dur unit = name != NULL ? name->unit : 0;
    bool has_unit = false;
    struct ko_str stem;
    if (name == NULL && cut_unit(part, &stem, &unit) && reduce(stem, &plain)) {
        name = look_up((struct ko_str){plain.p, plain.n});
        has_unit = true;
    }
    if (name == NULL)
        return false;
    enum ko_role role = (enum ko_role)name->role;
    if (has_unit && role == KO_ROLE_QUEUE)
        role = KO_ROLE_WAIT; /* "queue_seconds" */
    if (has_unit && !takes_time(role))
        return false;
    *ret = (struct ko_role_claim){role, name->rank * RANK_COST, unit};
    *ret_deep = name->deep;
    return true;
}

/* "time=ts,service=svc": the role whose column is ${key}. */
static bool mapped(struct ko_str key, struct ko_str field_map, struct ko_role_claim *ret)
{
    struct ko_str pair;
    while (field_map.n > 0 && ko_str_cut(&field_map, ',', &pair)) {
        size_t at;
        bool deep;
        if (!ko_str_chr(pair, '=', &at) ||
            !ko_str_ieq(ko_str_trim(ko_str_skip(pair, at + 1)), ko_str_trim(key)))
            continue;
        if (!claim_part(ko_str_sub(pair, 0, at), ret, &deep))
            continue;
        ret->rank = 0;
        return true;
    }
    return false;
}

bool ko_role_is_known(struct ko_str role)
{
    struct ko_role_claim claim;
    bool deep;
    return claim_part(role, &claim, &deep);
}

static bool has_key(const struct ko_record *r, struct ko_str key)
{
    for (size_t i = 0; i < r->n; i++)
        if (ko_str_ieq(key, ko_str_trim(r->v[i].key)))
            return true;
    return false;
}

void ko_roles_note_map(const struct ko_record *r, struct ko_str field_map, uint64_t *met)
{
    struct ko_str pair;
    for (unsigned i = 0; met != NULL && i < 64 && field_map.n > 0; i++) {
        size_t at;
        if (!ko_str_cut(&field_map, ',', &pair))
            return;
        if (ko_str_chr(pair, '=', &at) &&
            has_key(r, ko_str_trim(ko_str_skip(pair, at + 1))))
            *met |= UINT64_C(1) << i;
    }
}

/* Keys whose mark at the front is part of the name: Serilog's compact format, and the
 * version of Logstash's own schema. */
static bool is_marked(struct ko_str key, struct ko_role_claim *ret)
{
    static const struct {
        struct ko_str key;
        enum ko_role role;
    } marked[] = {
        {KO_STR_INIT("@t"), KO_ROLE_TIME},     {KO_STR_INIT("@l"), KO_ROLE_LEVEL},
        {KO_STR_INIT("@x"), KO_ROLE_ERROR},    {KO_STR_INIT("@m"), KO_ROLE_MESSAGE},
        {KO_STR_INIT("@mt"), KO_ROLE_MESSAGE}, {KO_STR_INIT("@version"), KO_ROLE_NONE}};
    for (size_t i = 0; key.n > 0 && key.p[0] == '@' && i < sizeof marked / sizeof *marked;
         i++) {
        if (!ko_str_eq(key, marked[i].key))
            continue;
        *ret = (struct ko_role_claim){marked[i].role, (unsigned)key.n, 0};
        return true;
    }
    return false;
}

struct ko_role_claim ko_role_of(struct ko_str key, struct ko_str field_map)
{
    struct ko_role_claim claim = {KO_ROLE_NONE, 0, 0};
    bool deep;
    if (mapped(key, field_map, &claim) || is_marked(key, &claim))
        return claim;
    if (claim_part(key, &claim, &deep)) {
        claim.rank += DEPTH_COST; /* the user's own word has 0 */
        return claim;
    }
    struct ko_str part = key;
    size_t at;
    for (unsigned depth = 1; ko_str_chr(part, '.', &at); depth++) {
        part = ko_str_skip(part, at + 1);
        if (claim_part(part, &claim, &deep) && deep) {
            claim.rank += (1 + depth) * DEPTH_COST;
            return claim;
        }
    }
    return (struct ko_role_claim){KO_ROLE_NONE, 0, 0};
}

void ko_roles_none(struct ko_roles *roles)
{
    *roles = (struct ko_roles){0};
    for (size_t i = 0; i < KO_ROLE_COUNT; i++)
        roles->at[i] = -1;
}

void ko_roles_claim(struct ko_roles *roles, struct ko_role_claim claim, int index)
{
    if (claim.role == KO_ROLE_NONE)
        return;
    if (roles->at[claim.role] >= 0 && roles->rank[claim.role] <= claim.rank)
        return;
    roles->claimed |= KO_ROLE_BIT(claim.role);
    roles->at[claim.role] = index;
    roles->rank[claim.role] = claim.rank;
    roles->unit[claim.role] = claim.unit;
}

void ko_roles_take_unit(struct ko_roles *roles, const struct ko_record *r)
{
    bool is_zap = false, is_traefik = false;
    int time = roles->at[KO_ROLE_TIME];
    bool ts = time >= 0 && r->v[time].type == KO_VALUE_NUMBER &&
              ko_str_eq(r->v[time].key, KO_STR("ts"));
    if (roles->at[KO_ROLE_DURATION] < 0 || roles->unit[KO_ROLE_DURATION] != 0)
        return;
    for (size_t i = 0; i < r->n; i++) {
        is_zap = is_zap || (ts && (ko_str_eq(r->v[i].key, KO_STR("caller")) ||
                                   ko_str_eq(r->v[i].key, KO_STR("logger"))));
        is_traefik = is_traefik || ko_str_eq(r->v[i].key, KO_STR("DownstreamStatus"));
    }
    if (is_zap || is_traefik)
        roles->unit[KO_ROLE_DURATION] = is_zap ? KO_SECOND : 1;
}

void ko_roles_claim_field(struct ko_roles *roles, struct ko_role_claim claim,
                          const struct ko_record *r, size_t i)
{
    struct ko_str value = r->v[i].value;
    ko_dur unused;
    if (claim.role == KO_ROLE_SERVICE && value.n > 0 && ko_char_is_digit(value.p[0]) &&
        ko_quantity_dur(value, 0, &unused))
        claim.role = KO_ROLE_DURATION; /* "service=38ms" of a router */
    ko_roles_claim(roles, claim, (int)i);
}

void ko_roles_find(struct ko_roles *roles, const struct ko_record *r,
                   struct ko_str field_map)
{
    ko_roles_none(roles);
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].type != KO_VALUE_NONE)
            ko_roles_claim_field(roles, ko_role_of(r->v[i].key, field_map), r, i);
    }
    ko_roles_take_unit(roles, r);
}
