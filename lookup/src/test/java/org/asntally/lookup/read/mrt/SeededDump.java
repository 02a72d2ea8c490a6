package org.asntally.lookup.read.mrt;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes TABLE_DUMP_V2 dumps like those of a route collector: a peer table, then all IPv4 and IPv6
 * prefixes in order, each with an entry of every peer. Paths of two to six ASes that depend on
 * origin and peer, so that they repeat as real ones do; a few prefixes have further origins, end in
 * an AS_SET, begin with a confederation, or are seen by few peers.
 *
 * <p>{@code java ... SeededDump FILE IPV4 IPV6 PEERS} writes one for measurements.
 */
public final class SeededDump {

    private static final int TIME = 1_780_000_000;
    private static final int ORIGINS = 76_000;

    /** Is told which origin each prefix must be shown with. */
    @FunctionalInterface
    public interface Shown {
        /**
         * One prefix, in the order of the dump.
         *
         * @param address of 32 bits, or the upper 48 of 128
         */
        void origin(boolean v6, long address, int length, int asn);
    }

    private final SplittableRandom random;
    private Shown shown = (v6, address, length, asn) -> {};
    private final int[] peers;
    private final byte[] record = new byte[1 << 20];
    private int at;

    /** A dump of this seed and so many peers. */
    public SeededDump(long seed, int peers) {
        random = new SplittableRandom(seed);
        this.peers = new int[peers];
        for (int i = 0; i < peers; i++) {
            this.peers[i] = asn(random.nextInt(900));
        }
    }

