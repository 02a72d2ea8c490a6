/**
 * Gets tables of networks and AS names from elsewhere: HTTP with every limit that keeps a bad
 * server from doing harm, listings of folders, and the one list of default addresses. Knows nothing
 * of what is in the files.
 */
@NullMarked
package org.asntally.lookup.download;

import org.jspecify.annotations.NullMarked;
