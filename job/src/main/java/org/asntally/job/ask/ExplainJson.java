package org.asntally.job.ask;

import java.util.List;
import org.asntally.job.local.RibOpening;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibInfo;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;
import org.asntally.lookup.special.Stated;
import org.asntally.sinks.text.SafeText;
import org.jspecify.annotations.Nullable;

/** Explanations as JSON, an object per line. */
final class ExplainJson {

    private final Rib rib;
    private final String table;

    ExplainJson(RibOpening opened) {
        this.rib = opened.rib();
        this.table = table(opened);
    }

    String of(Explanation why) {
        StringBuilder text = new StringBuilder(500);
        text.append('{');
        string("address", why.question(), text);
        text.append(',');
        string("looked_up", why.lookedUp(), text);
        text.append(",\"routes\":");
        routes(why.routes(), text);
        text.append(",\"within\":");
        routes(why.within(), text);
        text.append(",\"within_count\":").append(why.allWithin()).append(",\"special\":[");
        for (int i = 0; i < why.special().size(); i++) {
            text.append(i == 0 ? "" : ",");
            special(why.special().get(i), text);
        }
        return text.append("],").append(table).append("}\n").toString();
    }

    String of(AsExplanation why) {
        StringBuilder text = new StringBuilder(500);
        text.append("{\"asn\":").append(Integer.toUnsignedString(why.asn())).append(',');
        string("as_name", rib.nameOrReserved(why.asn()), text);
        text.append(',');
        string("set_aside", why.purpose(), text);
        text.append(",\"ipv4_routes\":").append(why.v4());
        text.append(",\"ipv6_routes\":").append(why.v6());
        text.append(",\"other_origin_routes\":").append(why.besides());
        text.append(",\"routes\":");
        routes(why.first(), text);
        return text.append(',').append(table).append("}\n").toString();
    }

    private void routes(List<Integer> routes, StringBuilder text) {
        text.append('[');
        for (int i = 0; i < routes.size(); i++) {
            text.append(i == 0 ? "" : ",");
            route(routes.get(i), text);
        }
        text.append(']');
    }

    private void route(int route, StringBuilder text) {
        int asn = rib.origin(route);
        text.append('{');
        string("prefix", rib.prefix(route), text);
        text.append(",\"asn\":").append(Integer.toUnsignedString(asn)).append(',');
        string("as_name", rib.nameOrReserved(asn), text);
        text.append(',');
        string("country", rib.country(route), text);
        text.append(",\"origins\":[");
        int[] origins = rib.origins(route);
        for (int i = 0; i < origins.length; i++) {
            text.append(i == 0 ? "" : ",").append(Integer.toUnsignedString(origins[i]));
        }
        text.append("],\"as_set\":").append(rib.hasAsSet(route)).append(',');
        string("file", rib.file(route), text);
        text.append(",\"line\":").append(Integer.toUnsignedString(rib.line(route))).append('}');
    }

    private static void special(SpecialBlock block, StringBuilder text) {
        text.append('{');
        string("prefix", block.prefix(), text);
        text.append(',');
        string("name", block.name(), text);
        text.append(',');
        string("rfc", block.rfc(), text);
        stated("source", block.source(), text);
        stated("destination", block.destination(), text);
        stated("forwardable", block.forwardable(), text);
        stated("globally_reachable", block.reachable(), text);
        stated("reserved_by_protocol", block.reserved(), text);
        text.append(',');
        string("registry", SpecialPurpose.AS_OF.toString(), text);
        text.append('}');
    }

    private static void stated(String key, Stated value, StringBuilder text) {
        text.append(",\"")
                .append(key)
                .append("\":")
                .append(
                        switch (value) {
                            case YES -> "true";
                            case NO -> "false";
                            case NOT_STATED -> "null";
                        });
    }

    private static String table(RibOpening opened) {
        RibInfo info = opened.rib().info();
        StringBuilder text = new StringBuilder("\"rib\":{");
        string("id", opened.rib().id(), text);
        text.append(',');
        string("kind", info.kind().label(), text);
        text.append(',');
        string("valid_from", info.validFrom() == null ? null : info.validFrom().toString(), text);
        text.append(",\"routes\":").append(opened.rib().routes()).append(',');
        string("source", info.source(), text);
        text.append(',');
        string("place", opened.place(), text);
        return text.append('}').toString();
    }

    private static void string(String key, @Nullable String value, StringBuilder text) {
        text.append('"').append(key).append("\":");
        if (value == null) {
            text.append("null");
        } else {
            text.append('"').append(JsonText.escaped(SafeText.of(value))).append('"');
        }
    }
}
