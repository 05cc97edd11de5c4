/* aliases.c: the file of --alias: other names of entities. */
#include "app/aliases.h"

#include <stdint.h>

/* Split at the first tab, comma or "="; false when there is none. */
static bool split(struct ko_str line, struct ko_alias *ret)
{
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] != ',' && line.p[i] != '\t' && line.p[i] != '=')
            continue;
        ret->alias = ko_str_trim(ko_str_sub(line, 0, i));
        ret->name = ko_str_trim(ko_str_skip(line, i + 1));
        return ret->alias.n != 0 && ret->name.n != 0;
    }
    return false;
}

enum ko_status ko_aliases_read(struct ko_reduce_options *opt, struct ko_str bytes,
                               struct ko_str source, struct ko_arena *arena,
                               struct ko_err *err)
{
    struct ko_str rest = bytes, line;
    for (uint64_t number = 1; ko_str_cut(&rest, '\n', &line); number++) {
        struct ko_alias found, *alias;
        line = ko_str_trim(line);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!split(line, &found)) {
            enum ko_status st = ko_err_set(
                err, KO_ESYNTAX, "no alias in '%.*s'; write: alias,name", KO_ARG(line));
            ko_err_at(err, source, number, 0);
            return st;
        }
        if (ko_str_ieq(found.alias, KO_STR("alias")) && opt->aliases.n == 0)
            continue;
        KO_LIST_ADD(arena, &opt->aliases, alias);
        if (alias == NULL)
            return ko_err_nomem(err);
        *alias = found;
    }
    return KO_OK;
}
