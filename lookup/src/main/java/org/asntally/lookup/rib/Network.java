package org.asntally.lookup.rib;

import org.jspecify.annotations.Nullable;

/**
 * What a table says of an address, for programs that ask now and then; whoever asks often asks
 * {@link Rib} by index.
 *
 * @param prefix of the route that was matched: {@code 192.0.2.0/24}
 * @param asn its origin AS, 1 to 2^32 - 1
 * @param name of that AS, or null; text from outside, which may hold anything
 * @param country two letters, or null
 */
public record Network(String prefix, long asn, @Nullable String name, @Nullable String country) {}
