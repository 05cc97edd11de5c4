/* accounts.h: what was read and what was not, said to people and turned into an exit
 * status. */
#ifndef KO_APP_ACCOUNTS_H
#define KO_APP_ACCOUNTS_H

#include "app/run.h"
#include "case/case.h"

/*
 * ko_accounts_judge(run, c):
 * Say on stderr, unless -q, what of each export was rejected, damaged or doubtful, and
 * set run->code: 4 when no record was read, 3 when an export was damaged or --strict
 * minds something, else unchanged.
 */
void ko_accounts_judge(struct ko_run *run, const struct ko_case *c);

#endif
