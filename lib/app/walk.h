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

/* Zeroed is empty. */
struct ko_walk {
    struct ko_arena arena;
    KO_LIST(const char *) files; /* "-" is stdin */
    size_t skipped;              /* neither file nor folder, met inside a folder */
};

/*
 * ko_walk_add(w, path, err):
 * Add the file ${path}, or every file in and below the folder ${path}.  Inside a folder,
 * names that begin with a dot are left out, links to folders are not followed, and what
 * is no regular file (a pipe, a device) is skipped and counted.
 *
 * Errors:  KO_ENOTFOUND, KO_EIO with the reason; KO_ELIMIT too deep; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_walk_add(struct ko_walk *w, const char *path,
                                          struct ko_err *err);

/* ko_walk_sort(w): Order the files by their bytes and drop paths given twice. */
void ko_walk_sort(struct ko_walk *w);

void ko_walk_release(struct ko_walk *w);

#endif
