/* fuzz_record.c: any bytes, the format found by content: no crash, no byte lost. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read(data, size, (struct ko_str){0});
}
