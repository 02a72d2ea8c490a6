package org.asntally.lookup.download;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a folder's page as web servers make it: links to what lies in that very folder;
 * folders end with a slash. Links to elsewhere are passed over.
 */
record Listing(List<String> names) {

    private static final Pattern LINK =
            Pattern.compile(
                    "<a\\b[^>]{0,200}?\\bhref\\s*=\\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})')",
                    Pattern.CASE_INSENSITIVE);

    /** Letters that names of tables have; neither a path nor a query. */
    private static final Pattern PLAIN = Pattern.compile("(\\./)?[A-Za-z0-9][A-Za-z0-9._+~=-]*/?");

    /** Table dumps of route collectors: RouteViews writes rib, RIS bview; day and time follow. */
    private static final Pattern DUMP =
            Pattern.compile("(?:rib|bview)\\.(\\d{8}\\.\\d{4})(?:\\.(?:gz|bz2))?");

    /** Other tables that carry their day, such as those of pyasn. */
    private static final Pattern DATED =
            Pattern.compile(
                    "[A-Za-z][A-Za-z0-9_-]*[._-]?(\\d{8}(?:\\.\\d{4})?)"
                            + "\\.(?:dat|tsv|csv|mmdb|txt)(?:\\.(?:gz|bz2))?");

    private static final Pattern MONTH = Pattern.compile("\\d{4}\\.(?:0[1-9]|1[0-2])/");

    static Listing of(String page) {
        List<String> names = new ArrayList<>();
        Matcher links = LINK.matcher(page);
        while (links.find()) {
            String link = links.group(1) != null ? links.group(1) : links.group(2);
            String name;
            try {
                name = URLDecoder.decode(link.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                continue;
            }
            if (PLAIN.matcher(name).matches()) {
                names.add(name.startsWith("./") ? name.substring(2) : name);
            }
        }
        return new Listing(List.copyOf(names));
    }

    /** The tables in it, newest first; those of collectors go before any other. */
    List<String> tables() {
        List<String> dumps = newestFirst(DUMP);
        return dumps.isEmpty() ? newestFirst(DATED) : dumps;
    }

    private List<String> newestFirst(Pattern pattern) {
        record Dated(String name, String time) {}
        List<Dated> found = new ArrayList<>();
        for (String name : names) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                found.add(new Dated(name, matcher.group(1)));
            }
        }
        found.sort(Comparator.comparing(Dated::time).thenComparing(Dated::name).reversed());
        return found.stream().map(Dated::name).distinct().toList();
    }

    /** Folders of months in it, newest first. */
    List<String> months() {
        return names.stream()
                .filter(name -> MONTH.matcher(name).matches())
                .sorted(Comparator.reverseOrder())
                .distinct()
                .toList();
    }

    boolean has(String folder) {
        return names.contains(folder);
    }
}
