/** Tests of inputs and their bytes. */
@NullMarked
package org.asntally.sources.files;

import org.jspecify.annotations.NullMarked;
