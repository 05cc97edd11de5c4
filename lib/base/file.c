/* file.c: bytes in from files and pipes, and files out that are the old one or the new
 * one. */
#include "base/file.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLURP_BYTES = 256 * 1024 };

static enum ko_status io_error(struct ko_err *err, const char *doing, const char *path)
{
    int reason = errno;
    enum ko_status st = reason == ENOENT ? KO_ENOTFOUND : KO_EIO;
    return ko_err_set(err, st, "cannot %s '%s': %s", doing, path, strerror(reason));
}

enum ko_status ko_file_open(const char *path, int *ret_fd, struct ko_err *err)
{
    if (strcmp(path, "-") == 0) {
        *ret_fd = STDIN_FILENO;
        return KO_OK;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return io_error(err, "open", path);
    struct stat st;
    if (fstat(fd, &st) != 0) {
        enum ko_status status = io_error(err, "look at", path);
        (void)close(fd);
        return status;
    }
    if (S_ISDIR(st.st_mode)) {
        (void)close(fd);
        return ko_err_set(err, KO_EIO, "cannot read '%s': it is a directory", path);
    }
    *ret_fd = fd;
    return KO_OK;
}

void ko_file_close(int fd)
{
    if (fd > STDERR_FILENO)
        (void)close(fd);
}

enum ko_status ko_file_read(int fd, char *bytes, size_t n, size_t *ret_n,
                            struct ko_err *err)
{
    size_t got = 0;
    while (got < n) {
        ssize_t k = read(fd, bytes + got, n - got);
        if (k == 0)
            break;
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return ko_err_set(err, KO_EIO, "read failed: %s", strerror(errno));
        got += (size_t)k;
    }
    *ret_n = got;
    return KO_OK;
}

enum ko_status ko_file_slurp(int fd, struct ko_buf *out, struct ko_err *err)
{
    char *block = ko_mem_alloc(SLURP_BYTES, 1);
    if (block == NULL)
        return ko_err_nomem(err);
    enum ko_status st;
    size_t n;
    do {
        n = 0;
        st = ko_file_read(fd, block, SLURP_BYTES, &n, err);
        if (st == KO_OK)
            ko_buf_put(out, (struct ko_str){block, n});
    } while (st == KO_OK && out->status == KO_OK && n == SLURP_BYTES);
    ko_mem_free(block);
    if (st == KO_OK && out->status == KO_ENOMEM)
        return ko_err_nomem(err);
    if (st == KO_OK && out->status != KO_OK)
        return ko_err_set(err, out->status, "input is larger than %zu bytes",
                          out->max_bytes);
    return st;
}

enum ko_status ko_file_write(int fd, struct ko_str s, struct ko_err *err)
{
    while (s.n) {
        ssize_t k = write(fd, s.p, s.n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return ko_err_set(err, KO_EIO, "write failed: %s", strerror(errno));
        s = ko_str_skip(s, (size_t)k);
    }
    return KO_OK;
}

/* The folder of ${path} is synced so that the rename itself survives a power loss. */
static enum ko_status sync_folder(const char *path, struct ko_err *err)
{
    struct ko_str folder = ko_str(path);
    size_t slash;
    folder = ko_str_rchr(folder, '/', &slash) ? ko_str_sub(folder, 0, slash ? slash : 1)
                                              : KO_STR(".");
    struct ko_arena arena = {0};
    struct ko_str z;
    if (ko_str_copy(&arena, folder, &z) != KO_OK)
        return ko_err_nomem(err);
    enum ko_status st = KO_OK;
    int fd = open(z.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
        st = io_error(err, "sync the folder of", path);
    if (fd >= 0)
        (void)close(fd);
    ko_arena_release(&arena);
    return st;
}

static enum ko_status write_temporary(int fd, const char *path, struct ko_str s,
                                      struct ko_err *err)
{
    struct stat old;
    mode_t mode = stat(path, &old) == 0 ? old.st_mode & 0777 : 0600;
    enum ko_status st = ko_file_write(fd, s, err);
    if (st == KO_OK && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
        st = io_error(err, "write", path);
    if (close(fd) != 0 && st == KO_OK)
        st = io_error(err, "write", path);
    return st;
}

/* A signal that ends us waits until the temporary file is either in place or gone. */
static void hold_signals(sigset_t *before)
{
    sigset_t held;
    (void)sigemptyset(&held);
    (void)sigaddset(&held, SIGINT);
    (void)sigaddset(&held, SIGTERM);
    (void)sigaddset(&held, SIGHUP);
    (void)sigaddset(&held, SIGQUIT);
    (void)sigprocmask(SIG_BLOCK, &held, before);
}

static enum ko_status replace_by_rename(const char *path, struct ko_str s,
                                        struct ko_err *err)
{
    struct ko_buf temp;
    ko_buf_init(&temp, KO_BUF_MAX);
    ko_buf_printf(&temp, "%s.tmp-XXXXXX", path);
    ko_buf_putc(&temp, '\0');
    if (temp.status != KO_OK)
        return ko_err_nomem(err);
    int fd = mkostemp(temp.p, O_CLOEXEC);
    if (fd < 0) {
        enum ko_status st = io_error(err, "create a file beside", path);
        ko_buf_release(&temp);
        return st;
    }
    enum ko_status st = write_temporary(fd, path, s, err);
    if (st == KO_OK && rename(temp.p, path) != 0)
        st = io_error(err, "replace", path);
    if (st != KO_OK)
        (void)unlink(temp.p);
    else
        st = sync_folder(path, err);
    ko_buf_release(&temp);
    return st;
}

enum ko_status ko_file_replace(const char *path, struct ko_str s, struct ko_err *err)
{
    struct stat there;
    if (lstat(path, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISLNK(there.st_mode)) {
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0)
            return io_error(err, "write", path);
        enum ko_status st = ko_file_write(fd, s, err);
        if (close(fd) != 0 && st == KO_OK)
            st = io_error(err, "write", path);
        return st;
    }
    sigset_t before;
    hold_signals(&before);
    enum ko_status st = replace_by_rename(path, s, err);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return st;
}
