/* session.c: the conversation of triage: where its commands come from, and what it prints
 * when none come. */
#include "app/session.h"

#include "app/history.h"
#include "app/prompt.h"
#include "app/tools.h"

static const char prompt_text[] = "triage> ";

struct session {
    struct ko_run *run;
    struct ko_prompt prompt;
    struct ko_buf out;
    size_t commands; /* that were given */
};

/* Write what the last command printed, unless all goes to one file at the end. */
static void flush(struct session *s)
{
    if (s->run->output != NULL)
        return;
    ko_run_write(s->run, &s->out);
    ko_buf_reset(&s->out);
    if (s->run->code == KO_EXIT_OUTPUT)
        s->prompt.ended = true;
}

static void obey(struct session *s, struct ko_str line)
{
    ko_prompt_run(&s->prompt, line);
    s->commands++;
    flush(s);
}

static void run_options(struct session *s)
{
    for (size_t i = 0; i < s->run->args.given.n && !s->prompt.ended; i++)
        if (s->run->args.given.v[i].id == KO_OPT_COMMAND)
            obey(s, ko_str(s->run->args.given.v[i].value));
}

/* Commands that nobody edits; a prompt is shown to a person only. */
static void run_lines(struct session *s, int fd)
{
    struct ko_buf line;
    struct ko_err err = {0};
    ko_buf_init(&line, KO_BUF_MAX);
    while (!s->prompt.ended) {
        if (s->prompt.interactive)
            ko_io_talk(s->run->io, ko_str(prompt_text));
        enum ko_status st = ko_line_read(fd, &line, &err);
        if (st != KO_OK && st != KO_END)
            ko_run_fail(s->run, st, &err);
        if (st != KO_OK)
            break;
        obey(s, ko_buf_str(&line));
        ko_buf_reset(&line);
    }
    ko_buf_release(&line);
}

static void remember_all(const struct ko_line_ui *ui, struct ko_str lines)
{
    struct ko_str line;
    struct ko_buf z;
    ko_buf_init(&z, KO_BUF_MAX);
    while (ko_str_cut(&lines, '\n', &line)) {
        ko_buf_reset(&z);
        ko_buf_put(&z, line);
        ko_buf_putc(&z, '\0');
        if (line.n && z.status == KO_OK)
            ui->remember(z.p);
    }
    ko_buf_release(&z);
}

static void edit_lines(struct session *s, const struct ko_line_ui *ui,
                       const struct ko_history *history)
{
    struct ko_buf line;
    ko_buf_init(&line, KO_BUF_MAX);
    while (!s->prompt.ended && ui->read(prompt_text, &line) == KO_OK) {
        struct ko_str text = ko_buf_str(&line);
        if (ko_history_keeps(text)) {
            remember_all(ui, text);
            ko_history_add(history, text);
        }
        obey(s, text);
        ko_buf_reset(&line);
    }
    ko_buf_release(&line);
}

static void run_editor(struct session *s, int fd)
{
    const struct ko_line_ui *ui = s->run->io->lines;
    const struct ko_completer completer = {ko_prompt_complete, &s->prompt};
    struct ko_history history;
    struct ko_buf earlier;
    ko_buf_init(&earlier, KO_BUF_MAX);
    ko_history_open(&history, &s->run->io->env, &earlier);
    ui->open(fd, &completer);
    remember_all(ui, ko_buf_str(&earlier));
    edit_lines(s, ui, &history);
    ui->close();
    ko_history_close(&history);
    ko_buf_release(&earlier);
}

/* A person at the terminal ${fd}. */
static void converse(struct session *s, int fd)
{
    const struct ko_io *io = s->run->io;
    bool dumb = ko_str_eq(ko_str(io->env.term), KO_STR("dumb"));
    s->prompt.interactive = true;
    obey(s, KO_STR(""));
    if (io->lines != NULL && !dumb)
        run_editor(s, fd);
    else
        run_lines(s, fd);
}

/* The terminal to converse at; -1: nobody is there. */
static int find_person(const struct ko_run *run, bool stdin_is_data)
{
    if (!run->io->out_tty || run->output != NULL)
        return -1;
    if (run->io->in_tty && !stdin_is_data)
        return run->io->in;
    return stdin_is_data ? run->io->terminal : -1;
}

static void choose(struct session *s, bool stdin_is_data)
{
    int person = find_person(s->run, stdin_is_data);
    if (ko_args_has(&s->run->args, KO_OPT_COMMAND))
        run_options(s);
    else if (person >= 0)
        converse(s, person);
    else if (!stdin_is_data && !s->run->io->in_tty)
        run_lines(s, s->run->io->in);
    if (s->commands == 0)
        obey(s, KO_STR(""));
}

void ko_session_run(struct ko_run *run, struct ko_case *c, bool stdin_is_data)
{
    struct session s = {.run = run};
    ko_buf_init(&s.out, KO_BUF_MAX);
    s.prompt =
        (struct ko_prompt){.io = run->io, .c = c, .show = &run->show, .out = &s.out};
    choose(&s, stdin_is_data);
    if (s.prompt.mistaken && !s.prompt.interactive && run->code == KO_EXIT_DONE)
        run->code = KO_EXIT_USAGE;
    if (run->output != NULL)
        ko_run_write(run, &s.out);
    if (s.prompt.code != KO_EXIT_DONE)
        run->code = s.prompt.code;
    ko_buf_release(&s.out);
}
