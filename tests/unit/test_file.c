#include "unit.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[64];
    char file[96];
};

static int make_folder(void **state)
{
    static struct folder f;
    (void)snprintf(f.path, sizeof f.path, "/tmp/knockon-test-XXXXXX");
    if (mkdtemp(f.path) == NULL)
        return -1;
    (void)snprintf(f.file, sizeof f.file, "%s/out", f.path);
    *state = &f;
    return 0;
}

static int remove_folder(void **state)
{
    struct folder *f = *state;
    (void)unlink(f->file);
    return rmdir(f->path);
}

static void check_content(const char *path, const char *want)
{
    int fd = -1;
    struct ko_buf b;
    ko_buf_init(&b, 1 << 20);
    assert_int_equal(ko_file_open(path, &fd, NULL), KO_OK);
    assert_int_equal(ko_file_slurp(fd, &b, NULL), KO_OK);
    ko_file_close(fd);
    assert_slice(ko_buf_str(&b), ko_str(want));
    ko_buf_release(&b);
}

static void replacing_leaves_one_whole_file_and_its_mode(void **state)
{
    struct folder *f = *state;
    assert_int_equal(ko_file_replace(f->file, KO_STR("old"), NULL), KO_OK);
    check_content(f->file, "old");
    assert_int_equal(chmod(f->file, 0640), 0);
    assert_int_equal(ko_file_replace(f->file, KO_STR("new and longer"), NULL), KO_OK);
    check_content(f->file, "new and longer");
    struct stat st;
    assert_int_equal(stat(f->file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void a_link_is_replaced_and_its_target_untouched(void **state)
{
    struct folder *f = *state;
    char link[128];
    (void)snprintf(link, sizeof link, "%s/link", f->path);
    assert_int_equal(ko_file_replace(f->file, KO_STR("target"), NULL), KO_OK);
    assert_int_equal(symlink(f->file, link), 0);
    assert_int_equal(ko_file_replace(link, KO_STR("mine"), NULL), KO_OK);
    check_content(f->file, "target");
    check_content(link, "mine");
    assert_int_equal(unlink(link), 0);
}

static void a_full_device_is_an_error(void **state)
{
    (void)state;
    struct ko_err err = {0};
    assert_int_equal(ko_file_replace("/dev/full", KO_STR("x"), &err), KO_EIO);
    assert_int_equal(err.status, KO_EIO);
}

static void missing_files_and_folders_say_why(void **state)
{
    struct folder *f = *state;
    struct ko_err err = {0};
    int fd = -1;
    assert_int_equal(ko_file_open("/no/such/file", &fd, &err), KO_ENOTFOUND);
    assert_non_null(strstr(err.text, "'/no/such/file'"));
    assert_int_equal(ko_file_open(f->path, &fd, &err), KO_EIO);
    assert_int_equal(fd, -1);
}

static void reading_more_than_the_maximum_is_refused(void **state)
{
    struct folder *f = *state;
    assert_int_equal(ko_file_replace(f->file, KO_STR("12345"), NULL), KO_OK);
    int fd = -1;
    struct ko_buf b;
    ko_buf_init(&b, 4);
    assert_int_equal(ko_file_open(f->file, &fd, NULL), KO_OK);
    assert_int_equal(ko_file_slurp(fd, &b, NULL), KO_ELIMIT);
    ko_file_close(fd);
    ko_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(replacing_leaves_one_whole_file_and_its_mode,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_link_is_replaced_and_its_target_untouched,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_full_device_is_an_error, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(missing_files_and_folders_say_why, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(reading_more_than_the_maximum_is_refused,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
