/* csv.h: tables as CSV: logs, metrics, traces, edges, changes, contacts, owners. */
#ifndef KO_READ_CSV_H
#define KO_READ_CSV_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_csv_probe_header(head, ret_why): As ko_csv_probe, and the names of the columns say
 * what the rows are: a table even if its rows begin with a time as text logs do. */
bool ko_csv_probe_header(struct ko_str head, const char **ret_why);
/* ko_csv_probe(head, ret_why): Two or more columns in most of the first lines, by one of
 * the delimiters , ; TAB |. */
bool ko_csv_probe(struct ko_str head, const char **ret_why);
KO_WARN_UNUSED enum ko_status ko_csv_read(struct ko_reading *rd);

/* ko_csv_cut(rd, bytes, offset): As a row of ko_formats wants it: behind whole rows of
 * the first table, as long as nothing begins another one. */
size_t ko_csv_cut(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset);

#endif
