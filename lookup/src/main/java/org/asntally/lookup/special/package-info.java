/**
 * Addresses that are set aside for a purpose: private, shared, loopback, documentation, multicast,
 * tunnels and the like, as the IANA registries of both families have them.
 *
 * <p>What a program does about such an address is decided where it is asked.
 */
@NullMarked
package org.asntally.lookup.special;

import org.jspecify.annotations.NullMarked;
