/* event.c: the one record that every reader produces and the reducer consumes. */
#include "event/event.h"

#include <math.h>

void ko_event_init(struct ko_event *ev, enum ko_event_kind kind)
{
    *ev = (struct ko_event){
        .kind = kind,
        .time = KO_TIME_NONE,
        .dur = -1,
        .wait = -1,
        .handle = -1,
        .value = (double)NAN,
    };
}
