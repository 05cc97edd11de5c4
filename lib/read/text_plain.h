/* text_plain.h: the level and logger that lead a message. */
#ifndef KO_READ_TEXT_PLAIN_H
#define KO_READ_TEXT_PLAIN_H

#include "base/str.h"
#include "event/event.h"

/*
 * ko_text_bare(io_message, ev):
 * Take "ERROR ", "[warn] ", "INFO  com.acme.Pool - " off a message that no time leads,
 * and the values that it names.  A level that ${ev} already has stays.
 */
void ko_text_bare(struct ko_str *io_message, struct ko_event *ev);

#endif
