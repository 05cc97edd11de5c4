/* product_deploy.c: deployments as GitHub, GitLab, Argo CD and Helm tell them. */
#include "read/product_list.h"

static struct ko_str last_part(struct ko_str s, char mark)
{
    size_t at;
    return ko_str_rchr(s, mark, &at) ? ko_str_skip(s, at + 1) : s;
}

/* "https://host/acme/crm-api/-/pipelines/5", "…/repos/acme/crm-api", "….git": crm-api. */
static struct ko_str repository_of(struct ko_str url)
{
    size_t at;
    if (ko_str_find(url, KO_STR("/-/"), &at))
        url = ko_str_sub(url, 0, at);
    if (ko_str_find(url, KO_STR("/deployments/"), &at))
        url = ko_str_sub(url, 0, at);
    if (ko_str_ends(url, KO_STR(".git")))
        url.n -= 4;
    return last_part(url, '/');
}

static enum ko_status emit_deploy(struct ko_pick *p, struct ko_event *ev,
                                  struct ko_str state)
{
    struct ko_str parts[] = {KO_STR("deploy"), ev->version, KO_STR("to"), ev->segment,
                             state};
    if (ev->segment.n == 0)
        parts[2] = ev->segment;
    ev->what = KO_STR("deploy");
    if (ev->message.n == 0)
        ev->message = ko_pick_join(p, parts, 5);
    return ko_pick_emit(p, ev);
}

/* ---- GitHub ---- */

bool ko_github_deployment_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "environment") != NULL && ko_pick_at(p, "sha") != NULL;
}

KO_PRODUCT_READS(github_deployment)
{
    *ret_why = ko_pick_time(p, "created_at", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->entity = repository_of(ko_pick_text(p, "repository_url|statuses_url"));
    ev->version = ko_pick_text(p, "ref");
    ev->id = ko_pick_text(p, "sha");
    ev->segment = ko_pick_text(p, "environment");
    ev->message = ko_pick_text(p, "description");
    ev->link = ko_pick_text(p, "statuses_url");
    return emit_deploy(p, ev, (struct ko_str){0});
}

/* States that say that something was put in place, or broke while it was. */
static bool is_final(struct ko_str state)
{
    static const struct ko_str words[] = {KO_STR_INIT("success"), KO_STR_INIT("failure"),
                                          KO_STR_INIT("failed"), KO_STR_INIT("error")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(state, words[i]))
            return true;
    }
    return false;
}

static struct ko_str unless_success(struct ko_str state)
{
    return ko_str_ieq(state, KO_STR("success")) ? (struct ko_str){0} : state;
}

bool ko_github_status_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "state") != NULL && ko_pick_at(p, "created_at") != NULL;
}

KO_PRODUCT_READS(github_status)
{
    struct ko_str state = ko_pick_text(p, "state");
    *ret_why = ko_pick_time(p, "created_at|updated_at", ev);
    if (*ret_why != KO_REJECT_COUNT || !is_final(state))
        return KO_OK;
    ev->entity = repository_of(ko_pick_text(p, "repository_url|deployment_url"));
    ev->id = ko_pick_text(p, "deployment_url|id");
    ev->segment = ko_pick_text(p, "environment");
    return emit_deploy(p, ev, unless_success(state));
}

bool ko_github_webhook_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "deployment_status.state") != NULL;
}

KO_PRODUCT_READS(github_webhook)
{
    struct ko_str state = ko_pick_text(p, "deployment_status.state");
    *ret_why =
        ko_pick_time(p, "deployment_status.created_at|deployment_status.updated_at", ev);
    if (*ret_why != KO_REJECT_COUNT || !is_final(state))
        return KO_OK;
    ev->entity = ko_pick_text(p, "repository.name");
    ev->version = ko_pick_text(p, "deployment.ref");
    ev->id = ko_pick_text(p, "deployment.sha|deployment.id");
    ev->segment = ko_pick_text(p, "deployment.environment|deployment_status.environment");
    return emit_deploy(p, ev, unless_success(state));
}

bool ko_github_created_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "deployment.sha") != NULL &&
           ko_pick_at(p, "deployment_status") == NULL;
}

/* The webhook of a deployment that begins. */
KO_PRODUCT_READS(github_created)
{
    struct ko_pick own = ko_pick_item(p, ko_pick_at(p, "deployment"));
    return ko_github_deployment_read(&own, ev, ret_why);
}

/* ---- GitLab ---- */

bool ko_gitlab_deployment_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "environment|sha") != NULL && ko_pick_at(p, "status") != NULL;
}

/* Nothing was deployed: it waits, or was given up before it began. */
static bool never_ran(struct ko_str status)
{
    static const struct ko_str words[] = {KO_STR_INIT("created"), KO_STR_INIT("blocked"),
                                          KO_STR_INIT("canceled"),
                                          KO_STR_INIT("skipped")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(status, words[i]))
            return true;
    }
    return false;
}

KO_PRODUCT_READS(gitlab_deployment)
{
    struct ko_str status = ko_pick_text(p, "status");
    *ret_why = ko_pick_time(
        p, "deployable.finished_at|deployable.started_at|updated_at|created_at", ev);
    if (*ret_why != KO_REJECT_COUNT || never_ran(status))
        return KO_OK;
    ev->entity = repository_of(ko_pick_text(
        p, "project.path_with_namespace|deployable.pipeline.web_url|deployable.web_url|"
           "web_url"));
    ev->version = ko_pick_text(p, "ref");
    ev->id = ko_pick_text(p, "sha|id");
    ev->segment = ko_pick_text(p, "environment.name|environment");
    return emit_deploy(p, ev, unless_success(status));
}

