package org.asntally.job.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document (1.2) into nodes with places. Of a document that is broken, what stands
 * before the break is read, so that its problems can be told too. Bounded in size, depth and
 * aliases; an alias is the node that it names, so nothing grows.
 */
final class YamlReader {

    /** Bytes of a file. A hundred counts take some 20 kB. */
    static final int LARGEST = 1 << 20;

    /** What a tab may have stood for; tried in turn to find what else is wrong. */
    private static final int[] TAB_WIDTHS = {2, 4, 8, 1};

    private final String file;
    private final Findings findings;
    private boolean broken;

    YamlReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** Whether the end was not reached, so that what is missing may stand there. */
    boolean isBroken() {
        return broken;
    }

    /** The document's root, or null when there is none. */
    @Nullable YamlNode read(byte[] bytes) {
        Place start = new Place(file, 1, 1);
        if (bytes.length > LARGEST) {
            findings.error(
                    start,
                    Problem.CONFIG_TOO_MUCH,
                    "the file",
                    "it may have " + LARGEST + " bytes");
            return null;
        }
        String text = decode(bytes);
        if (text == null) {
            return null;
        }
        YamlDocument document = new YamlDocument(file, text, 1, Map.of());
        if (document.hasTabs()) {
            document = withoutTabs(text, document);
        }
        broken = document.isBroken();
        findings.addAll(document.findings());
        if (document.root() == null && !findings.anyErrors()) {
            findings.error(start, Problem.CONFIG_EMPTY);
        }
        return document.root();
    }

    /** Tells each line that is indented by tabs, and reads on as if they were spaces. */
    private YamlDocument withoutTabs(String text, YamlDocument with) {
        String[] lines = text.split("\n", -1);
        Map<Integer, Integer> tabs = new HashMap<>();
        for (int line = 0; line < lines.length; line++) {
            int count = 0;
            int indent = 0;
            String row = lines[line];
            for (; indent < row.length() && " \t".indexOf(row.charAt(indent)) >= 0; indent++) {
                if (row.charAt(indent) == '\t' && count++ == 0 && !row.isBlank()) {
                    findings.error(new Place(file, line + 1, indent + 1), Problem.CONFIG_TAB);
                }
            }
            if (count > 0) {
                tabs.put(line + 1, count);
            }
        }
        if (!findings.anyErrors()) {
            // It is another tab that is wrong.
            return with;
        }
        for (int width : TAB_WIDTHS) {
            StringBuilder spaced = new StringBuilder(text.length() + width * tabs.size());
            for (String row : lines) {
                int indent = 0;
                while (indent < row.length() && " \t".indexOf(row.charAt(indent)) >= 0) {
                    spaced.append(" ".repeat(row.charAt(indent++) == '\t' ? width : 1));
                }
                spaced.append(row, indent, row.length()).append('\n');
            }
            YamlDocument without = new YamlDocument(file, spaced.toString(), width, tabs);
            if (!without.isBroken()) {
                return without;
            }
        }
        // Tabs have been told line by line.
        with.forgetBreak();
        return with;
    }

    private @Nullable String decode(byte[] bytes) {
        int from =
                bytes.length >= 3
                                && bytes[0] == (byte) 0xef
                                && bytes[1] == (byte) 0xbb
                                && bytes[2] == (byte) 0xbf
                        ? 3
                        : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isUnderflow()) {
            return text;
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
        findings.error(
                new Place(file, line, text.codePointCount(lineStart, text.length()) + 1),
                Problem.CONFIG_NOT_UTF8);
        return null;
    }
}
