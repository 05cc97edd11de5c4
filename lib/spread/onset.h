/* onset.h: when each signal and each log template of a case left its baseline. */
#ifndef KO_SPREAD_ONSET_H
#define KO_SPREAD_ONSET_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stddef.h>

/*
 * ko_onset_healthy(c):
 * How many of the first buckets of the window the hints of the case make healthy: up to
 * head.normal_to, or up to a tolerance before head.at; 0 when there is no hint.
 */
size_t ko_onset_healthy(const struct ko_case *c);

/*
 * ko_onset_find(c, scratch):
 * Append to ${c} the onsets of its series and templates, each with an evidence record, in
 * order of entity name, caller, kind, signal, time: whatever the order of the records.
 *
 * Counts of errors and of messages are taken per request where requests are known, so
 * that more traffic is not more trouble.  A new message dates an onset to its record.
 *
 * Owns:    ${scratch} holds temporary arrays
 * Errors:  KO_ENOMEM
 * Cost:    O(series * buckets * log buckets)
 */
KO_WARN_UNUSED enum ko_status ko_onset_find(struct ko_case *c, struct ko_arena *scratch);

#endif
