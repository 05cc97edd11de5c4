/* text_logger.h: thread, logger and trace context between the level and the message. */
#ifndef KO_READ_TEXT_LOGGER_H
#define KO_READ_TEXT_LOGGER_H

#include "base/str.h"
#include "event/event.h"

/*
 * ko_text_logger(rest, ev):
 * Move ${rest} to the message behind "[thread] com.acme.Pool - ", "1 --- [exec-1] c.a.B :
 * ", "crm.pool: " and the like, if such a thing stands there.  Spring's
 * "[service,trace,span]" and "[service] [thread] [trace-span]" go into ${ev}.
 */
void ko_text_logger(struct ko_str *rest, struct ko_event *ev);

#endif
