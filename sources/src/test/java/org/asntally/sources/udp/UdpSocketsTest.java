package org.asntally.sources.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel's table as proc_pid_net(5) has it. */
class UdpSocketsTest {

    private static final String HEAD =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid "
                    + " timeout inode ref pointer drops            ";
    private static final String V4 =
            " 2343: 0100007F:18C7 00000000:0000 07 00000000:00000A00 00:00000000 00000000  1000 "
                    + "       0 71234 2 0000000000000000 421         ";
    private static final String OTHER_PORT = V4.replace(":18C7", ":18C8").replace("71234", "71235");
    private static final String V6 =
            " 2343: 00000000000000000000000000000000:18C7 00000000000000000000000000000000:0000 07"
                    + " 00000000:00000000 00:00000000 00000000     0        0 71236 2"
                    + " 0000000000000000 4294967295";

    @Test
    void tellsInodesOfAPort() {
        assertThat(UdpSockets.inodes(List.of(HEAD, V4, OTHER_PORT, V6), 6343))
                .containsExactlyInAnyOrder(71234L, 71236L);
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        List<String> lines =
                List.of("", HEAD, V4.substring(0, 70), V4.replace("71234", "many"), "garbage");
        assertThat(UdpSockets.inodes(lines, 6343)).isEmpty();
    }
}
