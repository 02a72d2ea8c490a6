package org.asntally.sinks.text;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/** Escapes what {@link SafeText} takes out of other formats: JSON may be shown on a terminal. */
public final class JsonEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[0x7f] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        if (c < 0x80 || c > 0xffff || !SafeText.unsafe((char) c)) {
            return null;
        }
        String hex = Integer.toHexString(0x10000 + c).substring(1);
        return new SerializedString("\\u".concat(hex));
    }
}
