/* json_document.c: the table of JSON values that hold many records. */
#include "read/json_document.h"

#include "read/json_map.h"

/* A new one is one file and one row. */
static const struct ko_json_document documents[] = {
    {"map", ko_json_is_map, ko_json_map},
};

const struct ko_json_document *ko_json_document_of(const json_t *value)
{
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        if (documents[i].is(value))
            return &documents[i];
    }
    return NULL;
}
