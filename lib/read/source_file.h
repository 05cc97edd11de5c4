/* source_file.h: the bytes of a file as it was when it was opened, and what became of it
 * meanwhile. */
#ifndef KO_READ_SOURCE_FILE_H
#define KO_READ_SOURCE_FILE_H

#include "base/err.h"
#include "base/status.h"
#include "event/ledger.h"
#include "read/source.h"

#include <stdbool.h>
#include <stdint.h>

/* An open file.  A regular one ends where it ended when it was opened: a log that is
 * being written to gives whole records and an end. */
struct ko_source_file {
    int fd;
    bool bounded;  /* a regular file with a size */
    uint64_t size; /* then: its bytes when it was opened */
    uint64_t left; /* of them, not read yet */
};

/*
 * ko_source_file_open(f, path, ret, err):
 * Open ${path} ("-" is standard input) as the source ${ret}.
 *
 * Owns:    ${f} must outlive ${ret}; ko_source_file_close
 * Errors:  as ko_file_open
 */
KO_WARN_UNUSED enum ko_status ko_source_file_open(struct ko_source_file *f,
                                                  const char *path, struct ko_source *ret,
                                                  struct ko_err *err);
void ko_source_file_close(struct ko_source_file *f);

/* ko_source_file_judge(f, ledger): Say what changed since it was opened: it grew, or lost
 * bytes before they were read, which is damage. */
KO_WARN_UNUSED enum ko_status ko_source_file_judge(const struct ko_source_file *f,
                                                   struct ko_ledger *ledger);

#endif
