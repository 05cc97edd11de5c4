/* prompt_commands.c: what each command of the prompt does. */
#include "app/prompt.h"

#include "app/prompt_pick.h"
#include "case/stream.h"
#include "show/escape.h"

/* The six questions. */
static void ask(struct ko_prompt *p, const char *question)
{
    if (!ko_show_question(p->c, ko_str(question), p->show, p->out))
        ko_prompt_mistake(p, "the case has no answer to '%s'", question);
}

static void run_where(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ask(p, "where");
}

static void run_spread(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ask(p, "spread");
}

static void run_who(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ask(p, "who");
}

static void run_changed(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ask(p, "changed");
}

static void run_worse(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ask(p, "worse");
}

static void run_owner(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ask(p, "owner");
}

static void run_show(struct ko_prompt *p, struct ko_str args)
{
    uint32_t entity;
    if (ko_pick_entity(p, args, &entity))
        ko_show_entity(p->c, entity, p->show, p->out);
}

static void run_plot(struct ko_prompt *p, struct ko_str args)
{
    size_t series;
    if (ko_pick_series(p, args, &series))
        ko_show_plot(p->c, series, p->show, p->out);
}

static void run_why(struct ko_prompt *p, struct ko_str args)
{
    if (args.n == 0)
        ko_prompt_mistake(p, "why what? give an evidence id such as E1");
    else if (!ko_show_evidence(p->c, args, p->show, p->out))
        ko_prompt_mistake(p, "no evidence '%.*s'", KO_ARG(args));
}

static void run_files(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ko_show_ledger(p->c, p->show, p->out);
}

static void run_unknown(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    if (p->c->unknowns.n == 0)
        ko_buf_puts(p->out,
                    "nothing that an export could still tell is known to be missing\n");
    for (size_t i = 0; i < p->c->unknowns.n; i++) {
        const struct ko_unknown *u = &p->c->unknowns.v[i];
        ko_escape_term(p->out, u->what, p->show->ascii);
        if (u->needs.n) {
            ko_buf_puts(p->out, "\n    needs: ");
            ko_escape_term(p->out, u->needs, p->show->ascii);
        }
        ko_buf_putc(p->out, '\n');
    }
}

static void run_journeys(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ko_show_journeys(p->c, p->show, p->out);
}

static void run_recovery(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    ko_show_recovery(p->c, p->show, p->out);
}

/* "14:05" is short for "14:05:00"; ${ret_n} is what it takes of ${text}. */
static bool clock_prefix(struct ko_str text, struct ko_stamp *ret, size_t *ret_n)
{
    struct ko_str rest = text, word;
    struct ko_buf full;
    if (!ko_str_cut(&rest, ' ', &word) || word.n > sizeof "14:05" - 1)
        return false;
    ko_buf_init(&full, KO_BUF_MAX);
    ko_buf_printf(&full, "%.*s:00", KO_ARG(word));
    bool ok = full.status == KO_OK && ko_time_parse(ko_buf_str(&full), ret) == KO_OK &&
              !ret->has_date;
    ko_buf_release(&full);
    if (ok)
        *ret_n = word.n;
    return ok;
}

/* The instant that a note begins with: a full time, or a time of day within the window.
 */
static ko_time note_time(const struct ko_case *c, struct ko_str *text)
{
    struct ko_stamp stamp;
    size_t n;
    if ((ko_time_prefix(*text, &stamp, &n) != KO_OK &&
         !clock_prefix(*text, &stamp, &n)) ||
        n >= text->n)
        return KO_TIME_NONE;
    ko_time t = stamp.time;
    if (!stamp.has_date) {
        t += ko_time_floor(c->head.from, KO_DAY);
        if (t < c->head.from)
            t += KO_DAY;
    } else if (!stamp.has_year) {
        return KO_TIME_NONE;
    }
    *text = ko_str_trim(ko_str_skip(*text, n));
    return t;
}

static void run_note(struct ko_prompt *p, struct ko_str args)
{
    if (args.n == 0) {
        ko_prompt_mistake(p, "note what? e.g. note 14:11 called the vendor");
        return;
    }
    ko_time t = note_time(p->c, &args);
    struct ko_str text;
    struct ko_note *note = NULL;
    if (ko_str_copy(&p->c->arena, args, &text) == KO_OK)
        note = ko_case_add(p->c, "note");
    if (note == NULL) {
        ko_prompt_mistake(p, "out of memory; the note is not kept");
        return;
    }
    note->time = t;
    note->text = text;
    p->unsaved++;
}

/* A document into the file ${path}, or to where everything goes when it is empty. */
static void write_out(struct ko_prompt *p, struct ko_str path, const struct ko_buf *doc)
{
    struct ko_str z;
    if (path.n == 0) {
        ko_buf_put(p->out, ko_buf_str(doc));
        return;
    }
    if (ko_str_copy(&p->c->arena, path, &z) != KO_OK) {
        ko_prompt_mistake(p, "out of memory; '%.*s' is not written", KO_ARG(path));
        return;
    }
    enum ko_exit code = ko_io_write(p->io, z.p, doc);
    if (code != KO_EXIT_DONE)
        p->code = code;
    else if (p->interactive)
        ko_io_say(p->io, "wrote %s", z.p);
}

static const struct ko_show_format *find_format(struct ko_str name)
{
    for (const struct ko_show_format *f = ko_show_formats; f->name != NULL; f++)
        if (ko_str_eq(name, ko_str(f->name)))
            return f;
    return NULL;
}

