package org.asntally.sources.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.asntally.sources.text.Shared;
import org.junit.jupiter.api.Test;

/** Captures that nobody here made: tcpdump's own, and those of pcapng's test generator. */
class GoldenCapturesTest {

    /** Link layers that are not read: a private use of Apple's, Juniper's. */
    private static final Set<Integer> NOT_READ = Set.of(149, 178);

    /** Cut off within the destination, which tshark shows half of. */
    private static final Set<String> HALF =
            Set.of(
                    "ipv4_invalid_length.pcap 1",
                    "ipv6_39_byte_header.pcap 1",
                    "ipv6_invalid_length.pcap 1");

    @Test
    void theOuterAddressesAreThoseThatTsharkSees() throws IOException {
        Path table = Shared.file("data/tcpdump/golden.tsv");
        Map<String, Map<Integer, String>> expected = new TreeMap<>();
        for (String line : Files.readAllLines(table, StandardCharsets.UTF_8)) {
            String[] fields = line.split("\t", -1);
            if (fields[4].matches("\\d+")) {
                expected.computeIfAbsent(fields[1], name -> new TreeMap<>())
                        .put(Integer.valueOf(fields[4]), fields[5] + " > " + fields[6]);
            }
        }
        List<String> differences = new ArrayList<>();
        int equal = 0;
        for (var capture : expected.entrySet()) {
            byte[] file = Files.readAllBytes(table.resolveSibling(capture.getKey()));
            ReadCapture read = ReadCapture.of(file, 1 << 16);
            for (var packet : capture.getValue().entrySet()) {
                int number = packet.getKey();
                boolean there = number <= read.packets.size();
                String is = there ? read.packets.get(number - 1) : "no such packet";
                String should = packet.getValue();
                String name = capture.getKey() + " " + number;
                if (HALF.contains(name)
                        ? is.equals("cut-short")
                        : there
                                && NOT_READ.contains(read.links.get(number - 1))
                                && is.equals("unknown-link-layer")) {
                    continue;
                }
                boolean same = should.equals(" > ") ? !is.contains(" > ") : is.equals(should);
                if (same) {
                    equal++;
                } else {
                    differences.add(
                            name
                                    + " link "
                                    + (there ? read.links.get(number - 1) : -1)
                                    + ": "
                                    + is
                                    + ", not "
                                    + should);
                }
            }
        }
        assertThat(differences).as("of %s packets", equal + differences.size()).isEmpty();
        assertThat(equal).isGreaterThan(5_000);
    }

    @Test
    void everyCaptureIsReadInPiecesOfAnySizeAlike() throws IOException {
        for (String folder : List.of("data/tcpdump", "data/pcapng")) {
            try (Stream<Path> files = Files.walk(Shared.file(folder))) {
                for (Path file : files.filter(f -> f.toString().contains(".pcap")).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    ReadCapture whole = ReadCapture.of(bytes, 1 << 18);
                    ReadCapture pieces = ReadCapture.of(bytes, 37);
                    assertThat(pieces.packets).as(file.toString()).isEqualTo(whole.packets);
                    assertThat(pieces.failure).as(file.toString()).isEqualTo(whole.failure);
                }
            }
        }
    }
}
