/* repeat.h: which exports have the same content, so that each is counted once. */
#ifndef KO_APP_REPEAT_H
#define KO_APP_REPEAT_H

#include "app/ingest.h"

#include <stddef.h>

/*
 * ko_repeat_mark(files, n):
 * Set `repeated` on every file whose bytes are those of one before it in the list and of
 * the same role.  Only regular files of one size are looked into; one that cannot be read
 * is left for the reader to complain about.
 *
 * Cost:    one read of every file that shares its size with another
 */
void ko_repeat_mark(struct ko_ingest_file *files, size_t n);

#endif
