package org.asntally.job.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.job.filter.FilterNames;
import org.asntally.job.filter.FilterValue;
import org.asntally.lookup.Address;
import org.asntally.lookup.prefixes.NetworkLines;
import org.asntally.lookup.prefixes.NetworkText;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.files.Compression;
import org.jspecify.annotations.Nullable;

/** What the names in a filter of a job file stand for. */
class JobNames implements FilterNames {

    private final Map<String, List<NetworkEntry>> networks;
    private final Map<String, List<InterfaceId>> interfaces;

    JobNames(Map<String, List<NetworkEntry>> networks, Map<String, List<InterfaceId>> interfaces) {
        this.networks = networks;
        this.interfaces = interfaces;
    }

    @Override
    public @Nullable NetworkList list(String name) {
        List<NetworkEntry> entries = networks.get(name);
        return entries == null ? null : list(entries);
    }

    private static NetworkList list(List<NetworkEntry> entries) {
        PrefixSet.Builder addresses = new PrefixSet.Builder();
        Set<Integer> asns = new HashSet<>();
        for (NetworkEntry entry : entries) {
            NetworkText network = NetworkEntry.network(entry.text());
            if (entry.asn() != 0) {
                asns.add(entry.asn());
            } else if (network != null) {
                addresses.range(
                        network.isV6(),
                        network.firstHigh(),
                        network.firstLow(),
                        network.lastHigh(),
                        network.lastLow());
            }
        }
        return new NetworkList(addresses.build(), asns);
    }

    @Override
    public Set<String> lists() {
        return networks.keySet();
    }

    /**
     * As lists are read everywhere, with AS numbers among them: a prefix, an address, a range or an
     * AS a line. A line that is none of them ends it.
     */
    @Override
    public NetworkList file(String path) throws IOException {
        PrefixSet.Builder addresses = new PrefixSet.Builder();
        Set<Integer> asns = new HashSet<>();
        try (InputStream in = Compression.unpackUnknown(Files.newInputStream(Path.of(path)))) {
            new NetworkLines(addresses, (line, fault, text) -> asns.add(asn(line, text))).read(in);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (InvalidPathException e) {
            throw new IOException("that is no name of a file", e);
        }
        return new NetworkList(addresses.build(), asns);
    }

    private static int asn(long line, String text) {
        NetworkEntry entry = NetworkEntry.parse(text);
        if (entry == null || entry.asn() == 0) {
            throw new UncheckedIOException(
                    new IOException("line " + line + " is no prefix, address or AS"));
        }
        return entry.asn();
    }

    @Override
    public @Nullable List<FilterValue> interfaces(String name) {
        List<InterfaceId> ids = interfaces.get(name);
        if (ids == null) {
            return null;
        }
        List<FilterValue> values = new ArrayList<>();
        for (InterfaceId id : ids) {
            byte[] text = id.exporter().getBytes(StandardCharsets.UTF_8);
            Address address = new Address();
            boolean v6 = address.parse(text, 0, text.length) == 6 && !address.isMapped();
            values.add(
                    new FilterValue.Interface(
                            v6,
                            v6 ? address.high() : 0,
                            v6 ? address.low() : Integer.toUnsignedLong(address.v4()),
                            Integer.toUnsignedLong(id.ifIndex())));
        }
        return values;
    }

    @Override
    public Set<String> interfaces() {
        return interfaces.keySet();
    }
}
