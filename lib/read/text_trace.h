/* text_trace.h: lines of a stack trace, told by themselves. */
#ifndef KO_READ_TEXT_TRACE_H
#define KO_READ_TEXT_TRACE_H

#include "base/str.h"

#include <stdbool.h>

/* ko_text_goes_on(s): Is ${s} the rest of a record above it: indented, "Caused by: …",
 * "... 12 more", "goroutine 1 [running]:", "java.sql.SQLException: …"? */
bool ko_text_goes_on(struct ko_str s);

/* ko_text_opens_traceback(s): "Traceback (most recent call last):", which ends with the
 * first line that is not indented. */
bool ko_text_opens_traceback(struct ko_str s);

#endif
