/* completion.c: shell completion scripts from the option tables. */
#include "app/completion.h"

typedef void put_fn(struct ko_buf *out, const struct ko_tool *tool, const char *program);

/* Does the argument of ${o} name a file? */
static bool takes_file(const struct ko_option *o)
{
    size_t at;
    return o->arg != NULL && ko_str_find(ko_str(o->arg), KO_STR("FILE"), &at);
}

/* Text inside single quotes of a shell; zsh and fish also read brackets and colons. */
static void put_quoted(struct ko_buf *out, const char *text, const char *escaped)
{
    struct ko_str s = ko_str(text);
    for (size_t i = 0; i < s.n; i++) {
        size_t at;
        if (s.p[i] == '\'')
            ko_buf_puts(out, "'\\'");
        else if (ko_str_chr(ko_str(escaped), s.p[i], &at))
            ko_buf_putc(out, '\\');
        ko_buf_putc(out, s.p[i]);
    }
}

static void put_bash_option(struct ko_buf *out, const struct ko_option *o)
{
    if (o->arg == NULL)
        return;
    ko_buf_printf(out, "        --%s", o->name);
    if (o->letter != '\0')
        ko_buf_printf(out, "|-%c", o->letter);
    if (o->words != NULL)
        ko_buf_printf(out, ") COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n",
                      o->words);
    else if (takes_file(o))
        ko_buf_puts(out, ") COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n");
    else
        ko_buf_puts(out, ") return ;;\n");
}

static void put_bash(struct ko_buf *out, const struct ko_tool *tool, const char *program)
{
    const struct ko_option *o;
    ko_buf_puts(out, "# bash completion, made by --completion bash\n_knockon_");
    ko_buf_printf(out, "%s()\n{\n", tool->name);
    ko_buf_puts(out, "    local cur=${COMP_WORDS[COMP_CWORD]} "
                     "prev=${COMP_WORDS[COMP_CWORD-1]}\n    case $prev in\n");
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (!o->hidden)
            put_bash_option(out, o);
    ko_buf_puts(out, "    esac\n    if [[ $cur == -* ]]; then\n"
                     "        COMPREPLY=($(compgen -W '");
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (!o->hidden)
            ko_buf_printf(out, "%s--%s", i ? " " : "", o->name);
    ko_buf_puts(out, "' -- \"$cur\"))\n    else\n"
                     "        COMPREPLY=($(compgen -f -- \"$cur\"))\n    fi\n}\n");
    ko_buf_printf(out, "complete -o filenames -F _knockon_%s %s\n", tool->name, program);
}

static void put_zsh_option(struct ko_buf *out, const struct ko_option *o)
{
    ko_buf_puts(out, "    ");
    if (o->letter != '\0')
        ko_buf_printf(out, "{-%c,--%s}", o->letter, o->name);
    else
        ko_buf_printf(out, "--%s", o->name);
    ko_buf_puts(out, "'[");
    put_quoted(out, o->help, "[]:\\");
    ko_buf_putc(out, ']');
    if (o->arg != NULL) {
        ko_buf_putc(out, ':');
        put_quoted(out, o->arg, "[]:\\");
        if (o->words != NULL)
            ko_buf_printf(out, ":(%s)", o->words);
        else
            ko_buf_puts(out, takes_file(o) ? ":_files" : ":");
    }
    ko_buf_puts(out, "' \\\n");
}

static void put_zsh(struct ko_buf *out, const struct ko_tool *tool, const char *program)
{
    const struct ko_option *o;
    ko_buf_printf(out, "#compdef %s\n# zsh completion, made by --completion zsh\n",
                  program);
    ko_buf_puts(out, "_arguments \\\n");
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (!o->hidden)
            put_zsh_option(out, o);
    ko_buf_puts(out, "    '*:file:_files'\n");
}

static void put_fish_option(struct ko_buf *out, const struct ko_option *o,
                            const char *program)
{
    ko_buf_printf(out, "complete -c %s", program);
    if (o->letter != '\0')
        ko_buf_printf(out, " -s %c", o->letter);
    ko_buf_printf(out, " -l %s", o->name);
    if (o->arg != NULL)
        ko_buf_puts(out, takes_file(o) ? " -r" : " -x");
    if (o->words != NULL)
        ko_buf_printf(out, " -a '%s'", o->words);
    ko_buf_puts(out, " -d '");
    put_quoted(out, o->help, "\\");
    ko_buf_puts(out, "'\n");
}

static void put_fish(struct ko_buf *out, const struct ko_tool *tool, const char *program)
{
    const struct ko_option *o;
    ko_buf_puts(out, "# fish completion, made by --completion fish\n");
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (!o->hidden)
            put_fish_option(out, o, program);
}

static const struct {
    const char *name;
    put_fn *put;
} shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};

bool ko_completion_put(struct ko_buf *out, const struct ko_tool *tool,
                       const char *program, struct ko_str shell)
{
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (!ko_str_eq(shell, ko_str(shells[i].name)))
            continue;
        shells[i].put(out, tool, program);
        return true;
    }
    return false;
}
