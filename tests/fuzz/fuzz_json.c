/* fuzz_json.c: any bytes as a JSON document and as JSON Lines: no crash, no byte lost. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read(data, size, KO_STR("json"));
    return fuzz_read(data, size, KO_STR("jsonl"));
}
