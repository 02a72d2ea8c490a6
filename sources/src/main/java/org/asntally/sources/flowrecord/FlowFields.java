package org.asntally.sources.flowrecord;

/**
 * What one record says, whatever its schema. Reused from record to record; what a record does not
 * say is 0. Numbers of 64 bits are unsigned.
 */
final class FlowFields {

    /** A field that only goflow2 writes: 110 to 112, the times in nanoseconds. */
    static final int GOFLOW2 = 1;

    /** A field that only bwNetFlow and flowpipeline write: 1000 to 1016, 1100 to 1299. */
    static final int BWNETFLOW = 2;

    /** A number that goflow2 uses and the others do not, of less weight. */
    static final int GOFLOW2_PERHAPS = 4;

    /** A number that bwNetFlow uses and goflow2 does not, of less weight. */
    static final int BWNETFLOW_PERHAPS = 8;

    /** Whether the message says of its numbers that they are scaled, or that they are not. */
    static final int NORMALIZED = 16;

    /** Whether it says a direction. */
    static final int DIRECTION = 32;

    /** Whether a number was none, or more than 64 bits. */
    static final int BAD_NUMBER = 64;

    /** Whether a time was none. */
    static final int BAD_TIME = 128;

    final AddressField source = new AddressField();
    final AddressField destination = new AddressField();
    final AddressField sampler = new AddressField();
    int marks;
    long samplingRate;
    long bytes;
    long packets;

    /** Seconds, of bwNetFlow. */
    long receivedSeconds;

    long endSeconds;

    /** Seconds of the flow's start for bwNetFlow, flags of the IP header for goflow2. */
    long field38;

    /** Nanoseconds, of goflow2. */
    long receivedNanos;

    long startNanos;
    long endNanos;
    int nextHopAs;
    int sourceAs;
    int destinationAs;
    int inputInterface;
    int outputInterface;
    int protocol;
    int sourcePort;
    int destinationPort;
    int tos;
    int ttl;
    int tcpFlags;
    int etype;
    int fragmentOffset;
    int direction;
    int normalized;
    long customer;
    int inputFrom;
    int inputTo;
    int outputFrom;
    int outputTo;

    void clear() {
        source.clear();
        destination.clear();
        sampler.clear();
        marks = 0;
        samplingRate = 0;
        bytes = 0;
        packets = 0;
        receivedSeconds = 0;
        endSeconds = 0;
        field38 = 0;
        receivedNanos = 0;
        startNanos = 0;
        endNanos = 0;
        nextHopAs = 0;
        sourceAs = 0;
        destinationAs = 0;
        inputInterface = 0;
        outputInterface = 0;
        protocol = 0;
        sourcePort = 0;
        destinationPort = 0;
        tos = 0;
        ttl = 0;
        tcpFlags = 0;
        etype = 0;
        fragmentOffset = 0;
        direction = 0;
        normalized = 0;
        customer = 0;
        inputFrom = 0;
        inputTo = 0;
        outputFrom = 0;
        outputTo = 0;
    }

    void mark(int bits) {
        marks |= bits;
    }

    boolean has(int bits) {
        return (marks & bits) != 0;
    }
}
