package org.asntally.sources.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.asntally.sources.SkipReason;

/** Lines, good and bad. */
final class LineForms {

    private static final int LONG = 65_000;
    private static final LocalDate LAST = LocalDate.of(2026, 3, 1);

    private LineForms() {}

    private static String host(int number) {
        return "192.0." + number / 250 % 250 + "." + number % 250;
    }

    private static String date(int daysBack, String pattern) {
        return LAST.minusDays(daysBack).format(DateTimeFormatter.ofPattern(pattern, Locale.US));
    }

    private static String combined(int number, String date) {
        return host(number)
                + " - - ["
                + date
                + String.format(":12:%02d:%02d", number / 60 % 60, number % 60)
                + " +0000] \"GET /a/"
                + number % 100
                + " HTTP/1.1\" 200 1234 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"";
    }

    static String combined(int number) {
        return combined(number, "01/Mar/2026");
    }

    private static String caddy(int number, String time) {
        return "{\"level\":\"info\",\"ts\":"
                + time
                + ",\"request\":{\"remote_ip\":\"10.0.0.1\",\"client_ip\":\""
                + host(number)
                + "\",\"proto\":\"HTTP/2.0\",\"method\":\"GET\",\"host\":\"www.example.com\","
                + "\"uri\":\"/a?b=1\",\"headers\":{\"Accept\":[\"*/*\"],\"User-Agent\":"
                + "[\"curl/8.5.0\"]}},\"duration\":0.000929675,\"size\":10900,\"status\":404}";
    }

    static String caddy(int number) {
        return caddy(number, String.valueOf(1_772_366_400.5 + number));
    }

    static String tcpdump(int number) {
        return "12:%02d:%02d.500000".formatted(number / 60 % 60, number % 60)
                + " IP "
                + host(number)
                + ".443 > 198.51.100.7.51234: tcp 1448";
    }

    private static String netfilter(int number, String date) {
        return date
                + String.format(" 12:%02d:%02d", number / 60 % 60, number % 60)
                + " gw kernel: [1.5] IN=eth0 OUT= SRC="
                + host(number)
                + " DST=192.0.2.2 LEN=60 TOS=0x08 PREC=0x20 TTL=5 PROTO=TCP SPT=1 DPT=2 ACK SYN";
    }

    static String netfilter(int number) {
        return netfilter(number, "Mar  1");
    }

    /** Lines with nothing on them. */
    static Piece blanks(int number, int length) {
        byte[] lines = new byte[length];
        Arrays.fill(lines, (byte) '\n');
        return Piece.bad(lines, SkipReason.BLANK, length);
    }

    static Piece emptyLines(int number) {
        return blanks(number, 4_000);
    }

    /** Any bytes. */
    static Piece noise(int number) {
        byte[] line = new byte[100];
        new SplittableRandom(number).nextBytes(line);
        for (int i = 0; i < line.length - 1; i++) {
            line[i] = line[i] == '\n' ? 0 : line[i];
        }
        line[0] = 'x';
        line[line.length - 1] = '\n';
        return Piece.bad(line);
    }

    /** A line of 64 KB that opens whatever there is to open. */
    static Piece longLines(int number) {
        String opened =
                switch (number % 4) {
                    case 0 -> "\\\"".repeat(LONG / 2);
                    case 1 -> "[{\"".repeat(LONG / 3);
                    case 2 -> " - [".repeat(LONG / 4);
                    default -> "1.2.3.4, ".repeat(LONG / 9);
                };
        return Piece.bad(("x" + opened + "\n").getBytes(UTF_8));
    }

    /** Lines as short as they can be. */
    static Piece shortLines(int number) {
        byte[] lines = Decoder.repeat(new byte[] {'x', '\n'}, 1_000);
        return new Piece(lines, 0, Map.of(), 1_000);
    }

    /** A good line of which the second half is something else. */
    static Piece broken(Decoder decoder, int number) {
        byte[] line = decoder.good(number).bytes();
        Arrays.fill(line, line.length / 2, line.length - 1, (byte) 'x');
        return Piece.bad(line);
    }

    /** Numbers of a hundred digits, and what is none at its very end. */
    static Piece badNumbers(int number) {
        String digits = (number % 2 == 0 ? "1" : "1e").repeat(50);
        return Piece.bad(("192.0.2.1 " + digits + "x\n").getBytes(UTF_8), SkipReason.BAD_NUMBER);
    }

    private static Piece line(String text) {
        return Piece.good((text + "\n").getBytes(UTF_8), 1);
    }

    static Piece combinedBackwards(int number) {
        return line(combined(number, date(17 * number, "dd/MMM/yyyy")));
    }

    static Piece caddyBackwards(int number) {
        return line(caddy(number, "\"" + date(17 * number, "yyyy-MM-dd") + "T12:00:00Z\""));
    }

    static Piece netfilterBackwards(int number) {
        return line(netfilter(number, date(17 * number, "MMM ppd")));
    }

    static Piece tcpdumpBackwards(int number) {
        return line(date(17 * number, "yyyy-MM-dd") + " " + tcpdump(number));
    }
}
