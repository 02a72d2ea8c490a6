package org.asntally.sources.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code ip} as libpcap means it, without libpcap. */
class IpFilterTest {

    private static final int ETHERNET = 1;
    private static final int RAW = 101;

    private static boolean matches(int link, int... octets) {
        byte[] bytes = new byte[64];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return Objects.requireNonNull(PacketFilter.IP.open(link)).matches(bytes, 0, 64, 64);
    }

    private static boolean ethernet(int... behindAddresses) {
        int[] octets = new int[12 + behindAddresses.length];
        System.arraycopy(behindAddresses, 0, octets, 12, behindAddresses.length);
        return matches(ETHERNET, octets);
    }

    @Test
    void takesIpv4ThatFollowsTheLinkLayer() {
        assertThat(ethernet(0x08, 0x00, 0x45)).isTrue();
        assertThat(matches(RAW, 0x45)).isTrue();
    }

    @Test
    void leavesOutTheRest() {
        assertThat(ethernet(0x86, 0xdd, 0x60)).isFalse();
        assertThat(ethernet(0x08, 0x06, 0x00)).isFalse();
        assertThat(ethernet(0x81, 0x00, 0x00, 0x07, 0x08, 0x00, 0x45)).isFalse();
        assertThat(matches(RAW, 0x60)).isFalse();
    }
}
