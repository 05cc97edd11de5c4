/* edit_readline.c: the line editor of the prompt, by GNU Readline; the only file that
 * knows it.  Readline keeps its state in globals, so this file has to as well. */
#include "cmd/edit.h"

#include <poll.h>
#include <readline/history.h>
#include <readline/readline.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INTERRUPT_MS = 200 };

static const struct ko_completer *completer;
static struct ko_arena candidates_arena;
static ko_candidates candidates;
static size_t next_candidate;
static FILE *terminal;
static char *line; /* that was finished; NULL at the end of input */
static bool finished;
static volatile sig_atomic_t interrupted;

/* Readline frees what it is given. */
static char *give_candidate(const char *text, int state)
{
    (void)text;
    if (state == 0)
        next_candidate = 0;
    return next_candidate < candidates.n ? strdup(candidates.v[next_candidate++].p)
                                         : NULL;
}

static char **complete(const char *text, int start, int end)
{
    (void)start;
    rl_attempted_completion_over = 1;
    ko_arena_release(&candidates_arena);
    candidates = (ko_candidates){0};
    struct ko_str typed = {rl_line_buffer, (size_t)end};
    completer->complete(completer->ctx, typed, &candidates_arena, &candidates);
    return rl_completion_matches(text, give_candidate);
}

static void note_interrupt(int sig)
{
    (void)sig;
    interrupted = 1;
}

static void take_line(char *text)
{
    line = text;
    finished = true;
    rl_callback_handler_remove();
}

/* ^C cancels the line that is being typed, not the session. */
static void cancel_line(void)
{
    interrupted = 0;
    rl_callback_sigcleanup();
    rl_free_line_state();
    rl_replace_line("", 0);
    rl_crlf();
    rl_on_new_line();
    rl_redisplay();
}

static void open_terminal(int fd, const struct ko_completer *by)
{
    int own = dup(fd);
    completer = by;
    terminal = own < 0 ? NULL : fdopen(own, "r");
    rl_instream = terminal != NULL ? terminal : stdin;
    rl_outstream = stderr;
    rl_readline_name = "knockon";
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = " ";
    rl_basic_word_break_characters = " ";
    rl_catch_signals = 0;
    (void)signal(SIGINT, note_interrupt);
    using_history();
}

/* Readline's own loop cannot be left from a signal, so characters are fed to it here; the
 * short wait is for a signal that comes just before poll. */
static enum ko_status read_line(const char *prompt, struct ko_buf *ret)
{
    struct pollfd input = {.fd = fileno(rl_instream), .events = POLLIN};
    finished = false;
    rl_callback_handler_install(prompt, take_line);
    while (!finished) {
        int ready = poll(&input, 1, INTERRUPT_MS);
        if (interrupted)
            cancel_line();
        else if (ready > 0)
            rl_callback_read_char();
    }
    if (line == NULL)
        return KO_END;
    ko_buf_puts(ret, line);
    free(line);
    return ret->status;
}

static void close_terminal(void)
{
    (void)signal(SIGINT, SIG_DFL);
    clear_history();
    ko_arena_release(&candidates_arena);
    candidates = (ko_candidates){0};
    if (terminal != NULL)
        (void)fclose(terminal);
    terminal = NULL;
}

const struct ko_line_ui *ko_edit_ui(void)
{
    static char version[32];
    static struct ko_line_ui ui = {
        .version = version,
        .open = open_terminal,
        .read = read_line,
        .remember = add_history,
        .close = close_terminal,
    };
    (void)snprintf(version, sizeof version, "readline %s", rl_library_version);
    return &ui;
}
