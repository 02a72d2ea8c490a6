package org.asntally.sources.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.FlowFormat;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a list of arguments means, in the order to read them, and what is wrong with the
 * others.
 *
 * @param files what can be read
 * @param problems what cannot; the rest is still read
 */
public record InputFiles(List<InputFile> files, List<Problem> problems) {

    private static final int HEAD = 1 << 16;

    /** What can be wrong with an argument. */
    public enum Trouble {
        /** There is nothing of this name. */
        MISSING,
        /** A pattern that fits nothing. */
        NO_MATCH,
        /** A directory, and these are not to be gone through. */
        DIRECTORY,
        /** It may not be read. */
        DENIED,
        /** It cannot be opened, listed or unpacked. */
        UNREADABLE,
        /** Its first lines look like none of the formats. */
        UNKNOWN_FORMAT,
        /** There are more inputs than {@link InputFile#MOST}. */
        TOO_MANY
    }

    /**
     * An argument, or something below a directory, that cannot be read.
     *
     * @param name the input as the user named it
     * @param trouble what is wrong
     * @param detail what the system said, perhaps empty
     */
    public record Problem(String name, Trouble trouble, String detail) {}

    /**
     * Finds the inputs.
     *
     * @param arguments files, patterns ({@code *}, {@code ?}, {@code [...]}, {@code {a,b}}; a file
     *     of that very name goes first), {@code -} for standard input; directories when recursive
     * @param format the format of all; null: told from the head of each
     * @param teller tells it
     */
    public static InputFiles resolve(
            List<String> arguments,
            boolean recursive,
            @Nullable FlowFormat format,
            FormatTeller teller) {
        Search search = new Search(recursive, format, teller);
        for (String argument : arguments) {
            search.argument(argument);
        }
        return new InputFiles(List.copyOf(search.files), List.copyOf(search.problems));
    }

    /** How many bytes there are to read, as far as that is known; packed ones count as packed. */
    public long size() {
        return files.stream().mapToLong(InputFile::size).sum();
    }

    private static final class Search {
        private final boolean recursive;
        private final @Nullable FlowFormat format;
        private final FormatTeller teller;
        private final List<InputFile> files = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final byte[] head = new byte[HEAD];
        private int headLength;

        Search(boolean recursive, @Nullable FlowFormat format, FormatTeller teller) {
            this.recursive = recursive;
            this.format = format;
            this.teller = teller;
        }

        void argument(String argument) {
            if (argument.equals("-")) {
                standardInput();
                return;
            }
            Path path;
            try {
                path = Path.of(argument);
            } catch (InvalidPathException e) {
                problem(argument, Trouble.MISSING, e.getReason());
                return;
            }
            if (Files.exists(path) || argument.isEmpty() || !PathSearch.isPattern(argument)) {
                path(argument, path);
                return;
            }
            List<Path> matches = search(argument).matches(path);
            if (matches.isEmpty()) {
                problem(argument, Trouble.NO_MATCH, "");
            }
            for (Path match : matches) {
                path(match.toString(), match);
            }
        }

        private void standardInput() {
            if (StandardInput.isUnreadFile()) {
                regular(InputFile.STDIN, StandardInput.PATH);
            } else {
                add(InputFile.stdin(files.size(), format));
            }
        }

        private void path(String name, Path path) {
            if (Files.isDirectory(path)) {
                if (recursive) {
                    directory(path);
                } else {
                    problem(name, Trouble.DIRECTORY, "");
                }
            } else if (Files.isRegularFile(path)) {
                regular(name, path);
            } else if (Files.exists(path)) {
                add(
                        new InputFile(
                                name,
                                files.size(),
                                InputFile.Kind.STREAM,
                                0,
                                Compression.NONE,
                                format,
                                0,
                                ""));
            } else {
                cannot(name, path);
            }
        }

        private void cannot(String name, Path path) {
            try {
                Files.readAttributes(path, BasicFileAttributes.class);
                problem(name, Trouble.MISSING, "");
            } catch (IOException e) {
                problem(name, e);
            }
        }

        private void regular(String name, Path path) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class);
                Compression compression;
                try (InputStream in = Files.newInputStream(path)) {
                    compression = Compression.of(head, in.readNBytes(head, 0, Compression.HEAD));
                }
                InputFile file =
                        new InputFile(
                                name,
                                files.size(),
                                InputFile.Kind.REGULAR,
                                attributes.size(),
                                compression,
                                format,
                                attributes.lastModifiedTime().toMillis(),
                                "");
                if (format == null) {
                    FlowFormat told = tell(file);
                    if (told != null) {
                        file = file.withFormat(told);
                    } else if (!FormatTeller.isBlank(head, 0, headLength)) {
                        problem(name, Trouble.UNKNOWN_FORMAT, "");
                        return;
                    }
                }
                add(file);
            } catch (IOException e) {
                problem(name, e);
            }
        }

        private @Nullable FlowFormat tell(InputFile file) throws IOException {
            headLength = 0;
            try (InputStream in = file.open()) {
                while (headLength < head.length) {
                    int n = in.read(head, headLength, head.length - headLength);
                    if (n < 0) {
                        break;
                    }
                    headLength += n;
                }
            } catch (IOException | RuntimeException e) {
                if (file.compression() == Compression.NONE) {
                    throw e;
                }
                // Cut off early: reading it will say so, and what there is may tell its format.
            }
            return teller.tell(head, headLength, headLength < head.length);
        }

        private void directory(Path directory) {
            for (Path file : search(directory.toString()).below(directory)) {
                regular(file.toString(), file);
            }
        }

        private PathSearch search(String argument) {
            return new PathSearch(
                    new PathSearch.Troubles() {
                        @Override
                        public void cannotRead(Path path, IOException why) {
                            problem(path.toString(), why);
                        }

                        @Override
                        public void badPattern(String why) {
                            problem(argument, Trouble.MISSING, why);
                        }
                    });
        }

        private void add(InputFile file) {
            if (files.size() < InputFile.MOST) {
                files.add(file);
            } else if (problems.stream().noneMatch(p -> p.trouble() == Trouble.TOO_MANY)) {
                problem(file.name(), Trouble.TOO_MANY, "");
            }
        }

        private void problem(String name, IOException e) {
            Trouble trouble =
                    e instanceof NoSuchFileException
                            ? Trouble.MISSING
                            : e instanceof AccessDeniedException
                                    ? Trouble.DENIED
                                    : Trouble.UNREADABLE;
            problem(name, trouble, trouble == Trouble.UNREADABLE ? Reasons.of(e) : "");
        }

        private void problem(String name, Trouble trouble, String detail) {
            problems.add(new Problem(name, trouble, detail));
        }
    }
}
