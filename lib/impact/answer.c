/* answer.c: the six answers in their order. */
#include "impact/answer.h"

#include "impact/answers.h"

static enum ko_status answer(struct ko_case *c, const char *question,
                             void (*fill)(struct ko_reply *r))
{
    struct ko_reply r;
    ko_reply_init(&r, c, question);
    fill(&r);
    enum ko_status st = ko_reply_finish(&r);
    ko_reply_release(&r);
    return st;
}

enum ko_status ko_answer_run(struct ko_case *c, struct ko_err *err)
{
    static const struct {
        const char *question;
        void (*fill)(struct ko_reply *r);
    } questions[] = {
        {"where", ko_answer_where}, {"spread", ko_answer_spread},
        {"who", ko_answer_who},     {"changed", ko_answer_changed},
        {"worse", ko_answer_worse}, {"owner", ko_answer_owner},
    };
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        enum ko_status st = answer(c, questions[i].question, questions[i].fill);
        if (st != KO_OK)
            return ko_err_nomem(err);
    }
    return KO_OK;
}
