package org.asntally.job.ask;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.asntally.job.local.RibOpening;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibInfo;
import org.asntally.lookup.rib.RibKind;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;
import org.asntally.sinks.text.SafeText;
import org.asntally.sinks.text.Width;
import org.jspecify.annotations.Nullable;

/** Explanations for people. */
final class ExplainText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final int ID = 16;

    private final Rib rib;
    private final RibOpening table;

    ExplainText(RibOpening table) {
        this.table = table;
        this.rib = table.rib();
    }

    String of(Explanation why) {
        StringBuilder text = new StringBuilder(500);
        text.append(why.question());
        if (why.carried()) {
            text.append(" carries ").append(why.lookedUp()).append(", which is looked up");
        }
        text.append('\n');
        List<String[]> lines = new ArrayList<>();
        int covering = why.routes().size();
        for (int i = 0; i < covering; i++) {
            lines.add(
                    line(
                            why.routes().get(i),
                            i > 0
                                    ? "covers it too"
                                    : covering == 1
                                            ? "matched"
                                            : "matched (longest of " + covering + ")"));
        }
        for (int route : why.within()) {
            lines.add(line(route, "lies within it"));
        }
        align(lines, text);
        if (covering == 0) {
            text.append("  no route of the table holds it\n");
        }
        if (why.allWithin() > why.within().size()) {
            text.append("  and ")
                    .append(why.allWithin() - why.within().size())
                    .append(" more routes within it\n");
        }
        if (covering > 0) {
            matched(why.routes().get(0), text);
        }
        special(why, text);
        return text.toString();
    }

    String of(AsExplanation why) {
        StringBuilder text = new StringBuilder(500);
        text.append(as(why.asn(), null)).append('\n');
        if (why.purpose() != null) {
            text.append("  set aside: ").append(why.purpose()).append('\n');
        }
        int all = why.v4() + why.v6();
        if (all == 0) {
            text.append("  no route of the table has it as its origin\n");
        } else {
            text.append("  origin of ")
                    .append(counted(why.v4(), "IPv4"))
                    .append(" and ")
                    .append(counted(why.v6(), "IPv6"))
                    .append('\n');
        }
        List<String[]> lines = new ArrayList<>();
        for (int route : why.first()) {
            String country = rib.country(route);
            lines.add(
                    new String[] {rib.prefix(route), country == null ? "" : country, from(route)});
        }
        align(lines, text);
        if (all > why.first().size()) {
            text.append("  and ")
                    .append(all - why.first().size())
                    .append(" more: asntally prefixes AS")
                    .append(Integer.toUnsignedString(why.asn()))
                    .append('\n');
        }
        if (why.besides() > 0) {
            text.append("  also among the origins of ")
                    .append(why.besides())
                    .append(why.besides() == 1 ? " route that is" : " routes that are")
                    .append(" shown with another\n");
        }
        return text.toString();
    }

    private static String counted(int routes, String family) {
        return routes + " " + family + (routes == 1 ? " route" : " routes");
    }

    private String from(int route) {
        String file = rib.file(route);
        return "read from "
                + (file.isEmpty() ? "the table" : SafeText.of(file))
                + ", line "
                + Integer.toUnsignedString(rib.line(route));
    }

    private String[] line(int route, String what) {
        return new String[] {rib.prefix(route), as(rib.origin(route), rib.country(route)), what};
    }

    private String as(int asn, @Nullable String country) {
        String name = rib.nameOrReserved(asn);
        String text = "AS" + Integer.toUnsignedString(asn);
        if (name != null && !name.isEmpty()) {
            text += " " + SafeText.of(name);
        }
        return country == null || text.endsWith(", " + country) ? text : text + ", " + country;
    }

    private static void align(List<String[]> lines, StringBuilder text) {
        int[] widths = new int[2];
        for (String[] line : lines) {
            widths[0] = Math.max(widths[0], Width.of(line[0]));
            widths[1] = Math.max(widths[1], Width.of(line[1]));
        }
        for (String[] line : lines) {
            text.append("  ");
            for (int i = 0; i < 2; i++) {
                text.append(line[i]).append(" ".repeat(widths[i] + 2 - Width.of(line[i])));
            }
            text.append(line[2]).append('\n');
        }
    }

    /** Where the answer was read, and who else originates it. */
    private void matched(int route, StringBuilder text) {
        text.append("  ").append(from(route)).append('\n');
        int[] origins = rib.origins(route);
        if (origins.length > 1) {
            text.append("  also originated by ");
            for (int i = 1; i < origins.length; i++) {
                text.append(i == 1 ? "" : "; ").append(as(origins[i], null));
            }
            text.append('\n');
        }
        if (rib.hasAsSet(route)) {
            text.append("  among its origins is an AS_SET: it was put together from several\n");
        }
    }

    private static void special(Explanation why, StringBuilder text) {
        for (SpecialBlock block : why.special()) {
            text.append("  special-purpose: ")
                    .append(block.prefix())
                    .append(' ')
                    .append(block.name())
                    .append(" (")
                    .append(block.rfc())
                    .append("), globally reachable: ")
                    .append(block.reachable().words())
                    .append("; registry of ")
                    .append(SpecialPurpose.AS_OF)
                    .append('\n');
        }
    }

    /** The line about the table, and what it can tell. */
    String table() {
        RibInfo info = rib.info();
        boolean ranges = info.kind() == RibKind.RANGES;
        StringBuilder text = new StringBuilder("table ").append(rib.id(), 0, ID);
        text.append(
                info.validFrom() == null
                        ? ", valid from a time not stated"
                        : ", valid from " + TIME.format(info.validFrom()));
        text.append(", ")
                .append(rib.routes())
                .append(ranges ? " prefixes cut from ranges" : " routes")
                .append(", ")
                .append(SafeText.of(table.place()))
                .append('\n');
        if (ranges) {
            text.append(
                    """
                    It is a table of ranges: it says who holds addresses, not what is announced. Its prefixes are cut
                    from ranges, so there are no covering routes and no other origins in it.
                    """);
        }
        return text.toString();
    }
}
