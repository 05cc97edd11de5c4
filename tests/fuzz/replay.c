/* replay.c: drive a fuzz target without libFuzzer: every file given, cut short, and with
 * seeded changes of a few bytes.  usage: fuzz_X [ROUNDS] FILE… */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_MAX = 1 << 16, CHANGES_MAX = 4 };

static uint64_t seed = 1;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % below);
}

static void run(const uint8_t *data, size_t size)
{
    uint8_t *copy =
        malloc(size ? size : 1); /* so that a sanitizer sees every read too far */
    if (copy == NULL)
        exit(2);
    if (size)
        memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void change(uint8_t *data, size_t size)
{
    static const char odd[] = "\"\\{}[],:;=\n\r\t \0\x1b\xff\xc3-+.e0";
    uint32_t n = 1 + draw(CHANGES_MAX);
    for (uint32_t i = 0; i < n && size; i++) {
        uint32_t at = draw((uint32_t)size);
        data[at] = draw(2) ? (uint8_t)odd[draw(sizeof odd)] : (uint8_t)draw(256);
    }
}

static long try_file(const char *path, long rounds)
{
    static uint8_t whole[FILE_MAX], changed[FILE_MAX];
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "cannot open %s\n", path);
        exit(2);
    }
    size_t size = fread(whole, 1, sizeof whole, f);
    (void)fclose(f);
    run(whole, size);
    for (long i = 0; i < rounds; i++) {
        size_t cut = draw(4) ? size : draw((uint32_t)size + 1);
        memcpy(changed, whole, cut);
        change(changed, cut);
        run(changed, cut);
    }
    return rounds + 1;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 0, runs = 0;
    run(NULL, 0);
    for (int i = 2; i < argc; i++)
        runs += try_file(argv[i], rounds);
    printf("%ld passed, 0 failed\n", runs);
    return runs > 0 ? 0 : 2;
}
