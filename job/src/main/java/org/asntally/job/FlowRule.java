package org.asntally.job;

import java.io.Serializable;
import org.asntally.job.filter.BoundFilter;

/**
 * A rule of the user's about which flows are counted.
 *
 * @param filter accepts those that are
 * @param others under which the others are told; a word of {@code REJECTED}
 */
public record FlowRule(BoundFilter filter, Counted others) implements Serializable {}
