package org.asntally.lookup.read.mmdb;

import static org.asntally.lookup.read.mmdb.MmdbData.MAP;
import static org.asntally.lookup.read.mmdb.MmdbData.TEXT;
import static org.asntally.lookup.read.mmdb.MmdbData.UINT32;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.read.LineFault;
import org.asntally.lookup.read.NameText;
import org.asntally.lookup.read.RouteSink;
import org.asntally.lookup.read.TableFaults;
import org.jspecify.annotations.Nullable;

/**
 * Reads MaxMind DB files of the shape of GeoLite2-ASN: networks with {@code
 * autonomous_system_number} and {@code autonomous_system_organization}.
 *
 * <pre>
 * search tree    nodes of two records (24, 28 or 32 bits each): a node, nothing, or a place in
 * 16 zero bytes
 * data section   maps
 * marker         0xab 0xcd 0xef "MaxMind.com"
 * metadata       a map
 * </pre>
 *
 * <p>IPv4 stands in ::/96; where other prefixes (::ffff:0:0/96, 2002::/16, ...) lead there, they
 * are not read again. The library of the format's makers follows a looping tree for ever, so it is
 * what tests compare with.
 */
public final class MmdbReader {

    /** Longer files are not read: 25 times today's. */
    public static final int LONGEST = 1 << 28;

    private static final String NUMBER = "autonomous_system_number";
    private static final String ORGANIZATION = "autonomous_system_organization";

    /** A map of more values is no record of ours. */
    private static final int MOST_VALUES = 1_000;

    /** Values that are read for each byte of a file, so that maps within maps end. */
    private static final long VALUES_A_BYTE = 16;

    private final RouteSink sink;
    private final byte[] file;
    private final MmdbMetadata metadata;
    private final MmdbData data;
    private final BitSet visited;
    private final Map<Integer, Integer> asns = new HashMap<>();
    private final int v4Root;
    private long budget;
    private int networks;

    private MmdbReader(RouteSink sink, byte[] file, MmdbMetadata metadata, int metadataAt) {
        this.sink = sink;
        this.file = file;
        this.metadata = metadata;
        data = new MmdbData(file, metadata.treeBytes() + 16, metadataAt);
        visited = new BitSet((int) metadata.nodes());
        budget = VALUES_A_BYTE * file.length;
        v4Root = v4Root();
    }

    /** Whether a whole file is of this format. */
    public static boolean is(byte[] file) {
        return MmdbMetadata.find(file) >= 0;
    }

    /** What the file says that it is, as {@code GeoLite2-ASN}; text from outside. */
    public static String type(byte[] file) {
        int at = MmdbMetadata.find(file);
        MmdbMetadata metadata = at < 0 ? null : MmdbMetadata.read(file, at);
        return metadata == null ? "" : metadata.type();
    }

    /**
     * Reads a whole file.
     *
     * @return the number of networks with an AS
     */
    public static int read(byte[] file, RouteSink sink, String name, TableFaults faults) {
        int at = MmdbMetadata.find(file);
        MmdbMetadata metadata = at < 0 ? null : MmdbMetadata.read(file, at);
        if (metadata == null) {
            faults.skipped(name, 1, LineFault.NO_RECORD, "metadata, byte " + Math.max(at, 0));
            return 0;
        }
        return new MmdbReader(sink, file, metadata, at).read(name, faults);
    }

    private int v4Root() {
        long node = 0;
        if (metadata.ipVersion() == 4) {
            return 0;
        }
        for (int i = 0; i < 96 && node < metadata.nodes(); i++) {
            node = record(node, 0);
        }
        return node < metadata.nodes() ? (int) node : -1;
    }

    private int read(String name, TableFaults faults) {
        if (metadata.nodes() > 0) {
            new Walk(name, faults).run();
        }
        return networks;
    }

    /** One half of a node: below the number of nodes a node, equal to it nothing. */
    private long record(long node, int side) {
        int bits = metadata.recordBits();
        int at = (int) (node * (bits / 4));
        return switch (bits) {
            case 24 -> number(at + 3 * side, 3);
            case 28 ->
                    side == 0
                            ? (file[at + 3] & 0xf0L) << 20 | number(at, 3)
                            : (file[at + 3] & 0x0fL) << 24 | number(at + 4, 3);
            default -> number(at + 4 * side, 4);
        };
    }

