/* question.c: the six questions of the first five minutes and their answers. */
#include "show/question.h"

#include "show/show.h"

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

struct ko_str ko_question_unanswered(const struct ko_case *c)
{
    if (c->accounts.n == 0 && c->series.n == 0 && c->templates.n == 0)
        return KO_STR("not known: no export was read");
    return KO_STR("not known: blame has not run on this case");
}

struct ko_str ko_question_verdict(const struct ko_answer *a)
{
    size_t at;
    if (a == NULL || ko_str_ifind(a->text, a->verdict, &at))
        return KO_STR("");
    return a->verdict;
}
