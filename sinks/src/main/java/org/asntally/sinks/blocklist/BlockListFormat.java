package org.asntally.sinks.blocklist;

import java.io.IOException;
import java.io.OutputStream;
import org.asntally.lookup.prefixes.PrefixList;

/** For which program a list is. */
public enum BlockListFormat {
    /** A prefix a line. */
    PLAIN("plain", false),
    /** nftables: {@code nft -f}. */
    NFT("nft", true),
    /** {@code iptables-restore} or {@code ip6tables-restore}. */
    IPTABLES_RESTORE("iptables-restore", true),
    /** {@code ipset restore}. */
    IPSET("ipset", true),
    /** nginx: {@code include} in a server or location. */
    NGINX("nginx", true),
    /** nginx: {@code include} in http, then {@code if ($asntally)}. */
    NGINX_GEO("nginx-geo", true),
    /** Apache httpd: {@code Include} in a directory or location. */
    APACHE("apache", true),
    /** HAProxy: {@code acl ... src -f FILE}. */
    HAPROXY("haproxy", true),
    /** Varnish: {@code include} in VCL. */
    VARNISH("varnish", true),
    /** Puppet: a manifest with an array. */
    PUPPET("puppet", true),
    /** BIRD 2: {@code include} in its configuration. */
    BIRD("bird", true),
    /** FRRouting: {@code vtysh -f}. */
    FRR("frr", true),
    /** One JSON object. */
    JSON("json", false);

    private final String label;
    private final boolean enforced;

    BlockListFormat(String label, boolean enforced) {
        this.label = label;
        this.enforced = enforced;
    }

    /** What it is called on the command line. */
    public String label() {
        return label;
    }

    /** Whether a program refuses, or routes, by it. */
    public boolean isEnforced() {
        return enforced;
    }

    /** Whether the list has a name in it; else the file's name is all that tells lists apart. */
    public boolean isNamed() {
        return switch (this) {
            case PLAIN, NGINX, APACHE, HAPROXY, JSON -> false;
            case NFT, IPTABLES_RESTORE, IPSET, NGINX_GEO, VARNISH, PUPPET, BIRD, FRR -> true;
        };
    }

    /** Whether a file of it holds one family only. */
    public boolean isOfOneFamily() {
        return this == IPTABLES_RESTORE;
    }

    /**
     * Writes a list; does not close.
     *
     * @throws IllegalArgumentException of an enforced format, when the list is not safe; of a
     *     format of one family, when the list is of both
     */
    public void write(BlockList list, OutputStream out) throws IOException {
        if (enforced && !list.isSafe()) {
            throw new IllegalArgumentException("an unchecked list as " + label);
        }
        if (isOfOneFamily() && list.families() == Families.BOTH) {
            throw new IllegalArgumentException("two families as " + label);
        }
        ListText text = new ListText(out);
        writer().write(list, text);
        text.flush();
    }

    private BlockListWriter writer() {
        return switch (this) {
            case PLAIN -> new PlainList();
            case NFT -> new NftTable();
            case IPTABLES_RESTORE -> new IptablesRules();
            case IPSET -> new IpsetRestore();
            case NGINX -> new NginxDeny();
            case NGINX_GEO -> new NginxGeo();
            case APACHE -> new ApacheRequire();
            case HAPROXY -> new HaproxyAcl();
            case VARNISH -> new VarnishAcl();
            case PUPPET -> new PuppetArray();
            case BIRD -> new BirdPrefixSets();
            case FRR -> new FrrPrefixLists();
            case JSON -> new JsonList();
        };
    }

    /** How lines of the header begin. */
    String comment() {
        return writer().comment();
    }

    /** Writes each IPv4 prefix, or each IPv6 one, between two texts. */
    static void each(BlockList list, boolean v6, String before, String after, ListText text)
            throws IOException {
        PrefixList prefixes = list.prefixes();
        int to = v6 ? prefixes.size() : prefixes.v4Size();
        for (int i = v6 ? prefixes.v4Size() : 0; i < to; i++) {
            text.add(before).prefix(prefixes, i).add(after);
        }
    }

    /** Writes each prefix between two texts, IPv4 first. */
    static void each(BlockList list, String before, String after, ListText text)
            throws IOException {
        each(list, false, before, after, text);
        each(list, true, before, after, text);
    }
}
