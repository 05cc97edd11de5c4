/* product_kubernetes.c: events of Kubernetes, of core/v1 and of events.k8s.io. */
#include "read/product_list.h"

bool ko_kubernetes_event_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "reason") != NULL;
}

/* Reasons of what somebody or a controller decided; the rest follows from that, or is a
 * symptom. */
static bool is_change(struct ko_str reason)
{
    static const struct ko_str reasons[] = {KO_STR_INIT("ScalingReplicaSet"),
                                            KO_STR_INIT("SuccessfulRescale"),
                                            KO_STR_INIT("DeploymentRollback"),
                                            KO_STR_INIT("DeploymentUpdated"),
                                            KO_STR_INIT("NodeNotSchedulable"),
                                            KO_STR_INIT("Cordon"),
                                            KO_STR_INIT("Drain"),
                                            KO_STR_INIT("OperationStarted"),
                                            KO_STR_INIT("OperationCompleted"),
                                            KO_STR_INIT("ResourceUpdated"),
                                            KO_STR_INIT("UpdatedLoadBalancer"),
                                            KO_STR_INIT("CompletedSync"),
                                            KO_STR_INIT("TriggeredScaleUp"),
                                            KO_STR_INIT("ScaleDown")};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (ko_str_eq(reason, reasons[i]))
            return true;
    }
    return false;
}

/* Seen again and again, it is told once with its first and last time. */
static enum ko_status emit_log(struct ko_pick *p, struct ko_event *ev, bool warning)
{
    ev->kind = KO_EVENT_LOG;
    ev->severity = warning ? KO_SEV_WARN : KO_SEV_INFO;
    ev->operation = ko_pick_text(p, "reason");
    ev->what = ev->id = (struct ko_str){0};
    struct ko_event last = *ev;
    enum ko_status st = ko_pick_emit(p, ev);
    enum ko_reject no_last = ko_pick_time(
        p, "lastTimestamp|deprecatedLastTimestamp|series.lastObservedTime", &last);
    if (st != KO_OK || no_last != KO_REJECT_COUNT || last.time <= ev->time)
        return st;
    return ko_pick_emit(p, &last);
}

KO_PRODUCT_READS(kubernetes_event)
{
    *ret_why = ko_pick_time(p,
                            "firstTimestamp|deprecatedFirstTimestamp|eventTime|"
                            "lastTimestamp|metadata.creationTimestamp",
                            ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str reason = ko_pick_text(p, "reason");
    struct ko_str name = ko_pick_text(p, "involvedObject.name|regarding.name");
    struct ko_str kind = ko_pick_text(p, "involvedObject.kind|regarding.kind");
    struct ko_str text = ko_pick_text(p, "message|note");
    bool warning = ko_pick_is(p, "type", "Warning");
    struct ko_str parts[] = {reason, text};
    ev->entity = name;
    if (ko_str_eq(kind, KO_STR("Pod")) || ko_str_eq(kind, KO_STR("Node")))
        ev->instance = name;
    ev->message = ko_pick_join(p, parts, 2);
    if (warning || !is_change(reason))
        return emit_log(p, ev, warning);
    ev->what = reason;
    ev->id = ko_pick_text(p, "metadata.uid|metadata.name");
    ev->link = name;
    return ko_pick_emit(p, ev);
}
