/* platform.h: what is simulated: parts that can wait or fail, and the calls between them.
 */
#ifndef KO_DRILL_PLATFORM_H
#define KO_DRILL_PLATFORM_H

#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KO_DRILL_REGIONS = 2, KO_DRILL_NODES_MAX = 1000 };

enum ko_node_kind {
    KO_NODE_SERVICE,
    KO_NODE_DATASTORE,
    KO_NODE_QUEUE, /* of customers: its slots are agents, its service time is handle time
                    */
    KO_NODE_BOT,
    KO_NODE_CHANNEL, /* where customers come in */
    KO_NODE_VENDOR,
    KO_NODE_NETWORK,
    KO_NODE_DESK
};

/* What a node is for, so that a scenario can name its target on any map. */
enum ko_part {
    KO_PART_OTHER,
    KO_PART_WEB,
    KO_PART_APP,
    KO_PART_IDENTITY,
    KO_PART_BOT,
    KO_PART_CRM,
    KO_PART_CRM_DB,
    KO_PART_QUEUE,
    KO_PART_DESK,
    KO_PART_PAYMENTS,
    KO_PART_VENDOR,
    KO_PART_ROUTING,
    KO_PART_INTENT,
    KO_PART_KNOWLEDGE,
    KO_PART_AGENT_NETWORK,
    KO_PART_LAST_MILE,
    KO_PART_NOTIFY,
    KO_PARTS
};

enum ko_how {
    KO_HOW_SYNC,  /* the caller waits */
    KO_HOW_ASYNC, /* a message: the caller does not wait */
    KO_HOW_SHIFT  /* customers who move on: bot to queue, web to queue */
};

struct ko_sim_node {
    struct ko_str name, owner, fallback;
    enum ko_node_kind kind;
    enum ko_part part;
    double own_s;       /* median of its own work a request, without its calls */
    double slots;       /* requests that it works on at a time, all regions together */
    double needed;      /* slots that its healthy load keeps busy; of ko_platform_size */
    double queue_max;   /* that may wait; more are refused */
    double error_ratio; /* of healthy requests */
    double demand;      /* fresh customers a second; 0 unless customers come in here */
    double patience_s;  /* customers leave, or reload, after this; 0: no customers */
};

struct ko_sim_link {
    uint32_t caller, callee;
    enum ko_how how;
    double per_request; /* calls for each request of the caller; of a shift, its healthy
                           part */
    double shift_share; /* of a shift: part of the failing customers who move on */
    double timeout_s;
    unsigned retries;
    double cache_hit;      /* calls that a cache spares */
    double fallback_share; /* failed calls that the caller can do without */
};

struct ko_journey_step {
    struct ko_str name;
    uint32_t node;
    double slow_after_s; /* whoever waits longer there is hurt; 0: nobody says */
};

struct ko_drill_journey {
    struct ko_str name;
    KO_LIST(struct ko_journey_step) steps;
};

/* The links of each node: those of node i are links[v[from[i]]] to before
 * links[v[from[i + 1]]]. */
struct ko_link_index {
    size_t *from;
    uint32_t *v;
};

struct ko_platform {
    struct ko_arena arena;
    KO_LIST(struct ko_sim_node) nodes;
    KO_LIST(struct ko_sim_link) links;
    KO_LIST(struct ko_drill_journey) journeys;
    struct ko_link_index out, in; /* by caller, by callee; from ko_platform_size on */
};

void ko_platform_init(struct ko_platform *p);
void ko_platform_release(struct ko_platform *p);

/* ko_platform_add(p, name, kind, part, ret_index): Append a node with a copy of ${name}.
 * KO_ENOMEM; KO_ELIMIT past KO_DRILL_NODES_MAX. */
KO_WARN_UNUSED enum ko_status ko_platform_add(struct ko_platform *p, struct ko_str name,
                                              enum ko_node_kind kind, enum ko_part part,
                                              uint32_t *ret_index);

/* ko_platform_join(p, caller, callee, how): Append a link with the usual settings of
 * ${how}; NULL when out of memory. */
KO_WARN_UNUSED struct ko_sim_link *ko_platform_join(struct ko_platform *p,
                                                    uint32_t caller, uint32_t callee,
                                                    enum ko_how how);

/* ko_platform_find(p, name, ret_index): The node of that name; false when absent. */
bool ko_platform_find(const struct ko_platform *p, struct ko_str name,
                      uint32_t *ret_index);
/* ko_platform_link(p, caller, callee, ret_index): The link; false when absent. */
bool ko_platform_link(const struct ko_platform *p, uint32_t caller, uint32_t callee,
                      uint32_t *ret_index);

/*
 * ko_platform_part(p, part, ret_index):
 * The node of that part; where the platform has none, the busiest node below the
 * entrances that stands in for it.  False for a platform without callees.
 */
bool ko_platform_part(const struct ko_platform *p, enum ko_part part,
                      uint32_t *ret_index);

/*
 * ko_platform_make(p, services, seed, err):
 * A contact centre of ${services} parts: the first of the usual ones (entrances,
 * identity, CRM, bot, queue, desk, payments …), then others hung below them at random.
 * ${services} 0 is all the usual ones and no other.
 *
 * Errors:  KO_ENOMEM; KO_ELIMIT
 */
KO_WARN_UNUSED enum ko_status ko_platform_make(struct ko_platform *p, size_t services,
                                               uint64_t seed, struct ko_err *err);

/*
 * ko_platform_read(p, json, source, seed, err):
 * The platform of a journey map (man knockon-formats, "The map"): entities and their
 * depends_on, journeys in whose first steps customers come in.
 *
 * Errors:  KO_ESYNTAX no JSON, or no map; KO_ELIMIT; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_platform_read(struct ko_platform *p, struct ko_str json,
                                               struct ko_str source, uint64_t seed,
                                               struct ko_err *err);

/*
 * ko_platform_size(p, seed):
 * Give every node the slots that its healthy load needs with some room, and every link a
 * timeout that its callee's healthy latency keeps; then index the links.  Needs demand,
 * own_s and per_request; no node or link may be added afterwards.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_platform_size(struct ko_platform *p, uint64_t seed);

/* ko_node_kind_name(kind): As maps spell it: "service", "queue" … */
const char *ko_node_kind_name(enum ko_node_kind kind);

#endif
