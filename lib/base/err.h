/* err.h: what went wrong, where in which input, and what to do: one object that the
 * caller owns. */
#ifndef KO_BASE_ERR_H
#define KO_BASE_ERR_H

#include "base/status.h"
#include "base/str.h"

#include <stdint.h>

enum { KO_ERR_TEXT = 320, KO_ERR_SOURCE = 256 };

/*
 * Zeroed means no error.  Untouched on success.  Everywhere an `err` parameter may be
 * NULL. text is lower case, without a full stop, subjects in single quotes; an advice
 * follows "; ".
 */
struct ko_err {
    enum ko_status status;
    char text[KO_ERR_TEXT];
    char source[KO_ERR_SOURCE]; /* name of the input; "" when the error has no place */
    uint64_t line;              /* from 1; 0 unknown */
    uint64_t column;            /* from 1, in bytes; 0 unknown */
    uint64_t offset;            /* bytes from the start of the input */
};

/*
 * ko_err_set(err, status, fmt, …):
 * Fill ${err} (may be NULL) with ${status} and the formatted text; the place is cleared.
 *
 * Returns: ${status}, so that `return ko_err_set(…)` reads well
 */
enum ko_status ko_err_set(struct ko_err *err, enum ko_status status, const char *fmt, ...)
    KO_PRINTF(3, 4);

/* ko_err_at(err, source, line, column): Add the place to a filled ${err}; 0 is unknown.
 */
void ko_err_at(struct ko_err *err, struct ko_str source, uint64_t line, uint64_t column);

/* ko_err_nomem(err): ko_err_set for KO_ENOMEM. */
enum ko_status ko_err_nomem(struct ko_err *err);

#endif
