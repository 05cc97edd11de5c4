/* story.h: what happened in a drill, for people. */
#ifndef KO_DRILL_STORY_H
#define KO_DRILL_STORY_H

#include "drill/drill.h"

/* ko_drill_put_story(d, out): The nodes by onset, with what reached each, and the harm.
 */
void ko_drill_put_story(const struct ko_drill *d, struct ko_buf *out);

/* ko_drill_put_saving(before, after, out): The line about an incident that was contained;
 * both in customers served badly. */
void ko_drill_put_saving(double before, double after, struct ko_buf *out);

#endif
