/* names.h: one entity under the many names that exports give it. */
#ifndef KO_REDUCE_NAMES_H
#define KO_REDUCE_NAMES_H

#include "base/buf.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "reduce/hosts.h"
#include "reduce/reduce.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name as written, and how it was met. */
struct ko_name {
    struct ko_str raw;
    uint64_t records; /* of data under this name */
    bool declared;    /* named by a map or an edge list */
    bool instance;    /* a pod or host that stands for the service nobody named */
    uint64_t by_file; /* records that are named only after their export */
    bool queue, bot;  /* its records speak of contacts that it holds, of its turns */
};

/* Data under a name came from an export. */
struct ko_name_use {
    uint32_t name, export_index;
};

/*
 * ko_name_strip(raw):
 * The part of ${raw} that names a service: without "service." before it, a port, a
 * ".svc…", ".local" or ".internal" domain, and the hashes that Kubernetes puts behind a
 * pod of a deployment (-5c66d57d58-6mp2b) or daemon set (-x7k2p).
 */
struct ko_str ko_name_strip(struct ko_str raw);

/* ko_name_fold(s, out): Append the form under which spellings are compared: lower case,
 * without blanks, dots, '-' and '_'. */
void ko_name_fold(struct ko_str s, struct ko_buf *out);

/* ko_name_cut(s, ret_head, ret_part): Split ${s} at its last '-'; false when there is
 * none, or nothing before it. */
bool ko_name_cut(struct ko_str s, struct ko_str *ret_head, struct ko_str *ret_part);
bool ko_name_is_number(struct ko_str s);
/* ko_name_is_tool(s): Does the first word of ${s}, the name of a file, say what wrote it
 * or its form (grafana-…, nginx_…, wide)?  Such a name is of no thing that can fail. */
bool ko_name_is_tool(struct ko_str s);
/* ko_name_is_instance(part): Short, lower case, with a digit, and no version ("v2"). */
bool ko_name_is_instance(struct ko_str part);

/* What ko_names_resolve judges by. */
struct ko_names {
    const struct ko_name *v;
    size_t n;
    const struct ko_name_use *uses;
    size_t n_uses;
    const struct ko_alias *aliases;
    size_t n_aliases;
    const struct ko_hosts *hosts; /* NULL: nothing is known of hosts */
};

/*
 * ko_names_resolve(names, arena, ret):
 * The entity of each name: ret[i] for names->v[i].
 *
 * In order: the alias list (exact, then folded); the stripped name; members name-0,
 * name-1 … of one stateful set become the set; spellings that fold to the same are one
 * entity, called as declared, else as most records call it.  Spellings that both have
 * data in one export stay apart: that export distinguishes them.
 *
 * Owns:    the names returned live in the input or in ${arena}
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n)
 */
KO_WARN_UNUSED enum ko_status ko_names_resolve(const struct ko_names *names,
                                               struct ko_arena *arena,
                                               struct ko_str *ret);

#endif
