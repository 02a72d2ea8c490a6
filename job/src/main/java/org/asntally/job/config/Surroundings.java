package org.asntally.job.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.asntally.job.filter.FilterNames;

/** What a job file is checked against beside itself: files, permissions, the environment. */
class Surroundings {

    private static final int MOST_NAMES = 10_000;

    private final SecretText.Environment environment;

    Surroundings(SecretText.Environment environment) {
        this.environment = environment;
    }

    /** What there is of a file or pattern now. */
    enum Found {
        READABLE,
        FOLDER,
        UNREADABLE,
        NOTHING
    }

    /**
     * Looks for a file, or for the first one of a pattern; not further than some thousand names.
     */
    Found find(String text) {
        try {
            Path path = Path.of(text);
            if (Files.exists(path)) {
                return !Files.isReadable(path)
                        ? Found.UNREADABLE
                        : Files.isDirectory(path) ? Found.FOLDER : Found.READABLE;
            }
            Path root = path.getRoot();
            List<String> parts = new ArrayList<>();
            path.forEach(part -> parts.add(part.toString()));
            boolean any = matches(root == null ? Path.of("") : root, parts, new int[] {MOST_NAMES});
            return any ? Found.READABLE : Found.NOTHING;
        } catch (InvalidPathException e) {
            return Found.NOTHING;
        } catch (AccessDeniedException e) {
            return Found.UNREADABLE;
        } catch (IOException e) {
            return Found.NOTHING;
        }
    }

    private static boolean matches(Path in, List<String> parts, int[] left) throws IOException {
        if (parts.isEmpty()) {
            return true;
        }
        List<String> rest = parts.subList(1, parts.size());
        if (!parts.get(0).matches(".*[*?\\[{].*")) {
            Path next = in.resolve(parts.get(0));
            return Files.exists(next) && matches(next, rest, left);
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(in, parts.get(0))) {
            for (Path name : names) {
                if (left[0]-- <= 0) {
                    // Something may be there.
                    return true;
                }
                Path next = in.resolve(name.getFileName());
                if ((rest.isEmpty() || Files.isDirectory(next)) && matches(next, rest, left)) {
                    return true;
                }
            }
        } catch (DirectoryIteratorException | PatternSyntaxException e) {
            return false;
        }
        return false;
    }

    /** What the names in filters stand for. */
    FilterNames names(
            Map<String, List<NetworkEntry>> networks, Map<String, List<InterfaceId>> interfaces) {
        return new JobNames(networks, interfaces);
    }

    /** Tries to get the secrets of a text. */
    void reveal(SecretText text) throws IOException {
        text.reveal(environment);
    }

    /** Whether others than owner and group may read a file. */
    boolean isOpen(String file) {
        try {
            return Files.getPosixFilePermissions(Path.of(file))
                    .contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException | InvalidPathException e) {
            return false;
        }
    }
}
