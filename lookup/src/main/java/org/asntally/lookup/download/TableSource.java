package org.asntally.lookup.download;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where tables come from, unless somebody says otherwise: the one list of addresses. */
public enum TableSource {
    /** Dumps of a collector in Oregon that many networks tell their full tables, both families. */
    ROUTEVIEWS(
            "https://archive.routeviews.org/route-views4/bgpdata/",
            "routes, the newest dump (every two hours)",
            "CC BY 4.0",
            "RouteViews, University of Oregon (routeviews.org)",
            true),
    /** Dumps of the collector in Amsterdam that takes sessions from everywhere, both families. */
    RIS(
            "https://data.ris.ripe.net/rrc00/",
            "routes, the newest dump (every eight hours)",
            "RIPE NCC terms of service",
            "RIPE NCC Routing Information Service (ris.ripe.net)",
            true),
    /** Ranges with AS number, country and name. */
    IPTOASN(
            "https://iptoasn.com/data/ip2asn-combined.tsv.gz",
            "ranges, with names (hourly)",
            "PDDL 1.0",
            "",
            false);

    /** Names of ASes for tables that hold none, a line each: {@code 64496 SAMPLE, CA}. */
    public static final URI NAMES = URI.create("https://ftp.ripe.net/ripe/asnames/asn.txt");

    private final URI address;
    private final String what;
    private final String licence;
    private final String attribution;
    private final boolean needsNames;

    TableSource(
            String address, String what, String licence, String attribution, boolean needsNames) {
        this.address = URI.create(address);
        this.what = what;
        this.licence = licence;
        this.attribution = attribution;
        this.needsNames = needsNames;
    }

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source of a word, or null. */
    public static @Nullable TableSource of(String word) {
        for (TableSource source : values()) {
            if (source.word().equals(word)) {
                return source;
            }
        }
        return null;
    }

    /** The source on whose server an address is, or null. */
    public static @Nullable TableSource at(URI address) {
        for (TableSource source : values()) {
            if (source.address.getHost().equalsIgnoreCase(address.getHost())) {
                return source;
            }
        }
        return null;
    }

    /** Its file, or its folder, which ends with a slash. */
    public URI address() {
        return address;
    }

    /** What is there, in words. */
    public String what() {
        return what;
    }

    /** Licence of the data. */
    public String licence() {
        return licence;
    }

    /** Who must be named, or an empty text. */
    public String attribution() {
        return attribution;
    }

    /** Whether AS names come from elsewhere. */
    public boolean needsNames() {
        return needsNames;
    }
}
