/**
 * What only the packaged program needs, and a cluster must not see: how the embedded Flink finds
 * its remote procedure calls. Holds no counting and no command.
 */
@NullMarked
package org.asntally.deploy;

import org.jspecify.annotations.NullMarked;
