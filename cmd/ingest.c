/* ingest.c: the main of ingest. */
#include "app/stage.h"
#include "cmd/world.h"

int main(int argc, char **argv)
{
    struct ko_io io;
    ko_world_open(&io, argc > 0 ? argv[0] : "ingest");
    ko_world_catch(&io);
    return ko_world_close(&io, ko_stage_ingest(argc, argv, &io));
}
