/* ingest_crew.h: all exports read once, by several threads. */
#ifndef KO_APP_INGEST_CREW_H
#define KO_APP_INGEST_CREW_H

#include "app/ingest.h"
#include "app/progress.h"
#include "base/err.h"
#include "event/ledger.h"
#include "reduce/marks.h"
#include "reduce/reduce.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* files[i], ledgers[i] and marks[i] are one export. */
struct ko_ingest_crew {
    const struct ko_ingest *ing;
    struct ko_ledger *ledgers; /* initialised */
    struct ko_marks *marks;    /* initialised; settled afterwards */
    const struct ko_io *io;
    struct ko_progress *progress;
    bool says;       /* why an export cannot be read is said, not only written down */
    bool is_verbose; /* how many records took the general path is said */
    /* what comes of it */
    struct ko_reducer *reducer; /* of the caller; NULL after an error */
    bool incomplete;            /* io->stop asked for an end before all was read */
};

/*
 * ko_ingest_crew_read(crew, err):
 * Read all exports.  What comes of it does not depend on the number of threads: each has
 * a reducer of its own, and they are merged; records that have to be compared with
 * earlier ones to be counted once (see ko_reducer_minds_order) go to one reducer in the
 * order of the files and of their lines.
 *
 * Where io->stop asks for it, the pieces at hand are read and no more; the account of an
 * export that was cut off so, or not read at all, says it.
 *
 * Errors:  KO_ENOMEM, KO_ELIMIT; an export that cannot be opened is no error
 */
KO_WARN_UNUSED enum ko_status ko_ingest_crew_read(struct ko_ingest_crew *crew,
                                                  struct ko_err *err);

#endif
