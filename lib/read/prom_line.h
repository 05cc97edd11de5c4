/* prom_line.h: one line of Prometheus' text formats taken apart. */
#ifndef KO_READ_PROM_LINE_H
#define KO_READ_PROM_LINE_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/time.h"
#include "read/record.h"

#include <stdbool.h>

/* name{labels} value time # {exemplar labels} value time */
struct ko_prom_line {
    struct ko_str name; /* also that of the label "__name__" */
    struct ko_record labels;
    struct ko_str value, time; /* as written; time may be empty */
    bool is_dump;              /* begins with "{": as promtool dumps */
    bool is_native;            /* value is a native histogram, "{count:…}" */
    bool has_exemplar;
    struct ko_record exemplar;
    struct ko_str exemplar_value, exemplar_time;
};

/*
 * ko_prom_line(arena, line, strict, ret):
 * Take ${line} apart.  ${strict}: as OpenMetrics wants it: one blank between parts, none
 * at the end, no comma behind the last label.
 *
 * Returns: KO_ESYNTAX it is no such line; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_prom_line(struct ko_arena *arena, struct ko_str line,
                                           bool strict, struct ko_prom_line *ret);

/* In which unit whole numbers of time are written. */
enum ko_prom_clock { KO_PROM_MS, KO_PROM_SECONDS };

/*
 * ko_prom_time(s, clock, ret):
 * An instant: with a point or an exponent in seconds; a whole number by how many digits
 * it has, where 9 to 19 of them tell, else by ${clock}.  ${ret} is KO_TIME_NONE for an
 * instant past the end of ko_time.
 *
 * Returns: false if it is no number
 */
bool ko_prom_time(struct ko_str s, enum ko_prom_clock clock, ko_time *ret);

#endif
