/* question.c: the six questions of the first five minutes and their answers. */
#include "show/question.h"

#include "show/show.h"
#include "show/words.h"

const struct ko_question ko_question_table[KO_QUESTIONS] = {
    {"where", "Where did it start?"},
    {"spread", "How is it spreading?"},
    {"who", "Who is affected?"},
    {"changed", "What changed?"},
    {"worse", "Which dependency makes it worse?"},
    {"owner", "Who owns the next move?"},
};

const char *const ko_show_questions[] = {"where", "spread", "who", "changed",
                                         "worse", "owner",  NULL};

const struct ko_question *ko_question_find(struct ko_str key)
{
    for (size_t i = 0; i < KO_QUESTIONS; i++) {
        if (ko_str_eq(key, ko_str(ko_question_table[i].key)))
            return &ko_question_table[i];
    }
    return NULL;
}

const struct ko_answer *ko_question_answer(const struct ko_case *c, const char *key)
{
    for (size_t i = 0; i < c->answers.n; i++) {
        if (ko_str_eq(c->answers.v[i].question, ko_str(key)))
            return &c->answers.v[i];
    }
    return NULL;
}

static const char *unanswered(const struct ko_case *c)
{
    if (c->accounts.n == 0 && c->series.n == 0 && c->templates.n == 0)
        return "not known: no export was read";
    return "not known: blame has not run on this case";
}

/* Does a "[" stand before ${id} in ${text}? */
static bool refers_to(struct ko_str text, struct ko_str id)
{
    size_t at;
    while (ko_str_find(text, id, &at)) {
        if (at > 0 && text.p[at - 1] == '[')
            return true;
        text = ko_str_skip(text, at + id.n);
    }
    return false;
}

void ko_question_headline(const struct ko_case *c, const struct ko_answer *a,
                          size_t max_ids, struct ko_buf *out)
{
    if (a == NULL) {
        ko_buf_puts(out, unanswered(c));
        return;
    }
    ko_buf_put(out, a->text);
    if (a->evidence.n == 0 || a->evidence.v[0].n == 0 ||
        refers_to(a->text, a->evidence.v[0]))
        return;
    ko_strs shown = a->evidence;
    shown.n = shown.n < max_ids ? shown.n : max_ids;
    ko_buf_puts(out, " [");
    ko_words_join(out, &shown, " ", shown.n);
    ko_buf_putc(out, ']');
    if (a->evidence.n > shown.n)
        ko_buf_printf(out, " +%zu", a->evidence.n - shown.n);
}

struct ko_str ko_question_verdict(const struct ko_answer *a)
{
    size_t at;
    if (a == NULL || ko_str_ifind(a->text, a->verdict, &at))
        return KO_STR("");
    return a->verdict;
}
