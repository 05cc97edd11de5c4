/* prompt.c: a typed line and the command that it means. */
#include "app/prompt.h"

#include "app/suggest.h"

#include <stdarg.h>
#include <stdio.h>

enum { MISTAKE_BYTES = 512 };

void ko_prompt_mistake(struct ko_prompt *p, const char *fmt, ...)
{
    char text[MISTAKE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    ko_io_say(p->io, "%s", text);
    p->mistaken = true;
}

size_t ko_prompt_find(struct ko_str name, const struct ko_prompt_command **ret)
{
    size_t n = 0;
    const struct ko_prompt_command *found = NULL;
    for (const struct ko_prompt_command *c = ko_prompt_commands; c->name != NULL; c++) {
        if (!ko_str_starts(ko_str(c->name), name))
            continue;
        found = c;
        if (ko_str_eq(ko_str(c->name), name)) {
            n = 1;
            break;
        }
        n++;
    }
    if (n == 1)
        *ret = found;
    return n;
}

static void unknown(struct ko_prompt *p, struct ko_str name)
{
    struct ko_suggest near = {0};
    for (const struct ko_prompt_command *c = ko_prompt_commands; c->name != NULL; c++)
        ko_suggest_try(&near, name, ko_str(c->name));
    if (near.best.n)
        ko_prompt_mistake(p, "no command '%.*s'; did you mean %.*s?", KO_ARG(name),
                          KO_ARG(near.best));
    else
        ko_prompt_mistake(p, "no command '%.*s'; help lists them", KO_ARG(name));
}

static void ambiguous(struct ko_prompt *p, struct ko_str name)
{
    struct ko_buf names;
    ko_buf_init(&names, MISTAKE_BYTES);
    for (const struct ko_prompt_command *c = ko_prompt_commands; c->name != NULL; c++)
        if (ko_str_starts(ko_str(c->name), name))
            ko_buf_printf(&names, " %s", c->name);
    ko_prompt_mistake(p, "'%.*s' may mean:%.*s", KO_ARG(name),
                      KO_ARG(ko_buf_str(&names)));
    ko_buf_release(&names);
}

/* "1" to "6": the question of that number. */
static struct ko_str by_number(struct ko_str name)
{
    if (name.n != 1 || name.p[0] < '1' || name.p[0] > '6')
        return name;
    for (size_t i = 0; ko_show_questions[i] != NULL; i++)
        if (i == (size_t)(name.p[0] - '1'))
            return ko_str(ko_show_questions[i]);
    return name;
}

static void show_screen(struct ko_prompt *p)
{
    struct ko_err err = {0};
    if (ko_show(p->c, "text", p->show, p->out, &err) != KO_OK)
        ko_io_say_err(p->io, &err);
}

void ko_prompt_run(struct ko_prompt *p, struct ko_str line)
{
    struct ko_str rest = ko_str_trim(line), name = {0};
    if (rest.n == 0)
        show_screen(p);
    if (rest.n == 0 || rest.p[0] == '#' || !ko_str_cut(&rest, ' ', &name))
        return;
    name = by_number(name);
    const struct ko_prompt_command *command = NULL;
    size_t n = ko_prompt_find(name, &command);
    rest = ko_str_trim(rest);
    if (n == 0)
        unknown(p, name);
    else if (n > 1)
        ambiguous(p, name);
    else if (rest.n && command->args[0] == '\0')
        ko_prompt_mistake(p, "%s takes no argument", command->name);
    else
        command->run(p, rest);
}
