/* siblings.h: exports that are parts of one log or one list, by their names. */
#ifndef KO_APP_SIBLINGS_H
#define KO_APP_SIBLINGS_H

#include "app/ingest.h"

#include <stddef.h>

/*
 * ko_siblings_mark(files, n, arena):
 * Give the files of one series the same number from 1, and KO_SERIES_ROTATED or _PAGED.
 * In one folder, and without the endings of compression:
 *
 *   rotated  app.log, app.log.1, app.log.2.gz, app.log-20260314, app-2026-03-14.log
 *   paged    page-1.json, page-2.json; contacts_0001.csv: the same but for one number
 *            behind '-', '_', '.', "page" or "part"
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_siblings_mark(struct ko_ingest_file *files, size_t n,
                                               struct ko_arena *arena);

#endif
