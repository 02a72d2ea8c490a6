package org.asntally.job.enrich;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.job.enrich.EnrichRequest.Format;
import org.asntally.job.problem.Fault;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/** Runs of an enricher over bytes, on a small table with names that are out to do harm. */
final class Enriched implements RowListener {

    /** What an AS should not be called. */
    static final String HOSTILE = "Evil\t\"x\", y;z|\r\n\u001b[31m\\ \u2028\u202e\u0007é\u007f, FR";

    static final Rib TABLE = table();

    static final String VERSION = TABLE.id().substring(0, 16);

    private static final ReaderOptions OPTIONS = new ReaderOptions(true, ZoneOffset.UTC, null);

    final List<String> told = new ArrayList<>();
    String layout = "";
    String out = "";
    private @Nullable Enricher enricher;

    private Enriched() {}

    private static Rib table() {
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        builder.route4(0xc0000200, 24, 64496, 1);
        builder.route4(0xc6336400, 24, 64497, 2);
        builder.route4(0xcb007100, 25, -94967296, 3);
        builder.route6(0x20010db800000000L, 0, 32, 64498, 4);
        name(builder, 64496, "SAMPLE, CA");
        name(builder, 64497, HOSTILE);
        return builder.countryInNames().build();
    }

    private static void name(RibBuilder builder, int asn, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        builder.name(asn, text, 0, text.length);
    }

    static EnrichRequest request(Format format) {
        return request(format, null, null, null);
    }

    static EnrichRequest request(
            Format format,
            @Nullable String column,
            @Nullable String field,
            @Nullable Boolean header) {
        return new EnrichRequest(format, column, field, null, (byte) 0, header, OPTIONS, false);
    }

    /** All of it at once; bytes are written as characters of Latin-1. */
    static Enriched of(EnrichRequest request, String latin1) throws Fault {
        return of(
                request,
                Tables.always(TABLE),
                new ByteArrayInputStream(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** In pieces of random size. */
    static Enriched of(EnrichRequest request, String latin1, SplittableRandom random) throws Fault {
        return of(request, Tables.always(TABLE), pieces(latin1, random));
    }

    static Enriched of(EnrichRequest request, Tables tables, InputStream in) throws Fault {
        Enriched run = new Enriched();
        Enricher enricher = new Enricher(request, tables, "in", run);
        run.enricher = enricher;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            enricher.copy(in, out, true);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            run.out = out.toString(StandardCharsets.ISO_8859_1);
        }
        return run;
    }

    RowCounts counts() {
        return ran().counts();
    }

    @Nullable IOException failure() {
        return ran().failure();
    }

    private Enricher ran() {
        if (enricher == null) {
            throw new AssertionError("it has not run");
        }
        return enricher;
    }

    private static InputStream pieces(String latin1, SplittableRandom random) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        int most = 1 + random.nextInt(1 + random.nextInt(300));
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    @Override
    public void layout(String label) {
        layout = label;
    }

    @Override
    public void badRow(long line, SkipReason reason, byte[] text, int from, int to) {
        told.add(line + " " + reason.label());
    }

    @Override
    public void renamed(long line, String name, String newName) {
        told.add(line + " " + name + " is " + newName);
    }

    // --- what is to come out, made in another way than by the enricher

    /** An address and the five values that belong to it; null is none. */
    record Network(
            String address,
            @Nullable String prefix,
            @Nullable String asn,
            @Nullable String name,
            @Nullable String country) {}

    /** What the number of an AS without a name says. */
    private static final String PRIVATE = "private use (RFC 6996)";

    static final List<Network> NETWORKS =
            List.of(
                    new Network("192.0.2.1", "192.0.2.0/24", "64496", "SAMPLE, CA", "CA"),
                    new Network("192.0.2.254", "192.0.2.0/24", "64496", "SAMPLE, CA", "CA"),
                    new Network("::ffff:192.0.2.9", "192.0.2.0/24", "64496", "SAMPLE, CA", "CA"),
                    new Network("198.51.100.7", "198.51.100.0/24", "64497", HOSTILE, "FR"),
                    new Network("203.0.113.5", "203.0.113.0/25", "4200000000", PRIVATE, null),
                    new Network("203.0.113.200", null, null, null, null),
                    new Network("2001:db8::1", "2001:db8::/32", "64498", null, null),
                    new Network("[2001:DB8:0:0::5]:443", "2001:db8::/32", "64498", null, null),
                    new Network("192.0.2.3:80", "192.0.2.0/24", "64496", "SAMPLE, CA", "CA"),
                    new Network("2001:db9::1", null, null, null, null));

    /** What is in columns; {@code readable} is whether there was an address. */
    static List<String> cells(@Nullable Network network) {
        if (network == null) {
            return List.of("None", "None", "", "", "");
        }
        String name = network.name() == null ? "" : network.name();
        return List.of(
                network.prefix() == null ? "None" : network.prefix(),
                network.asn() == null ? "None" : network.asn(),
                latin1(name.replaceAll("[\\x00-\\x1f\\x7f\\u2028\\u202e]", " ")),
                network.country() == null ? "" : network.country(),
                VERSION);
    }

    /** The bytes of UTF-8 as characters of Latin-1. */
    static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The columns as they are added to a line. */
    static String columns(@Nullable Network network, char delimiter, boolean quoted) {
        StringBuilder text = new StringBuilder();
        for (String cell : cells(network)) {
            boolean quotes = quoted && (cell.indexOf(delimiter) >= 0 || cell.indexOf('"') >= 0);
            text.append(delimiter).append(quotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        return text.toString();
    }
}
