/* fuzz_yaml.c: any bytes as YAML, CODEOWNERS and Structurizr: no crash, no byte lost. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read(data, size, KO_STR("codeowners"));
    fuzz_read(data, size, KO_STR("structurizr"));
    return fuzz_read(data, size, KO_STR("yaml"));
}
