/* source_file.c: the bytes of a file as it was when it was opened, and what became of it
 * meanwhile. */
#include "read/source_file.h"

#include "base/file.h"

#include <sys/stat.h>

static enum ko_status pull(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err)
{
    struct ko_source_file *f = ctx;
    if (f->bounded && n > f->left)
        n = (size_t)f->left;
    enum ko_status st = ko_file_read(f->fd, bytes, n, ret_n, err);
    if (st == KO_OK && f->bounded)
        f->left -= *ret_n;
    return st;
}

enum ko_status ko_source_file_open(struct ko_source_file *f, const char *path,
                                   struct ko_source *ret, struct ko_err *err)
{
    *f = (struct ko_source_file){.fd = -1};
    enum ko_status st = ko_file_open(path, &f->fd, err);
    if (st != KO_OK)
        return st;
    struct stat now;
    f->bounded = fstat(f->fd, &now) == 0 && S_ISREG(now.st_mode) && now.st_size > 0 &&
                 !ko_str_eq(ko_str(path), KO_STR("-"));
    f->size = f->left = f->bounded ? (uint64_t)now.st_size : 0;
    *ret = (struct ko_source){pull, f};
    return KO_OK;
}

void ko_source_file_close(struct ko_source_file *f)
{
    if (f->fd >= 0)
        ko_file_close(f->fd);
    f->fd = -1;
}

enum ko_status ko_source_file_judge(const struct ko_source_file *f,
                                    struct ko_ledger *ledger)
{
    struct stat now;
    if (!f->bounded || fstat(f->fd, &now) != 0)
        return KO_OK;
    uint64_t size = now.st_size > 0 ? (uint64_t)now.st_size : 0;
    if (size > f->size)
        return ko_ledger_remark(ledger,
                                "grew while it was read: the %llu bytes behind byte "
                                "%llu were not read",
                                (unsigned long long)(size - f->size),
                                (unsigned long long)f->size);
    if (size == f->size || f->left == 0)
        return KO_OK;
    ledger->damaged = true;
    return ko_ledger_remark(ledger,
                            "shrank while it was read: the last %llu of %llu bytes were "
                            "gone",
                            (unsigned long long)f->left, (unsigned long long)f->size);
}
