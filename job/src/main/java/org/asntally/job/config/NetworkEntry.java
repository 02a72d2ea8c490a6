package org.asntally.job.config;

import java.nio.charset.StandardCharsets;
import org.asntally.job.value.AsnWord;
import org.asntally.lookup.Address;
import org.asntally.lookup.prefixes.NetworkText;
import org.jspecify.annotations.Nullable;

/**
 * A member of a network: a prefix, an address, a range of addresses, or an AS.
 *
 * @param text as it is written
 * @param asn the AS number, unsigned; 0 when it is none
 */
public record NetworkEntry(String text, int asn) {

    /** Of digits alone it is no AS number: {@code AS64496} is. */
    static @Nullable NetworkEntry parse(String text) {
        if (AsnWord.isNamed(text)) {
            Integer asn = AsnWord.parse(text);
            return asn == null ? null : new NetworkEntry(AsnWord.of(asn), asn);
        }
        return network(text) == null ? null : new NetworkEntry(text, 0);
    }

    /** The addresses of a text, or null when it is no network or has bits behind its length. */
    static @Nullable NetworkText network(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NetworkText network = new NetworkText();
        return bytes.length <= 2 * Address.MAX_TEXT + 1
                        && network.read(bytes, 0, bytes.length) == null
                ? network
                : null;
    }

    @Override
    public String toString() {
        return text;
    }
}
