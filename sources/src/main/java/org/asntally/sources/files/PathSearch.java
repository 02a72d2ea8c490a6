package org.asntally.sources.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds files by pattern and below folders, in natural order. */
final class PathSearch {

    /** Hears of what cannot be looked into; the search goes on. */
    interface Troubles {
        /** A folder, or something in it, cannot be read. */
        void cannotRead(Path path, IOException why);

        /** The pattern is none. */
        void badPattern(String why);
    }

    private static final NaturalOrder ORDER = new NaturalOrder();

    private final Troubles troubles;

    PathSearch(Troubles troubles) {
        this.troubles = troubles;
    }

    /** Whether the text has any of the characters of patterns. */
    static boolean isPattern(String text) {
        return Arrays.stream(new String[] {"*", "?", "[", "{"}).anyMatch(text::contains);
    }

    /** All that fits a pattern; a name that begins with a dot fits only one that does, too. */
    List<Path> matches(Path pattern) {
        List<Path> found = new ArrayList<>();
        found.add(pattern.isAbsolute() ? pattern.getRoot() : Path.of(""));
        for (Path part : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path parent : found) {
                step(parent, part.toString(), next);
            }
            next.sort((a, b) -> ORDER.compare(a.toString(), b.toString()));
            found = next;
        }
        return found;
    }

    private void step(Path parent, String part, List<Path> into) {
        if (!isPattern(part)) {
            Path path = parent.resolve(part);
            if (Files.exists(path)) {
                into.add(path);
            }
            return;
        }
        boolean hidden = part.startsWith(".");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, part)) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (hidden || !name.toString().startsWith(".")) {
                    into.add(parent.resolve(name));
                }
            }
        } catch (NotDirectoryException e) {
            // A file where the pattern wants a directory does not fit.
        } catch (IOException e) {
            troubles.cannotRead(parent, e);
        } catch (DirectoryIteratorException e) {
            troubles.cannotRead(parent, new IOException(e.getMessage(), e));
        } catch (PatternSyntaxException e) {
            troubles.badPattern(e.getDescription());
        }
    }

    /** All regular files below a folder. */
    List<Path> below(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new SimpleFileVisitor<Path>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                            // A FIFO in a directory would block the files after it.
                            if (a.isRegularFile()) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            if (!(e instanceof FileSystemLoopException)) {
                                troubles.cannotRead(file, e);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @Nullable IOException e) {
                            if (e != null) {
                                troubles.cannotRead(visited, e);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            troubles.cannotRead(folder, e);
        }
        found.sort((a, b) -> ORDER.compare(a.toString(), b.toString()));
        return found;
    }
}
