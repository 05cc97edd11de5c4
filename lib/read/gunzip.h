/* gunzip.h: one member of gzip data after another, by the library that the build found.
 */
#ifndef KO_READ_GUNZIP_H
#define KO_READ_GUNZIP_H

#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_gunzip;

/* ko_gunzip_new(): Ready for the first member; NULL when out of memory. */
KO_WARN_UNUSED struct ko_gunzip *ko_gunzip_new(void);
void ko_gunzip_free(struct ko_gunzip *g);

/* ko_gunzip_restart(g): Another member follows.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_gunzip_restart(struct ko_gunzip *g);

/*
 * ko_gunzip_step(g, io_in, out, n, ret_n, ret_ended):
 * Turn some of ${io_in}, which keeps what was not used, into at most ${n} bytes; both may
 * be none where more has to come.  ${ret_ended}: the member is complete, its checksum
 * holds.
 *
 * Errors:  KO_ESYNTAX damaged; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_gunzip_step(struct ko_gunzip *g, struct ko_str *io_in,
                                             char *out, size_t n, size_t *ret_n,
                                             bool *ret_ended);

#endif
