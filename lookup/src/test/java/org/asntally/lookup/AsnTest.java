package org.asntally.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that belong to nobody have a name that says so; a table's own name comes first. */
class AsnTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, reserved (RFC 7607)",
        "1, 111,",
        "112, 112, AS112 project (RFC 7534)",
        "113, 23455,",
        "23456, 23456, AS_TRANS (RFC 6793)",
        "23457, 64495,",
        "64496, 64511, documentation (RFC 5398)",
        "64512, 65534, private use (RFC 6996)",
        "65535, 65535, reserved (RFC 7300)",
        "65536, 65551, documentation (RFC 5398)",
        "65552, 131071, reserved (IANA)",
        "131072, 4199999999,",
        "4200000000, 4294967294, private use (RFC 6996)",
        "4294967295, 4294967295, reserved (RFC 7300)"
    })
    void everyBlockOfTheRegistryFromItsFirstToItsLast(
            long first, long last, @Nullable String name) {
        assertThat(Asn.special((int) first)).isEqualTo(name);
        assertThat(Asn.special((int) last)).isEqualTo(name);

        RibBuilder builder = new RibBuilder();
        byte[] own = "OWN".getBytes(StandardCharsets.UTF_8);
        builder.name((int) first, own, 0, own.length);
        Rib rib = builder.build();
        assertThat(rib.nameOrReserved((int) first)).isEqualTo("OWN");
        boolean example = name != null && name.startsWith("documentation");
        assertThat(rib.nameOrReserved((int) last))
                .isEqualTo(first == last ? "OWN" : example ? null : name);
        assertThat(Asn.reserved((int) last)).isEqualTo(example ? null : name);
    }
}
