/* drill_files.c: the exports of a drill as files in a folder. */
#include "app/drill_files.h"

#include "base/file.h"

#include <errno.h>
#include <sys/stat.h>

static enum ko_status make_folder(struct ko_str path, struct ko_err *err)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_put(&b, path);
    ko_buf_putc(&b, '\0');
    enum ko_status st = b.status;
    if (st == KO_OK && mkdir(b.p, 0777) != 0 && errno != EEXIST)
        st = ko_err_set(err, KO_EIO, "cannot make the folder '%s'", b.p);
    ko_buf_release(&b);
    return st;
}

static enum ko_status write_one(const struct ko_drill *d, const struct ko_drill_export *x,
                                const char *folder, struct ko_err *err)
{
    struct ko_buf path;
    struct ko_buf text;
    size_t slash;
    ko_buf_init(&path, KO_BUF_MAX);
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_printf(&path, "%s/%s", folder, x->name);
    x->write(d, &text);
    enum ko_status st = text.status == KO_OK ? path.status : text.status;
    bool any = text.n > 0;
    if (any && st == KO_OK && ko_str_rchr(ko_buf_str(&path), '/', &slash))
        st = make_folder(ko_str_sub(ko_buf_str(&path), 0, slash), err);
    ko_buf_putc(&path, '\0');
    if (any && st == KO_OK)
        st = ko_file_replace(path.p, ko_buf_str(&text), err);
    else if (st == KO_ENOMEM)
        (void)ko_err_nomem(err);
    ko_buf_release(&text);
    ko_buf_release(&path);
    return st;
}

enum ko_status ko_drill_files(const struct ko_drill *d, const char *folder,
                              struct ko_err *err)
{
    enum ko_status st = make_folder(ko_str(folder), err);
    for (const struct ko_drill_export *x = ko_drill_exports; x->name != NULL; x++) {
        if (st == KO_OK)
            st = write_one(d, x, folder, err);
    }
    return st;
}