bool ko_gitlab_webhook_fits(struct ko_pick *p)
{
    return ko_pick_is(p, "object_kind", "deployment");
}

KO_PRODUCT_READS(gitlab_webhook)
{
    struct ko_str status = ko_pick_text(p, "status");
    *ret_why = ko_pick_time(p, "status_changed_at|created_at", ev);
    if (*ret_why != KO_REJECT_COUNT || !is_final(status))
        return KO_OK;
    ev->entity =
        repository_of(ko_pick_text(p, "project.path_with_namespace|project.name"));
    ev->version = ko_pick_text(p, "ref");
    ev->id = ko_pick_text(p, "short_sha|deployment_id");
    ev->segment = ko_pick_text(p, "environment");
    ev->message = ko_pick_text(p, "commit_title");
    return emit_deploy(p, ev, unless_success(status));
}

/* ---- Argo CD ---- */

bool ko_argocd_fits(struct ko_pick *p)
{
    return ko_pick_is(p, "kind", "Application") &&
           ko_pick_at(p, "status.history|status.operationState|status.sync") != NULL;
}

/* One line of the history: what was put in place, and by whom. */
static enum ko_status emit_sync(struct ko_pick *item, const struct ko_event *ev)
{
    struct ko_event own = *ev;
    if (ko_pick_time(item, "deployedAt", &own) != KO_REJECT_COUNT)
        return KO_OK;
    own.id = own.version =
        ko_pick_text(item, "revision|source.targetRevision|revisions.0|id");
    own.link = ko_pick_text(item, "source.path|source.chart|source.repoURL");
    bool automatic = ko_pick_true(item, "initiatedBy.automated");
    struct ko_str parts[] = {automatic ? KO_STR("automatic sync to") : KO_STR("sync to"),
                             own.version};
    own.what = KO_STR("deploy");
    own.message = ko_pick_join(item, parts, 2);
    return ko_pick_emit(item, &own);
}

/* The last operation is in the history unless it failed. */
static enum ko_status emit_operation(struct ko_pick *p, const struct ko_event *ev)
{
    struct ko_event own = *ev;
    struct ko_str phase = ko_pick_text(p, "status.operationState.phase");
    bool failed = ko_str_eq(phase, KO_STR("Failed")) || ko_str_eq(phase, KO_STR("Error"));
    const char *when = "status.operationState.finishedAt|status.operationState.startedAt";
    if (!failed || ko_pick_time(p, when, &own) != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str parts[] = {KO_STR("sync failed:"),
                             ko_pick_text(p, "status.operationState.message")};
    own.what = KO_STR("deploy");
    own.id = own.version = ko_pick_text(p, "status.operationState.syncResult.revision");
    own.message = ko_pick_join(p, parts, 2);
    return ko_pick_emit(p, &own);
}

KO_PRODUCT_READS(argocd)
{
    size_t i;
    json_t *item;
    (void)ret_why;
    ev->entity = ko_pick_text(p, "metadata.name");
    ev->segment = ko_pick_text(p, "spec.destination.namespace");
    json_array_foreach ((json_t *)ko_pick_at(p, "status.history"), i, item) {
        struct ko_pick own = ko_pick_item(p, item);
        enum ko_status st = emit_sync(&own, ev);
        if (st != KO_OK)
            return st;
    }
    return emit_operation(p, ev);
}

/* ---- Helm ---- */

bool ko_helm_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "chart") != NULL && ko_pick_at(p, "updated") != NULL;
}

/* "crm-api-2.31.0": crm-api. */
static struct ko_str chart_name(struct ko_str chart)
{
    for (size_t i = chart.n; i-- > 1;) {
        if (chart.p[i - 1] == '-' && ko_char_is_digit(chart.p[i]))
            return ko_str_sub(chart, 0, i - 1);
    }
    return chart;
}

/* "2026-03-14 14:02:10.123456 +0000 UTC", as Go prints it: the zone is there twice. */
static struct ko_str go_time(struct ko_str s)
{
    return ko_str_ends(s, KO_STR(" UTC")) ? ko_str_sub(s, 0, s.n - 4) : s;
}

KO_PRODUCT_READS(helm)
{
    struct ko_stamp stamp;
    if (ko_time_parse(go_time(ko_pick_text(p, "updated")), &stamp) != KO_OK) {
        *ret_why = KO_REJECT_BAD_TIMESTAMP;
        return KO_OK;
    }
    ev->time = ko_reading_time(p->rd, &stamp);
    ev->has_zone = stamp.has_zone;
    struct ko_str chart = ko_pick_text(p, "chart");
    ev->entity = ko_pick_text(p, "name");
    if (ev->entity.n == 0)
        ev->entity = chart_name(chart);
    ev->version = ko_pick_text(p, "app_version");
    ev->segment = ko_pick_text(p, "namespace");
    ev->id = ko_pick_text(p, "revision");
    struct ko_str parts[] = {KO_STR("helm"), chart, ko_pick_text(p, "description")};
    ev->message = ko_pick_join(p, parts, 3);
    return emit_deploy(p, ev, (struct ko_str){0});
}
