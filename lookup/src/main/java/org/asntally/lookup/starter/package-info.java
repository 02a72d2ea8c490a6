/**
 * The table that ships with the program: how its compact form in the repository is made from the
 * published ranges, how the build makes the RIB file of it, and how that is found at run time.
 *
 * <p>Nothing else: it is a table like any other once it is open.
 */
@NullMarked
package org.asntally.lookup.starter;

import org.jspecify.annotations.NullMarked;
