/* product_change.c: changes as LaunchDarkly, CloudTrail, CDEvents and ServiceNow tell
 * them. */
#include "read/product_list.h"

static struct ko_str last_part(struct ko_str s, char mark)
{
    size_t at;
    return ko_str_rchr(s, mark, &at) ? ko_str_skip(s, at + 1) : s;
}

static struct ko_str first_part(struct ko_str s, char mark)
{
    size_t at;
    return ko_str_chr(s, mark, &at) ? ko_str_sub(s, 0, at) : s;
}

/* ---- LaunchDarkly ---- */

bool ko_launchdarkly_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "date") != NULL && ko_pick_at(p, "name|title") != NULL;
}

/* "proj/default:env/production:flag/new-confirm": production. */
static struct ko_str environment_of(struct ko_str resource)
{
    size_t at;
    if (!ko_str_find(resource, KO_STR("env/"), &at))
        return (struct ko_str){0};
    return first_part(ko_str_skip(resource, at + 4), ':');
}

static struct ko_str resource_of(struct ko_pick *p)
{
    static const char *const lists[] = {"accesses", "target.resources"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *first = json_array_get(ko_pick_at(p, lists[i]), 0);
        struct ko_pick item = ko_pick_item(p, first);
        if (json_is_string(first))
            return (struct ko_str){json_string_value(first), json_string_length(first)};
        struct ko_str s = ko_pick_text(&item, "resource");
        if (s.n > 0)
            return s;
    }
    return (struct ko_str){0};
}

KO_PRODUCT_READS(launchdarkly)
{
    *ret_why = ko_pick_time(p, "date", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str name = ko_pick_text(p, "name|target.name");
    ev->what = ko_pick_text(p, "kind");
    if (ev->what.n == 0)
        ev->what = KO_STR("flag");
    ev->id = ev->link = name;
    ev->segment = environment_of(resource_of(p));
    struct ko_str parts[] = {ko_pick_text(p, "titleVerb"), name,
                             ev->segment.n > 0 ? KO_STR("in") : KO_STR(""), ev->segment,
                             ko_pick_text(p, "description|shortDescription|comment")};
    ev->message = ko_pick_join(p, parts, sizeof parts / sizeof *parts);
    return ko_pick_emit(p, ev);
}

/* ---- CloudTrail ---- */

bool ko_cloudtrail_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "eventName") != NULL && ko_pick_at(p, "eventSource") != NULL;
}

/* Verbs of calls that only look, for records that do not say readOnly. */
static bool is_look(struct ko_str name)
{
    static const struct ko_str verbs[] = {
        KO_STR_INIT("Describe"), KO_STR_INIT("Get"),    KO_STR_INIT("List"),
        KO_STR_INIT("Lookup"),   KO_STR_INIT("Head"),   KO_STR_INIT("Search"),
        KO_STR_INIT("Query"),    KO_STR_INIT("Select"), KO_STR_INIT("AssumeRole"),
        KO_STR_INIT("Decrypt"),  KO_STR_INIT("Console")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (ko_str_starts(name, verbs[i]))
            return true;
    }
    return false;
}

static bool changes_something(struct ko_pick *p, struct ko_str name)
{
    if (ko_pick_at(p, "readOnly") != NULL)
        return !ko_pick_true(p, "readOnly");
    return !is_look(name);
}

/* What was touched: the names that the usual calls carry. */
static struct ko_str touched(struct ko_pick *p)
{
    struct ko_str s = ko_pick_text(
        p, "requestParameters.functionName|requestParameters.service|"
           "requestParameters.dBInstanceIdentifier|requestParameters.stackName|"
           "requestParameters.autoScalingGroupName|requestParameters.tableName|"
           "requestParameters.bucketName|requestParameters.name|"
           "requestParameters.cluster|requestParameters.clusterName|"
           "requestParameters.instanceId|requestParameters.secretId|"
           "requestParameters.roleName|requestParameters.groupId|"
           "requestParameters.resourceArn|requestParameters.targetGroupArn");
    if (s.n == 0) {
        struct ko_pick first =
            ko_pick_item(p, json_array_get(ko_pick_at(p, "resources"), 0));
        s = ko_pick_text(&first, "ARN|resourceName|accountId");
    }
    return ko_str_starts(s, KO_STR("arn:")) ? last_part(s, ':') : s;
}

/* A call that changed nothing is still something said, the more so when it failed. */
static enum ko_status emit_call(struct ko_pick *p, struct ko_event *ev)
{
    struct ko_str error = ko_pick_text(p, "errorCode");
    struct ko_str parts[] = {ev->message, error};
    ev->kind = KO_EVENT_LOG;
    ev->severity = error.n > 0 ? KO_SEV_ERROR : KO_SEV_INFO;
    ev->message = ko_pick_join(p, parts, 2);
    ev->what = ev->id = ev->link = (struct ko_str){0};
    return ko_pick_emit(p, ev);
}

