/* severity_guess.c: what the words of a message without a level say about its level. */
#include "event/severity.h"

/* A guess reads no further; long messages carry their verdict early. */
enum { GUESS_BYTES = 1024, WORD_MAX = 24 };

enum match { WHOLE, PREFIX };

struct hint {
    struct ko_str text;
    enum match match; /* PREFIX: "fail" stands for fails, failed, failure, failing */
    enum ko_severity severity;
};

static const struct hint hints[] = {
    {KO_STR_INIT("exception"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("error"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("err"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("fail"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("timeout"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("timedout"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("refused"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("exhaust"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("unavailable"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("unreachable"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("panic"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("fatal"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("traceback"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("segfault"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("aborted"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("crash"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("oom"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("oomkilled"), WHOLE, KO_SEV_ERROR},
    {KO_STR_INIT("deadlock"), PREFIX, KO_SEV_ERROR},
    {KO_STR_INIT("retry"), PREFIX, KO_SEV_WARN},
    {KO_STR_INIT("retries"), WHOLE, KO_SEV_WARN},
    {KO_STR_INIT("retrying"), WHOLE, KO_SEV_WARN},
    {KO_STR_INIT("fallback"), PREFIX, KO_SEV_WARN},
    {KO_STR_INIT("degrad"), PREFIX, KO_SEV_WARN},
    {KO_STR_INIT("slow"), PREFIX, KO_SEV_WARN},
    {KO_STR_INIT("throttl"), PREFIX, KO_SEV_WARN},
    {KO_STR_INIT("deprecated"), WHOLE, KO_SEV_WARN},
    {KO_STR_INIT("warn"), PREFIX, KO_SEV_WARN},
    {KO_STR_INIT("stale"), WHOLE, KO_SEV_WARN},
    {KO_STR_INIT("backlog"), WHOLE, KO_SEV_WARN},
};

static bool is_zero(struct ko_str s)
{
    return ko_str_eq(s, KO_STR("0")) || ko_str_ieq(s, KO_STR("no")) ||
           ko_str_ieq(s, KO_STR("without")) || ko_str_ieq(s, KO_STR("not"));
}

static enum ko_severity hint_of(struct ko_str word)
{
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        const struct hint *h = &hints[i];
        struct ko_str head = h->match == PREFIX ? ko_str_sub(word, 0, h->text.n) : word;
        if (ko_str_ieq(head, h->text))
            return h->severity;
    }
    return KO_SEV_UNKNOWN;
}

/* A word as people read it: CamelCase "NullPointerException" ends in its verdict. */
static enum ko_severity weigh(struct ko_str word)
{
    if (word.n >= 9 && word.n <= 80) {
        struct ko_str tail = ko_str_skip(word, word.n - 9);
        if (ko_str_ieq(tail, KO_STR("exception")))
            return KO_SEV_ERROR;
    }
    if (word.n > 5 && ko_str_ends(word, KO_STR("Error")))
        return KO_SEV_ERROR;
    return word.n <= WORD_MAX ? hint_of(word) : KO_SEV_UNKNOWN;
}

static struct ko_str next_word(struct ko_str *rest)
{
    while (rest->n && !ko_char_is_alnum(rest->p[0]))
        *rest = ko_str_skip(*rest, 1);
    size_t n = 0;
    while (n < rest->n && ko_char_is_alnum(rest->p[n]))
        n++;
    struct ko_str word = {rest->p, n};
    *rest = ko_str_skip(*rest, n);
    return word;
}

/* A three-digit 5xx right behind "status", "code" or "HTTP". */
static bool is_server_error(struct ko_str before, struct ko_str word)
{
    return word.n == 3 && word.p[0] == '5' && ko_char_is_digit(word.p[1]) &&
           ko_char_is_digit(word.p[2]) &&
           (ko_str_ieq(before, KO_STR("status")) || ko_str_ieq(before, KO_STR("code")) ||
            ko_str_ieq(before, KO_STR("http")));
}

enum ko_severity ko_severity_guess(struct ko_str message)
{
    struct ko_str rest = ko_str_sub(message, 0, GUESS_BYTES);
    struct ko_str before = {0};
    enum ko_severity worst = KO_SEV_UNKNOWN;
    for (struct ko_str word; (word = next_word(&rest)).n != 0; before = word) {
        enum ko_severity s = weigh(word);
        if (is_server_error(before, word) ||
            (ko_str_ieq(before, KO_STR("timed")) && ko_str_ieq(word, KO_STR("out"))))
            s = KO_SEV_ERROR;
        /* "0 errors", "errors=0", "no failures" are good news */
        bool counted_zero = rest.n >= 2 && (rest.p[0] == '=' || rest.p[0] == ':') &&
                            rest.p[1] == '0' &&
                            (rest.n == 2 || !ko_char_is_alnum(rest.p[2]));
        if (s > worst && !is_zero(before) && !counted_zero)
            worst = s;
        if (worst == KO_SEV_ERROR)
            break;
    }
    return worst;
}
