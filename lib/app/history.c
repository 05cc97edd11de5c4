/* history.c: the commands typed at earlier prompts, in a file that only the user reads.
 */
#include "app/history.h"

#include "base/file.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

/* A longer file is not ours. */
enum { HISTORY_BYTES = 4 * 1024 * 1024 };

bool ko_history_keeps(struct ko_str line)
{
    static const char *const secrets[] = {"password", "passwd",        "token", "secret",
                                          "api_key",  "authorization", "apikey"};
    size_t at;
    if (line.n == 0 || ko_char_is_space(line.p[0]))
        return false;
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (ko_str_ifind(line, ko_str(secrets[i]), &at) &&
            (ko_str_chr(ko_str_skip(line, at), '=', &at) ||
             ko_str_chr(ko_str_skip(line, at), ':', &at)))
            return false;
    return true;
}

/* Make every folder above the file ${path}; ones that are there are left as they are. */
static void make_folders(char *path)
{
    for (char *p = path + 1; *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        (void)mkdir(path, 0700);
        *p = '/';
    }
}

static void find_path(struct ko_history *h, const struct ko_env *env)
{
    struct ko_str state = ko_str(env->state_home), home = ko_str(env->home);
    struct ko_buf b;
    ko_buf_init(&b, HISTORY_BYTES);
    if (state.n && state.p[0] == '/')
        ko_buf_printf(&b, "%.*s/knockon/history", KO_ARG(state));
    else if (home.n && home.p[0] == '/')
        ko_buf_printf(&b, "%.*s/.local/state/knockon/history", KO_ARG(home));
    ko_buf_putc(&b, '\0');
    struct ko_str copy;
    if (b.status == KO_OK && b.n > 1) {
        make_folders(b.p);
        if (ko_str_copy(&h->arena, ko_str(b.p), &copy) == KO_OK)
            h->path = copy.p;
    }
    ko_buf_release(&b);
}

/* The last ${n} lines of ${s}. */
static struct ko_str last_lines(struct ko_str s, size_t n)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '\n' && i < s.n && n-- == 1)
            return ko_str_skip(s, i);
    return s;
}

/* The file keeps at most twice the lines, so that it is rarely written anew. */
static void shorten(const struct ko_history *h, struct ko_str all)
{
    struct ko_str keep = last_lines(all, (size_t)2 * KO_HISTORY_LINES);
    if (keep.n == all.n)
        return;
    enum ko_status kept_long = ko_file_replace(h->path, keep, NULL);
    (void)kept_long;
}

void ko_history_open(struct ko_history *h, const struct ko_env *env, struct ko_buf *lines)
{
    *h = (struct ko_history){0};
    find_path(h, env);
    int fd;
    if (h->path == NULL || ko_file_open(h->path, &fd, NULL) != KO_OK)
        return;
    struct ko_buf all;
    ko_buf_init(&all, HISTORY_BYTES);
    if (ko_file_slurp(fd, &all, NULL) == KO_OK) {
        shorten(h, ko_buf_str(&all));
        ko_buf_put(lines, last_lines(ko_buf_str(&all), KO_HISTORY_LINES));
    }
    ko_file_close(fd);
    ko_buf_release(&all);
}

void ko_history_add(const struct ko_history *h, struct ko_str line)
{
    if (h->path == NULL || !ko_history_keeps(line))
        return;
    int fd = open(h->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return;
    struct ko_buf b;
    ko_buf_init(&b, HISTORY_BYTES);
    ko_buf_put(&b, line);
    ko_buf_putc(&b, '\n');
    enum ko_status lost =
        b.status == KO_OK ? ko_file_write(fd, ko_buf_str(&b), NULL) : KO_OK;
    (void)lost; /* a command that ran is not undone by a full disk */
    ko_buf_release(&b);
    (void)close(fd);
}

void ko_history_close(struct ko_history *h)
{
    ko_arena_release(&h->arena);
    *h = (struct ko_history){0};
}
