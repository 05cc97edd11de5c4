/* stage_filter.c: the program around a filter, which correlate and blame share. */
#include "app/stage_filter.h"

#include "app/tools.h"

static void apply(struct ko_run *run, const struct ko_filter *f,
                  const struct ko_filter_options *opt, struct ko_str in, const char *path)
{
    struct ko_err err = {0};
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    bool found = false;
    enum ko_status st = ko_filter_apply(f, in, ko_str(path != NULL ? path : "-"), opt,
                                        &out, &found, &err);
    if (st != KO_OK) {
        ko_run_fail(run, st, &err);
    } else {
        if (!found && ko_args_has(&run->args, KO_OPT_EXIT_STATUS))
            run->code = KO_EXIT_NOTHING;
        ko_run_write(run, &out);
    }
    ko_buf_release(&out);
}

void ko_stage_filter(struct ko_run *run, const struct ko_filter *f,
                     const struct ko_filter_options *opt)
{
    const char *path;
    if (!ko_run_one_case(run, &path))
        return;
    struct ko_buf in;
    ko_buf_init(&in, KO_BUF_MAX);
    if (ko_run_slurp(run, path, &in))
        apply(run, f, opt, ko_buf_str(&in), path);
    ko_buf_release(&in);
}
