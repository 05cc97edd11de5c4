/* drill.c: the main of drill. */
#include "app/stage.h"
#include "cmd/world.h"

int main(int argc, char **argv)
{
    struct ko_io io;
    ko_world_open(&io, argc > 0 ? argv[0] : "drill");
    return ko_world_close(&io, ko_stage_drill(argc, argv, &io));
}