KO_PRODUCT_READS(cloudtrail)
{
    *ret_why = ko_pick_time(p, "eventTime", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str name = ko_pick_text(p, "eventName");
    struct ko_str target = touched(p);
    ev->entity = first_part(ko_pick_text(p, "eventSource"), '.');
    ev->region = ko_pick_text(p, "awsRegion");
    struct ko_str parts[] = {name, target};
    ev->message = ko_pick_join(p, parts, 2);
    ev->what = name;
    ev->id = ko_pick_text(p, "eventID");
    ev->link = target;
    bool failed = ko_pick_at(p, "errorCode") != NULL;
    if (failed || !changes_something(p, name))
        return emit_call(p, ev);
    return ko_pick_emit(p, ev);
}

/* ---- CDEvents ---- */

static struct ko_str type_of(struct ko_pick *p)
{
    struct ko_str type = ko_pick_text(p, "context.type");
    if (ko_str_starts(type, KO_STR("dev.cdevents.")))
        return ko_str_skip(type, 13);
    return ko_str_starts(type, KO_STR("cd.")) ? ko_str_skip(type, 3) : (struct ko_str){0};
}

bool ko_cdevents_fits(struct ko_pick *p)
{
    return type_of(p).n > 0;
}

static struct ko_str milestone_of(struct ko_str predicate)
{
    if (ko_str_eq(predicate, KO_STR("resolved")))
        return KO_STR("resolved");
    return ko_str_eq(predicate, KO_STR("detected")) ? KO_STR("opened") : KO_STR("noted");
}

/* Subjects whose events change what runs; tests and builds do not. */
static bool is_of_what_runs(struct ko_str subject, struct ko_str predicate)
{
    if (ko_str_eq(subject, KO_STR("deployment")))
        return ko_str_eq(predicate, KO_STR("finished"));
    return ko_str_eq(subject, KO_STR("service")) ||
           ko_str_eq(subject, KO_STR("environment"));
}

KO_PRODUCT_READS(cdevents)
{
    struct ko_str rest = type_of(p), subject = {0}, predicate = {0};
    (void)ko_str_cut(&rest, '.', &subject);
    if (!ko_str_cut(&rest, '.', &predicate))
        predicate = (struct ko_str){0};
    *ret_why = ko_pick_time(p, "context.timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->id = ko_pick_text(p, "context.id|context.chainId");
    ev->entity = last_part(ko_pick_text(p, "subject.id"), '/');
    ev->segment = ko_pick_text(p, "subject.content.environment.id");
    ev->version = ko_pick_text(p, "subject.content.artifactId");
    struct ko_str parts[] = {subject, predicate, ev->version,
                             ko_pick_text(p, "subject.content.description")};
    ev->message = ko_pick_join(p, parts, 4);
    ev->what = predicate;
    if (ko_str_eq(subject, KO_STR("incident"))) {
        ev->kind = KO_EVENT_INCIDENT;
        ev->what = milestone_of(predicate);
        ev->id = ko_pick_text(p, "subject.id");
        ev->entity = last_part(ko_pick_text(p, "subject.content.service.id|"
                                               "subject.content.environment.id"),
                               '/');
    } else if (!is_of_what_runs(subject, predicate)) {
        ev->kind = KO_EVENT_LOG;
        ev->severity = KO_SEV_INFO;
    }
    return ko_pick_emit(p, ev);
}

/* ---- ServiceNow ---- */

bool ko_servicenow_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "number") != NULL;
}

static enum ko_status emit_ticket(struct ko_pick *p, struct ko_event *ev)
{
    static const struct {
        const char *when;
        struct ko_str what;
    } steps[] = {{"opened_at.value|opened_at|sys_created_on.value|sys_created_on",
                  KO_STR_INIT("opened")},
                 {"resolved_at.value|resolved_at|closed_at.value|closed_at",
                  KO_STR_INIT("resolved")}};
    ev->kind = KO_EVENT_INCIDENT;
    for (size_t i = 0; i < 2; i++) {
        struct ko_event own = *ev;
        if (ko_pick_time(p, steps[i].when, &own) != KO_REJECT_COUNT)
            continue;
        own.what = steps[i].what;
        enum ko_status st = ko_pick_emit(p, &own);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

KO_PRODUCT_READS(servicenow)
{
    ev->id = ko_pick_text(p, "number.value|number");
    ev->entity =
        ko_pick_text(p, "cmdb_ci.display_value|business_service.display_value|cmdb_ci");
    ev->owner = ko_pick_text(p, "assignment_group.display_value|assignment_group");
    ev->message = ko_pick_text(p, "short_description.display_value|short_description");
    if (ko_str_starts(ev->id, KO_STR("INC")))
        return emit_ticket(p, ev);
    *ret_why = ko_pick_time(p,
                            "work_start.value|work_start|start_date.value|start_date|"
                            "opened_at.value|opened_at",
                            ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("change");
    return ko_pick_emit(p, ev);
}
