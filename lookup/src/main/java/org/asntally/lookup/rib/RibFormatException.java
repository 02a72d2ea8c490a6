package org.asntally.lookup.rib;

import java.io.IOException;

/** A file is no table, or a damaged one; the message says which file and what is wrong with it. */
public final class RibFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    RibFormatException(Object file, String what) {
        super("'" + file + "' " + what);
    }
}
