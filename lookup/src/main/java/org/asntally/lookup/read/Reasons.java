package org.asntally.lookup.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why a file operation failed, in a few words for people. */
public final class Reasons {

    /** Of what is not there. */
    public static final String MISSING = "no such file or folder";

    private Reasons() {}

    /** The reason, without the file's name and without Java's class names. */
    public static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return MISSING;
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return lower(system.getReason());
        }
        String message = e.getMessage();
        if (message == null) {
            return "input or output failed";
        }
        // FileInputStream says: NAME (Permission denied)
        if (e instanceof FileNotFoundException && message.endsWith(")")) {
            return lower(message.substring(message.lastIndexOf('(') + 1, message.length() - 1));
        }
        return lower(message);
    }

    private static String lower(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
