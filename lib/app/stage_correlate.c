/* stage_correlate.c: the tool correlate. */
#include "app/stage.h"
#include "app/stage_filter.h"
#include "app/tools.h"

enum ko_exit ko_stage_correlate(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    if (ko_run_begin(&run, &ko_tool_correlate, argc, argv, io))
        ko_stage_filter(&run, &ko_filter_correlate, &(struct ko_filter_options){0});
    return ko_run_end(&run);
}
