/* touch.c: one record of a customer that may have to be worked off after an incident. */
#include "recover/touch.h"

bool ko_touch_kind_of(const struct ko_event *ev, enum ko_touch_kind *ret)
{
    static const struct {
        struct ko_str what;
        enum ko_touch_kind kind;
    } kinds[] = {{KO_STR_INIT("payment"), KO_TOUCH_PAYMENT},
                 {KO_STR_INIT("case"), KO_TOUCH_CASE},
                 {KO_STR_INIT("callback"), KO_TOUCH_CALLBACK},
                 {KO_STR_INIT("answer"), KO_TOUCH_ANSWER}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (ko_str_eq(ev->what, kinds[i].what)) {
            *ret = kinds[i].kind;
            return ev->time != KO_TIME_NONE;
        }
    }
    *ret = KO_TOUCH_CONTACT;
    return ev->kind == KO_EVENT_CONTACT && ev->time != KO_TIME_NONE &&
           !ko_str_eq(ev->what, KO_STR("bot"));
}

/* How the words of a state begin, in the exports of payment providers, help desks and
 * contact centres. */
static const struct {
    const char *words;
    enum ko_touch_state state;
} words[] = {
    {"refund|revers|void|charged_back|chargeback", KO_TOUCH_VOID},
    {"not |no|false|fail|declin|reject|error|timeout|timed|abort|expir|cancel|miss|"
     "unresolved|unconfirmed|abandon",
     KO_TOUCH_FAILED},
    {"pend|process|open|new|in_prog|in prog|wait|on hold|on_hold|hold|schedul|submit|"
     "initiat|requires|assigned|escalated|reopen",
     KO_TOUCH_OPEN},
    {"succe|paid|captur|settl|complet|confirm|approv|ok|yes|true|resolv|clos|solv|done|"
     "answered|called",
     KO_TOUCH_DONE},
};

static bool starts_any(struct ko_str s, const char *list)
{
    struct ko_str rest = ko_str(list), word;
    while (ko_str_cut(&rest, '|', &word)) {
        if (s.n >= word.n && ko_str_ieq(ko_str_sub(s, 0, word.n), word))
            return true;
    }
    return false;
}

static enum ko_touch_state state_of_word(struct ko_str state)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (starts_any(state, words[i].words))
            return words[i].state;
    }
    return KO_TOUCH_UNKNOWN;
}

enum ko_touch_state ko_touch_state_of(const struct ko_event *ev, enum ko_touch_kind kind)
{
    enum ko_touch_state state = state_of_word(ko_str_trim(ev->state));
    if (kind == KO_TOUCH_CONTACT && (ev->abandoned || ev->handoff_failed))
        return KO_TOUCH_FAILED;
    if (kind != KO_TOUCH_PAYMENT && ev->done != KO_TIME_NONE)
        return KO_TOUCH_DONE;
    if (state != KO_TOUCH_UNKNOWN)
        return state;
    return ev->outcome == KO_OUTCOME_BAD  ? KO_TOUCH_FAILED
           : ev->outcome == KO_OUTCOME_OK ? KO_TOUCH_DONE
                                          : KO_TOUCH_UNKNOWN;
}

bool ko_touch_complains(const struct ko_event *ev)
{
    static const struct ko_str word = KO_STR_INIT("complain");
    size_t at;
    return ko_str_ifind(ev->reason, word, &at) || ko_str_ifind(ev->what, word, &at);
}

const char *ko_touch_state_name(enum ko_touch_state state)
{
    static const char *const names[] = {"", "open", "failed", "done", "void"};
    return names[state];
}
