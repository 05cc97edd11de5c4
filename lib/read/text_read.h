/* text_read.h: files of text lines: which format most lines have, and their records. */
#ifndef KO_READ_TEXT_READ_H
#define KO_READ_TEXT_READ_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Probes of rows of ko_formats, in order of recognition: do at least half of the first
 * lines of ${head} have this format?  For plain text the very first line is enough,
 * because stack traces may outnumber the records; _mixed, after the tables, takes any
 * line with a time, so that a banner at the start does not hide the rest.
 */
bool ko_text_probe_container(struct ko_str head, const char **ret_why);
bool ko_text_probe_heroku(struct ko_str head, const char **ret_why);
bool ko_text_probe_syslog(struct ko_str head, const char **ret_why);
bool ko_text_probe_alb(struct ko_str head, const char **ret_why);
bool ko_text_probe_elb(struct ko_str head, const char **ret_why);
bool ko_text_probe_envoy(struct ko_str head, const char **ret_why);
bool ko_text_probe_haproxy(struct ko_str head, const char **ret_why);
bool ko_text_probe_access(struct ko_str head, const char **ret_why);
bool ko_text_probe_explore(struct ko_str head, const char **ret_why);
bool ko_text_probe_plain(struct ko_str head, const char **ret_why);
bool ko_text_probe_mixed(struct ko_str head, const char **ret_why);

/*
 * ko_text_read(rd):
 * The reader of all these rows: each line is read by the format that fits it, because one
 * file often holds several.  Lines without a time belong to the application record above
 * them: stack traces, tracebacks, dumps; such a record ends where a time begins the next.
 *
 * A line with no time and nothing to belong to is rejected, as is one whose format is
 * recognised but broken.
 */
KO_WARN_UNUSED enum ko_status ko_text_read(struct ko_reading *rd);

/* ko_text_cut(rd, bytes, offset): As a row of ko_formats wants it: before the last record
 * of ${bytes} that begins whatever stands above it, in a format that no other shares. */
size_t ko_text_cut(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset);

#endif
