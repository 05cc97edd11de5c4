/* joint.c: the combinations of a case as leaves: every value a number. */
#include "impact/joint.h"

#include <math.h>

static bool is_one(const struct ko_combination *m, bool snapshot)
{
    size_t at;
    return isnan(m->actual) != snapshot && m->of.n > 0 &&
           ko_str_chr(m->of.v[0], '=', &at);
}

static struct ko_str dim_of(struct ko_str part)
{
    size_t at;
    return ko_str_chr(part, '=', &at) ? ko_str_sub(part, 0, at) : part;
}

/* Put ${dim} at its place among those by name. */
static void add_dim(struct ko_joint *j, struct ko_str dim)
{
    size_t at = 0;
    while (at < j->dims && ko_str_cmp(j->dim[at], dim) < 0)
        at++;
    if (at < j->dims && ko_str_eq(j->dim[at], dim))
        return;
    if (at >= KO_JOINT_DIMS_MAX)
        return;
    if (j->dims < KO_JOINT_DIMS_MAX)
        j->dims++;
    for (size_t i = j->dims - 1; i > at; i--)
        j->dim[i] = j->dim[i - 1];
    j->dim[at] = dim;
}

static void list_dims(struct ko_joint *j, const struct ko_case *c, bool snapshot)
{
    for (size_t i = 0; i < c->combinations.n; i++) {
        const struct ko_combination *m = &c->combinations.v[i];
        if (!is_one(m, snapshot))
            continue;
        j->n++;
        for (size_t k = 0; k < m->of.n; k++)
            add_dim(j, dim_of(m->of.v[k]));
    }
}

static bool find_dim(const struct ko_joint *j, struct ko_str dim, size_t *ret)
{
    for (size_t d = 0; d < j->dims; d++) {
        if (ko_str_eq(j->dim[d], dim)) {
            *ret = d;
            return true;
        }
    }
    return false;
}

static enum ko_status number_parts(struct ko_joint *j, const struct ko_combination *m,
                                   uint32_t *value)
{
    enum ko_status st = KO_OK;
    for (size_t k = 0; k < m->of.n && st == KO_OK; k++) {
        size_t d;
        if (!find_dim(j, dim_of(m->of.v[k]), &d))
            continue;
        uint32_t fresh = (uint32_t)j->cards[d];
        st = ko_map_put(&j->numbers, m->of.v[k], fresh, &value[d]);
        if (st == KO_OK && value[d] == fresh)
            j->cards[d]++;
    }
    return st;
}

enum ko_status ko_joint_of(const struct ko_case *c, bool snapshot, struct ko_joint *ret)
{
    *ret = (struct ko_joint){.n = 0};
    ko_map_init(&ret->numbers, 0);
    list_dims(ret, c, snapshot);
    ret->of = ko_arena_alloc(&ret->arena, ret->n + 1, sizeof(struct ko_combination *));
    ret->value = ko_arena_alloc(&ret->arena, ret->n * ret->dims + 1, sizeof *ret->value);
    if (ret->of == NULL || ret->value == NULL)
        return KO_ENOMEM;
    for (size_t d = 0; d < ret->dims; d++)
        ret->cards[d] = 1;
    enum ko_status st = KO_OK;
    size_t n = 0;
    for (size_t i = 0; i < c->combinations.n && st == KO_OK; i++) {
        const struct ko_combination *m = &c->combinations.v[i];
        if (!is_one(m, snapshot))
            continue;
        ret->of[n] = m;
        st = number_parts(ret, m, &ret->value[n * ret->dims]);
        n++;
    }
    return st;
}

void ko_joint_release(struct ko_joint *j)
{
    ko_map_release(&j->numbers);
    ko_arena_release(&j->arena);
}

struct ko_str ko_joint_name(const struct ko_joint *j, size_t dim, uint32_t value)
{
    for (size_t i = 0; i < j->n; i++) {
        const struct ko_combination *m = j->of[i];
        if (j->value[i * j->dims + dim] != value)
            continue;
        for (size_t k = 0; k < m->of.n; k++) {
            if (ko_str_eq(dim_of(m->of.v[k]), j->dim[dim]))
                return m->of.v[k];
        }
    }
    return KO_STR("");
}
