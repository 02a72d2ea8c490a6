/**
 * Networks as sets of addresses: unions, differences, the least prefixes that make them up, and how
 * people write them in lists.
 *
 * <p>What a list is for, and what must not be on it, is decided where it is made.
 */
@NullMarked
package org.asntally.lookup.prefixes;

import org.jspecify.annotations.NullMarked;
