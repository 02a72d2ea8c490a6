package org.asntally.lookup.read.mmdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.asntally.lookup.Prefix;
import org.jspecify.annotations.Nullable;

/** Makes MaxMind DB files of the shape of GeoLite2-ASN: any record size, aliases of IPv4 or not. */
final class TestMmdb {

    private static final class Node {
        final Object[] halves = new Object[2];
        int number;
    }

    private final Node root = new Node();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Map<String, Integer> places = new LinkedHashMap<>();

    /** What a second look must find: prefix text to AS number. */
    final Map<String, Long> networks = new TreeMap<>();

    /** Random networks that do not overlap, both families. */
    static TestMmdb random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        TestMmdb file = new TestMmdb();
        for (int i = 0; i < count; i++) {
            long asn = random.nextInt(5) == 0 ? 4_200_000_000L + i : 64_496 + i;
            String name = i % 7 == 0 ? null : "Name é " + "x".repeat(random.nextInt(400));
            if (random.nextBoolean()) {
                int length = 4 + random.nextInt(29);
                long address = random.nextInt() & Prefix.mask4(length) & 0xffffffffL;
                if (file.add(0, address, 96 + length, asn, name)) {
                    file.networks.put(Prefix.text(false, 0, address, length), asn);
                }
            } else {
                int length = 8 + random.nextInt(100);
                long high = 0x2400_0000_0000_0000L | random.nextLong() >>> 8;
                high &= Prefix.maskHigh(length);
                long low = random.nextLong() & Prefix.maskLow(length);
                if (file.add(high, low, length, asn, name)) {
                    file.networks.put(Prefix.text(true, high, low, length), asn);
                }
            }
        }
        return file;
    }

    private static int bit(long high, long low, int at) {
        return (int) (at < 64 ? high >>> (63 - at) : low >>> (127 - at)) & 1;
    }

    /** False when it would overlap with another one. */
    boolean add(long high, long low, int length, long asn, @Nullable String name) {
        Node node = root;
        for (int i = 0; i < length - 1; i++) {
            Object next = node.halves[bit(high, low, i)];
            if (next instanceof Integer) {
                return false;
            }
            if (next == null) {
                next = new Node();
                node.halves[bit(high, low, i)] = next;
            }
            node = (Node) next;
        }
        int last = bit(high, low, length - 1);
        if (node.halves[last] != null) {
            return false;
        }
        node.halves[last] = place(asn, name);
        return true;
    }

    /** IPv4 is found under this prefix, too. */
    void alias(long high, long low, int length) {
        Node v4 = root;
        for (int i = 0; i < 96 && v4 != null; i++) {
            v4 = (Node) v4.halves[0];
        }
        Node node = root;
        for (int i = 0; i < length - 1; i++) {
            int bit = bit(high, low, i);
            if (node.halves[bit] == null) {
                node.halves[bit] = new Node();
            }
            node = (Node) node.halves[bit];
        }
        node.halves[bit(high, low, length - 1)] = v4;
    }

    private int place(long asn, @Nullable String name) {
        return places.computeIfAbsent(
                asn + " " + name,
                key -> {
                    int at = data.size();
                    map(data, name == null ? 1 : 2);
                    text(data, "autonomous_system_number");
                    number(data, 6, asn);
                    if (name != null) {
                        text(data, "autonomous_system_organization");
                        text(data, name);
                    }
                    return at;
                });
    }

    static void map(ByteArrayOutputStream out, int entries) {
        out.write(7 << 5 | entries);
    }

    static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 29) {
            out.write(2 << 5 | utf8.length);
        } else if (utf8.length < 285) {
            out.write(2 << 5 | 29);
            out.write(utf8.length - 29);
        } else {
            out.write(2 << 5 | 30);
            out.write((utf8.length - 285) >>> 8);
            out.write(utf8.length - 285);
        }
        out.writeBytes(utf8);
    }

    static void number(ByteArrayOutputStream out, int type, long value) {
        int bytes = (71 - Long.numberOfLeadingZeros(value)) / 8;
        if (type < 8) {
            out.write(type << 5 | bytes);
        } else {
            out.write(bytes);
            out.write(type - 7);
        }
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    /** The file with records of so many bits. */
    byte[] file(int recordBits) {
        List<Node> nodes = new ArrayList<>();
        IdentityHashMap<Node, Node> seen = new IdentityHashMap<>();
        List<Node> stack = new ArrayList<>(List.of(root));
        while (!stack.isEmpty()) {
            Node node = stack.remove(stack.size() - 1);
            if (seen.put(node, node) == null) {
                node.number = nodes.size();
                nodes.add(node);
                for (Object half : node.halves) {
                    if (half instanceof Node child) {
                        stack.add(child);
                    }
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Node node : nodes) {
            long left = record(node.halves[0], nodes.size());
            long right = record(node.halves[1], nodes.size());
            if (recordBits == 28) {
                bytes(out, left & 0xffffff, 3);
                out.write((int) ((left >>> 20 & 0xf0) | right >>> 24));
                bytes(out, right & 0xffffff, 3);
            } else {
                bytes(out, left, recordBits / 8);
                bytes(out, right, recordBits / 8);
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        map(out, 9);
        text(out, "node_count");
        number(out, 6, nodes.size());
        text(out, "record_size");
        number(out, 5, recordBits);
        text(out, "ip_version");
        number(out, 5, 6);
        text(out, "database_type");
        text(out, "GeoLite2-ASN");
        text(out, "languages");
        out.write(1);
        out.write(4);
        text(out, "en");
        text(out, "binary_format_major_version");
        number(out, 5, 2);
        text(out, "binary_format_minor_version");
        number(out, 5, 0);
        text(out, "build_epoch");
        number(out, 9, 1_780_000_000);
        text(out, "description");
        map(out, 1);
        text(out, "en");
        text(out, "made by a test");
        return out.toByteArray();
    }

    private static long record(Object half, int nodes) {
        return half instanceof Node node
                ? node.number
                : half == null ? nodes : nodes + 16L + (Integer) half;
    }

    private static void bytes(ByteArrayOutputStream out, long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
