package org.asntally.job.ask;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.Address;

/** Says what is wrong with a text that is no address, prefix or AS number. */
final class WhyNot {

    private WhyNot() {}

    /** The same where only an address will do. */
    static String ofAddress(String text) {
        String why = of(text);
        return text.isEmpty() || why.startsWith("no IP") || why.startsWith("a number alone")
                ? "no IP address"
                : why;
    }

    static String of(String text) {
        if (text.indexOf('%') > 0 && isAddress(text.substring(0, text.indexOf('%')))) {
            return "an address with a zone";
        }
        if (text.startsWith("[")) {
            return "an address in brackets";
        }
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.indexOf(':') == colon && isAddress(text.substring(0, colon))) {
            return "an address with a port";
        }
        int slash = text.indexOf('/');
        if (slash > 0 && isAddress(text.substring(0, slash))) {
            return "a prefix of no such length";
        }
        if (isNumber(text)) {
            return "a number alone (an AS is asked as AS" + text + ")";
        }
        if (text.matches("0*[0-9]{1,3}(\\.[0-9]{1,10}){3}")) {
            return text.matches("(.*\\.)?0[0-9].*")
                    ? "an address with a leading zero, which some read as octal"
                    : "an address with a number above 255";
        }
        int blank = text.indexOf(' ') >= 0 ? text.indexOf(' ') : text.indexOf('\t');
        if (blank > 0 && isAddress(text.substring(0, blank))) {
            return "more than an address";
        }
        return "no IP address, prefix or AS number";
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }

    static boolean isAddress(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Address().parse(bytes, 0, bytes.length) != 0;
    }
}
