/* ingest_options.h: the options of reading that ko_ingest_prepare puts together. */
#ifndef KO_APP_INGEST_OPTIONS_H
#define KO_APP_INGEST_OPTIONS_H

#include "app/ingest.h"
#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>
#include <stdint.h>

/* ko_ingest_time(text, ret): An instant with its date; without a zone it is UTC. */
bool ko_ingest_time(const char *text, ko_time *ret);

/* ko_ingest_window(run, opt): --from --to --at --step --symptom, and --normal TIME.
 * False, with the reason said, for one that cannot be read. */
bool ko_ingest_window(struct ko_run *run, struct ko_reduce_options *opt);

/* ko_ingest_reading(run, ing): --tz, --format and --field into the options of every file
 * of ${ing}.  False, with the reason said, for an unknown zone, format or file. */
bool ko_ingest_reading(struct ko_run *run, struct ko_ingest *ing);

/* ko_ingest_fields_met(run, met): Did the exports have every column of --field?  Bit i of
 * ${met} is pair i.  False, with the reason said, when not. */
bool ko_ingest_fields_met(struct ko_run *run, uint64_t met);

#endif
