/* facts.h: the sections of a report that a program can fill, whatever the markup. */
#ifndef KO_SHOW_FACTS_H
#define KO_SHOW_FACTS_H

#include "show/doc.h"

/* The measures of the impact records that the section of journeys shows; the table of the
 * impact leaves them out. */
#define KO_FACTS_JOURNEY "journey"
#define KO_FACTS_JOURNEY_STEP "journey-step"
#define KO_FACTS_BURN "error budget burn"
#define KO_FACTS_SINGLE_POINT "single-point-of-failure"

/*
 * Each writes one table or list without a heading; a case that has nothing for it gets a
 * sentence that says so.
 */
void ko_facts_answers(struct ko_doc *d);
void ko_facts_suspects(struct ko_doc *d);
void ko_facts_cascade(struct ko_doc *d);
void ko_facts_links(struct ko_doc *d);
void ko_facts_impact(struct ko_doc *d);
void ko_facts_definitions(struct ko_doc *d);
void ko_facts_changes(struct ko_doc *d);
void ko_facts_timeline(struct ko_doc *d);
void ko_facts_response(struct ko_doc *d);
void ko_facts_journeys(struct ko_doc *d);
void ko_facts_recovery(struct ko_doc *d);
void ko_facts_unknown(struct ko_doc *d);
void ko_facts_evidence(struct ko_doc *d);
void ko_facts_ledger(struct ko_doc *d);

#endif
