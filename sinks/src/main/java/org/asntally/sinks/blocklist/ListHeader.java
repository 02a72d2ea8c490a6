package org.asntally.sinks.blocklist;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.asntally.sinks.RibFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a list says about itself.
 *
 * @param subject whose networks they are; empty when nobody knows
 * @param made when
 * @param table the routing table that they come from, if any
 * @param command the words that made it
 */
public record ListHeader(
        String subject, Instant made, @Nullable RibFacts table, List<String> command) {

    /** A fact and its name. */
    record Line(String name, String text) {}

    static final String COMMAND = "command";

    /** All facts as text that fits into a comment. */
    List<Line> lines(String count) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                new Line(
                        "list",
                        CommentText.of(subject.isEmpty() ? count : count + " of " + subject)));
        lines.add(new Line("made", made.truncatedTo(ChronoUnit.SECONDS).toString()));
        RibFacts facts = table;
        if (facts != null) {
            StringBuilder text = new StringBuilder(facts.kind());
            if (facts.validFrom() != null) {
                text.append(", valid from ").append(facts.validFrom());
            }
            text.append(", id ").append(facts.id(), 0, Math.min(16, facts.id().length()));
            if (!facts.source().isEmpty()) {
                text.append(", ").append(facts.source());
            }
            lines.add(new Line("table", CommentText.of(text.toString())));
            if (facts.attribution() != null && !facts.attribution().isEmpty()) {
                lines.add(new Line("data", CommentText.of(facts.attribution())));
            }
        }
        lines.add(new Line(COMMAND, CommentText.command(command)));
        return lines;
    }
}
