/* text_syslog.h: what both syslog formats have in common. */
#ifndef KO_READ_TEXT_SYSLOG_H
#define KO_READ_TEXT_SYSLOG_H

#include "base/str.h"
#include "event/event.h"

#include <stdbool.h>

/* ko_text_pri(rest, ev): Take "<0>".."<191>", whose low three bits are the severity. */
bool ko_text_pri(struct ko_str *rest, struct ko_event *ev);

/* ko_text_syslog_message(ev, s): The message, less a byte order mark. */
void ko_text_syslog_message(struct ko_event *ev, struct ko_str s);

#endif
