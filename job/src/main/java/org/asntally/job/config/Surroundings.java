package org.asntally.job.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.asntally.job.filter.FilterNames;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.text.PlainFormat;

/** What a job file is checked against beside itself: files, permissions, the environment. */
class Surroundings {

    private final SecretText.Environment environment;

    Surroundings(SecretText.Environment environment) {
        this.environment = environment;
    }

    /** What cannot be read of the files that a path means. */
    List<InputFiles.Problem> files(String path, boolean recursive) {
        return InputFiles.resolve(
                        List.of(path), recursive, PlainFormat.LINE, (head, length, whole) -> null)
                .problems();
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
