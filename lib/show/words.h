/* words.h: the findings' numbers, times and names in the words that every document uses.
 * Nothing here is escaped: the caller passes the text through its target's escaper. */
#ifndef KO_SHOW_WORDS_H
#define KO_SHOW_WORDS_H

#include "base/buf.h"
#include "base/str.h"
#include "case/case.h"

/* ko_words_number(out, x, unit): "4.9 s", "350 ms", "61 %", "12 requests", "12"; unit "1"
 * is none, "ratio" is shown in percent, NaN is "unknown". */
void ko_words_number(struct ko_buf *out, double x, struct ko_str unit);

/* ko_words_clock(out, t): "14:04:00"; "unknown" for KO_TIME_NONE. */
void ko_words_clock(struct ko_buf *out, ko_time t);
/* ko_words_minute(out, t): "14:04". */
void ko_words_minute(struct ko_buf *out, ko_time t);
/* ko_words_day(out, t): "2026-03-14". */
void ko_words_day(struct ko_buf *out, ko_time t);
/* ko_words_stamp(out, t): "2026-03-14 14:04:00Z"; "unknown". */
void ko_words_stamp(struct ko_buf *out, ko_time t);

/* ko_words_spread(out, t, lo, hi): The uncertainty of ${t} as " ±30 s"; nothing when lo
 * or hi is not said or both are t. */
void ko_words_spread(struct ko_buf *out, ko_time t, ko_time lo, ko_time hi);

/* ko_words_lag(out, d): "+90 s", "+27 min", "0 s". */
void ko_words_lag(struct ko_buf *out, ko_dur d);

/* ko_words_window(out, c): "2026-03-14 13:45-14:50Z"; both days where they differ. */
void ko_words_window(struct ko_buf *out, const struct ko_case *c);

/* ko_words_mechanism(name), ko_words_mechanism_short(name): What carried a link:
 * "slow dependency", and a word of at most 10 letters for a narrow column, "slow". */
struct ko_str ko_words_mechanism(struct ko_str name);
struct ko_str ko_words_mechanism_short(struct ko_str name);

/* ko_words_join(out, list, separator, max): At most ${max} of the texts, then "+3". */
void ko_words_join(struct ko_buf *out, const ko_strs *list, const char *separator,
                   size_t max);

/* ko_words_case_end(c): The end of the window. */
ko_time ko_words_case_end(const struct ko_case *c);

#endif
