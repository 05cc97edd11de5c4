/* world.h: the clock, the environment and the terminal, asked once at the start. */
#ifndef KO_CMD_WORLD_H
#define KO_CMD_WORLD_H

#include "app/io.h"

/*
 * ko_world_open(io, program):
 * Fill ${io} from this process: standard descriptors (/dev/null in the place of closed
 * ones, so that no file of ours becomes one), SIGPIPE at its default, the clock, the
 * environment.
 */
void ko_world_open(struct ko_io *io, const char *program);

/* ko_world_catch(io): SIGINT and SIGTERM ask for what there is (io->stop); the second one
 * kills. */
void ko_world_catch(struct ko_io *io);

/* ko_world_close(io, code): Close stdout, and die of the signal that was caught. Returns:
 * ${code}, or 5 when closing failed. */
int ko_world_close(const struct ko_io *io, enum ko_exit code);

#endif
