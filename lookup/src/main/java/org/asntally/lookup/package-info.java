/**
 * What an address and a prefix are, as text and as numbers.
 *
 * <p>Plain Java: no Flink, no logging, no other module of this house. Tables of routes live in
 * {@code rib}, longest-prefix match in {@code lpm}, the formats of tables in {@code read}.
 */
@NullMarked
package org.asntally.lookup;

import org.jspecify.annotations.NullMarked;
