/* codeowners_rule.h: one line of CODEOWNERS, and which paths its pattern matches. */
#ifndef KO_READ_CODEOWNERS_RULE_H
#define KO_READ_CODEOWNERS_RULE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum ko_codeowners_kind {
    KO_CODEOWNERS_OTHER, /* no line of such a file */
    KO_CODEOWNERS_COMMENT,
    KO_CODEOWNERS_SECTION, /* "[Name][2] @default" */
    KO_CODEOWNERS_RULE
};

/* Slices of the line. */
struct ko_codeowners_line {
    enum ko_codeowners_kind kind;
    struct ko_str pattern;
    struct ko_str owner;   /* the first team or person */
    struct ko_str contact; /* the first e-mail address beside it */
};

/* ko_codeowners_line(line): Take ${line} apart. */
struct ko_codeowners_line ko_codeowners_line(struct ko_str line);

/* ko_codeowners_folder(pattern): The name of the folder that ${pattern} is about; empty
 * where it is about files, about everything, or about folders that name no thing (docs,
 * src …). */
struct ko_str ko_codeowners_folder(struct ko_str pattern);

/* ko_codeowners_match(pattern, path): Does ${pattern} match the folder that the pattern
 * ${path} is about? */
bool ko_codeowners_match(struct ko_str pattern, struct ko_str path);

#endif
