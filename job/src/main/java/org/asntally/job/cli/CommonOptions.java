package org.asntally.job.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help and exit.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
    boolean version;

    @Option(names = "--quiet", description = "Say nothing on standard error but problems.")
    boolean quiet;

    @Option(names = "--debug", description = "Print stack traces and the engine's warnings.")
    boolean debug;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where tables and caches are kept (default: $XDG_DATA_HOME/asntally, else"
                            + " ~/.local/share/asntally).")
    @Nullable String dataDir;
}
