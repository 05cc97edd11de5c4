/* aftermath.h: what an incident leaves behind in the books of the business: orders not
 * paid or paid twice, contacts, cases, callbacks, answers out of old data. */
#ifndef KO_DRILL_AFTERMATH_H
#define KO_DRILL_AFTERMATH_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "drill/drill.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Times are seconds of the drill; NaN: not until its end. */

/* Who there is. */
enum { KO_DRILL_CUSTOMERS = 4000 };

enum ko_paid { KO_PAID, KO_PAY_FAILED, KO_PAY_PENDING };

/* One attempt to pay an order. */
struct ko_payment {
    double at_s;
    uint64_t id, order, customer;
    unsigned attempt, cents;
    enum ko_paid status;
    size_t region;
};

/* One customer who wanted people. */
struct ko_contact {
    double at_s, wait_s, handle_s;
    uint64_t id, customer;
    uint32_t queue; /* node */
    size_t region;
    bool voice, gone, moved, solved;
};

struct ko_case_file {
    double opened_s, closed_s;
    uint64_t id, customer;
    bool complaint;
    const char *subject;
};

struct ko_callback {
    double requested_s, due_s, done_s;
    uint64_t id, customer;
    uint32_t queue;
};

/* One answer of a bot, out of data of an earlier time. */
struct ko_bot_answer {
    double at_s, data_s;
    uint64_t id, customer;
    const char *intent;
    bool stale;
};

/* What the exports hold: records that are missing from them are missing here. */
struct ko_aftermath {
    struct ko_arena arena;
    KO_LIST(struct ko_payment) payments;
    KO_LIST(struct ko_contact) contacts;
    KO_LIST(struct ko_case_file) cases;
    KO_LIST(struct ko_callback) callbacks;
    KO_LIST(struct ko_bot_answer) answers;
};

/*
 * ko_aftermath_make(d, ret):
 * The books of ${d}; the same at every call.  Orders come in where callers call the
 * payments; an attempt that is done later than its caller waits is made once more: so an
 * order is paid twice.
 *
 * Owns:    ret, until ko_aftermath_release, also after a failure
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_aftermath_make(const struct ko_drill *d,
                                                struct ko_aftermath *ret);
void ko_aftermath_release(struct ko_aftermath *x);

/* ko_aftermath_by_time(x): Put the contacts in order of time, those of one moment by id.
 */
void ko_aftermath_by_time(struct ko_aftermath *x);

/* ko_drill_till(p, ret_node): The part that payments are made with; false: there is none
 * that anybody calls. */
bool ko_drill_till(const struct ko_platform *p, uint32_t *ret_node);
/* ko_drill_way(contact): The channel by which they came. */
struct ko_str ko_drill_way(const struct ko_contact *contact);

/* Parts of it; cases come of the payments and the contacts. */
KO_WARN_UNUSED enum ko_status ko_aftermath_payments(const struct ko_drill *d,
                                                    struct ko_aftermath *x);
KO_WARN_UNUSED enum ko_status ko_aftermath_contacts(const struct ko_drill *d,
                                                    struct ko_aftermath *x);
KO_WARN_UNUSED enum ko_status ko_aftermath_cases(const struct ko_drill *d,
                                                 struct ko_aftermath *x);
KO_WARN_UNUSED enum ko_status ko_aftermath_answers(const struct ko_drill *d,
                                                   struct ko_aftermath *x);

/*
 * ko_drill_put_worklists(d, out):
 * The member "worklists" of the truth, with its comma: what is left to do, from the start
 * of the incident on, by the exported records alone.
 *
 * failed-payments      orders with a failed payment and none that succeeded or is pending
 * duplicate-payments   payments that succeeded after another one of their order did
 * unresolved-contacts  customers whose last contact was not resolved
 * repeat-contacts      contacts of customers who had one before
 * open-cases           cases that are not closed; complaints: those of that kind, closed
 *                      or not
 * missed-callbacks     callbacks that were due and are not done
 * stale-answers        answers that a bot gave out of old data
 */
void ko_drill_put_worklists(const struct ko_drill *d, struct ko_buf *out);

/* ko_drill_put_payments(d, out) and the like: The tables, empty without a record. */
void ko_drill_put_payments(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_cases(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_callbacks(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_answers(const struct ko_drill *d, struct ko_buf *out);

#endif
