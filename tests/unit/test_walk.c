#include "unit.h"

#include "app/walk.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

/* ${folder}/${name}; good until the next call but one. */
static const char *inside(const char *name)
{
    static char paths[2][160];
    static int turn;
    char *path = paths[turn = !turn];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void touch(const char *name)
{
    int fd = open(inside(name), O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
}

static int make(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/knockon-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    if (mkdir(inside("sub"), 0700) != 0 || mkdir(inside(".git"), 0700) != 0)
        return -1;
    touch("b.log");
    touch("a.log");
    touch("sub/c.log");
    touch(".hidden");
    touch(".git/config");
    if (symlink("..", inside("sub/loop")) != 0 || mkfifo(inside("pipe"), 0600) != 0)
        return -1;
    return 0;
}

static int clean(void **state)
{
    (void)state;
    static const char *const names[] = {"b.log",       "a.log",    "sub/c.log", ".hidden",
                                        ".git/config", "sub/loop", "pipe"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(inside(names[i]));
    (void)rmdir(inside("sub"));
    (void)rmdir(inside(".git"));
    return rmdir(folder);
}

static void folders_give_their_files_sorted_without_hidden_ones(void **state)
{
    (void)state;
    struct ko_walk w = {0};
    assert_int_equal(ko_walk_add(&w, folder, NULL), KO_OK);
    ko_walk_sort(&w);
    assert_int_equal(w.files.n, 3);
    assert_string_equal(w.files.v[0], inside("a.log"));
    assert_string_equal(w.files.v[1], inside("b.log"));
    assert_string_equal(w.files.v[2], inside("sub/c.log"));
    assert_int_equal(w.skipped, 2); /* the pipe, and the link that would loop */
    ko_walk_release(&w);
}

static void a_file_given_twice_is_there_once(void **state)
{
    (void)state;
    struct ko_walk w = {0};
    assert_int_equal(ko_walk_add(&w, inside("b.log"), NULL), KO_OK);
    assert_int_equal(ko_walk_add(&w, folder, NULL), KO_OK);
    assert_int_equal(ko_walk_add(&w, "-", NULL), KO_OK);
    ko_walk_sort(&w);
    assert_int_equal(w.files.n, 4);
    assert_string_equal(w.files.v[0], "-");
    ko_walk_release(&w);
}

static void a_missing_file_is_an_error_with_its_name(void **state)
{
    (void)state;
    struct ko_walk w = {0};
    struct ko_err err = {0};
    size_t at;
    assert_int_equal(ko_walk_add(&w, inside("none"), &err), KO_ENOTFOUND);
    assert_true(ko_str_find(ko_str(err.text), ko_str(inside("none")), &at));
    ko_walk_sort(&w);
    assert_int_equal(w.files.n, 0);
    ko_walk_release(&w);
}

static void the_current_folder_leaves_no_mark_in_names(void **state)
{
    (void)state;
    struct ko_walk w = {0};
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(folder), 0);
    enum ko_status st = ko_walk_add(&w, ".", NULL);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(st, KO_OK);
    ko_walk_sort(&w);
    assert_string_equal(w.files.v[0], "a.log");
    ko_walk_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_give_their_files_sorted_without_hidden_ones),
        cmocka_unit_test(a_file_given_twice_is_there_once),
        cmocka_unit_test(a_missing_file_is_an_error_with_its_name),
        cmocka_unit_test(the_current_folder_leaves_no_mark_in_names),
    };
    return cmocka_run_group_tests(tests, make, clean);
}
