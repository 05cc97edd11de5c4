/* text_explore.h: the lines that Grafana Explore puts above the logs it downloads. */
#ifndef KO_READ_TEXT_EXPLORE_H
#define KO_READ_TEXT_EXPLORE_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/event.h"

#include <stdbool.h>

/*
 * ko_text_explore_head(arena, line, io_labels, ret_is_head):
 * Is ${line} "Common labels: {…}", "Line limit: …" or another of these?  The labels,
 * which every line below has, are put into ${io_labels}.
 *
 * Owns:    the texts of ${io_labels} are in ${arena}
 * Errors:  KO_ENOMEM
 * Source:  grafana public/app/features/inspector/utils/download.ts
 */
KO_WARN_UNUSED enum ko_status ko_text_explore_head(struct ko_arena *arena,
                                                   struct ko_str line,
                                                   struct ko_event *io_labels,
                                                   bool *ret_is_head);

#endif
