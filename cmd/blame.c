/* blame.c: the main of blame. */
#include "app/stage.h"
#include "cmd/world.h"

int main(int argc, char **argv)
{
    struct ko_io io;
    ko_world_open(&io, argc > 0 ? argv[0] : "blame");
    return ko_world_close(&io, ko_stage_blame(argc, argv, &io));
}
