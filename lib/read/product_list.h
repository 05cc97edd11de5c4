/* product_list.h: what the files product_*.c have for the table in product.c: `fits` and
 * `read` of each row. */
#ifndef KO_READ_PRODUCT_LIST_H
#define KO_READ_PRODUCT_LIST_H

#include "read/product.h"

#define KO_PRODUCT_READS(name)                                                           \
    enum ko_status ko_##name##_read(struct ko_pick *p, struct ko_event *ev,              \
                                    enum ko_reject *ret_why)
#define KO_PRODUCT(name)                                                                 \
    bool ko_##name##_fits(struct ko_pick *p);                                            \
    KO_PRODUCT_READS(name)

/* product_connect.c */
KO_PRODUCT(connect_contact);
KO_PRODUCT(connect_event);
KO_PRODUCT(connect_flow);
/* product_genesys.c, product_twilio.c */
KO_PRODUCT(genesys_conversation);
KO_PRODUCT(twilio_event);
KO_PRODUCT(twilio_task);
/* product_bot.c */
KO_PRODUCT(lex);
KO_PRODUCT(dialogflow_es);
KO_PRODUCT(dialogflow_v1);
KO_PRODUCT(dialogflow_cx);
/* product_deploy.c */
KO_PRODUCT(github_deployment);
KO_PRODUCT(github_status);
KO_PRODUCT(github_webhook);
KO_PRODUCT(github_created);
KO_PRODUCT(gitlab_deployment);
KO_PRODUCT(gitlab_webhook);
KO_PRODUCT(argocd);
KO_PRODUCT(helm);
/* product_change.c */
KO_PRODUCT(launchdarkly);
KO_PRODUCT(cloudtrail);
KO_PRODUCT(cdevents);
KO_PRODUCT(servicenow);
/* product_kubernetes.c */
KO_PRODUCT(kubernetes_event);
/* product_pagerduty.c */
KO_PRODUCT(pagerduty_change);
KO_PRODUCT(pagerduty_event);
KO_PRODUCT(pagerduty_incident);
KO_PRODUCT(pagerduty_log_entry);
KO_PRODUCT(pagerduty_webhook);
/* product_incident.c */
KO_PRODUCT(opsgenie);
KO_PRODUCT(incident_io);
KO_PRODUCT(statuspage);
KO_PRODUCT(alertmanager);

#endif
