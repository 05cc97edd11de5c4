/* repeat.c: which exports have the same content, so that each is counted once. */
#include "app/repeat.h"

#include "base/file.h"
#include "base/mem.h"

#include <sys/stat.h>

enum { BLOCK_BYTES = 64 * 1024 };

/* Bytes of the regular file; 0 for anything else, which is never compared. */
static off_t size_of(const struct ko_ingest_file *f)
{
    struct stat st;
    bool regular = !ko_str_eq(ko_str(f->path), KO_STR("-")) && stat(f->path, &st) == 0 &&
                   S_ISREG(st.st_mode);
    return regular ? st.st_size : 0;
}

/* Read a block of each and compare.  Returns: false at a difference or when unreadable.
 */
static bool same_block(int a, int b, char *block_a, char *block_b, bool *ret_end)
{
    size_t n_a = 0, n_b = 0;
    if (ko_file_read(a, block_a, BLOCK_BYTES, &n_a, NULL) != KO_OK ||
        ko_file_read(b, block_b, BLOCK_BYTES, &n_b, NULL) != KO_OK)
        return false;
    *ret_end = n_a < BLOCK_BYTES;
    return ko_str_eq((struct ko_str){block_a, n_a}, (struct ko_str){block_b, n_b});
}

static bool same_open(int a, int b)
{
    char *blocks = ko_mem_alloc(2, BLOCK_BYTES);
    bool same = blocks != NULL, end = false;
    while (same && !end)
        same = same_block(a, b, blocks, blocks + BLOCK_BYTES, &end);
    ko_mem_free(blocks);
    return same;
}

static bool same_content(const char *path_a, const char *path_b)
{
    int a, b;
    if (ko_file_open(path_a, &a, NULL) != KO_OK)
        return false;
    bool same = false;
    if (ko_file_open(path_b, &b, NULL) == KO_OK) {
        same = same_open(a, b);
        ko_file_close(b);
    }
    ko_file_close(a);
    return same;
}

static bool repeats(const struct ko_ingest_file *f, const struct ko_ingest_file *before,
                    const off_t *sizes, size_t at, size_t i)
{
    return sizes[i] == sizes[at] && before->normal == f->normal && !before->repeated &&
           same_content(f->path, before->path);
}

void ko_repeat_mark(struct ko_ingest_file *files, size_t n)
{
    off_t *sizes = ko_mem_alloc(n, sizeof *sizes);
    if (sizes == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        sizes[i] = size_of(&files[i]);
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i && sizes[i] > 0 && !files[i].repeated; j++)
            files[i].repeated = repeats(&files[i], &files[j], sizes, i, j);
    ko_mem_free(sizes);
}
