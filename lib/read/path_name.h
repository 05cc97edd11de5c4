/* path_name.h: whose a file is, by its path. */
#ifndef KO_READ_PATH_NAME_H
#define KO_READ_PATH_NAME_H

#include "base/str.h"

/*
 * ko_path_name(path):
 * The name that ${path} tells of what the file speaks of: "crm-api" of crm-api.log.2.gz,
 * crm-api-2026-03-14.log, crm-api/current.log, pods/prod_crm-api-6d4f7b9c4-x1k2p_UID/app/
 * 0.log, containers/crm-api-6d4f7b9c4-x1k2p_prod_app-ID.log.  A name that only says what
 * is in a file ("app", "access") is none; then the folder's is taken, if it is one.
 *
 * Returns: a slice of ${path}; empty where nothing tells
 */
struct ko_str ko_path_name(struct ko_str path);

#endif
