package org.asntally.job.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibInfo;

/** A table's facts as text for people. */
final class RibText {

    private RibText() {}

    /** How many routes of each family. */
    static String routes(RibInfo info) {
        return info.v4Routes() + " IPv4 and " + info.v6Routes() + " IPv6 " + info.kind().label();
    }

    /** All facts, a line each. */
    static String facts(String file, Rib rib) {
        RibInfo info = rib.info();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file);
        facts.put("id", rib.id());
        facts.put("kind", info.kind().label());
        facts.put("ipv4", info.v4Routes());
        facts.put("ipv6", info.v6Routes());
        facts.put("names", info.names());
        facts.put("valid from", info.validFrom() == null ? "not stated" : info.validFrom());
        facts.put("added at", info.addedAt() == null ? "not stated" : info.addedAt());
        facts.put("source", info.source().isEmpty() ? "not stated" : info.source());
        if (!info.fetchedFrom().isEmpty() && !info.fetchedFrom().equals(info.source())) {
            facts.put("fetched from", info.fetchedFrom());
        }
        if (info.shrunkFrom() != 0) {
            facts.put("shrunk from", info.shrunkFrom());
        }
        facts.put("skipped lines", info.skippedLines());
        facts.put("licence", info.licence().isEmpty() ? "not stated" : info.licence());
        if (!info.attribution().isEmpty()) {
            facts.put("attribution", info.attribution());
        }
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, value) ->
                        text.append(name)
                                .append(':')
                                .append(" ".repeat(15 - name.length()))
                                .append(Problem.printable(String.valueOf(value)))
                                .append('\n'));
        return text.toString();
    }
}
