/* past.h: the past cases in a folder. */
#ifndef KO_APP_PAST_H
#define KO_APP_PAST_H

#include "app/run.h"
#include "impact/past.h"

#include <stdbool.h>

/* Cases of a folder that are looked at; more are refused. */
enum { KO_PAST_MAX = 1000 };

/* ko_past_begins(bytes): Do they begin like a case stream? */
bool ko_past_begins(struct ko_str bytes);
/* ko_past_is_case(path): Does the regular file ${path} begin like a case? */
bool ko_past_is_case(const char *path);

/*
 * ko_past_read(run, pasts):
 * Read the cases in and below the folders of --past of ${run} into ${pasts}.  What does
 * not begin like a case is left out; a damaged case, and one in which blame found
 * nothing, is named and costs only itself, the code is 3 for the former.
 *
 * Returns: false, with the reason said and the code set, when a folder cannot be read, it
 *          holds more than KO_PAST_MAX cases, or memory is out
 */
bool ko_past_read(struct ko_run *run, struct ko_pasts *pasts);

#endif
