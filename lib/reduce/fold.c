/* fold.c: which names and values are told apart when there are too many of them. */
#include "reduce/fold.h"

#include "reduce/mask.h"
#include "reduce/state.h"

enum { FOLD_SEED = 31, FOLD_MAX = 48, NO_DIGIT_GRACE = 10, NAME_GRACE = 4 };

static bool has_digit(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (ko_char_is_digit(s.p[i]))
            return true;
    }
    return false;
}

bool ko_fold_keeps(struct ko_str s, unsigned fold, enum ko_fold_kind kind)
{
    unsigned grace = kind == KO_FOLD_NAME ? NAME_GRACE : 0;
    grace += has_digit(s) ? 0 : NO_DIGIT_GRACE;
    return fold <= grace || ko_kept(ko_hash(s, FOLD_SEED), fold - grace) ||
           ko_str_eq(s, KO_MASK_OTHER);
}

bool ko_fold_is_due(const struct ko_reducer *r)
{
    return r->keys > r->opt.keys_max || ko_cells_are_too_many(&r->cells) ||
           ko_cells_are_too_many(&r->took);
}

/* The exports of ${from}, under the same numbers, without what was taken of them. */
static enum ko_status begin_exports(struct ko_reducer *r, const struct ko_reducer *from)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < from->exports.n && st == KO_OK; i++) {
        const struct ko_export *e = &from->exports.v[i];
        uint32_t index;
        st = ko_reducer_begin_export(r, e->file, e->normal, &index);
        if (st == KO_OK)
            ko_reducer_part(r, e->part);
    }
    return st;
}

static void swap(struct ko_reducer *a, struct ko_reducer *b)
{
    struct ko_reducer c = *a;
    *a = *b;
    *b = c;
}

enum ko_status ko_fold_to(struct ko_reducer *r, unsigned fold)
{
    struct ko_reducer *next = ko_reducer_new(&r->opt, NULL);
    if (next == NULL)
        return KO_ENOMEM;
    next->fold = fold;
    enum ko_status st = begin_exports(next, r);
    if (st == KO_OK)
        st = ko_merge(next, r, false);
    if (st == KO_OK) {
        next->current = r->current;
        next->delivered = r->delivered;
        ko_delivered_init(&r->delivered, 0);
        swap(r, next);
    }
    ko_reducer_free(next);
    return st;
}

enum ko_status ko_fold_settle(struct ko_reducer *r)
{
    enum ko_status st = KO_OK;
    while (st == KO_OK && ko_fold_is_due(r))
        st = r->fold < FOLD_MAX ? ko_fold_to(r, r->fold + 1) : KO_ELIMIT;
    return st;
}

static bool is_other_name(const struct ko_reducer *r, uint32_t name)
{
    return name != KO_NO_ENTITY && ko_str_eq(r->names.v[name].raw, KO_MASK_OTHER);
}

static bool is_other_text(const struct ko_reducer *r, uint32_t text)
{
    return text != KO_NO_ENTITY && ko_str_eq(ko_state_said(r, text), KO_MASK_OTHER);
}

bool ko_fold_has(const struct ko_reducer *r, const struct ko_track *track)
{
    const struct ko_track_key *k = &track->key;
    return r->fold > 0 && (is_other_name(r, k->entity) || is_other_name(r, k->caller) ||
                           is_other_name(r, k->instance) || is_other_text(r, k->signal) ||
                           (k->family != KO_TRACK_TEMPLATE && is_other_text(r, k->text)));
}
