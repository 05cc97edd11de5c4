#include "unit.h"

#include "app/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], file[128];

static int make(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/knockon-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    (void)snprintf(file, sizeof file, "%s/knockon/history", folder);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    (void)unlink(file);
    file[strlen(file) - strlen("/history")] = '\0';
    (void)rmdir(file);
    return rmdir(folder);
}

static void lines_come_back_and_only_the_user_can_read_them(void **state)
{
    (void)state;
    struct ko_env env = {.state_home = folder};
    struct ko_history h;
    struct ko_buf lines;
    struct stat st;
    ko_buf_init(&lines, KO_BUF_MAX);
    ko_history_open(&h, &env, &lines);
    assert_int_equal(lines.n, 0);
    ko_history_add(&h, KO_STR("where"));
    ko_history_add(&h, KO_STR(" show secret-project"));
    ko_history_add(&h, KO_STR("note password=hunter2"));
    ko_history_add(&h, KO_STR("why E1"));
    ko_history_close(&h);
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    ko_history_open(&h, &env, &lines);
    assert_str(ko_buf_str(&lines), "where\nwhy E1\n");
    ko_history_close(&h);
    ko_buf_release(&lines);
}

static void only_the_last_lines_come_back(void **state)
{
    (void)state;
    struct ko_env env = {.state_home = folder};
    struct ko_history h;
    struct ko_buf lines;
    ko_buf_init(&lines, KO_BUF_MAX);
    ko_history_open(&h, &env, &lines);
    for (int i = 0; i < 3 * KO_HISTORY_LINES; i++)
        ko_history_add(&h, KO_STR("spread"));
    ko_history_add(&h, KO_STR("last"));
    ko_history_close(&h);
    ko_buf_reset(&lines);
    ko_history_open(&h, &env, &lines);
    size_t n = 0;
    for (size_t i = 0; i < lines.n; i++)
        n += lines.p[i] == '\n';
    assert_int_equal(n, KO_HISTORY_LINES);
    assert_true(ko_str_ends(ko_buf_str(&lines), KO_STR("\nlast\n")));
    ko_history_close(&h);
    ko_buf_release(&lines);
}

static void without_a_home_there_is_no_history(void **state)
{
    (void)state;
    struct ko_env env = {.state_home = "relative/path", .home = NULL};
    struct ko_history h;
    struct ko_buf lines;
    ko_buf_init(&lines, KO_BUF_MAX);
    ko_history_open(&h, &env, &lines);
    assert_null(h.path);
    ko_history_add(&h, KO_STR("where"));
    ko_history_close(&h);
    ko_buf_release(&lines);
}

static void what_looks_like_a_secret_is_not_kept(void **state)
{
    (void)state;
    assert_true(ko_history_keeps(KO_STR("show token-service")));
    assert_false(ko_history_keeps(KO_STR("note Token=abc")));
    assert_false(ko_history_keeps(KO_STR("note authorization: Bearer x")));
    assert_false(ko_history_keeps(KO_STR("")));
    assert_false(ko_history_keeps(KO_STR("\twhere")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_back_and_only_the_user_can_read_them),
        cmocka_unit_test(only_the_last_lines_come_back),
        cmocka_unit_test(without_a_home_there_is_no_history),
        cmocka_unit_test(what_looks_like_a_secret_is_not_kept),
    };
    return cmocka_run_group_tests(tests, make, clean);
}
