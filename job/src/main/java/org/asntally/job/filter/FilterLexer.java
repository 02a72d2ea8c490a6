package org.asntally.job.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an expression into words, quoted texts, operators and signs; holds the token that is next.
 *
 * <p>In quotes (double or single) a backslash before a quote or a backslash stands for it alone;
 * before anything else it stays, so that a regular expression can be written as it is.
 */
final class FilterLexer {

    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        OPERATOR,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    private final String text;
    private int cursor;
    private Kind kind = Kind.END;
    private String value = "";
    private int start;

    FilterLexer(String text) throws FilterException {
        this.text = text;
        next();
    }

    Kind kind() {
        return kind;
    }

    /** The text of a word, what quotes hold, or an operator. */
    String value() {
        return value;
    }

    /** Where the token begins. */
    int start() {
        return start;
    }

    /** Where the token ends. */
    int end() {
        return cursor;
    }

    boolean is(String keyword) {
        return kind == Kind.WORD && value.equalsIgnoreCase(keyword);
    }

    boolean isOperator(String sign) {
        return kind == Kind.OPERATOR && value.equals(sign);
    }

    /** Goes on to the next token. */
    void next() throws FilterException {
        while (cursor < text.length() && isBlank(text.charAt(cursor))) {
            cursor++;
        }
        start = cursor;
        value = "";
        if (cursor == text.length()) {
            kind = Kind.END;
            return;
        }
        char c = text.charAt(cursor);
        switch (c) {
            case '(', '{' -> sign(Kind.OPEN, 1);
            case ')', '}' -> sign(Kind.CLOSE, 1);
            case ',' -> sign(Kind.COMMA, 1);
            case '=', '~' -> sign(Kind.OPERATOR, 1);
            case '<', '>', '!' ->
                    sign(
                            Kind.OPERATOR,
                            cursor + 1 < text.length() && text.charAt(cursor + 1) == '=' ? 2 : 1);
            case '"', '\'' -> quoted(c);
            default -> word();
        }
        refuseWrongSign();
    }

    private void sign(Kind what, int length) {
        kind = what;
        cursor += length;
        value = text.substring(start, cursor);
    }

    /** Signs of other languages, with the word of ours. */
    private void refuseWrongSign() throws FilterException {
        String right =
                switch (kind) {
                    case WORD ->
                            switch (value) {
                                case "&&", "&" -> "write: and";
                                case "||", "|" -> "write: or";
                                default -> null;
                            };
                    case OPERATOR ->
                            value.equals("!")
                                    ? "write: not"
                                    : value.equals("=") && at(cursor, '=')
                                            ? "write: ="
                                            : value.equals("=") && at(cursor, '~')
                                                    ? "write: ~"
                                                    : null;
                    default -> null;
                };
        if (right != null) {
            String shown = value.equals("=") ? text.substring(start, cursor + 1) : value;
            throw new FilterException(
                    start, shown.length(), "'" + shown + "' is no operator", right);
        }
    }

    private boolean at(int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    private void word() {
        kind = Kind.WORD;
        while (cursor < text.length() && isOfWord(text.charAt(cursor))) {
            cursor++;
        }
        value = text.substring(start, cursor);
    }

    private void quoted(char quote) throws FilterException {
        kind = Kind.QUOTED;
        StringBuilder inside = new StringBuilder();
        for (cursor++; cursor < text.length(); cursor++) {
            char c = text.charAt(cursor);
            if (c == quote) {
                cursor++;
                value = inside.toString();
                return;
            }
            if (c == '\\' && (at(cursor + 1, quote) || at(cursor + 1, '\\'))) {
                c = text.charAt(++cursor);
            }
            inside.append(c);
        }
        throw new FilterException(
                start,
                text.length() - start,
                "the quote is not closed",
                "end the text with " + quote);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isOfWord(char c) {
        return !isBlank(c) && "(){},=!<>~\"'".indexOf(c) < 0;
    }

    /** A text as a value, quoted where it must be. */
    static String written(String text) {
        boolean plain = !text.isEmpty() && !isKeyword(text);
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = isOfWord(c) && c > ' ' && c != '&' && c != '|';
        }
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char after = i + 1 < text.length() ? text.charAt(i + 1) : '"';
            if (c == '"' || (c == '\\' && (after == '"' || after == '\\'))) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    private static boolean isKeyword(@Nullable String word) {
        return word != null
                && switch (word.toLowerCase(Locale.ROOT)) {
                    case "and", "or", "not", "in" -> true;
                    default -> false;
                };
    }
}
