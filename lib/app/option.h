/* option.h: the options of a tool as one static table, and the command line read by it.
 */
#ifndef KO_APP_OPTION_H
#define KO_APP_OPTION_H

#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* One row drives parsing, --help, completion and the comparison with the man page. */
struct ko_option {
    int id;            /* of enum ko_opt in app/tools.h */
    char letter;       /* 0: none */
    const char *name;  /* long, without dashes; NULL ends a table */
    const char *arg;   /* name of its argument; NULL: takes none */
    const char *words; /* the only arguments allowed, blank between them; NULL: any */
    const char *group; /* heading in --help */
    const char *help;
    bool hidden; /* of the machinery: works, but is not shown */
};

struct ko_example {
    const char *line, *what; /* line NULL ends */
};

struct ko_tool {
    const char *name, *what;
    const char *operands;                  /* of the synopsis */
    const struct ko_option *const *tables; /* NULL ends; ids differ over all of them */
    const struct ko_example *examples;
};

struct ko_arg {
    int id;
    const char *value; /* borrowed from argv; NULL: takes none */
};

/* A command line that was read; zeroed is an empty one. */
struct ko_args {
    struct ko_arena arena;
    KO_LIST(struct ko_arg) given; /* in their order */
    KO_LIST(const char *) operands;
};

/*
 * ko_args_parse(args, tool, argc, argv, err):
 * Read ${argv} from 1 by the tables of ${tool}: --name VALUE, --name=VALUE, -xVALUE, -x
 * VALUE, -xyz, "--" ends options, "-" is an operand, options may follow operands.  No
 * abbreviations: what works today must not become ambiguous by an option added tomorrow.
 *
 * Owns:    ${args} borrows argv; ko_args_release in either case
 * Errors:  KO_EUNSUPPORTED wrong usage, with the nearest option named; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_args_parse(struct ko_args *args,
                                            const struct ko_tool *tool, int argc,
                                            char *const *argv, struct ko_err *err);
void ko_args_release(struct ko_args *args);

/* ko_args_has(args, id): Was the option given? */
bool ko_args_has(const struct ko_args *args, int id);
/* ko_args_last(args, id): The argument that it was given last; NULL when it was not. */
const char *ko_args_last(const struct ko_args *args, int id);

/* ko_option_at(tool, i): The ${i}-th option over all tables of ${tool}; NULL past the
 * end. */
const struct ko_option *ko_option_at(const struct ko_tool *tool, size_t i);

#endif
