package org.asntally.job.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a job have to say: lines counted one by one, each by the table that was
 * announced for its moment, with no Flink and no class of the product.
 */
final class NaiveTruth {

    /** A prefix, and who originates it. */
    record Route(String prefix, long asn) {

        int length() {
            return Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
        }

        byte[] network() {
            return bytes(prefix.substring(0, prefix.indexOf('/')));
        }

        boolean holds(byte[] address) {
            byte[] network = network();
            int length = length();
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >>> bit % 8;
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A table as it was announced: since when it holds, and its version as rows show it. */
    record Announced(long validFrom, String version, List<Route> routes) {}

    /** A count of the job: what it counts by, and of which sources. */
    record Count(String name, List<String> sources, List<String> keys, long windowMillis) {}

    private final List<Count> counts;
    private final List<Announced> timeline = new ArrayList<>();
    private final Map<String, long[]> sums = new TreeMap<>();

    NaiveTruth(List<Count> counts) {
        this.counts = counts;
    }

    static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    void announce(long validFrom, String version, List<Route> routes) {
        timeline.add(new Announced(validFrom, version, routes));
        timeline.sort(Comparator.comparingLong(Announced::validFrom));
    }

    @Override
    public String toString() {
        return timeline.stream()
                .map(table -> table.version() + " from " + Instant.ofEpochMilli(table.validFrom()))
                .toList()
                .toString();
    }

    /** Counts a line; all tables of its time have been announced. */
    void line(String source, long time, String address, long bytes) {
        lines(source, time, address, bytes, 1);
    }

    /** Counts something that was seen so many times, of so many bytes each. */
    void lines(String source, long time, String address, long bytes, int times) {
        for (Count count : counts) {
            if (count.sources().contains(source)) {
                count.keys().forEach(key -> add(count, key, time, bytes(address), bytes, times));
            }
        }
    }

    /** All tables, oldest first. */
    List<Announced> timeline() {
        return timeline;
    }

    /** The version in force at a time; the first one before it. */
    Announced inForce(long time) {
        Announced found = timeline.get(0);
        for (Announced table : timeline) {
            if (table.validFrom() <= time) {
                found = table;
            }
        }
        return found;
    }

    /** All rows, corrections added up, sorted: what {@link ResultText} makes of result files. */
    String text() {
        return text(sums);
    }

    private void add(Count count, String key, long time, byte[] address, long bytes, int times) {
        Announced table = inForce(time);
        Route best = null;
        for (Route route : table.routes()) {
            if (route.holds(address) && (best == null || route.length() > best.length())) {
                best = route;
            }
        }
        long start = Math.floorDiv(time, count.windowMillis()) * count.windowMillis();
        String row =
                row(
                        count.name(),
                        key,
                        Instant.ofEpochMilli(start).toString(),
                        Instant.ofEpochMilli(start + count.windowMillis()).toString(),
                        best == null ? null : String.valueOf(best.asn()),
                        best == null || key.equals("asn") ? null : best.prefix(),
                        table.version());
        long[] sum = sums.computeIfAbsent(row, none -> new long[2]);
        sum[0] += times;
        sum[1] += times * bytes;
    }

    static String row(
            String name,
            String key,
            String start,
            String end,
            @Nullable String asn,
            @Nullable String prefix,
            String rib) {
        return String.join(
                " ", name, key, start, end, String.valueOf(asn), String.valueOf(prefix), rib);
    }

    static String text(Map<String, long[]> sums) {
        return sums.entrySet().stream()
                .map(row -> row.getKey() + " " + row.getValue()[0] + " " + row.getValue()[1] + "\n")
                .collect(Collectors.joining());
    }
}
