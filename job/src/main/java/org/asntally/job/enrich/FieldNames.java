package org.asntally.job.enrich;

import java.util.List;
import java.util.Locale;
import org.asntally.sources.text.JsonFields;

/** What columns and keys with the address that matters are called, the likeliest first. */
final class FieldNames {

    /** As in headers, without signs and in lower case. */
    private static final List<String> COLUMNS =
            List.of(
                    "clientip",
                    "cip",
                    "remoteaddr",
                    "remoteip",
                    "remotehost",
                    "remoteaddress",
                    "srcip",
                    "srcaddr",
                    "sourceip",
                    "sourceaddress",
                    "sourceaddr",
                    "idorigh",
                    "ip",
                    "ipaddress",
                    "ipaddr",
                    "address",
                    "addr",
                    "src",
                    "source",
                    "client",
                    "clientaddress",
                    "clientaddr",
                    "peerip",
                    "peer",
                    "hostip",
                    "host",
                    "dstip",
                    "destinationip",
                    "dst");

    /** Paths of keys. */
    static final List<String> PATHS = JsonFields.CLIENTS;

    private FieldNames() {}

    /** How likely a column of this title holds the address: lower is likelier; -1: no telling. */
    static int rank(String title) {
        return COLUMNS.indexOf(title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }
}