    private long number(int at, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | (file[at + i] & 0xff);
        }
        return number;
    }

    /**
     * The AS of the map at an offset of the data section; 0 when it has none.
     *
     * @return null when it cannot be read
     */
    private @Nullable Integer asn(long offset) {
        if (offset < 0 || offset >= file.length) {
            return null;
        }
        Integer known = asns.get((int) offset);
        if (known != null) {
            return known;
        }
        Integer asn = readMap((int) offset);
        if (asn != null) {
            asns.put((int) offset, asn);
        }
        return asn;
    }

    private @Nullable Integer readMap(int offset) {
        data.seek(offset);
        if (data.headThroughPointer() != MAP || data.size() > MOST_VALUES) {
            return null;
        }
        int entries = data.size();
        int asn = 0;
        byte[] organization = null;
        for (int i = 0; i < entries; i++) {
            String key = data.key();
            if (key == null) {
                return null;
            }
            int valueAt = data.position();
            int passed = data.head() == 0 ? -1 : data.passOver(MOST_VALUES);
            int behind = data.position();
            budget -= passed + 1;
            if (passed < 0 || budget < 0) {
                return null;
            }
            if (key.equals(NUMBER)) {
                data.seek(valueAt);
                if (data.headThroughPointer() != UINT32 || data.size() > 4) {
                    return null;
                }
                asn = (int) data.unsigned();
            } else if (key.equals(ORGANIZATION)) {
                data.seek(valueAt);
                if (data.headThroughPointer() != TEXT) {
                    return null;
                }
                organization = data.copy();
            }
            data.seek(behind);
        }
        if (asn != 0 && organization != null) {
            new NameText(sink, 0).give(asn, organization, organization.length);
        }
        return asn;
    }

    /** Goes through the tree from left to right, each node once. */
    private final class Walk {

        private final String name;
        private final TableFaults faults;
        private final boolean v6 = metadata.ipVersion() == 6;
        private final int width = v6 ? 128 : 32;

        // The nodes from the root to the current one, and which halves of each are done.
        private final int[] nodes = new int[129];
        private final int[] sides = new int[129];
        private long high;
        private long low;

        Walk(String name, TableFaults faults) {
            this.name = name;
            this.faults = faults;
        }

        void run() {
            int depth = 0;
            enter(0, 0);
            while (depth >= 0) {
                int side = sides[depth]++;
                if (side == 2) {
                    depth--;
                    continue;
                }
                bit(depth, side);
                long record = record(nodes[depth], side);
                if (record < metadata.nodes()) {
                    if (mayEnter(record, depth + 1)) {
                        depth++;
                        enter(depth, (int) record);
                    }
                } else if (record > metadata.nodes()) {
                    network(record - metadata.nodes() - 16, depth + 1);
                }
            }
        }

        private void enter(int depth, int node) {
            nodes[depth] = node;
            sides[depth] = 0;
            visited.set(node);
        }

        private boolean mayEnter(long record, int depth) {
            boolean seen = visited.get((int) record);
            if (depth < width && !seen) {
                return true;
            }
            boolean alias = seen && record == v4Root && !inV4(depth);
            if (!alias) {
                fault(LineFault.BAD_RECORD, depth);
            }
            return false;
        }

        private boolean inV4(int depth) {
            return v6 && depth > 96 && high == 0 && low >>> 32 == 0;
        }

        /** Sets the bit after the first {@code depth}, and clears those behind it. */
        private void bit(int depth, int side) {
            if (!v6) {
                low &= Prefix.mask4(depth) & 0xffffffffL;
                low |= (long) side << (31 - depth);
                return;
            }
            high &= Prefix.maskHigh(depth);
            low &= Prefix.maskLow(depth);
            if (depth < 64) {
                high |= (long) side << (63 - depth);
            } else {
                low |= (long) side << (127 - depth);
            }
        }

        private void network(long offset, int length) {
            Integer asn = asn(offset);
            if (asn == null) {
                fault(LineFault.BAD_RECORD, length);
            } else if (asn != 0) {
                give(asn, length);
            }
        }

        private void give(int asn, int length) {
            networks++;
            if (!v6 || (inV4(length) && length > 96)) {
                int bits = v6 ? length - 96 : length;
                long last = low | (~Prefix.mask4(bits) & 0xffffffffL);
                sink.range(false, 0, low, 0, last, asn, RouteSink.NO_COUNTRY, networks);
            } else {
                long lastHigh = high | ~Prefix.maskHigh(length);
                long lastLow = low | ~Prefix.maskLow(length);
                sink.range(true, high, low, lastHigh, lastLow, asn, RouteSink.NO_COUNTRY, networks);
            }
        }

        private void fault(LineFault fault, int length) {
            faults.skipped(name, networks + 1L, fault, Prefix.text(v6, high, low, length));
        }
    }
}
