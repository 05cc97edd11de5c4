/* world.c: the clock, the environment and the terminal, asked once at the start. */
#include "cmd/world.h"

#include "base/num.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static ko_time now(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_REALTIME, &t) != 0)
        return 0;
    return (ko_time)t.tv_sec * KO_SECOND + t.tv_nsec;
}

/* The lowest free descriptor is always the next one given out. */
static void fill_closed_descriptors(void)
{
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            if (open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) != fd)
                _exit(KO_EXIT_OUTPUT);
}

static size_t columns(int fd)
{
    struct winsize size;
    int64_t n = 0;
    if (ko_num_int(ko_str(getenv("COLUMNS")), &n) == KO_OK && n > 0 && n < 10000)
        return (size_t)n;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* Those that it may run on, of all that there are. */
static size_t cores(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 0;
    int n = CPU_COUNT(&set);
    return n > 0 ? (size_t)n : 0;
}

/* The first of the three that is set decides, as in setlocale. */
static bool locale_is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct ko_str value = ko_str(getenv(names[i]));
        size_t at;
        if (value.n)
            return ko_str_ifind(value, KO_STR("utf-8"), &at) ||
                   ko_str_ifind(value, KO_STR("utf8"), &at);
    }
    return false;
}

static const char *base_name(const char *path)
{
    struct ko_str s = ko_str(path);
    size_t slash;
    return ko_str_rchr(s, '/', &slash) ? s.p + slash + 1 : path;
}

void ko_world_open(struct ko_io *io, const char *program)
{
    fill_closed_descriptors();
    (void)signal(SIGPIPE, SIG_DFL);
    (void)signal(SIGXFSZ, SIG_IGN);
    *io = (struct ko_io){
        .program = base_name(program),
        .in = STDIN_FILENO,
        .out = STDOUT_FILENO,
        .err = STDERR_FILENO,
        .terminal = -1,
        .in_tty = isatty(STDIN_FILENO) == 1,
        .out_tty = isatty(STDOUT_FILENO) == 1,
        .err_tty = isatty(STDERR_FILENO) == 1,
        .width = columns(STDOUT_FILENO),
        .cores = cores(),
        .now = now(),
        .clock = now,
        .env = {.no_color = getenv("NO_COLOR"),
                .term = getenv("TERM"),
                .home = getenv("HOME"),
                .state_home = getenv("XDG_STATE_HOME"),
                .utf8 = locale_is_utf8()},
    };
}

static volatile sig_atomic_t caught;

static void note_signal(int number)
{
    caught = number;
}

void ko_world_catch(struct ko_io *io)
{
    struct sigaction once = {.sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&once.sa_mask);
    (void)sigaction(SIGINT, &once, NULL);
    (void)sigaction(SIGTERM, &once, NULL);
    io->stop = &caught;
}

int ko_world_close(const struct ko_io *io, enum ko_exit code)
{
    bool closed = close(io->out) == 0 || errno == EBADF;
    if (closed && io->stop != NULL && *io->stop != 0) {
        (void)signal(*io->stop, SIG_DFL);
        (void)raise(*io->stop);
    }
    if (closed)
        return (int)code;
    ko_io_say(io, "the output could not be written");
    return KO_EXIT_OUTPUT;
}
