/**
 * Reader of MaxMind DB files, version 2.0 of the format, as far as tables of ASes need it. Trusts
 * nothing in a file: a tree may loop, a length may lie.
 */
@NullMarked
package org.asntally.lookup.read.mmdb;

import org.jspecify.annotations.NullMarked;
