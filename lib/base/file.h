/* file.h: bytes in from files and pipes, and files out that are the old one or the new
 * one. */
#ifndef KO_BASE_FILE_H
#define KO_BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"

#include <stddef.h>

/*
 * ko_file_open(path, ret_fd, err):
 * Open ${path} for reading; "-" is standard input.  Directories are refused.
 *
 * Owns:    the caller closes the descriptor with ko_file_close (a no-op for standard
 *          input)
 * Errors:  KO_ENOTFOUND no such file; KO_EIO anything else, with the system's reason
 */
KO_WARN_UNUSED enum ko_status ko_file_open(const char *path, int *ret_fd,
                                           struct ko_err *err);
void ko_file_close(int fd);

/*
 * ko_file_read(fd, bytes, n, ret_n, err):
 * Read up to ${n} bytes; a short read happens only at the end.  0 bytes is the end.
 */
KO_WARN_UNUSED enum ko_status ko_file_read(int fd, char *bytes, size_t n, size_t *ret_n,
                                           struct ko_err *err);

/* ko_file_slurp(fd, out, err): Append all that is left in ${fd} to ${out}.  KO_EIO, or
 * out's status. */
KO_WARN_UNUSED enum ko_status ko_file_slurp(int fd, struct ko_buf *out,
                                            struct ko_err *err);

/* ko_file_write(fd, s, err): Write all of ${s}, going on after short writes and EINTR.
 * KO_EIO. */
KO_WARN_UNUSED enum ko_status ko_file_write(int fd, struct ko_str s, struct ko_err *err);

/*
 * ko_file_replace(path, s, err):
 * Make ${path} hold exactly ${s}: a temporary file beside it (mode 0600 less the umask of
 * an existing file's own mode, never followed through a link), written, synced, renamed
 * over it.
 *
 * Errors:  KO_EIO; the old file is whole and the temporary one is gone
 */
KO_WARN_UNUSED enum ko_status ko_file_replace(const char *path, struct ko_str s,
                                              struct ko_err *err);

#endif
