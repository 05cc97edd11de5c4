/* recover.c: the main of recover. */
#include "app/stage.h"
#include "cmd/world.h"

int main(int argc, char **argv)
{
    struct ko_io io;
    ko_world_open(&io, argc > 0 ? argv[0] : "recover");
    return ko_world_close(&io, ko_stage_recover(argc, argv, &io));
}
