/* dot.h: the cascade as a Graphviz graph. */
#ifndef KO_SHOW_DOT_H
#define KO_SHOW_DOT_H

#include "show/show.h"

/*
 * ko_dot_write(c, opt, out):
 * A digraph from left to right: every entity that has a link or an edge is a node with
 * its owner and its onset, the origin marked, entities without an onset dim; links carry
 * mechanism and lag (alternatives dashed), other edges point from callee to caller in
 * grey.  Node ids are n0, n1 …; names occur in labels only.
 */
ko_show_fn ko_dot_write;

#endif
