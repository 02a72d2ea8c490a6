package org.asntally.sources.flowrecord;

import java.io.Serializable;

/**
 * How flow records are read.
 *
 * @param schema which messages there are
 * @param framing how they are framed; JSON has no framing
 * @param startTime whether a flow's time is its start; else the moment when the collector received
 *     it
 * @param sampling what becomes of sampling rates
 */
public record FlowRecordFormat(
        FlowSchema schema, FlowFraming framing, boolean startTime, FlowSampling sampling)
        implements Serializable {
    private static final long serialVersionUID = 1;
}
