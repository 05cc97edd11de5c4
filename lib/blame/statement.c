/* statement.c: log lines by the statement of code that wrote them, in one operation. */
#include "blame/statement.h"

#include <math.h>
#include <stdlib.h>

/* No file of code has lines with more digits. */
enum { LINE_DIGITS = 5 };

struct ref {
    const struct ko_template *t;
    struct ko_str key;
};

static bool joins(struct ko_str s, size_t i)
{
    return ko_char_is_alnum(s.p[i]) || s.p[i] == '.' || s.p[i] == '_' || s.p[i] == '$';
}

/* The place whose name ends before the joint at ${at}; templates keep the number of
 * nothing else that is written so. */
static struct ko_str place_at(struct ko_str text, size_t at)
{
    size_t from = at, end = at + 1, dot;
    while (from > 0 && joins(text, from - 1))
        from--;
    while (end < text.n && ko_char_is_digit(text.p[end]))
        end++;
    bool whole = end == text.n || !joins(text, end) || text.p[end] == '.';
    struct ko_str name = ko_str_sub(text, from, at - from);
    bool named = name.n > 0 && ko_char_is_alpha(name.p[0]) &&
                 (text.p[at] == '#' || ko_str_chr(name, '.', &dot));
    if (!named || !whole || end == at + 1 || end > at + 1 + LINE_DIGITS)
        return (struct ko_str){0};
    return ko_str_sub(text, from, end - from);
}

struct ko_str ko_statement_place(struct ko_str text)
{
    for (size_t i = 1; i + 1 < text.n; i++) {
        if (text.p[i] != '#' && text.p[i] != ':')
            continue;
        struct ko_str place = place_at(text, i);
        if (place.n > 0)
            return place;
    }
    return (struct ko_str){0};
}

static int by_statement(const struct ref *x, const struct ref *y)
{
    if (x->t->entity != y->t->entity)
        return x->t->entity < y->t->entity ? -1 : 1;
    int order = ko_str_cmp(x->t->op, y->t->op);
    return order != 0 ? order : ko_str_cmp(x->key, y->key);
}

static int by_statement_and_place(const void *a, const void *b)
{
    const struct ref *x = a, *y = b;
    int order = by_statement(x, y);
    return order != 0 ? order : (x->t > y->t) - (x->t < y->t);
}

static enum ko_status add(struct ko_arena *arena, ko_nums *sum, const ko_nums *v)
{
    if (sum->n == 0) {
        *sum = *v;
        return KO_OK;
    }
    ko_nums both = {.n = sum->n > v->n ? sum->n : v->n};
    both.v = ko_arena_alloc(arena, both.n, sizeof *both.v);
    if (both.v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < both.n; i++) {
        double x = i < sum->n ? sum->v[i] : NAN, y = i < v->n ? v->v[i] : NAN;
        both.v[i] = isnan(x) ? y : isnan(y) ? x : x + y;
    }
    *sum = both;
    return KO_OK;
}

static enum ko_status take(struct ko_arena *arena, const struct ref *refs, size_t n,
                           struct ko_statement *s)
{
    *s = (struct ko_statement){
        .entity = refs[0].t->entity, .op = refs[0].t->op, .shown = refs[0].t};
    for (size_t i = 0; i < n; i++) {
        const struct ko_template *t = refs[i].t;
        enum ko_status st = add(arena, t->normal ? &s->healthy : &s->v, &t->v);
        if (st != KO_OK)
            return st;
        bool better =
            s->shown->normal != t->normal ? s->shown->normal : t->count > s->shown->count;
        if (better)
            s->shown = t;
    }
    return KO_OK;
}

static void list(const struct ko_case *c, struct ref *refs)
{
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        struct ko_str place = ko_statement_place(t->text);
        refs[i] = (struct ref){t, place.n > 0 ? place : t->text};
    }
}

enum ko_status ko_statements_find(const struct ko_case *c, struct ko_arena *arena,
                                  ko_statements *ret)
{
    size_t n = c->templates.n;
    struct ref *refs = ko_arena_alloc(arena, n + 1, sizeof *refs);
    if (refs == NULL)
        return KO_ENOMEM;
    list(c, refs);
    if (n > 1)
        qsort(refs, n, sizeof *refs, by_statement_and_place);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        struct ko_statement *s;
        while (end < n && by_statement(&refs[i], &refs[end]) == 0)
            end++;
        KO_LIST_ADD(arena, ret, s);
        enum ko_status st = s != NULL ? take(arena, refs + i, end - i, s) : KO_ENOMEM;
        if (st != KO_OK)
            return st;
        i = end;
    }
    return KO_OK;
}
