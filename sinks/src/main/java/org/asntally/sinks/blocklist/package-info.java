/**
 * Lists of networks that firewalls, web servers and routers load as they are: one class for each
 * program. What must never be on one is kept out here, whoever makes it.
 */
@NullMarked
package org.asntally.sinks.blocklist;

import org.jspecify.annotations.NullMarked;
