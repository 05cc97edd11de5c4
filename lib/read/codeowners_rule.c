/* codeowners_rule.c: one line of CODEOWNERS, and which paths its pattern matches. */
#include "read/codeowners_rule.h"

static bool next_word(struct ko_str *rest, struct ko_str *ret)
{
    *rest = ko_str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && (!ko_char_is_space(rest->p[n]) ||
                           (n > 0 && rest->p[n - 1] == '\\'))) /* "a\ b" is one path */
        n++;
    *ret = ko_str_sub(*rest, 0, n);
    *rest = ko_str_skip(*rest, n);
    return n > 0;
}

/* "@acme/team" and addresses; false where a word is none. */
static bool take_owners(struct ko_str rest, struct ko_codeowners_line *line)
{
    struct ko_str word;
    size_t at;
    while (next_word(&rest, &word) && word.p[0] != '#') {
        if (!ko_str_chr(word, '@', &at))
            return false;
        struct ko_str *slot = at == 0 ? &line->owner : &line->contact;
        if (slot->n == 0)
            *slot = word;
    }
    if (line->owner.n == 0) {
        line->owner = line->contact;
        line->contact = (struct ko_str){0};
    }
    return true;
}

/* Behind "[Name]", "^[Name]" or "[Name][2]". */
static bool cut_section(struct ko_str *io)
{
    struct ko_str s = *io;
    size_t end;
    if (s.n > 0 && s.p[0] == '^')
        s = ko_str_skip(s, 1);
    if (s.n == 0 || s.p[0] != '[' || !ko_str_chr(s, ']', &end) || end == 1)
        return false;
    s = ko_str_skip(s, end + 1);
    if (s.n > 0 && s.p[0] == '[' && ko_str_chr(s, ']', &end))
        s = ko_str_skip(s, end + 1);
    *io = s;
    return s.n == 0 || ko_char_is_space(s.p[0]);
}

static bool is_path(struct ko_str s)
{
    size_t at;
    return s.p[0] != '@' && (ko_str_chr(s, '/', &at) || ko_str_chr(s, '*', &at) ||
                             ko_str_chr(s, '.', &at));
}

struct ko_codeowners_line ko_codeowners_line(struct ko_str s)
{
    struct ko_codeowners_line line = {.kind = KO_CODEOWNERS_COMMENT};
    s = ko_str_trim(s);
    if (s.n == 0 || s.p[0] == '#')
        return line;
    struct ko_str rest = s;
    if (cut_section(&rest))
        line.kind = KO_CODEOWNERS_SECTION;
    else if (next_word(&rest, &line.pattern) && is_path(line.pattern))
        line.kind = KO_CODEOWNERS_RULE;
    else
        line.kind = KO_CODEOWNERS_OTHER;
    if (!take_owners(rest, &line))
        line.kind = KO_CODEOWNERS_OTHER;
    return line;
}

static struct ko_str without_end(struct ko_str s)
{
    for (;;) {
        if (s.n > 1 && ko_str_ends(s, KO_STR("/*")))
            s.n -= 1;
        else if (s.n > 2 && ko_str_ends(s, KO_STR("/**")))
            s.n -= 2;
        else if (s.n > 0 && s.p[s.n - 1] == '/')
            s.n -= 1;
        else
            return s;
    }
}

/* Folders that every repository has. */
static bool is_common(struct ko_str s)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("docs"),     KO_STR_INIT("doc"),      KO_STR_INIT("src"),
        KO_STR_INIT("test"),     KO_STR_INIT("tests"),    KO_STR_INIT("lib"),
        KO_STR_INIT("libs"),     KO_STR_INIT("pkg"),      KO_STR_INIT("cmd"),
        KO_STR_INIT("internal"), KO_STR_INIT("scripts"),  KO_STR_INIT("tools"),
        KO_STR_INIT("vendor"),   KO_STR_INIT("config"),   KO_STR_INIT("build"),
        KO_STR_INIT("services"), KO_STR_INIT("apps"),     KO_STR_INIT("packages"),
        KO_STR_INIT("examples"), KO_STR_INIT("workflows")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_ieq(s, names[i]))
            return true;
    }
    return s.n == 0 || s.p[0] == '.';
}

struct ko_str ko_codeowners_folder(struct ko_str pattern)
{
    struct ko_str s = without_end(pattern), name = s;
    size_t at;
    if (ko_str_rchr(s, '/', &at))
        name = ko_str_skip(s, at + 1);
    bool named_folder = s.n < pattern.n || !ko_str_chr(name, '.', &at);
    if (!named_folder || ko_str_chr(name, '*', &at) || is_common(name))
        return (struct ko_str){0};
    return name;
}

/* "*" stands for any run of bytes of one part of a path. */
static bool match_part(struct ko_str pattern, struct ko_str part)
{
    size_t p = 0, s = 0, star = SIZE_MAX, mark = 0;
    while (s < part.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            mark = s;
        } else if (p < pattern.n && (pattern.p[p] == part.p[s] || pattern.p[p] == '?')) {
            p++;
            s++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            s = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

static bool match_anywhere(struct ko_str pattern, struct ko_str path)
{
    struct ko_str part;
    while (ko_str_cut(&path, '/', &part)) {
        if (part.n > 0 && match_part(pattern, part))
            return true;
    }
    return false;
}

/* A pattern of several parts, from the root, matches all that lies below it. */
static bool match_prefix(struct ko_str pattern, struct ko_str path)
{
    struct ko_str want, part;
    while (ko_str_cut(&pattern, '/', &want)) {
        if (want.n == 0 || ko_str_eq(want, KO_STR("**")))
            continue;
        do {
            if (!ko_str_cut(&path, '/', &part))
                return false;
        } while (part.n == 0);
        if (!match_part(want, part))
            return false;
    }
    return true;
}

bool ko_codeowners_match(struct ko_str pattern, struct ko_str path)
{
    size_t at;
    pattern = without_end(pattern);
    path = without_end(path);
    if (pattern.n == 0 || ko_str_eq(pattern, KO_STR("*")) ||
        ko_str_eq(pattern, KO_STR("**")))
        return true;
    return ko_str_chr(pattern, '/', &at) ? match_prefix(pattern, path)
                                         : match_anywhere(pattern, path);
}