    /** Writes one for measurements. */
    public static void main(String[] args) throws IOException {
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), 1 << 20)) {
            int v4 = Integer.parseInt(args[1]);
            int v6 = Integer.parseInt(args[2]);
            new SeededDump(20260617, Integer.parseInt(args[3])).write(out, v4, v6);
        }
    }

    /** Tells what must come out. */
    public SeededDump telling(Shown told) {
        shown = told;
        return this;
    }

    /** Writes a whole dump. */
    public void write(OutputStream out, int v4, int v6) throws IOException {
        peerTable(out);
        int sequence = 0;
        for (long prefix : prefixes(v4, false)) {
            rib(out, sequence++, false, prefix);
        }
        for (long prefix : prefixes(v6, true)) {
            rib(out, sequence++, true, prefix);
        }
    }

    private static int asn(int index) {
        // One of three has a number above 65535.
        return index % 3 == 0 ? 131_072 + index * 5 : 1 + index % 60_000;
    }

    private void peerTable(OutputStream out) throws IOException {
        at = 12;
        u32(0xc0000201);
        u16(4);
        at = text("test", at);
        u16(peers.length);
        for (int i = 0; i < peers.length; i++) {
            boolean v6 = i % 4 == 3;
            boolean wide = peers[i] > 65_535 || i % 2 == 0;
            record[at++] = (byte) ((v6 ? 1 : 0) | (wide ? 2 : 0));
            u32(0xc6336400 + i);
            if (v6) {
                u32(0x20010db8);
                u32(0);
                u32(0);
            }
            u32(i);
            if (wide) {
                u32(peers[i]);
            } else {
                u16(peers[i]);
            }
        }
        finish(out, 1);
    }

    private int text(String text, int from) {
        for (int i = 0; i < text.length(); i++) {
            record[from + i] = (byte) text.charAt(i);
        }
        return from + text.length();
    }

    /** Distinct prefixes in order: address in the upper bits, length in the lower six. */
    private long[] prefixes(int count, boolean v6) {
        long[] found = new long[count];
        int have = 0;
        while (have < count) {
            for (int i = have; i < count; i++) {
                found[i] = v6 ? prefix6() : prefix4();
            }
            Arrays.sort(found);
            have = count == 0 ? 0 : 1;
            for (int i = 1; i < count; i++) {
                if (found[i] != found[have - 1]) {
                    found[have++] = found[i];
                }
            }
        }
        Arrays.sort(found);
        return found;
    }

    private long prefix4() {
        int kind = random.nextInt(100);
        int length = kind < 62 ? 24 : kind < 85 ? 20 + random.nextInt(4) : 12 + random.nextInt(8);
        long address = 0x0100_0000L + random.nextLong(0xdf00_0000L - 0x0100_0000L);
        return (address & -1L << (32 - length)) << 6 | length;
    }

    private long prefix6() {
        int kind = random.nextInt(100);
        int length = kind < 50 ? 48 : kind < 75 ? 32 : 29 + random.nextInt(19);
        // The upper 48 bits of addresses in 2000::/5.
        long address = 0x2000_0000_0000L | random.nextLong(1L << 43);
        return (address & -1L << (48 - length)) << 6 | length;
    }

    private void rib(OutputStream out, int sequence, boolean v6, long prefix) throws IOException {
        int length = (int) (prefix & 63);
        long address = prefix >>> 6;
        at = 12;
        u32(sequence);
        record[at++] = (byte) length;
        for (int i = 0; i < (length + 7) / 8; i++) {
            record[at++] = (byte) (address >>> ((v6 ? 40 : 24) - 8 * i));
        }
        int odd = random.nextInt(1000);
        int origin = asn(skewed());
        int second = asn(skewed());
        int from = odd < 3 ? random.nextInt(peers.length) : 0;
        int to = odd < 3 ? Math.min(peers.length, from + 2) : peers.length;
        u16(to - from);
        int others = 0;
        for (int peer = from; peer < to; peer++) {
            boolean other = odd >= 3 && odd < 25 && random.nextInt(3) == 0;
            others += other ? 1 : 0;
            entry(peer, v6, other ? second : origin, second, odd);
        }
        finish(out, v6 ? 4 : 2);
        // In an AS_SET both are seen by all.
        int forOrigin = odd == 25 ? 0 : to - from - 2 * others;
        boolean lower = Integer.compareUnsigned(second, origin) < 0;
        boolean secondWins = odd == 25 ? lower : forOrigin < 0 || (forOrigin == 0 && lower);
        shown.origin(v6, address, length, secondWins ? second : origin);
    }

    /** Few ASes originate most prefixes. */
    private int skewed() {
        double draw = random.nextDouble();
        return (int) (ORIGINS * draw * draw * draw);
    }

    private void entry(int peer, boolean v6, int origin, int second, int odd) {
        u16(peer);
        u32(TIME - (origin & 0xfffff));
        int lengthAt = at;
        at += 2;
        attribute(0x40, 1, 1);
        record[at++] = 0;
        // What a peer does with some origins it does with all like them.
        long mix = ((origin & 31) * 0x9e3779b97f4a7c15L) ^ (peers[peer] * 0xc2b2ae3d27d4eb4fL);
        int hops = 1 + (int) (mix >>> 62);
        boolean set = odd == 25;
        boolean confederation = odd == 26;
        int bytes = 2 + 4 * (2 + hops) + (set ? 2 + 8 : 0) + (confederation ? 2 + 4 : 0);
        attribute(0x40, 2, bytes);
        if (confederation) {
            record[at++] = 3;
            record[at++] = 1;
            u32(65_010);
        }
        record[at++] = 2;
        record[at++] = (byte) (2 + hops);
        u32(peers[peer]);
        for (int i = 0; i < hops; i++) {
            u32(asn((int) (mix >>> (9 * i)) & 0x1ff));
        }
        u32(origin);
        if (set) {
            record[at++] = 1;
            record[at++] = 2;
            u32(second);
            u32(origin);
        }
        if (v6) {
            attribute(0x80, 14, 17);
            record[at++] = 16;
            u32(0x20010db8);
            u32(0);
            u32(0);
            u32(peer);
        } else {
            attribute(0x40, 3, 4);
            u32(0xc6336400 + peer);
        }
        if ((mix & 3) == 0) {
            attribute(0x80, 4, 4);
            u32((int) mix & 0xff);
        }
        int communities = (int) (mix >>> 8 & 7);
        if (communities > 0) {
            attribute(0xc0, 8, 4 * communities);
            for (int i = 0; i < communities; i++) {
                u32(peers[peer] << 16 | ((int) (mix >>> (5 * i)) & 0x3ff));
            }
        }
        int end = at;
        at = lengthAt;
        u16(end - lengthAt - 2);
        at = end;
    }

    private void attribute(int flags, int type, int length) {
        record[at++] = (byte) flags;
        record[at++] = (byte) type;
        record[at++] = (byte) length;
    }

    private void u16(int value) {
        record[at++] = (byte) (value >>> 8);
        record[at++] = (byte) value;
    }

    private void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }

    private void finish(OutputStream out, int subtype) throws IOException {
        int end = at;
        at = 0;
        u32(TIME);
        u16(13);
        u16(subtype);
        u32(end - 12);
        out.write(record, 0, end);
    }
}
