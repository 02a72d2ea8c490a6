package org.asntally.sources.udp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Linux tells of UDP sockets in {@code /proc/net/udp} and {@code udp6}: a row for each, with
 * its inode. Elsewhere nothing is known.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
final class UdpSockets {

    private static final List<Path> TABLES =
            List.of(Path.of("/proc/self/net/udp"), Path.of("/proc/self/net/udp6"));
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int LOCAL = 1;
    private static final int INODE = 9;

    private UdpSockets() {}

    /** Whether a socket of another process is bound to a port. */
    static boolean othersHave(int port) {
        Set<Long> inodes = new HashSet<>();
        for (Path table : TABLES) {
            try {
                inodes.addAll(inodes(Files.readAllLines(table, StandardCharsets.ISO_8859_1), port));
            } catch (IOException e) {
                // No such table here: its sockets are unknown.
            }
        }
        inodes.removeAll(ours());
        return !inodes.isEmpty();
    }

    /** The inodes in the rows of a table; rows that make no sense are passed over. */
    static Set<Long> inodes(List<String> lines, int port) {
        Set<Long> inodes = new HashSet<>();
        String end = String.format(":%04X", port);
        for (String line : lines) {
            String[] cells = line.strip().split("\\s+", -1);
            if (cells.length <= INODE || !cells[LOCAL].endsWith(end)) {
                continue;
            }
            try {
                inodes.add(Long.valueOf(cells[INODE]));
            } catch (NumberFormatException e) {
                // Not a row that we know.
            }
        }
        return inodes;
    }

    /** The inodes of this process's sockets. */
    private static Set<Long> ours() {
        Set<Long> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith("socket:[") && target.endsWith("]")) {
                    inodes.add(Long.valueOf(target.substring(8, target.length() - 1)));
                }
            }
        } catch (IOException e) {
            // Not told here.
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed meanwhile.
            return "";
        }
    }
}
