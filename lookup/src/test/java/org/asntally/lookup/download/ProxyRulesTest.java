package org.asntally.lookup.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                      | https://a.example/x        | true
                    *                       | https://a.example/x        | false
                    example                 | https://a.example/x        | false
                    .a.example              | https://a.example/x        | false
                    *.a.example             | https://b.a.example/x      | false
                    xa.example              | https://a.example/x        | true
                    other, a.example        | https://A.Example/x        | false
                    a.example:443           | https://a.example/x        | false
                    a.example:8443          | https://a.example/x        | true
                    192.0.2.1               | https://192.0.2.1/x        | false
                    192.0.2.0/24            | https://192.0.2.77:8443/x  | false
                    192.0.2.0/24            | https://198.51.100.1/x     | true
                    0.0.0.0/0               | https://198.51.100.1/x     | false
                    2001:db8::/32           | https://[2001:db8::1]/x    | false
                    [2001:db8::1]:443       | https://[2001:db8::1]/x    | false
                    2001:db8::1             | https://[2001:db8::1]/x    | false
                    192.0.2.0/x,192.0.2.0/99| https://192.0.2.77/x       | true
                    """)
    void noProxyNamesWhatIsReachedDirectly(String noProxy, String address, boolean byProxy)
            throws IOException {
        ProxyRules rules =
                ProxyRules.of(
                        Map.of("HTTPS_PROXY", "proxy.example:3128", "NO_PROXY", noProxy)::get);
        assertThat(rules.proxyOf(URI.create(address)) != null).isEqualTo(byProxy);
    }

    @Test
    void smallLettersWinAndHttpProxyInCapitalsIsNotTrusted() throws IOException {
        ProxyRules rules =
                ProxyRules.of(
                        Map.of(
                                        "https_proxy", "http://small.example",
                                        "HTTPS_PROXY", "http://capital.example",
                                        "HTTP_PROXY", "http://evil.example")
                                ::get);
        assertThat(rules.proxyOf(URI.create("https://a.example/")))
                .hasToString("http://small.example");
        assertThat(rules.proxyOf(URI.create("http://a.example/"))).isNull();
        ProxyRules all = ProxyRules.of(Map.of("ALL_PROXY", "http://all.example:1")::get);
        assertThat(all.proxyOf(URI.create("http://a.example/")))
                .hasToString("http://all.example:1");
    }

    @Test
    void otherKindsOfProxiesAreRefused() {
        for (String proxy :
                new String[] {"socks5://p.example:1080", "https://p.example", "http://"}) {
            assertThatThrownBy(() -> ProxyRules.of(Map.of("https_proxy", proxy)::get))
                    .isInstanceOf(DownloadException.class);
        }
    }
}
