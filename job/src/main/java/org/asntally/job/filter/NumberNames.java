package org.asntally.job.filter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of some numbers of a term; of several names of a number the first is shown. */
enum NumberNames {
    NONE,
    /** IANA's protocol numbers that people meet. */
    PROTOCOLS(
            "icmp",
            1,
            "igmp",
            2,
            "ipip",
            4,
            "tcp",
            6,
            "udp",
            17,
            "ipv6",
            41,
            "gre",
            47,
            "esp",
            50,
            "ah",
            51,
            "icmp6",
            58,
            "icmpv6",
            58,
            "ipv6-icmp",
            58,
            "ospf",
            89,
            "pim",
            103,
            "vrrp",
            112,
            "l2tp",
            115,
            "sctp",
            132,
            "udplite",
            136),
    /** From the lowest bit of the header's byte (RFC 9293, RFC 3168). */
    TCP_FLAGS("fin", 1, "syn", 2, "rst", 4, "psh", 8, "ack", 16, "urg", 32, "ece", 64, "cwr", 128),
    /** RFC 2474, 2597, 3246, 5865, 8622. */
    DSCP(
            "cs0", 0, "be", 0, "le", 1, "cs1", 8, "af11", 10, "af12", 12, "af13", 14, "cs2", 16,
            "af21", 18, "af22", 20, "af23", 22, "cs3", 24, "af31", 26, "af32", 28, "af33", 30,
            "cs4", 32, "af41", 34, "af42", 36, "af43", 38, "cs5", 40, "va", 44, "ef", 46, "cs6", 48,
            "cs7", 56),
    YES_OR_NO("no", 0, "yes", 1, "false", 0, "true", 1),
    DIRECTIONS("ingress", 0, "egress", 1);

    @SuppressWarnings("ImmutableEnumChecker") // filled here only
    private final Map<String, Long> numbers = new LinkedHashMap<>();

    NumberNames(Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            numbers.put((String) pairs[i], ((Integer) pairs[i + 1]).longValue());
        }
    }

    @Nullable Long number(String name) {
        return numbers.get(name);
    }

    @Nullable String name(long number) {
        for (Map.Entry<String, Long> each : numbers.entrySet()) {
            if (each.getValue() == number) {
                return each.getKey();
            }
        }
        return null;
    }

    /** All names, in order. */
    Iterable<String> names() {
        return numbers.keySet();
    }
}
