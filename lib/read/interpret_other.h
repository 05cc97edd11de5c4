/* interpret_other.h: records that are no measurement: edges, changes, owners, journeys,
 * incidents. */
#ifndef KO_READ_INTERPRET_OTHER_H
#define KO_READ_INTERPRET_OTHER_H

#include "read/interpret.h"

/* As ko_interpret for one shape each; ${ev} is initialised and placed. */
KO_WARN_UNUSED enum ko_status ko_interpret_edge(struct ko_reading *rd,
                                                const struct ko_view *v,
                                                struct ko_event *ev,
                                                enum ko_reject *ret_why);
/* The first field calls each other one whose value is a number over 0, or says yes. */
KO_WARN_UNUSED enum ko_status ko_interpret_matrix(struct ko_reading *rd,
                                                  const struct ko_view *v,
                                                  struct ko_event *ev,
                                                  enum ko_reject *ret_why);
KO_WARN_UNUSED enum ko_status ko_interpret_change(struct ko_reading *rd,
                                                  const struct ko_view *v,
                                                  struct ko_event *ev,
                                                  enum ko_reject *ret_why);
KO_WARN_UNUSED enum ko_status ko_interpret_entity(struct ko_reading *rd,
                                                  const struct ko_view *v,
                                                  struct ko_event *ev,
                                                  enum ko_reject *ret_why);
KO_WARN_UNUSED enum ko_status ko_interpret_step(struct ko_reading *rd,
                                                const struct ko_view *v,
                                                struct ko_event *ev,
                                                enum ko_reject *ret_why);
KO_WARN_UNUSED enum ko_status ko_interpret_incident(struct ko_reading *rd,
                                                    const struct ko_view *v,
                                                    struct ko_event *ev,
                                                    enum ko_reject *ret_why);

#endif
