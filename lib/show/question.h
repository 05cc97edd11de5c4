/* question.h: the six questions of the first five minutes and their answers. */
#ifndef KO_SHOW_QUESTION_H
#define KO_SHOW_QUESTION_H

#include "base/str.h"
#include "case/case.h"

#include <stddef.h>

enum { KO_QUESTIONS = 6 };

struct ko_question {
    const char *key;   /* where spread who changed worse owner */
    const char *title; /* "Where did it start?" */
};

/* In the order in which they are always asked. */
extern const struct ko_question ko_question_table[KO_QUESTIONS];

/* ko_question_find(key): The question, or NULL. */
const struct ko_question *ko_question_find(struct ko_str key);

/* ko_question_answer(c, key): The answer record, NULL when no stage has written one. */
const struct ko_answer *ko_question_answer(const struct ko_case *c, const char *key);

/* What to say when there is none. */
struct ko_str ko_question_unanswered(const struct ko_case *c);

/* ko_question_verdict(a): How sure the answer is; empty when it does not say, or when its
 * own text does. */
struct ko_str ko_question_verdict(const struct ko_answer *a);

#endif
