package org.asntally.job.filter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asntally.job.filter.FilterLexer.Kind;
import org.asntally.job.value.Nearest;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.prefixes.AddressRange;
import org.asntally.lookup.prefixes.NetworkFault;
import org.asntally.lookup.prefixes.NetworkText;
import org.jspecify.annotations.Nullable;

/** Reads and writes the values of each kind of term. */
final class FilterValues {

    private static final String LIST = "list:";
    private static final String FILE = "file:";
    private static final String NO_VALUE = "none";
    private static final long LAST_V4 = 0xffffffffL;

    private FilterValues() {}

    /** The value that the next token is; does not go on. */
    static FilterValue read(FilterTerm term, FilterLexer token) throws FilterException {
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw FilterParser.unexpected(token, "write a value: " + shape(term));
        }
        FilterValue value =
                switch (term.kind()) {
                    case ADDRESS -> addresses(token);
                    case ORIGIN -> origin(token.value());
                    case COUNTRY -> country(token.value());
                    case NUMBER, ORDERED -> numbers(term, token.value());
                    case FLAGS -> flags(term, token.value());
                    case INTERFACE -> anInterface(term, token.value());
                    case TEXT -> new FilterValue.Text(token.value());
                };
        if (value == null) {
            String near = Nearest.of(token.value().toLowerCase(Locale.ROOT), term.names().names());
            throw new FilterException(
                    token.start(),
                    token.end() - token.start(),
                    "'" + token.value() + "' is no value of " + term.label(),
                    near == null ? "write " + shape(term) : "did you mean '" + near + "'?");
        }
        return value;
    }

    /** What values of a term look like, for people. */
    static String shape(FilterTerm term) {
        return switch (term.kind()) {
            case ADDRESS -> "an address, a prefix, list:NAME or file:PATH";
            case ORIGIN -> "an AS number such as 64496 or AS64496, or none (unrouted)";
            case COUNTRY -> "two letters such as DE, or none (unknown)";
            case NUMBER, ORDERED ->
                    names(term)
                            + (term.most() == Long.MAX_VALUE
                                    ? "a whole number"
                                    : "a number from " + term.least() + " to " + term.most());
            case FLAGS -> "flags such as syn+ack, or a number from 0 to 255";
            case INTERFACE -> "an ifIndex, EXPORTER.ifIndex such as 192.0.2.1.7, or a name";
            case TEXT -> "a text, in quotes where it has blanks";
        };
    }

    private static String names(FilterTerm term) {
        List<String> some = new ArrayList<>();
        for (String name : term.names().names()) {
            if (some.size() < 4) {
                some.add(name);
            }
        }
        return some.isEmpty() ? "" : String.join(", ", some) + " ..., or ";
    }

    private static FilterValue addresses(FilterLexer token) throws FilterException {
        String word = token.value();
        if (word.startsWith(LIST) && word.length() > LIST.length()) {
            return new FilterValue.NamedList(word.substring(LIST.length()));
        }
        if (word.startsWith(FILE) && word.length() > FILE.length()) {
            return new FilterValue.FileList(word.substring(FILE.length()));
        }
        NetworkText network = new NetworkText();
        byte[] text = word.getBytes(StandardCharsets.UTF_8);
        NetworkFault fault = network.read(text, 0, text.length);
        if (fault == null) {
            return new FilterValue.Addresses(
                    network.isV6(),
                    network.firstHigh(),
                    network.firstLow(),
                    network.lastHigh(),
                    network.lastLow());
        }
        if (fault == NetworkFault.DEFAULT_ROUTE) {
            return network.isV6()
                    ? new FilterValue.Addresses(true, 0, 0, -1, -1)
                    : new FilterValue.Addresses(false, 0, 0, 0, LAST_V4);
        }
        String advice =
                fault == NetworkFault.HOST_BITS
                        ? "did you mean '"
                                + Prefix.text(
                                        network.isV6(),
                                        network.firstHigh(),
                                        network.firstLow(),
                                        length(word, network.isV6()))
                                + "'?"
                        : "write an address, a prefix, list:NAME or file:PATH";
        throw new FilterException(
                token.start(),
                token.end() - token.start(),
                "'" + word + "': " + fault.label(),
                advice);
    }

    /** Of a prefix; of an IPv4 network in IPv6 that of the network. */
    private static int length(String prefix, boolean v6) {
        int length = Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
        return !v6 && prefix.indexOf(':') >= 0 ? length - 96 : length;
    }

    private static @Nullable FilterValue origin(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals(NO_VALUE)) {
            return new FilterValue.Numbers(0, 0);
        }
        int dash = lower.indexOf('-');
        long first = asn(dash < 0 ? lower : lower.substring(0, dash));
        long last = dash < 0 ? first : asn(lower.substring(dash + 1));
        return first < 0 || last < first ? null : new FilterValue.Numbers(first, last);
    }

    private static long asn(String text) {
        return decimal(text.startsWith("as") ? text.substring(2) : text, 0xffffffffL);
    }

    private static @Nullable FilterValue country(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (upper.length() != 2 || !isLetter(upper.charAt(0)) || !isLetter(upper.charAt(1))) {
            return word.equalsIgnoreCase(NO_VALUE) ? new FilterValue.Numbers(0, 0) : null;
        }
        int code = upper.charAt(0) << 8 | upper.charAt(1);
        return new FilterValue.Numbers(code, code);
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static @Nullable FilterValue numbers(FilterTerm term, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Long named = term.names().number(lower);
        if (named != null) {
            return new FilterValue.Numbers(named, named);
        }
        boolean sizes = term == FilterTerm.BYTES || term == FilterTerm.PACKETS;
        int dash = word.indexOf('-');
        String from = dash < 0 ? word : word.substring(0, dash);
        String to = dash < 0 ? word : word.substring(dash + 1);
        long first = sizes ? size(from) : decimal(from, term.most());
        long last = sizes ? size(to) : decimal(to, term.most());
        return first < term.least() || last < first ? null : new FilterValue.Numbers(first, last);
    }

    /** A whole number in decimal digits up to {@code most}; -1 for any other text. */
    private static long decimal(String text, long most) {
        if (text.isEmpty() || text.length() > 19) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        try {
            long number = Long.parseLong(text);
            return number > most ? -1 : number;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A number with a factor: {@code 1500}, {@code 1.5k}, {@code 4Mi}; -1 for any other text. */
    private static long size(String text) {
        int end = text.length();
        boolean binary = end > 1 && text.charAt(end - 1) == 'i';
        int at = binary ? end - 2 : end - 1;
        int power = at < 0 ? -1 : "KMGT".indexOf(Character.toUpperCase(text.charAt(at)));
        if (power < 0) {
            return binary ? -1 : decimal(text, Long.MAX_VALUE);
        }
        String number = text.substring(0, at);
        int dot = number.indexOf('.');
        boolean digits =
                dot < 0
                        ? decimal(number, Long.MAX_VALUE) >= 0
                        : decimal(number.substring(0, dot), Long.MAX_VALUE) >= 0
                                && decimal(number.substring(dot + 1), Long.MAX_VALUE) >= 0;
        if (!digits) {
            return -1;
        }
        BigDecimal factor = BigDecimal.valueOf(binary ? 1024 : 1000).pow(power + 1);
        BigDecimal size = new BigDecimal(number).multiply(factor);
        try {
            return size.longValueExact();
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private static @Nullable FilterValue flags(FilterTerm term, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        long number = decimal(lower, term.most());
        if (lower.startsWith("0x") && lower.length() <= 4) {
            try {
                number = Integer.parseInt(lower.substring(2), 16);
            } catch (NumberFormatException e) {
                return null;
            }
        } else if (number < 0) {
            number = 0;
            for (String name : lower.split("\\+", -1)) {
                Long flag = term.names().number(name);
                if (flag == null) {
                    return null;
                }
                number |= flag;
            }
        }
        return number < 0 ? null : new FilterValue.Numbers(number, number);
    }

    private static @Nullable FilterValue anInterface(FilterTerm term, String word) {
        long index = decimal(word, term.most());
        if (index >= 0 || word.isEmpty()) {
            return index < term.least() ? null : new FilterValue.Numbers(index, index);
        }
        int dot = word.lastIndexOf('.');
        Address address = new Address();
        byte[] text = word.getBytes(StandardCharsets.UTF_8);
        int family = dot < 0 ? 0 : address.parse(text, 0, dot);
        if (family == 0) {
            return new FilterValue.Text(word);
        }
        index = decimal(word.substring(dot + 1), term.most());
        if (index < term.least()) {
            return null;
        }
        boolean v6 = family == 6 && !address.isMapped();
        return new FilterValue.Interface(
                v6, v6 ? address.high() : 0, v6 ? address.low() : address.v4() & LAST_V4, index);
    }

    /** A value as {@link #read} reads it. */
    static String written(FilterTerm term, FilterValue value) {
        if (value instanceof FilterValue.Addresses range) {
            return written(range);
        }
        if (value instanceof FilterValue.NamedList list) {
            return FilterLexer.written(LIST + list.name());
        }
        if (value instanceof FilterValue.FileList file) {
            return FilterLexer.written(FILE + file.path());
        }
        if (value instanceof FilterValue.Text text) {
            return FilterLexer.written(text.text());
        }
        if (value instanceof FilterValue.Interface one) {
            return address(one.v6(), one.high(), one.low()) + "." + one.index();
        }
        FilterValue.Numbers numbers = (FilterValue.Numbers) value;
        if (term.needsRoutes() && numbers.last() == 0) {
            return NO_VALUE;
        }
        if (term.kind() == FilterTerm.Kind.COUNTRY) {
            return "" + (char) (numbers.first() >> 8) + (char) (numbers.first() & 0xff);
        }
        if (term.kind() == FilterTerm.Kind.FLAGS) {
            return writtenFlags(term, numbers.first());
        }
        if (numbers.first() != numbers.last()) {
            return numbers.first() + "-" + numbers.last();
        }
        String name = term.names().name(numbers.first());
        return name == null ? Long.toString(numbers.first()) : name;
    }

    private static String writtenFlags(FilterTerm term, long flags) {
        StringBuilder names = new StringBuilder();
        for (long flag = 1; flag <= flags; flag <<= 1) {
            if ((flags & flag) != 0) {
                names.append(names.length() == 0 ? "" : "+").append(term.names().name(flag));
            }
        }
        return names.length() == 0 ? "0" : names.toString();
    }

    private static String written(FilterValue.Addresses range) {
        String first = address(range.v6(), range.firstHigh(), range.firstLow());
        if (range.firstHigh() == range.lastHigh() && range.firstLow() == range.lastLow()) {
            return first;
        }
        boolean all =
                range.firstHigh() == 0
                        && range.firstLow() == 0
                        && (range.v6()
                                ? (range.lastHigh() & range.lastLow()) == -1
                                : range.lastLow() == LAST_V4);
        if (all) {
            return range.v6() ? "::/0" : "0.0.0.0/0";
        }
        List<String> prefixes = new ArrayList<>();
        AddressRange.prefixes(
                range.v6(),
                range.firstHigh(),
                range.firstLow(),
                range.lastHigh(),
                range.lastLow(),
                (v6, high, low, length) -> prefixes.add(Prefix.text(v6, high, low, length)));
        return prefixes.size() == 1
                ? prefixes.get(0)
                : first + "-" + address(range.v6(), range.lastHigh(), range.lastLow());
    }

    private static String address(boolean v6, long high, long low) {
        return v6 ? Address.text6(high, low) : Address.text4((int) low);
    }
}
