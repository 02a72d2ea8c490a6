package org.asntally.lookup.starter;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The table that ships with the program, so that the first command works without a network. Ranges,
 * not routes, and older every day: reports say so.
 */
public final class StarterTable {

    /** The system property that names the folder of the distribution. */
    public static final String HOME = "asntally.home";

    /** Its name in the distribution's {@code lib} and beside this class. */
    public static final String NAME = "starter.rib";

    private StarterTable() {}

    /**
     * Maps it: from the distribution's {@code lib}, else from the class path; from within a jar
     * through a temporary file that is gone when this returns.
     *
     * @throws IOException when it is not there or cannot be read
     */
    public static Rib open() throws IOException {
        Path file = file();
        if (file != null) {
            return RibFile.openKnown(file);
        }
        Path copy = Files.createTempFile("asntally-", ".rib");
        try (InputStream in = StarterTable.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new FileNotFoundException("the starter table is missing from this build");
            }
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            // The mapping outlives the name.
            return RibFile.openKnown(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Where it lies as a file of its own, or null when it is within a jar or missing. */
    public static @Nullable Path file() {
        String home = System.getProperty(HOME);
        if (home != null) {
            Path shipped = Path.of(home, "lib", NAME);
            if (Files.isRegularFile(shipped)) {
                return shipped;
            }
        }
        URL resource = StarterTable.class.getResource(NAME);
        if (resource == null || !resource.getProtocol().equals("file")) {
            return null;
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static boolean isWhole(Path file) throws IOException {
        try {
            RibFile.open(file);
            return true;
        } catch (RibFormatException e) {
            return false;
        }
    }
}
