/* correlate.c: the main of correlate. */
#include "app/stage.h"
#include "cmd/world.h"

int main(int argc, char **argv)
{
    struct ko_io io;
    ko_world_open(&io, argc > 0 ? argv[0] : "correlate");
    return ko_world_close(&io, ko_stage_correlate(argc, argv, &io));
}
