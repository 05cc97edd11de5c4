/* triage.c: the main of triage. */
#include "app/stage.h"
#include "cmd/edit.h"
#include "cmd/world.h"

#include <fcntl.h>

int main(int argc, char **argv)
{
    struct ko_io io;
    ko_world_open(&io, argc > 0 ? argv[0] : "triage");
    io.lines = ko_edit_ui();
    if (!io.in_tty && io.out_tty)
        io.terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC);
    return ko_world_close(&io, ko_stage_triage(argc, argv, &io));
}
