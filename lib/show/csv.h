/* csv.h: the findings as one table for a spreadsheet. */
#ifndef KO_SHOW_CSV_H
#define KO_SHOW_CSV_H

#include "show/show.h"

/*
 * ko_csv_write(c, opt, out):
 * One header and a row a finding, in the order suspect, onset, step (of the chains, in
 * order of onset), link, change, impact, milestone, recovery, answer, unknown, ledger.  A
 * cell that the finding does not have is empty.
 *
 *   record    which of the above
 *   rank      of a suspect; number of the chain of a step
 *   entity    what it speaks of; the start of a link; the file of a ledger row
 *   related   the caller of a signal, the parent of a step, the end of a link, the owner
 * of a milestone name      signal, mechanism, kind of change, measure, milestone,
 * question, format value_of  dimension=value of an impact, id of a change or a milestone
 *   time, time_lo, time_hi   RFC 3339, UTC
 *   value     suspect: own excess; onset: level after; link: lag in s; impact: total, or
 *             during; ledger: lines
 *   baseline  suspect: excess handed up; onset, impact: before; ledger: lines rejected
 *   unit      of value
 *   score     suspect, onset, link as in the case stream; share of an impact
 *   verdict
 *   text      for people
 *   evidence  ids, blank between
 *
 * Lines end in LF, as the other tools of a pipe expect; otherwise RFC 4180.
 */
ko_show_fn ko_csv_write;

#endif
