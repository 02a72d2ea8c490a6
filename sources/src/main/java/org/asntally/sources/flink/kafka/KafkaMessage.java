package org.asntally.sources.flink.kafka;

import java.io.Serializable;

/**
 * What a reader tells the operator behind it: records, and what becomes of partitions. Reused; one
 * that is kept must be copied.
 */
public final class KafkaMessage implements Serializable {
    private static final long serialVersionUID = 1;

    /** What it is about. */
    public enum Kind {
        /** A record. */
        RECORD,
        /** A partition that is read from now on; its name is in the value. */
        OPENED,
        /** A partition that is read no longer. */
        CLOSED,
        /** It is known which partitions there are: all that this reader has were told. */
        ALL_TOLD,
        /** Records of a partition that are gone, as many as the offset says. */
        LOST,
        /** The source is required and has failed for good. */
        FAILED
    }

    private static final byte[] NOTHING = {};

    private Kind kind = Kind.RECORD;
    private int partition;
    private long offset;
    private long millis;
    private byte[] value = NOTHING;

    void record(long itsOffset, long itsMillis, byte[] itsValue) {
        set(Kind.RECORD, partition, itsOffset, itsMillis, itsValue);
    }

    KafkaMessage of(int itsPartition) {
        partition = itsPartition;
        return this;
    }

    KafkaMessage set(
            Kind itsKind, int itsPartition, long itsOffset, long itsMillis, byte[] itsValue) {
        kind = itsKind;
        partition = itsPartition;
        offset = itsOffset;
        millis = itsMillis;
        value = itsValue;
        return this;
    }

    static KafkaMessage told(Kind kind, int partition, long number, byte[] value) {
        return new KafkaMessage().set(kind, partition, number, 0, value);
    }

    KafkaMessage copy() {
        return new KafkaMessage().set(kind, partition, offset, millis, value);
    }

    /** What it is about. */
    public Kind kind() {
        return kind;
    }

    /** The reader's own number of the partition. */
    public int partition() {
        return partition;
    }

    /** Where the record stands, or a number. */
    public long offset() {
        return offset;
    }

    /** The record's own time, milliseconds since 1970; negative when it has none. */
    public long millis() {
        return millis;
    }

    /** The record's value, not to be changed. */
    public byte[] value() {
        return value;
    }
}
