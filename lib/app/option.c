/* option.c: the options of a tool as one static table, and the command line read by it.
 */
#include "app/option.h"

#include "app/suggest.h"

/* Where the reading of the command line stands. */
struct reading {
    struct ko_args *args;
    const struct ko_tool *tool;
    int argc, at;
    char *const *argv;
    bool operands_only;
    struct ko_err *err;
};

const struct ko_option *ko_option_at(const struct ko_tool *tool, size_t i)
{
    for (const struct ko_option *const *t = tool->tables; *t != NULL; t++)
        for (const struct ko_option *o = *t; o->name != NULL; o++)
            if (i-- == 0)
                return o;
    return NULL;
}

static const struct ko_option *find_name(const struct ko_tool *tool, struct ko_str name)
{
    const struct ko_option *o;
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (ko_str_eq(name, ko_str(o->name)))
            return o;
    return NULL;
}

static const struct ko_option *find_letter(const struct ko_tool *tool, char letter)
{
    const struct ko_option *o;
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (o->letter == letter && letter != '\0')
            return o;
    return NULL;
}

static enum ko_status unknown_option(const struct reading *r, struct ko_str name)
{
    struct ko_suggest near = {0};
    const struct ko_option *o;
    for (size_t i = 0; (o = ko_option_at(r->tool, i)) != NULL; i++)
        if (!o->hidden)
            ko_suggest_try(&near, name, ko_str(o->name));
    if (near.best.n)
        return ko_err_set(r->err, KO_EUNSUPPORTED,
                          "unknown option '--%.*s'; did you mean --%.*s?", KO_ARG(name),
                          KO_ARG(near.best));
    return ko_err_set(r->err, KO_EUNSUPPORTED, "unknown option '--%.*s'", KO_ARG(name));
}

/* One of the blank-separated ${words}? */
static bool among(const char *words, struct ko_str value)
{
    struct ko_str rest = ko_str(words), word;
    while (ko_str_cut(&rest, ' ', &word))
        if (ko_str_eq(word, value))
            return true;
    return false;
}

static enum ko_status add(const struct reading *r, const struct ko_option *o,
                          const char *value)
{
    if (o->words != NULL && !among(o->words, ko_str(value)))
        return ko_err_set(r->err, KO_EUNSUPPORTED, "--%s takes one of: %s; not '%s'",
                          o->name, o->words, value);
    struct ko_arg *arg;
    KO_LIST_ADD(&r->args->arena, &r->args->given, arg);
    if (arg == NULL)
        return ko_err_nomem(r->err);
    *arg = (struct ko_arg){o->id, value};
    return KO_OK;
}

/* ${value} is what stood behind "=" or the letter; NULL when nothing did. */
static enum ko_status take(struct reading *r, const struct ko_option *o,
                           const char *value)
{
    if (o->arg == NULL)
        return add(r, o, NULL);
    if (value == NULL && r->at < r->argc)
        value = r->argv[r->at++];
    if (value == NULL)
        return ko_err_set(r->err, KO_EUNSUPPORTED, "--%s needs %s", o->name, o->arg);
    return add(r, o, value);
}

static enum ko_status take_long(struct reading *r, struct ko_str text)
{
    size_t eq;
    bool has_value = ko_str_chr(text, '=', &eq);
    struct ko_str name = has_value ? ko_str_sub(text, 0, eq) : text;
    const struct ko_option *o = find_name(r->tool, name);
    if (o == NULL)
        return unknown_option(r, name);
    if (has_value && o->arg == NULL)
        return ko_err_set(r->err, KO_EUNSUPPORTED, "--%s takes no argument", o->name);
    return take(r, o, has_value ? text.p + eq + 1 : NULL);
}

static enum ko_status take_letters(struct reading *r, const char *letters)
{
    enum ko_status st = KO_OK;
    for (; st == KO_OK && *letters != '\0'; letters++) {
        const struct ko_option *o = find_letter(r->tool, *letters);
        if (o == NULL)
            return ko_err_set(r->err, KO_EUNSUPPORTED, "unknown option '-%c'", *letters);
        if (o->arg != NULL)
            return take(r, o, letters[1] != '\0' ? letters + 1 : NULL);
        st = take(r, o, NULL);
    }
    return st;
}

static enum ko_status take_operand(struct reading *r, const char *word)
{
    const char **operand;
    KO_LIST_ADD(&r->args->arena, &r->args->operands, operand);
    if (operand == NULL)
        return ko_err_nomem(r->err);
    *operand = word;
    return KO_OK;
}

static enum ko_status take_word(struct reading *r, const char *word)
{
    if (r->operands_only || word[0] != '-' || word[1] == '\0')
        return take_operand(r, word);
    if (word[1] != '-')
        return take_letters(r, word + 1);
    if (word[2] != '\0')
        return take_long(r, ko_str(word + 2));
    r->operands_only = true;
    return KO_OK;
}

enum ko_status ko_args_parse(struct ko_args *args, const struct ko_tool *tool, int argc,
                             char *const *argv, struct ko_err *err)
{
    struct reading r = {
        .args = args, .tool = tool, .argc = argc, .at = 1, .argv = argv, .err = err};
    enum ko_status st = KO_OK;
    while (st == KO_OK && r.at < argc)
        st = take_word(&r, argv[r.at++]);
    return st;
}

void ko_args_release(struct ko_args *args)
{
    ko_arena_release(&args->arena);
    *args = (struct ko_args){0};
}

bool ko_args_has(const struct ko_args *args, int id)
{
    for (size_t i = 0; i < args->given.n; i++)
        if (args->given.v[i].id == id)
            return true;
    return false;
}

const char *ko_args_last(const struct ko_args *args, int id)
{
    for (size_t i = args->given.n; i > 0; i--)
        if (args->given.v[i - 1].id == id)
            return args->given.v[i - 1].value;
    return NULL;
}
