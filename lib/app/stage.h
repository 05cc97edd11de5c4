/* stage.h: the seven tools, each a whole program over the seam of app/io.h. */
#ifndef KO_APP_STAGE_H
#define KO_APP_STAGE_H

#include "app/io.h"

/*
 * ko_stage_X(argc, argv, io):
 * Run the tool on the command line ${argv}; talk goes to io->err, the result to io->out
 * or the file of -o, at once at the end.
 *
 * Returns: the exit status of the process
 */
enum ko_exit ko_stage_ingest(int argc, char **argv, const struct ko_io *io);
enum ko_exit ko_stage_correlate(int argc, char **argv, const struct ko_io *io);
enum ko_exit ko_stage_blame(int argc, char **argv, const struct ko_io *io);
enum ko_exit ko_stage_report(int argc, char **argv, const struct ko_io *io);
enum ko_exit ko_stage_triage(int argc, char **argv, const struct ko_io *io);
enum ko_exit ko_stage_recover(int argc, char **argv, const struct ko_io *io);
enum ko_exit ko_stage_drill(int argc, char **argv, const struct ko_io *io);

#endif
