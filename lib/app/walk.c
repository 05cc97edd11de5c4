/* walk.c: the files behind the operands: folders opened, everything in one stable order.
 */
#include "app/walk.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum ko_status system_error(struct ko_err *err, const char *path)
{
    int reason = errno;
    return ko_err_set(err, reason == ENOENT ? KO_ENOTFOUND : KO_EIO,
                      "cannot open '%s': %s", path, strerror(reason));
}

static enum ko_status keep(struct ko_walk *w, struct ko_str path, struct ko_err *err)
{
    struct ko_str copy;
    if (ko_str_copy(&w->arena, path, &copy) != KO_OK)
        return ko_err_nomem(err);
    const char **file;
    KO_LIST_ADD(&w->arena, &w->files, file);
    if (file == NULL)
        return ko_err_nomem(err);
    *file = copy.p;
    return KO_OK;
}

/* ${folder}/${name}, ended by NUL; just the name inside ".". */
static void join(struct ko_buf *b, const char *folder, const char *name)
{
    struct ko_str f = ko_str(folder);
    ko_buf_reset(b);
    if (!ko_str_eq(f, KO_STR(".")) && !ko_str_eq(f, KO_STR("./"))) {
        ko_buf_put(b, f);
        if (!ko_str_ends(f, KO_STR("/")))
            ko_buf_putc(b, '/');
    }
    ko_buf_puts(b, name);
    ko_buf_putc(b, '\0');
}

static enum ko_status add_folder(struct ko_walk *w, const char *folder, int depth,
                                 struct ko_err *err);

static enum ko_status note_trouble(struct ko_walk *w, const char *path,
                                   const struct ko_err *why, struct ko_err *err)
{
    struct ko_str copy;
    struct ko_walk_trouble *t;
    KO_LIST_ADD(&w->arena, &w->troubles, t);
    if (t == NULL || ko_str_copy(&w->arena, ko_str(path), &copy) != KO_OK)
        return ko_err_nomem(err);
    *t = (struct ko_walk_trouble){copy.p, *why};
    return KO_OK;
}

static enum ko_status look_inside(struct ko_walk *w, const char *path, int depth,
                                  struct ko_err *err)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return system_error(err, path);
    if (S_ISDIR(st.st_mode))
        return add_folder(w, path, depth + 1, err);
    if (S_ISLNK(st.st_mode) && stat(path, &st) != 0)
        return system_error(err, path);
    if (S_ISREG(st.st_mode))
        return keep(w, ko_str(path), err);
    w->skipped++;
    return KO_OK;
}

static enum ko_status add_inside(struct ko_walk *w, const char *path, int depth,
                                 struct ko_err *err)
{
    struct ko_err why = {0};
    enum ko_status st = look_inside(w, path, depth, &why);
    if (st == KO_ENOMEM)
        return ko_err_nomem(err);
    return st == KO_OK ? st : note_trouble(w, path, &why, err);
}

static enum ko_status add_entries(struct ko_walk *w, DIR *dir, const char *folder,
                                  int depth, struct ko_err *err)
{
    struct ko_buf path;
    ko_buf_init(&path, KO_BUF_MAX);
    enum ko_status st = KO_OK;
    struct dirent *entry;
    while (st == KO_OK && (errno = 0, entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        join(&path, folder, entry->d_name);
        st = path.status == KO_OK ? add_inside(w, path.p, depth, err) : ko_err_nomem(err);
    }
    if (st == KO_OK && errno != 0)
        st = system_error(err, folder);
    ko_buf_release(&path);
    return st;
}

/* Recursion ends at KO_WALK_DEPTH. */
static enum ko_status add_folder(struct ko_walk *w, const char *folder, int depth,
                                 struct ko_err *err)
{
    if (depth > KO_WALK_DEPTH)
        return ko_err_set(err, KO_ELIMIT, "'%s' is more than %d folders deep", folder,
                          KO_WALK_DEPTH);
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return system_error(err, folder);
    enum ko_status st = add_entries(w, dir, folder, depth, err);
    (void)closedir(dir);
    return st;
}

/* A pipe that the caller has opened already. */
static bool is_handed_down(const char *path)
{
    struct ko_str p = ko_str(path);
    return ko_str_eq(p, KO_STR("/dev/stdin")) || ko_str_starts(p, KO_STR("/dev/fd/")) ||
           ko_str_starts(p, KO_STR("/proc/self/fd/"));
}

enum ko_status ko_walk_add(struct ko_walk *w, const char *path, struct ko_err *err)
{
    struct stat st;
    if (ko_str_eq(ko_str(path), KO_STR("-")))
        return keep(w, KO_STR("-"), err);
    if (stat(path, &st) != 0)
        return system_error(err, path);
    if (S_ISDIR(st.st_mode))
        return add_folder(w, path, 1, err);
    if (S_ISREG(st.st_mode) || (S_ISFIFO(st.st_mode) && is_handed_down(path)))
        return keep(w, ko_str(path), err);
    return ko_err_set(err, KO_EIO,
                      "cannot read '%s': it is a %s; give its bytes on standard input",
                      path,
                      S_ISFIFO(st.st_mode)   ? "pipe"
                      : S_ISSOCK(st.st_mode) ? "socket"
                                             : "device");
}

static int by_bytes(const void *a, const void *b)
{
    return ko_str_cmp(ko_str(*(const char *const *)a), ko_str(*(const char *const *)b));
}

void ko_walk_sort(struct ko_walk *w)
{
    if (w->files.n == 0)
        return;
    qsort(w->files.v, w->files.n, sizeof *w->files.v, by_bytes);
    size_t kept = 1;
    for (size_t i = 1; i < w->files.n; i++)
        if (by_bytes(&w->files.v[kept - 1], &w->files.v[i]) != 0)
            w->files.v[kept++] = w->files.v[i];
    w->files.n = kept;
}

void ko_walk_release(struct ko_walk *w)
{
    ko_arena_release(&w->arena);
    *w = (struct ko_walk){0};
}
