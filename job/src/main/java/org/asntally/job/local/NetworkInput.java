package org.asntally.job.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.prefixes.NetworkFault;
import org.asntally.lookup.prefixes.NetworkLines;
import org.asntally.lookup.prefixes.NetworkText;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.files.Compression;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of networks: files, also packed ones, standard input, or the networks themselves as
 * words. Tells the first bad lines of each, and how many more there were.
 */
public final class NetworkInput {

    private static final int TOLD = 5;
    private static final String STDIN = "<stdin>";

    private final Console console;
    private final PrefixSet.Builder networks = new PrefixSet.Builder();
    private long bad;

    /** Tells what is wrong on {@code console}. */
    public NetworkInput(Console console) {
        this.console = console;
    }

    /**
     * Reads one input: {@code -}, a file, or networks, comma-separated, when there is no such file.
     */
    public void read(String input) throws Fault {
        if (input.equals("-")) {
            read(console.in(), STDIN, "standard input");
            return;
        }
        Path file = file(input);
        if (file == null || !Files.exists(file)) {
            if (!isNetwork(input)) {
                throw new Fault(Problem.NEITHER_FILE_NOR_ADDRESS, input);
            }
            readNetworks(input);
            return;
        }
        if (Files.isDirectory(file)) {
            throw new Fault(Problem.NOT_READABLE, input, "it is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            read(in, input, input);
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, input, Reasons.of(e));
        }
    }

    private static @Nullable Path file(String input) {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean isNetwork(String input) {
        int comma = input.indexOf(',');
        byte[] first =
                input.substring(0, comma < 0 ? input.length() : comma)
                        .getBytes(StandardCharsets.UTF_8);
        return new NetworkText().read(first, 0, first.length) != NetworkFault.BAD_ADDRESS;
    }

    private void readNetworks(String words) {
        Said said = new Said("", console);
        new NetworkLines(networks, said).readWords(words);
        bad += said.end();
    }

    private void read(InputStream packed, String name, String file) throws Fault {
        Said said = new Said(name, console);
        try {
            new NetworkLines(networks, said).read(Compression.unpackUnknown(packed));
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, file, Reasons.of(e));
        } finally {
            bad += said.end();
        }
    }

    /** How many entries could not be used. */
    public long bad() {
        return bad;
    }

    /** The networks. */
    public PrefixSet networks() {
        return networks.build();
    }

    /** Tells what one input has wrong. */
    private static final class Said implements NetworkLines.Faults {

        private final String name;
        private final Console console;
        private long bad;
        private long odd;

        Said(String name, Console console) {
            this.name = name;
            this.console = console;
        }

        @Override
        public void found(long line, NetworkFault fault, String excerpt) {
            long count = fault.isFatal() ? ++bad : ++odd;
            if (count <= TOLD) {
                Problem problem = fault.isFatal() ? Problem.BAD_ENTRY : Problem.HOST_BITS;
                String text = "'" + excerpt + "': " + fault.label();
                console.err()
                        .println(
                                name.isEmpty()
                                        ? problem.say(text)
                                        : problem.sayAt(name + ":" + line, text));
            }
        }

        long end() {
            more(Problem.BAD_ENTRY, bad, " more lines that cannot be used");
            more(Problem.HOST_BITS, odd, " more with bits behind their length");
            return bad;
        }

        private void more(Problem problem, long count, String text) {
            if (count > TOLD) {
                console.err().println(problem.sayAt(name, (count - TOLD) + text));
            }
        }
    }
}