/* report, report FORMAT, report FILE.FORMAT, report FORMAT FILE */
static void run_report(struct ko_prompt *p, struct ko_str args)
{
    struct ko_str rest = args, first = {0};
    size_t dot;
    const struct ko_show_format *f = find_format(KO_STR("text"));
    if (args.n && ko_str_cut(&rest, ' ', &first)) {
        f = find_format(first);
        if (f == NULL && ko_str_rchr(args, '.', &dot)) {
            f = find_format(ko_str_skip(args, dot + 1));
            rest = args;
        }
    }
    if (f == NULL) {
        ko_prompt_mistake(p, "no format '%.*s'", KO_ARG(first));
        return;
    }
    struct ko_show_options plain = {.ascii = p->show->ascii, .width = p->show->width};
    struct ko_str path = args.n ? ko_str_trim(rest) : (struct ko_str){0};
    struct ko_err err = {0};
    struct ko_buf doc;
    ko_buf_init(&doc, KO_BUF_MAX);
    if (ko_show(p->c, f->name, path.n ? &plain : p->show, &doc, &err) == KO_OK)
        write_out(p, path, &doc);
    else
        ko_prompt_mistake(p, "%s", err.text);
    ko_buf_release(&doc);
}

static void run_save(struct ko_prompt *p, struct ko_str args)
{
    if (args.n == 0) {
        ko_prompt_mistake(p, "save where? give a file for the case");
        return;
    }
    enum ko_exit before = p->code;
    struct ko_buf doc;
    ko_buf_init(&doc, KO_BUF_MAX);
    p->code = KO_EXIT_DONE;
    ko_stream_write(p->c, &doc);
    write_out(p, args, &doc);
    if (p->code == KO_EXIT_DONE) {
        p->unsaved = 0;
        p->code = before;
    }
    ko_buf_release(&doc);
}

static void put_help(struct ko_buf *out, const struct ko_prompt_command *c)
{
    size_t from = out->n;
    ko_buf_printf(out, "  %s%s%s", c->name, c->args[0] != '\0' ? " " : "", c->args);
    for (size_t n = out->n - from; n < 26; n++)
        ko_buf_putc(out, ' ');
    ko_buf_printf(out, "%s\n", c->help);
}

static void run_help(struct ko_prompt *p, struct ko_str args)
{
    const struct ko_prompt_command *one = NULL;
    if (args.n && ko_prompt_find(args, &one) != 1) {
        ko_prompt_mistake(p, "no command '%.*s'; help lists them", KO_ARG(args));
        return;
    }
    if (one != NULL) {
        put_help(p->out, one);
        return;
    }
    for (const struct ko_prompt_command *c = ko_prompt_commands; c->name != NULL; c++)
        put_help(p->out, c);
    ko_buf_puts(p->out, "  1 to 6                  the six questions in their order\n"
                        "  (empty line)            the answer screen\n"
                        "Any unambiguous beginning of a command will do.\n");
}

/* Notes are words that nobody can reconstruct: leaving them behind takes a second quit.
 */
static void run_quit(struct ko_prompt *p, struct ko_str args)
{
    (void)args;
    if (p->interactive && p->unsaved != 0 && !p->warned) {
        ko_io_say(p->io, "notes in no file: %zu; 'save FILE' keeps them, 'quit' leaves",
                  p->unsaved);
        p->warned = true;
        return;
    }
    p->ended = true;
}

const struct ko_prompt_command ko_prompt_commands[] = {
    {"where", "", "where did it start?", KO_WANTS_NOTHING, run_where},
    {"spread", "", "how is it spreading?", KO_WANTS_NOTHING, run_spread},
    {"who", "", "which customers, queues, regions, channels are affected?",
     KO_WANTS_NOTHING, run_who},
    {"changed", "", "what changed recently?", KO_WANTS_NOTHING, run_changed},
    {"worse", "", "which dependency makes it worse?", KO_WANTS_NOTHING, run_worse},
    {"owner", "", "who owns the next move?", KO_WANTS_NOTHING, run_owner},
    {"journeys", "", "where each declared journey broke, step by step", KO_WANTS_NOTHING,
     run_journeys},
    {"recovery", "", "what recover found to work off, and what is back", KO_WANTS_NOTHING,
     run_recovery},
    {"show", "ENTITY", "owner, neighbours, onsets and signals of ENTITY", KO_WANTS_ENTITY,
     run_show},
    {"plot", "[ENTITY] [SIGNAL]", "a signal over time; the most telling one by default",
     KO_WANTS_SIGNAL, run_plot},
    {"why", "EVIDENCE", "the numbers and raw rows behind E1, E2 …", KO_WANTS_EVIDENCE,
     run_why},
    {"files", "", "what was read of each export, and what was not", KO_WANTS_NOTHING,
     run_files},
    {"unknown", "", "what no export could tell, and which would", KO_WANTS_NOTHING,
     run_unknown},
    {"note", "[TIME] TEXT", "words for the report", KO_WANTS_NOTHING, run_note},
    {"report", "[FORMAT] [FILE]", "text, md, html, json, dot or csv", KO_WANTS_FORMAT,
     run_report},
    {"save", "FILE", "the case with its notes", KO_WANTS_NOTHING, run_save},
    {"help", "[COMMAND]", "this list", KO_WANTS_COMMAND, run_help},
    {"quit", "", "leave; so does the end of input", KO_WANTS_NOTHING, run_quit},
    {NULL, NULL, NULL, KO_WANTS_NOTHING, NULL}};
