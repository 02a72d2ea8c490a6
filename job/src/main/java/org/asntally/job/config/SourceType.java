package org.asntally.job.config;

import java.util.Locale;

/** What a source reads. */
public enum SourceType {
    /** An address a line. */
    LINE,
    /** An address and a number a line. */
    TUPLE,
    /** Access logs, syslog, journals, firewall logs. */
    LOG,
    /** Logs of one JSON object a line. */
    JSON_LOG,
    /** What tcpdump prints. */
    TCPDUMP,
    /** Packets in files of pcap and pcapng. */
    PCAP,
    /** Packets of an interface, live. */
    CAPTURE,
    /** sFlow version 5, from a socket or out of files of packets. */
    SFLOW,
    /** Flow messages of a Kafka topic. */
    KAFKA;

    /** As it is written: {@code json-log}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it reads lines of text from files. */
    public boolean isText() {
        return ordinal() <= TCPDUMP.ordinal();
    }
}
