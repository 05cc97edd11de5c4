/* session.h: the conversation of triage: where its commands come from, and what it prints
 * when none come. */
#ifndef KO_APP_SESSION_H
#define KO_APP_SESSION_H

#include "app/run.h"
#include "case/case.h"

#include <stdbool.h>

/*
 * ko_session_run(run, c, stdin_is_data):
 * Run over the finished ${c}: the commands of -c; else those typed at a terminal, after
 * the answer screen; else those of stdin, unless ${stdin_is_data}.  No command at all
 * prints the answer screen.
 *
 * Output:  after each command, with -o at once at the end
 * Code:    2 when a command that nobody typed was unknown or misused (the others still
 *          run), 5 when something could not be written
 */
void ko_session_run(struct ko_run *run, struct ko_case *c, bool stdin_is_data);

#endif
