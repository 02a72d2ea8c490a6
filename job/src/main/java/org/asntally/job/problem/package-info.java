/**
 * Everything that can go wrong and that a person can mend: codes, messages, advice. The modules
 * below return causes of their own; only {@code job} turns them into problems.
 */
@NullMarked
package org.asntally.job.problem;

import org.jspecify.annotations.NullMarked;
