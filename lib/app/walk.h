/* walk.h: the files behind the operands: folders opened, everything in one stable order.
 */
#ifndef KO_APP_WALK_H
#define KO_APP_WALK_H

#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stddef.h>

/* Folders deeper than this are refused: a loop of mounts or a mistake. */
enum { KO_WALK_DEPTH = 32 };

/* Something inside a folder that cannot be looked at. */
struct ko_walk_trouble {
    const char *path;
    struct ko_err err;
};

/* Zeroed is empty. */
struct ko_walk {
    struct ko_arena arena;
    KO_LIST(const char *) files; /* "-" is stdin */
    KO_LIST(struct ko_walk_trouble) troubles;
    size_t skipped; /* links to folders, pipes and devices met inside a folder */
};

/*
 * ko_walk_add(w, path, err):
 * Add the file ${path}, or every file in and below the folder ${path}.  Inside a folder,
 * names that begin with a dot are left out, links to folders are not followed, and what
 * is no regular file (a pipe, a device) is skipped and counted.  What cannot be looked at
 * there (no permission, a link to nothing, too deep) is a trouble and costs only itself.
 * ${path} itself may be a pipe only as /dev/stdin or /dev/fd/N, as shells write <(…): any
 * other might never give a byte, and a device never end.
 *
 * Errors:  KO_ENOTFOUND, KO_EIO with the reason; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_walk_add(struct ko_walk *w, const char *path,
                                          struct ko_err *err);

/* ko_walk_sort(w): Order the files by their bytes and drop paths given twice. */
void ko_walk_sort(struct ko_walk *w);

void ko_walk_release(struct ko_walk *w);

#endif
