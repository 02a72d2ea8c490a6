package org.asntally.sources.flink;

import java.util.function.LongSupplier;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.InputFile;

/**
 * Something that a reader has to tell the user.
 *
 * @param kind what it is about
 * @param input the input as the user named it; {@link #STDIN} for standard input
 * @param reason why a line or packet gave no flow; {@link SkipReason#BROKEN_INPUT} for a failed
 *     input, {@link SkipReason#NONE} for a chosen format
 * @param text the quoted line (control characters escaped, cut to some 80 characters), the place
 *     and first bytes of the packet or record, the label of the format, the cause of the failure,
 *     the bytes of a buffer, or the exporter
 * @param count how many bad lines of this input and reason this notice stands for, itself included;
 *     how many times a trouble was met since it was told last; how many bytes are lost, datagrams
 *     dropped or lost, or bytes of a buffer asked for
 * @param lineNumber finds the line's number, see {@link #line}
 */
public record Notice(
        Kind kind,
        String input,
        SkipReason reason,
        String text,
        long count,
        LongSupplier lineNumber) {

    /** The name of standard input in notices. */
    public static final String STDIN = InputFile.STDIN;

    /** What a notice is about. */
    public enum Kind {
        /** The format that was told from the first lines of an input that cannot be read twice. */
        FORMAT_CHOSEN,
        /** A line that gave no flow. */
        BAD_LINE,
        /** A packet that gave no flow though it should have. */
        BAD_PACKET,
        /** An input that could not be opened or read to its end: exit status 4. */
        INPUT_FAILED,
        /** A file or folder of a live source that cannot be read now and is tried again. */
        INPUT_TROUBLE,
        /** Bytes, as many as {@link #count}, that were seen in a file and are gone unread. */
        BYTES_LOST,
        /** The kernel gave a socket a smaller buffer than the {@link #count} bytes asked for. */
        SMALL_BUFFER,
        /** A socket of another process takes a part of what comes to this address. */
        ADDRESS_SHARED,
        /** Datagrams, as many as {@link #count}, that there was no room for on this machine. */
        DATAGRAMS_DROPPED,
        /** Datagrams of an exporter, as many as {@link #count}, that never came. */
        DATAGRAMS_LOST,
        /** What is missing of an exporter's datagrams: the text tells, with its address. */
        EXPORTER_LOSS,
        /** What is refused of an exporter's flow records: the text tells, with its address. */
        EXPORTER_REFUSED,
        /** Records, as many as {@link #count}, that were deleted before they were read. */
        RECORDS_LOST,
        /** A record of a topic that gave no flow. */
        BAD_RECORD,
        /** A routing table that is not used, and why. */
        TABLE_REFUSED,
        /** What became of all datagrams of a source, said when it ends. */
        DATAGRAMS_RECEIVED
    }

    /**
     * The number of the bad line in its input, from 1; 0 when it cannot be told. Reads the input
     * from its beginning, so it is to be asked only for a message that is printed, and only while
     * the notice is handled.
     */
    public long line() {
        return lineNumber.getAsLong();
    }
}
