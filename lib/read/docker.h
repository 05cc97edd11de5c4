/* docker.h: Docker's json-file log: an object a line of output, long lines cut at 16 KiB.
 */
#ifndef KO_READ_DOCKER_H
#define KO_READ_DOCKER_H

#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* What one of stdout and stderr said last, until what follows shows that it is complete.
 */
struct ko_docker_stream {
    struct ko_buf log, time;
    struct ko_place place;
    ko_time at;
    bool is_held;
    bool is_cut;       /* the line goes on in the next object */
    bool in_traceback; /* of Python, which ends with a line that is not indented */
};

struct ko_docker {
    struct ko_docker_stream streams[2];
};

void ko_docker_init(struct ko_docker *d);
void ko_docker_release(struct ko_docker *d);

/*
 * ko_docker_take(d, rd, text, ret_taken, ret_why):
 * Hold the line ${text} if it is {"log", "stream", "time"} and nothing else: the parts of
 * a line are put together, stack traces join the line above.
 *
 * Returns: ${ret_taken} false: it is none of these; ${ret_why} why it cannot be used
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_docker_take(struct ko_docker *d, struct ko_reading *rd,
                                             struct ko_str text, bool *ret_taken,
                                             enum ko_reject *ret_why);

/* ko_docker_flush(d, rd): What is held is complete, and the next line belongs
 * to nothing: give the events to the sink. */
KO_WARN_UNUSED enum ko_status ko_docker_flush(struct ko_docker *d, struct ko_reading *rd);

#endif
