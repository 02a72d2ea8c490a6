package org.asntally.lookup.read.mrt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.asntally.lookup.Prefix;

/**
 * Decodes table dumps a second time, from the text of RFC 6396 and 8050 and with nothing of the
 * reader: whole files in memory, objects for everything, every path kept as text. Of right files
 * only.
 */
final class SecondDecoder {

    /** One path that one peer has to a prefix. */
    record Path(String peer, long peerAsn, long pathId, String path, Set<Long> origins) {}

    /** Paths by prefix text. */
    final Map<String, List<Path>> prefixes = new TreeMap<>();

    /** The lines of a well-known printer of dumps: prefix, path id, path. */
    final List<String> lines = new ArrayList<>();

    private final List<String> peers = new ArrayList<>();
    private final List<Long> peerAsns = new ArrayList<>();

    SecondDecoder(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        while (in.hasRemaining()) {
            in.getInt();
            int type = in.getShort();
            int subtype = in.getShort();
            byte[] message = new byte[in.getInt()];
            in.get(message);
            ByteBuffer record = ByteBuffer.wrap(message);
            if (type == 13 && subtype == 1) {
                peerTable(record);
            } else if (type == 13 && (subtype == 2 || subtype == 4)) {
                rib(record, subtype == 4 ? 16 : 4, false);
            } else if (type == 13 && (subtype == 8 || subtype == 10)) {
                rib(record, subtype == 10 ? 16 : 4, true);
            } else if (type == 12) {
                tableDump(record, subtype == 2 ? 16 : 4);
            }
        }
    }

    private static long u32(ByteBuffer in) {
        return in.getInt() & 0xffffffffL;
    }

    private static int u16(ByteBuffer in) {
        return in.getShort() & 0xffff;
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private void peerTable(ByteBuffer in) {
        in.getInt();
        bytes(in, u16(in));
        int count = u16(in);
        for (int i = 0; i < count; i++) {
            int type = in.get();
            in.getInt();
            byte[] address = bytes(in, (type & 1) == 1 ? 16 : 4);
            peers.add(address(address));
            peerAsns.add((type & 2) == 2 ? u32(in) : u16(in));
        }
    }

    private static String address(byte[] bytes) {
        String prefix = prefix(bytes, 8 * bytes.length);
        return prefix.substring(0, prefix.indexOf('/'));
    }

    private static String prefix(byte[] network, int length) {
        ByteBuffer in = ByteBuffer.wrap(network);
        return network.length == 4
                ? Prefix.text(false, 0, u32(in), length)
                : Prefix.text(true, in.getLong(), in.getLong(), length);
    }

    private void rib(ByteBuffer in, int width, boolean addPath) {
        in.getInt();
        int length = in.get() & 0xff;
        byte[] network = new byte[width];
        in.get(network, 0, (length + 7) / 8);
        String prefix = prefix(network, length);
        int count = u16(in);
        for (int i = 0; i < count; i++) {
            int peer = u16(in);
            in.getInt();
            long pathId = addPath ? u32(in) : 0;
            ByteBuffer attributes = ByteBuffer.wrap(bytes(in, u16(in)));
            add(prefix, peers.get(peer), peerAsns.get(peer), pathId, attributes, 4);
        }
    }

    private void tableDump(ByteBuffer in, int width) {
        in.getInt();
        byte[] network = bytes(in, width);
        String prefix = prefix(network, in.get() & 0xff);
        in.get();
        in.getInt();
        String peer = address(bytes(in, width));
        long asn = u16(in);
        add(prefix, peer, asn, 0, ByteBuffer.wrap(bytes(in, u16(in))), 2);
    }

    private record Segment(int type, List<Long> asns) {}

    private void add(
            String prefix, String peer, long peerAsn, long pathId, ByteBuffer in, int width) {
        List<Segment> path = List.of();
        List<Segment> path4 = List.of();
        while (in.hasRemaining()) {
            int flags = in.get();
            int type = in.get();
            int length = (flags & 0x10) != 0 ? u16(in) : in.get() & 0xff;
            ByteBuffer value = ByteBuffer.wrap(bytes(in, length));
            if (type == 2) {
                path = segments(value, width);
            } else if (type == 17) {
                path4 = segments(value, 4);
            }
        }
        if (!path4.isEmpty()) {
            path = merged(path, path4);
        }
        StringBuilder text = new StringBuilder();
        Set<Long> origins = peerAsn == 0 ? Set.of() : Set.of(peerAsn);
        for (Segment segment : path) {
            text.append(text.length() == 0 ? "" : " ");
            StringBuilder inner = new StringBuilder();
            for (long asn : segment.asns) {
                inner.append(inner.length() == 0 ? "" : segment.type == 1 ? "," : " ").append(asn);
            }
            text.append(
                    switch (segment.type) {
                        case 1 -> "{" + inner + "}";
                        case 3 -> "(" + inner + ")";
                        case 4 -> "[" + inner + "]";
                        default -> inner.toString();
                    });
            if (segment.type == 1) {
                origins = new LinkedHashSet<>(segment.asns);
            } else if (segment.type == 2) {
                origins = Set.of(segment.asns.get(segment.asns.size() - 1));
            }
        }
        lines.add(prefix + "|" + pathId + "|" + text);
        prefixes.computeIfAbsent(prefix, p -> new ArrayList<>())
                .add(new Path(peer, peerAsn, pathId, text.toString(), origins));
    }

    private static List<Segment> segments(ByteBuffer in, int width) {
        List<Segment> segments = new ArrayList<>();
        while (in.hasRemaining()) {
            int type = in.get();
            int count = in.get() & 0xff;
            List<Long> asns = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                asns.add(width == 4 ? u32(in) : u16(in));
            }
            if (!asns.isEmpty()) {
                segments.add(new Segment(type, asns));
            }
        }
        return segments;
    }

    /** RFC 6793 section 4.2.3: as many of the old path as the new one is shorter, then the new. */
    private static List<Segment> merged(List<Segment> old, List<Segment> newer) {
        int surplus = length(old) - length(newer);
        if (surplus < 0) {
            return old;
        }
        List<Segment> merged = new ArrayList<>();
        for (Segment segment : old) {
            if (segment.type >= 3) {
                merged.add(segment);
            } else if (segment.type == 1) {
                if (surplus > 0) {
                    merged.add(segment);
                    surplus--;
                }
            } else {
                int take = Math.min(surplus, segment.asns.size());
                if (take > 0) {
                    merged.add(new Segment(2, segment.asns.subList(0, take)));
                    surplus -= take;
                }
            }
        }
        merged.addAll(newer);
        return merged;
    }

    private static int length(List<Segment> path) {
        int length = 0;
        for (Segment segment : path) {
            length += segment.type == 2 ? segment.asns.size() : segment.type == 1 ? 1 : 0;
        }
        return length;
    }

    /** All origins of a prefix by how many peers see them, then by number. */
    List<Long> origins(String prefix) {
        Map<Long, Set<String>> seen = new TreeMap<>();
        for (Path path : prefixes.getOrDefault(prefix, List.of())) {
            for (long origin : path.origins) {
                seen.computeIfAbsent(origin, o -> new TreeSet<>())
                        .add(path.peer + " " + path.peerAsn);
            }
        }
        return seen.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
