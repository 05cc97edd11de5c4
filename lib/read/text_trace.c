/* text_trace.c: lines of a stack trace, told by themselves. */
#include "read/text_trace.h"

#include "read/text_scan.h"

/* A dotted name of a class whose last part says what it is for. */
static bool is_exception(struct ko_str word)
{
    size_t dot;
    if (word.n > 0 && word.p[word.n - 1] == ':')
        word.n--;
    return ko_str_chr(word, '.', &dot) && dot > 0 && ko_char_is_alpha(word.p[0]) &&
           (ko_str_ends(word, KO_STR("Exception")) || ko_str_ends(word, KO_STR("Error")));
}

/* "main.main()", "net/http.(*conn).serve(0xc000...)": one word that ends in a bracket. */
static bool is_go_frame(struct ko_str word, struct ko_str rest)
{
    size_t at;
    return rest.n == 0 && word.n > 3 && word.p[word.n - 1] == ')' &&
           ko_str_chr(word, '.', &at) && ko_char_is_alpha(word.p[0]);
}

bool ko_text_goes_on(struct ko_str s)
{
    static const struct ko_str starts[] = {
        KO_STR_INIT("Caused by: "),
        KO_STR_INIT("Suppressed: "),
        KO_STR_INIT("... "),
        KO_STR_INIT("goroutine "),
        KO_STR_INIT("created by "),
        KO_STR_INIT("Exception in thread "),
        KO_STR_INIT("During handling of the above exception"),
        KO_STR_INIT("The above exception was the direct cause"),
    };
    struct ko_str word;
    if (s.n == 0)
        return false;
    if (s.p[0] == ' ' || s.p[0] == '\t')
        return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (ko_str_starts(s, starts[i]))
            return true;
    }
    return ko_text_token(&s, &word) && (is_exception(word) || is_go_frame(word, s));
}

bool ko_text_opens_traceback(struct ko_str s)
{
    return ko_str_starts(s, KO_STR("Traceback (most recent call last)"));
}
