/* help.c: --help, --version and --dump-options from the option tables. */
#include "app/help.h"

#include "base/utf8.h"

#include <csv.h>
#include <jansson.h>

/* Column at which the explanations start. */
enum { HELP_COLUMN = 28 };

static void put_usage(struct ko_buf *out, const struct ko_tool *tool, const char *program)
{
    ko_buf_printf(out, "usage: %s [OPTION]… %s\n", program, tool->operands);
    ko_buf_printf(out, "%s: %s.\n", program, tool->what);
}

static void put_option(struct ko_buf *out, const struct ko_option *o)
{
    size_t from = out->n;
    if (o->letter != '\0')
        ko_buf_printf(out, "  -%c, --%s", o->letter, o->name);
    else
        ko_buf_printf(out, "      --%s", o->name);
    if (o->arg != NULL)
        ko_buf_printf(out, " %s", o->arg);
    if (out->status != KO_OK)
        return;
    size_t wide = ko_utf8_width((struct ko_str){out->p + from, out->n - from});
    if (wide > HELP_COLUMN - 2) {
        ko_buf_putc(out, '\n');
        wide = 0;
    }
    ko_buf_fill(out, ' ', HELP_COLUMN - wide);
    ko_buf_printf(out, "%s\n", o->help);
}

static bool same(const char *a, const char *b)
{
    return ko_str_eq(ko_str(a), ko_str(b));
}

/* Is option ${at} the first of its group? */
static bool opens_group(const struct ko_tool *tool, size_t at)
{
    const char *group = ko_option_at(tool, at)->group;
    for (size_t i = 0; i < at; i++)
        if (same(ko_option_at(tool, i)->group, group))
            return false;
    return true;
}

static void put_group(struct ko_buf *out, const struct ko_tool *tool, const char *group)
{
    ko_buf_printf(out, "\n%s:\n", group);
    const struct ko_option *o;
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (same(o->group, group) && !o->hidden)
            put_option(out, o);
}

void ko_help_put(struct ko_buf *out, const struct ko_tool *tool, const char *program)
{
    put_usage(out, tool, program);
    ko_buf_puts(out, "\nExamples:\n");
    for (const struct ko_example *e = tool->examples; e->line != NULL; e++)
        ko_buf_printf(out, "  %s\n      %s\n", e->line, e->what);
    const struct ko_option *o;
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (opens_group(tool, i))
            put_group(out, tool, o->group);
    ko_buf_puts(out,
                "\nExit status: 0 done, 1 nothing found (with -e), 2 usage, 3 damaged "
                "input,\n4 no usable input, 5 output not written.  Manual: ");
    ko_buf_printf(out, "man %s, man knockon\n", program);
}

void ko_help_put_short(struct ko_buf *out, const struct ko_tool *tool,
                       const char *program)
{
    put_usage(out, tool, program);
    ko_buf_printf(out, "example: %s\ntry: %s --help\n", tool->examples[0].line, program);
}

/* The option that follows ${after} in order of names; NULL past the last. */
static const struct ko_option *next_by_name(const struct ko_tool *tool,
                                            const struct ko_option *after)
{
    const struct ko_option *o, *best = NULL;
    for (size_t i = 0; (o = ko_option_at(tool, i)) != NULL; i++)
        if (!o->hidden &&
            (after == NULL || ko_str_cmp(ko_str(o->name), ko_str(after->name)) > 0) &&
            (best == NULL || ko_str_cmp(ko_str(o->name), ko_str(best->name)) < 0))
            best = o;
    return best;
}

void ko_help_put_table(struct ko_buf *out, const struct ko_tool *tool)
{
    const struct ko_option *o = NULL;
    while ((o = next_by_name(tool, o)) != NULL) {
        ko_buf_putc(out, o->letter != '\0' ? o->letter : '-');
        ko_buf_printf(out, "\t%s\t%s\n", o->name, o->arg != NULL ? o->arg : "-");
    }
}

void ko_help_put_version(struct ko_buf *out, const char *program, const char *editor)
{
    ko_buf_printf(out, "%s (knockon) %s\n", program, KO_VERSION);
    ko_buf_printf(out, "jansson %s, libcsv %d.%d.%d", jansson_version_str(), CSV_MAJOR,
                  CSV_MINOR, CSV_RELEASE);
    if (editor != NULL)
        ko_buf_printf(out, ", %s", editor);
    ko_buf_putc(out, '\n');
}
