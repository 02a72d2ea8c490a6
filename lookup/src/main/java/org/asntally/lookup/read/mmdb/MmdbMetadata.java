package org.asntally.lookup.read.mmdb;

import static org.asntally.lookup.read.mmdb.MmdbData.MAP;
import static org.asntally.lookup.read.mmdb.MmdbData.TEXT;
import static org.asntally.lookup.read.mmdb.MmdbData.UINT16;
import static org.asntally.lookup.read.mmdb.MmdbData.UINT32;
import static org.asntally.lookup.read.mmdb.MmdbData.UINT64;

import org.jspecify.annotations.Nullable;

/**
 * What a file says of itself, in a map behind its last marker.
 *
 * @param nodes of the search tree
 * @param recordBits of each half of a node: 24, 28 or 32
 * @param ipVersion 4 or 6
 * @param type as {@code GeoLite2-ASN}
 */
record MmdbMetadata(long nodes, int recordBits, int ipVersion, String type) {

    private static final byte[] MARKER = marker();

    /** The marker stands in the last so many bytes. */
    private static final int TAIL = 128 * 1024;

    private static final int MOST_VALUES = 10_000;

    private static byte[] marker() {
        String name = "MaxMind.com";
        byte[] marker = new byte[3 + name.length()];
        marker[0] = (byte) 0xab;
        marker[1] = (byte) 0xcd;
        marker[2] = (byte) 0xef;
        for (int i = 0; i < name.length(); i++) {
            marker[3 + i] = (byte) name.charAt(i);
        }
        return marker;
    }

    /** Where the map begins, or -1 when there is no marker. */
    static int find(byte[] file) {
        int last = Math.max(0, file.length - TAIL);
        for (int at = file.length - MARKER.length; at >= last; at--) {
            int same = 0;
            while (same < MARKER.length && file[at + same] == MARKER[same]) {
                same++;
            }
            if (same == MARKER.length) {
                return at + MARKER.length;
            }
        }
        return -1;
    }

    /** Reads it; null when it cannot be read or is of another version of the format. */
    static @Nullable MmdbMetadata read(byte[] file, int from) {
        MmdbData data = new MmdbData(file, from, file.length);
        data.seek(0);
        if (data.head() != MAP) {
            return null;
        }
        int entries = data.size();
        long nodes = -1;
        long bits = -1;
        long version = -1;
        long format = -1;
        String type = "";
        for (int i = 0; i < entries; i++) {
            String key = data.key();
            if (key == null) {
                return null;
            }
            int found = data.head();
            boolean number = found == UINT16 || found == UINT32 || found == UINT64;
            if (number && data.size() <= 8) {
                long value = data.unsigned();
                switch (key) {
                    case "node_count" -> nodes = value;
                    case "record_size" -> bits = value;
                    case "ip_version" -> version = value;
                    case "binary_format_major_version" -> format = value;
                    default -> {}
                }
            } else if (found == TEXT && key.equals("database_type")) {
                type = data.text();
            } else if (found == 0 || data.passOver(MOST_VALUES) < 0) {
                return null;
            }
        }
        boolean right =
                format == 2
                        && (bits == 24 || bits == 28 || bits == 32)
                        && (version == 4 || version == 6)
                        && nodes >= 0
                        && nodes * (bits / 4) + 16 <= from;
        return right ? new MmdbMetadata(nodes, (int) bits, (int) version, type) : null;
    }

    /** The bytes of the search tree. */
    int treeBytes() {
        return (int) (nodes * (recordBits / 4));
    }
}
