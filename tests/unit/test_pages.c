/* The manual page of the formats against the tables of the code. */
#include "unit.h"

#include "base/file.h"
#include "event/ledger.h"
#include "read/formats.h"
#include "read/product.h"
#include "read/sheet_kind.h"

static struct ko_buf page;

static int load(void **state)
{
    (void)state;
    int fd;
    ko_buf_init(&page, 1 << 20);
    if (ko_file_open(MAN "/knockon-formats.7", &fd, NULL) != KO_OK)
        return -1;
    enum ko_status st = ko_file_slurp(fd, &page, NULL);
    ko_file_close(fd);
    return st != KO_OK;
}

static int unload(void **state)
{
    (void)state;
    ko_buf_release(&page);
    return 0;
}

/* Where the page describes ${name}. */
static size_t find_item(const char *name)
{
    struct ko_buf item;
    size_t at = 0;
    ko_buf_init(&item, 256);
    ko_buf_printf(&item, "\n.It Cm %s\n", name);
    if (!ko_str_find(ko_buf_str(&page), ko_buf_str(&item), &at))
        fail_msg("man/knockon-formats.7 does not describe %s", name);
    ko_buf_release(&item);
    return at;
}

static void every_format_is_described_in_the_order_of_recognition(void **state)
{
    (void)state;
    size_t before = 0;
    for (size_t i = 0; i < ko_formats_n; i++) {
        size_t at = find_item(ko_formats[i].name);
        if (at <= before)
            fail_msg("%s stands in another order than in the table", ko_formats[i].name);
        before = at;
    }
}

static void describes(const char *name)
{
    size_t at;
    if (!ko_str_find(ko_buf_str(&page), ko_str(name), &at))
        fail_msg("man/knockon-formats.7 does not describe %s", name);
}

static void every_product_is_described(void **state)
{
    (void)state;
    for (size_t i = 0; i < ko_products_n; i++)
        describes(ko_products[i].name);
    for (size_t i = 0; i < ko_sheet_kinds_n; i++)
        describes(ko_sheet_kinds[i].name);
}

static void every_reason_of_a_reject_is_described(void **state)
{
    (void)state;
    for (int r = 0; r < KO_REJECT_COUNT; r++)
        assert_true(find_item(ko_reject_name((enum ko_reject)r)) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_described_in_the_order_of_recognition),
        cmocka_unit_test(every_product_is_described),
        cmocka_unit_test(every_reason_of_a_reject_is_described),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
