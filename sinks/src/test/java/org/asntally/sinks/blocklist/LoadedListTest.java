package org.asntally.sinks.blocklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.asntally.sinks.blocklist.Sandbox.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each list is loaded by the program that it is for, and obeyed: who is in the list is refused, and
 * the neighbours are not. Routers only check theirs. Tests whose program is not installed, or that
 * get no network namespace from the machine, are skipped.
 */
class LoadedListTest {

    /** Nested, adjacent and single ones. */
    private static final String[] NETWORKS = {
        "192.0.2.0/25",
        "192.0.2.32/27",
        "192.0.2.192/26",
        "198.51.100.77",
        "2001:db8:1::/48",
        "2001:db8:1:2::/64",
        "2001:db8:3::3"
    };

    private static final List<String> IN_4 =
            List.of("192.0.2.1", "192.0.2.33", "192.0.2.127", "192.0.2.192", "198.51.100.77");
    private static final List<String> OUT_4 =
            List.of("192.0.2.128", "192.0.2.191", "192.0.3.0", "198.51.100.76", "198.51.100.78");
    private static final List<String> IN_6 =
            List.of("2001:db8:1::1", "2001:db8:1:2::1", "2001:db8:1:ffff::", "2001:db8:3::3");
    private static final List<String> OUT_6 =
            List.of("2001:db8:0:ffff::1", "2001:db8:2::", "2001:db8:3::2", "2001:db8:3::4");

    private static final int PORT = 18080;

