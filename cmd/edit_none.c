/* edit_none.c: no line editor: the prompt reads bare lines. */
#include "cmd/edit.h"

#include <stddef.h>

const struct ko_line_ui *ko_edit_ui(void)
{
    return NULL;
}
