package org.asntally.job.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import org.asntally.lookup.prefixes.NetworkText;
import org.asntally.lookup.prefixes.PrefixSet;
import org.jspecify.annotations.Nullable;

/** What the names in a filter of a job file stand for. */
class JobNames implements FilterNames {

    private static final int MOST_LINES = 1_000_000;
    private static final int LONGEST_LINE = 4096;

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

    /** A prefix, an address, a range or an AS a line; {@code #} and {@code ;} begin comments. */
    @Override
    public NetworkList file(String path) throws IOException {
        List<NetworkEntry> entries = new ArrayList<>();
        try (InputStream in = Files.newInputStream(Path.of(path));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String entry = line.split("[#;]", 2)[0].strip();
                if (entry.isEmpty()) {
                    continue;
                }
                NetworkEntry read = NetworkEntry.parse(entry);
                if (read == null || number > MOST_LINES || line.length() > LONGEST_LINE) {
                    throw new IOException("line " + number + " is no prefix, address or AS");
                }
                entries.add(read);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (InvalidPathException e) {
            throw new IOException("that is no name of a file", e);
        }
        return list(entries);
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
