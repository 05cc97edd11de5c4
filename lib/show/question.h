/* question.h: the six questions of the first five minutes and their answers. */
#ifndef KO_SHOW_QUESTION_H
#define KO_SHOW_QUESTION_H

#include "base/buf.h"
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

/*
 * ko_question_headline(c, a, max_ids, out):
 * The text of ${a} with at most ${max_ids} of its evidence ids in brackets behind it,
 * unless the text refers to the first itself; for NULL, why there is no answer.
 */
void ko_question_headline(const struct ko_case *c, const struct ko_answer *a,
                          size_t max_ids, struct ko_buf *out);

/* ko_question_verdict(a): How sure the answer is; empty when it does not say, or when its
 * own text does. */
struct ko_str ko_question_verdict(const struct ko_answer *a);

#endif