    @TempDir private Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() throws IOException {
        sandbox = new Sandbox(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(BlockListFormat format, Families families) throws IOException {
        Files.writeString(
                folder.resolve("list"), Lists.text(Lists.list(families, NETWORKS), format));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void page() throws IOException {
        Files.createDirectories(folder.resolve("site"));
        write("site/index.html", "here\n");
    }

    private static List<String> sources(Families families) {
        List<String> sources = new ArrayList<>();
        if (families.hasV4()) {
            sources.addAll(IN_4);
            sources.addAll(OUT_4);
        }
        if (families.hasV6()) {
            sources.addAll(IN_6);
            sources.addAll(OUT_6);
        }
        return sources;
    }

    private static String probe(String how, Families families) {
        return String.format(
                "'%s' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' %s %s %d %s%n",
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classes(),
                Probe.class.getName(),
                how,
                PORT,
                String.join(" ", sources(families)));
    }

    private static Path classes() {
        try {
            return Path.of(Probe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a script that ends with a probe; of each source it says what these words are. */
    private void obeyed(Families families, String script, String refused, String passed)
            throws Exception {
        Result result = sandbox.isolated(sources(families), script);
        List<String> expected = new ArrayList<>();
        for (String source : sources(families)) {
            boolean in = IN_4.contains(source) || IN_6.contains(source);
            expected.add(source + " " + (in ? refused : passed));
        }
        assertThat(result.out().lines()).as(result.err()).containsExactlyElementsOf(expected);
        assertThat(result.status()).isZero();
    }

    @Test
    void nft() throws Exception {
        Sandbox.needs("nft");
        Sandbox.needsNamespaces();
        write(BlockListFormat.NFT, Families.BOTH);
        // What is there before is replaced; another table of the user stays.
        write(
                "old",
                Lists.text(
                        Lists.list(Families.BOTH, "192.0.3.0/24", "2001:db8:2::/48"),
                        BlockListFormat.NFT));
        obeyed(
                Families.BOTH,
                "nft add table inet own\nnft -c -f list\nnft -f old\nnft -f list\nnft -f list\n"
                        + "nft list table inet own >/dev/null\n"
                        + probe("tcp", Families.BOTH),
                "silent",
                "open");
    }

    @Test
    void iptablesRestore() throws Exception {
        Sandbox.needs("iptables-restore", "ip6tables-restore");
        Sandbox.needsNamespaces();
        for (Families families : List.of(Families.V4, Families.V6)) {
            write(BlockListFormat.IPTABLES_RESTORE, families);
            String restore = families == Families.V4 ? "iptables-restore" : "ip6tables-restore";
            obeyed(
                    families,
                    restore
                            + " --test list\n"
                            + restore
                            + " list\n"
                            + restore
                            + " list\n"
                            + probe("tcp", families),
                    "silent",
                    "open");
        }
    }

    @Test
    void ipset() throws Exception {
        Sandbox.needs("ipset", "iptables", "ip6tables");
        Sandbox.needsNamespaces();
        write(BlockListFormat.IPSET, Families.BOTH);
        write(
                "old",
                Lists.text(
                        Lists.list(Families.BOTH, "192.0.3.0/24", "2001:db8:2::/48"),
                        BlockListFormat.IPSET));
        obeyed(
                Families.BOTH,
                "ipset restore <old\n"
                        + "iptables -I INPUT -m set --match-set asntally4 src -j DROP\n"
                        + "ip6tables -I INPUT -m set --match-set asntally6 src -j DROP\n"
                        // As a run that was broken off leaves it.
                        + "ipset create asntally4_new hash:net family inet maxelem 2097152\n"
                        + "ipset add asntally4_new 192.0.3.0/24\n"
                        + "ipset restore <list\nipset restore <list\n"
                        + probe("tcp", Families.BOTH),
                "silent",
                "open");
    }

    private static String nginx(String http, String server) {
        return "user root; daemon off; master_process off; pid nginx.pid; error_log stderr;\n"
                + "events {}\n"
                + "http { access_log off; client_body_temp_path t1; proxy_temp_path t2;"
                + " fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n"
                + http
                + "server { listen 127.0.0.1:18080; listen [::1]:18080; "
                + server
                + " root site; } }\n";
    }

    @Test
    void nginxDeny() throws Exception {
        Sandbox.needs("nginx");
        Sandbox.needsNamespaces();
        write(BlockListFormat.NGINX, Families.BOTH);
        page();
        write("nginx.conf", nginx("", "include list;"));
        obeyed(
                Families.BOTH,
                "nginx -t -q -p . -c nginx.conf\nnginx -p . -c nginx.conf &\n"
                        + probe("http", Families.BOTH),
                "403",
                "200");
    }

    @Test
    void nginxGeo() throws Exception {
        Sandbox.needs("nginx");
        Sandbox.needsNamespaces();
        write(BlockListFormat.NGINX_GEO, Families.BOTH);
        page();
        write("nginx.conf", nginx("include list;\n", "if ($asntally) { return 403; }"));
        obeyed(
                Families.BOTH,
                "nginx -t -q -p . -c nginx.conf\nnginx -p . -c nginx.conf &\n"
                        + probe("http", Families.BOTH),
                "403",
                "200");
    }

    @Test
    void haproxy() throws Exception {
        Sandbox.needs("haproxy");
        Sandbox.needsNamespaces();
        write(BlockListFormat.HAPROXY, Families.BOTH);
        write(
                "haproxy.cfg",
                """
                defaults
                    mode http
                    timeout client 5s
                    timeout server 5s
                    timeout connect 5s
                frontend test
                    bind 127.0.0.1:18080
                    bind ::1:18080
                    http-request deny if { src -f list }
                    http-request return status 200
                """);
        obeyed(
                Families.BOTH,
                "haproxy -q -c -f haproxy.cfg\nhaproxy -db -q -f haproxy.cfg &\n"
                        + probe("http", Families.BOTH),
                "403",
                "200");
    }

    @Test
    void apache() throws Exception {
        Sandbox.needs("apache2");
        Sandbox.needsNamespaces();
        assumeTrue(Sandbox.isRoot(), "apache2 becomes another user, which only root may");
        write(BlockListFormat.APACHE, Families.BOTH);
        page();
        String modules = "/usr/lib/apache2/modules/mod_";
        write(
                "apache.conf",
                """
                ServerRoot "%1$s"
                ServerName test
                PidFile apache.pid
                DefaultRuntimeDir "%1$s"
                ErrorLog /dev/stderr
                LoadModule mpm_event_module %2$smpm_event.so
                LoadModule authz_core_module %2$sauthz_core.so
                LoadModule authz_host_module %2$sauthz_host.so
                LoadModule dir_module %2$sdir.so
                User www-data
                Group www-data
                StartServers 1
                ThreadsPerChild 4
                MinSpareThreads 1
                MaxRequestWorkers 4
                Listen 127.0.0.1:18080
                Listen [::1]:18080
                DocumentRoot "%1$s/site"
                <Location "/">
                    Include list
                </Location>
                """
                        .formatted(folder, modules));
        obeyed(
                Families.BOTH,
                "apache2 -t -d . -f apache.conf 2>/dev/null\napache2 -DFOREGROUND -d . -f apache.conf &\n"
                        + probe("http", Families.BOTH),
                "403",
                "200");
    }

    @Test
    void varnish() throws Exception {
        Sandbox.needs("varnishd", "gcc");
        Sandbox.needsNamespaces();
        write(BlockListFormat.VARNISH, Families.BOTH);
        write(
                "test.vcl",
                """
                vcl 4.1;
                backend default none;
                include "./list";
                sub vcl_recv {
                    if (client.ip ~ asntally) {
                        return (synth(403));
                    }
                    return (synth(200));
                }
                """);
        obeyed(
                Families.BOTH,
                "varnishd -F -j none -n \"$PWD/v\" -a 127.0.0.1:18080 -a '[::1]:18080'"
                        + " -p vcl_path=\"$PWD\" -p vsl_space=1m -s malloc,4m"
                        + " -f \"$PWD/test.vcl\" >log 2>&1 &\n"
                        + probe("http", Families.BOTH),
                "403",
                "200");
    }

    @Test
    void bird() throws Exception {
        Sandbox.needs("bird");
        for (Families families : Families.values()) {
            write(BlockListFormat.BIRD, families);
            StringBuilder conf = new StringBuilder("include \"list\";\nprotocol device {}\n");
            for (String family : List.of("4", "6")) {
                if (family.equals("4") ? families.hasV4() : families.hasV6()) {
                    conf.append("filter f").append(family);
                    conf.append(" { if net ~ asntally").append(family);
                    conf.append(" then reject; accept; }\n");
                }
            }
            write("bird.conf", conf.toString());
            Result result = sandbox.run("bird -p -c bird.conf");
            assertThat(result.status()).as(result.err()).isZero();
        }
        write("list", Lists.text(Lists.list(Families.BOTH, "192.0.2.0/24"), BlockListFormat.BIRD));
        write("bird.conf", "include \"list\";\nprotocol device {}\n");
        assertThat(sandbox.run("bird -p -c bird.conf").status()).as("without IPv6").isZero();
        write("bird.conf", "include \"list\";\nprotocol device {}\nrubbish\n");
        assertThat(sandbox.run("bird -p -c bird.conf").status()).as("a fault is one").isNotZero();
    }

    @Test
    void frr() throws Exception {
        Sandbox.needs("vtysh");
        for (Families families : Families.values()) {
            write(BlockListFormat.FRR, families);
            Result result = sandbox.run("vtysh -C -f list");
            assertThat(result.status()).as(result.out() + result.err()).isZero();
        }
        write("list", "ip prefix-list asntally seq 5 permit 192.0.2.0/33\n");
        assertThat(sandbox.run("vtysh -C -f list").status()).as("a fault is one").isNotZero();
    }

    @Test
    void puppet() throws Exception {
        Sandbox.needs("puppet");
        write(BlockListFormat.PUPPET, Families.BOTH);
        Result result = sandbox.run("HOME=$PWD puppet parser validate --color=false list");
        assertThat(result.status()).as(result.out() + result.err()).isZero();
    }
}
