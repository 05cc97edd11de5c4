/* span_tags.h: a span as tracing systems tell it: fixed members, and tags by name. */
#ifndef KO_READ_SPAN_TAGS_H
#define KO_READ_SPAN_TAGS_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"
#include "read/record.h"

#include <jansson.h>

enum ko_span_kind {
    KO_SPAN_UNSAID,
    KO_SPAN_INTERNAL,
    KO_SPAN_SERVER,
    KO_SPAN_CLIENT,
    KO_SPAN_PRODUCER,
    KO_SPAN_CONSUMER
};

/* ko_span_kind_of(word): "SERVER", "SPAN_KIND_SERVER", "server" … */
enum ko_span_kind ko_span_kind_of(struct ko_str word);

/*
 * ko_span_tag(rd, tags, key, value):
 * Append a tag to ${tags}; values that are no text are printed, nested ones left out.
 *
 * Owns:    texts are borrowed from ${value} or live until the record is settled
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_span_tag(struct ko_reading *rd, struct ko_record *tags,
                                          struct ko_str key, const json_t *value);

/* ko_span_add_tags(rd, tags, list): ko_span_tag of each of a list of {"key", "value"}, or
 * of each member of an object. */
KO_WARN_UNUSED enum ko_status
ko_span_add_tags(struct ko_reading *rd, struct ko_record *tags, const json_t *list);

/*
 * ko_span_take_tags(rd, ev, tags, kind):
 * Put what the tags say into ${ev}: instance, region, version, customer by their names as
 * in any record; error and status; the other end of a call.  ${kind} is what the span's
 * members say, else its tags decide.  What ${ev} already names stays: entity, operation,
 * trace, span.  A consumer is not waited for.
 *
 * Returns: the kind
 */
enum ko_span_kind ko_span_take_tags(struct ko_reading *rd, struct ko_event *ev,
                                    const struct ko_record *tags, enum ko_span_kind kind);

/*
 * ko_span_take_cells(rd, ev, r):
 * The same for the row ${r} of a table of spans, whose tags may stand in a cell as JSON:
 * a list of {"key", "value"}, or an object.  A cell that is no JSON is passed over.
 */
KO_WARN_UNUSED enum ko_status
ko_span_take_cells(struct ko_reading *rd, struct ko_event *ev, const struct ko_record *r);

/*
 * ko_span_emit(rd, ev, kind):
 * Give the span to the sink.  Where the called side names who called it, that is a
 * dependency, too: the caller may report no spans itself.
 */
KO_WARN_UNUSED enum ko_status
ko_span_emit(struct ko_reading *rd, const struct ko_event *ev, enum ko_span_kind kind);

#endif
