/* catalog.h: JSON of catalogs and service graphs: who owns what, and who calls whom. */
#ifndef KO_READ_CATALOG_H
#define KO_READ_CATALOG_H

#include "read/json_shapes.h"

/* An `is` and a `read` of the table in json_shapes.c. */
#define KO_CATALOG(name)                                                                 \
    bool ko_##name##_is(const json_t *object);                                           \
    KO_WARN_UNUSED enum ko_status ko_##name##_read(                                      \
        struct ko_reading *rd, const json_t *object, struct ko_place place,              \
        enum ko_reject *ret_why)

/*
 * Backstage: an entity of the catalog, any kind.  References are [kind:][namespace/]name.
 * An API is an alias "api:NAME" of the component that provides it, so that who consumes
 * it calls that component, in whatever file each stands.
 */
KO_CATALOG(backstage);
/* OpsLevel: {"version": 1, "service" or "component": {…}}. */
KO_CATALOG(opslevel);
/* PagerDuty: {"services": […]}, one of them, {"relationships": […]}, and one of those. */
KO_CATALOG(pagerduty_services);
KO_CATALOG(pagerduty_service);
KO_CATALOG(pagerduty_relations);
KO_CATALOG(pagerduty_relation);
/* Keep: {"service", "dependencies": {name: protocol} or [{"serviceName"}]}. */
KO_CATALOG(keep);
/* incident.io: an entry {"external_id", "name", …}. */
KO_CATALOG(incident_io_entry);
/* Kiali: {"graphType", "elements": {"nodes", "edges"}}. */
KO_CATALOG(kiali);
/* Structurizr: {"model": {"softwareSystems": …}}. */
KO_CATALOG(structurizr_json);

#undef KO_CATALOG

#endif
