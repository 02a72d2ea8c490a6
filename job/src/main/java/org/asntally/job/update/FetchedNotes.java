package org.asntally.job.update;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asntally.lookup.download.Addresses;
import org.asntally.lookup.download.Validators;
import org.asntally.lookup.rib.Leftovers;
import org.jspecify.annotations.Nullable;

/**
 * What servers said of the versions that were got, so that they can be asked for newer ones; a file
 * beside the tables, a line for each address: address, ETag, Last-Modified, id of what was made of
 * it. Without it everything is got anew.
 */
final class FetchedNotes {

    private static final String NAME = "archive.fetched";
    private static final int MOST = 50;

    private record Note(Validators validators, String id) {}

    private final Path file;
    private final Map<String, Note> notes = new LinkedHashMap<>();

    private FetchedNotes(Path file) {
        this.file = file;
    }

    /** Reads the notes of a folder; what cannot be read is forgotten. */
    static FetchedNotes in(Path folder) {
        FetchedNotes all = new FetchedNotes(folder.resolve(NAME));
        try {
            if (Files.exists(all.file)) {
                for (String line : Files.readAllLines(all.file)) {
                    String[] cells = line.split("\t", -1);
                    if (cells.length == 4) {
                        Validators validators = new Validators(cell(cells[1]), cell(cells[2]));
                        all.notes.put(cells[0], new Note(validators, cells[3]));
                    }
                }
            }
        } catch (IOException e) {
            all.notes.clear();
        }
        return all;
    }

    private static @Nullable String cell(String text) {
        return text.isEmpty() ? null : text;
    }

    /** What to ask with, if there is still what was made of it. */
    Validators of(URI address, Kept kept) throws IOException {
        Note note = notes.get(Addresses.shown(address));
        return note == null || !kept.isThere(note.id) ? Validators.NONE : note.validators;
    }

    /** Tells whether something that was made is still there. */
    @FunctionalInterface
    interface Kept {
        boolean isThere(String id) throws IOException;
    }

    /** Notes what was made of an address; the oldest of too many go. */
    void put(URI address, Validators validators, String id) {
        String key = Addresses.shown(address);
        notes.remove(key);
        notes.put(key, new Note(validators, id));
        while (notes.size() > MOST) {
            notes.remove(notes.keySet().iterator().next());
        }
    }

    /** Writes them beside and renames. */
    void save() throws IOException {
        StringBuilder text = new StringBuilder();
        notes.forEach(
                (address, note) ->
                        text.append(plain(address))
                                .append('\t')
                                .append(plain(note.validators.etag()))
                                .append('\t')
                                .append(plain(note.validators.lastModified()))
                                .append('\t')
                                .append(note.id)
                                .append('\n'));
        String begin = "." + NAME + ".";
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        Leftovers.sweep(folder, begin);
        Path beside = folder.resolve(begin + ProcessHandle.current().pid());
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", " ");
    }
}
