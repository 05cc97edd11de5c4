/* drill_files.h: the exports of a drill as files in a folder. */
#ifndef KO_APP_DRILL_FILES_H
#define KO_APP_DRILL_FILES_H

#include "drill/drill.h"

/*
 * ko_drill_files(d, folder, err):
 * Write every export of ${d} into ${folder}, which is made if its parent is there; files
 * that are there already are replaced, others stay.
 *
 * Errors:  KO_EIO; KO_ENOMEM; files already written stay
 */
KO_WARN_UNUSED enum ko_status ko_drill_files(const struct ko_drill *d, const char *folder,
                                             struct ko_err *err);

#endif
