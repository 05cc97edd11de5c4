/* text_container.h: the frame of container runtimes, opened. */
#ifndef KO_READ_TEXT_CONTAINER_H
#define KO_READ_TEXT_CONTAINER_H

#include "base/str.h"

#include <stdbool.h>

/* One line as a container runtime writes it to disk. */
struct ko_text_cri_frame {
    struct ko_str time, text;
    bool is_partial; /* the next line of the same stream goes on within the message */
    bool is_stderr;
};

/*
 * ko_text_cri_open(line, ret):
 * Open "2016-10-06T00:17:09.669794202Z stdout F text"; false when it is none.
 *
 * Source: Kubernetes design proposal "CRI: container logging", 2017
 */
bool ko_text_cri_open(struct ko_str line, struct ko_text_cri_frame *ret);

/* ko_text_workload(pod): "crm-api" of "crm-api-6d4f7b9c4-x1k2p": what the pod belongs to. */
struct ko_str ko_text_workload(struct ko_str pod);

#endif
