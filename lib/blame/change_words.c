/* change_words.c: does a change speak of what failed? */
#include "blame/change_words.h"

#include <math.h>

/* Shorter words say nothing; an id is at least abbreviated to seven characters. */
enum { WORD_MIN = 3, ID_MIN = 7 };
static const double UNUSUAL = 1.0;

/* Words end at anything but a letter, and where a capital follows a small letter. */
static bool next_word(struct ko_str *rest, struct ko_str *ret)
{
    size_t i = 0, n = 0;
    while (i < rest->n && !ko_char_is_alpha(rest->p[i]))
        i++;
    *rest = ko_str_skip(*rest, i);
    while (n < rest->n && ko_char_is_alpha(rest->p[n]) &&
           (n == 0 || !(rest->p[n] >= 'A' && rest->p[n] <= 'Z' && rest->p[n - 1] >= 'a')))
        n++;
    *ret = ko_str_sub(*rest, 0, n);
    *rest = ko_str_skip(*rest, n);
    return n > 0;
}

static bool has(struct ko_str text, struct ko_str word)
{
    size_t at;
    return ko_str_ifind(text, word, &at);
}

static bool evidence_has(const ko_clues *clues, uint32_t entity, struct ko_str word)
{
    for (size_t i = 0; i < clues->n; i++) {
        const struct ko_clue *clue = &clues->v[i];
        if (clue->entity == entity && clue->score >= UNUSUAL &&
            (clue->channel != KO_CHANNEL_LOG || (clue->trouble && clue->rise)) &&
            has(clue->signal, word))
            return true;
    }
    return false;
}

static double rarity(const struct ko_case *c, struct ko_str word)
{
    double n = 0;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        n += has(x->summary, word) || has(x->named, word);
    }
    return n > 0 ? log((double)c->changes.n / n) : 0;
}

/* Each word once: what was counted before the place of this word is not counted again. */
static bool is_repeat(struct ko_str text, struct ko_str word)
{
    struct ko_str before = ko_str_sub(text, 0, (size_t)(word.p - text.p));
    return has(before, word);
}

static double common(const struct ko_case *c, const ko_clues *clues, uint32_t entity,
                     struct ko_str text)
{
    double total = 0;
    struct ko_str rest = text, word, name = ko_case_name(c, entity);
    while (next_word(&rest, &word)) {
        if (word.n >= WORD_MIN && !has(name, word) && !is_repeat(text, word) &&
            evidence_has(clues, entity, word))
            total += rarity(c, word);
    }
    return total;
}

static struct ko_str commit_of(const struct ko_change *x)
{
    return x->commit.n > 0 ? x->commit : x->id;
}

bool ko_change_same(const struct ko_change *a, const struct ko_change *b)
{
    struct ko_str x = commit_of(a), y = commit_of(b);
    return a != b && x.n >= ID_MIN && y.n >= ID_MIN &&
           (ko_str_starts(x, y) || ko_str_starts(y, x));
}

double ko_change_words(const struct ko_case *c, const ko_clues *clues, uint32_t entity,
                       size_t change)
{
    const struct ko_change *x = &c->changes.v[change];
    double total = common(c, clues, entity, x->summary);
    total += common(c, clues, entity, x->named);
    for (size_t i = 0; i < c->changes.n; i++) {
        if (!ko_change_same(&c->changes.v[i], x))
            continue;
        total += common(c, clues, entity, c->changes.v[i].summary);
        total += common(c, clues, entity, c->changes.v[i].named);
    }
    return total;
}
