/* show_case.h: the finished cases that the tests of the report writers print. */
#ifndef KO_TESTS_SHOW_CASE_H
#define KO_TESTS_SHOW_CASE_H

#include "base/buf.h"
#include "case/case.h"

/* show_case_example(c, bytes): testdata/cases/example.jsonl; ${bytes} outlives ${c}. */
void show_case_example(struct ko_case *c, struct ko_buf *bytes);

/* show_case_of(c, text): A case in which every text is ${text}. */
void show_case_of(struct ko_case *c, struct ko_str text);

#endif
