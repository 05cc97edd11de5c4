/* export_csv.h: what the exports share: clocks, times, chance of being lost. */
#ifndef KO_DRILL_EXPORT_CSV_H
#define KO_DRILL_EXPORT_CSV_H

#include "drill/drill.h"
#include "drill/rng.h"

/* ko_export_time(d, node, second): As the clock of ${node} shows it. */
ko_time ko_export_time(const struct ko_drill *d, uint32_t node, double second);

/* ko_drill_channel(n): What the log of the entrance ${n} calls the channel. */
struct ko_str ko_drill_channel(const struct ko_sim_node *n);

/* ko_export_lost(d, rng): Is the next record one of those that are missing? */
bool ko_export_lost(const struct ko_drill *d, struct ko_rng *rng);

/* Streams of the random numbers of the exports. */
enum {
    KO_STREAM_METRICS = 51,
    KO_STREAM_TRACES,
    KO_STREAM_LOGS,
    KO_STREAM_CONTACTS,
    KO_STREAM_CHANGES,
    KO_STREAM_CLOCKS,
    KO_STREAM_PAYMENTS,
    KO_STREAM_CASES,
    KO_STREAM_ANSWERS
};

/*
 * ko_export_hops(d): Hops a second that traces and logs hold: 12, with which a minute's
 * rate is known to about 4 %; fewer in a long drill, so that its files stay small.
 */
double ko_export_hops(const struct ko_drill *d);

#endif
