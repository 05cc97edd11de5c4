/* edit.h: the line editor of the prompt, if one was built in. */
#ifndef KO_CMD_EDIT_H
#define KO_CMD_EDIT_H

#include "app/lines.h"

/* ko_edit_ui(): GNU Readline; NULL in a build without it. */
const struct ko_line_ui *ko_edit_ui(void);

#endif
