/* stage_blame.c: the tool blame. */
#include "app/past.h"
#include "app/stage.h"
#include "app/stage_filter.h"
#include "app/tools.h"
#include "base/num.h"

enum { TOP_MAX = 1000000 };

/* Returns: false, with the reason said, for a --top that is no count. */
static bool read_options(struct ko_run *run, struct ko_filter_options *ret)
{
    const char *text = ko_args_last(&run->args, KO_OPT_TOP);
    int64_t top = 0;
    if (text == NULL)
        return true;
    if (ko_num_int(ko_str(text), &top) != KO_OK || top < 1 || top > TOP_MAX) {
        ko_run_usage(run, "--top takes a count from 1, not '%s'", text);
        return false;
    }
    ret->top = (size_t)top;
    return true;
}

enum ko_exit ko_stage_blame(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    struct ko_filter_options opt = {0};
    struct ko_pasts past = {0};
    if (ko_run_begin(&run, &ko_tool_blame, argc, argv, io) && read_options(&run, &opt) &&
        ko_past_read(&run, &past)) {
        opt.past = ko_args_has(&run.args, KO_OPT_PAST) ? &past : NULL;
        ko_stage_filter(&run, &ko_filter_blame, &opt);
    }
    ko_past_release(&past);
    return ko_run_end(&run);
}
