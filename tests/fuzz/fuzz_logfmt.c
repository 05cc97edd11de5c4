/* fuzz_logfmt.c: any bytes as key=value lines: no crash, no byte lost. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read(data, size, KO_STR("logfmt"));
}
