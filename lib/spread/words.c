/* words.c: what the words of a log template say of the trouble. */
#include "spread/words.h"

#include "event/severity.h"

struct word {
    struct ko_str stem; /* lower case; matches a word that starts with it */
    unsigned theme;
};

static const struct word words[] = {
    {KO_STR_INIT("retry"), KO_THEME_RETRY},
    {KO_STR_INIT("retried"), KO_THEME_RETRY},
    {KO_STR_INIT("retries"), KO_THEME_RETRY},
    {KO_STR_INIT("attempt"), KO_THEME_RETRY},
    {KO_STR_INIT("backoff"), KO_THEME_RETRY},
    {KO_STR_INIT("resend"), KO_THEME_RETRY},
    {KO_STR_INIT("pool"), KO_THEME_CAPACITY},
    {KO_STR_INIT("exhaust"), KO_THEME_CAPACITY},
    {KO_STR_INIT("overload"), KO_THEME_CAPACITY},
    {KO_STR_INIT("saturat"), KO_THEME_CAPACITY},
    {KO_STR_INIT("throttl"), KO_THEME_CAPACITY},
    {KO_STR_INIT("quota"), KO_THEME_CAPACITY},
    {KO_STR_INIT("ratelimit"), KO_THEME_CAPACITY},
    {KO_STR_INIT("429"), KO_THEME_CAPACITY},
    {KO_STR_INIT("oom"), KO_THEME_CAPACITY},
    {KO_STR_INIT("outofmemory"), KO_THEME_CAPACITY},
    {KO_STR_INIT("queue"), KO_THEME_QUEUE},
    {KO_STR_INIT("backlog"), KO_THEME_QUEUE},
    {KO_STR_INIT("timeout"), KO_THEME_TIME},
    {KO_STR_INIT("timed"), KO_THEME_TIME},
    {KO_STR_INIT("deadline"), KO_THEME_TIME},
    {KO_STR_INIT("answer"), KO_THEME_TIME}, /* of trouble: there was none in time */
    {KO_STR_INIT("respond"), KO_THEME_TIME},
    {KO_STR_INIT("slow"), KO_THEME_TIME},
    {KO_STR_INIT("504"), KO_THEME_TIME},
    {KO_STR_INIT("context"), KO_THEME_CONTEXT},
    {KO_STR_INIT("transcript"), KO_THEME_CONTEXT},
    {KO_STR_INIT("unverified"), KO_THEME_CONTEXT},
    {KO_STR_INIT("stale"), KO_THEME_STALE},
    {KO_STR_INIT("outdated"), KO_THEME_STALE},
    {KO_STR_INIT("expired"), KO_THEME_STALE},
    {KO_STR_INIT("lag"), KO_THEME_STALE},
    {KO_STR_INIT("fallback"), KO_THEME_FALLBACK},
    {KO_STR_INIT("handoff"), KO_THEME_FALLBACK},
    {KO_STR_INIT("transfer"), KO_THEME_FALLBACK},
    {KO_STR_INIT("escalat"), KO_THEME_FALLBACK},
    {KO_STR_INIT("abandon"), KO_THEME_FALLBACK},
    {KO_STR_INIT("fail"), KO_THEME_FAILURE},
    {KO_STR_INIT("error"), KO_THEME_FAILURE},
    {KO_STR_INIT("refused"), KO_THEME_FAILURE},
    {KO_STR_INIT("unavailable"), KO_THEME_FAILURE},
    {KO_STR_INIT("unreachable"), KO_THEME_FAILURE},
    {KO_STR_INIT("exception"), KO_THEME_FAILURE},
    {KO_STR_INIT("500"), KO_THEME_FAILURE},
    {KO_STR_INIT("502"), KO_THEME_FAILURE},
    {KO_STR_INIT("503"), KO_THEME_FAILURE},
};

/* Is there a whole word of ${text} from ${at} that starts with ${stem}? */
static bool has_stem(struct ko_str text, size_t at, struct ko_str stem)
{
    struct ko_str head = ko_str_sub(text, at, stem.n);
    return ko_str_ieq(head, stem);
}

static unsigned themes_at(struct ko_str text, size_t at)
{
    unsigned themes = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_stem(text, at, words[i].stem))
            themes |= words[i].theme;
    }
    return themes;
}

unsigned ko_words_themes(struct ko_str text)
{
    unsigned themes = 0;
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        bool letter = ko_char_is_alnum(text.p[i]);
        if (letter && !inside)
            themes |= themes_at(text, i);
        inside = letter;
    }
    return themes;
}

bool ko_words_again(struct ko_str text)
{
    static const struct ko_str stems[] = {KO_STR_INIT("retry"), KO_STR_INIT("retried"),
                                          KO_STR_INIT("retries"), KO_STR_INIT("resend")};
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        bool letter = ko_char_is_alnum(text.p[i]);
        for (size_t k = 0; letter && !inside && k < sizeof stems / sizeof *stems; k++) {
            if (has_stem(text, i, stems[k]))
                return true;
        }
        inside = letter;
    }
    return false;
}

static bool joins(char c)
{
    return ko_char_is_alnum(c) || c == '-' || c == '_';
}

enum { NAME_BYTES_MIN = 3 };

bool ko_words_name(struct ko_str text, struct ko_str name)
{
    size_t from = 0;
    size_t at;
    if (name.n < NAME_BYTES_MIN)
        return false;
    while (ko_str_ifind(ko_str_skip(text, from), name, &at)) {
        size_t start = from + at;
        size_t end = start + name.n;
        bool open = start == 0 || !joins(text.p[start - 1]);
        if (open && (end == text.n || !joins(text.p[end])))
            return true;
        from = start + 1;
    }
    return false;
}

static enum ko_severity severity_of(const struct ko_template *t)
{
    enum ko_severity sev = ko_severity_word(t->severity);
    return sev == KO_SEV_UNKNOWN ? ko_severity_guess(t->text) : sev;
}

bool ko_words_trouble(const struct ko_template *t)
{
    return severity_of(t) >= KO_SEV_WARN;
}

enum ko_class ko_words_class(const struct ko_template *t)
{
    unsigned themes = ko_words_themes(t->text);
    if (!ko_words_trouble(t))
        return KO_CLASS_OTHER;
    if (severity_of(t) >= KO_SEV_ERROR)
        return KO_CLASS_ERROR;
    if (themes & KO_THEME_RETRY)
        return KO_CLASS_RETRY;
    if (themes & KO_THEME_FALLBACK)
        return KO_CLASS_CUSTOMER;
    if (themes & KO_THEME_CAPACITY)
        return KO_CLASS_RESOURCE;
    return themes & KO_THEME_QUEUE ? KO_CLASS_QUEUE : KO_CLASS_ERROR;
}
