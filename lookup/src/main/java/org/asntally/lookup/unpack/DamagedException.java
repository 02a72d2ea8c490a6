package org.asntally.lookup.unpack;

import java.io.IOException;

/** Packed bytes that are damaged or end too soon; the message says where. */
public final class DamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean soundBefore;

    DamagedException(boolean soundBefore, String message) {
        super(message);
        this.soundBefore = soundBefore;
    }

    /**
     * Whether what was read so far is what had been packed: so when the file only ends too soon, or
     * when each block has its own checksum. A gzip file tells of a wrong byte only at its end.
     */
    public boolean soundBefore() {
        return soundBefore;
    }
}
