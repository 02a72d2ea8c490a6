package org.asntally.job.cli;

import java.nio.file.Path;
import org.asntally.job.local.Console;

/** Where asn-tools kept its file. */
final class AsnToolsFolder {

    private AsnToolsFolder() {}

    /** The file that asn-update writes and asn-lookup reads when no other is named. */
    static Path database(Console console) {
        String caches = console.variable("XDG_CACHE_HOME");
        String home = console.variable("HOME");
        Path folder =
                caches != null
                        ? Path.of(caches)
                        : Path.of(home == null ? "." : home).resolve(".cache");
        return folder.resolve("asn_tools").resolve("asn_records").resolve("asn-db.dat");
    }
}
