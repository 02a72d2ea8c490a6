package org.asntally.sources.text;

import org.asntally.sources.FlowColumn;
import org.asntally.sources.text.JsonFields.Role;

/**
 * A log in JSON, an object a line.
 *
 * @param fields where in an object what is
 */
public record JsonFormat(JsonFields fields) implements LineFormat {

    private static final long serialVersionUID = 1;

    @Override
    public LineReader open(ReaderOptions options) {
        return new JsonLines(fields, options);
    }

    @Override
    public String label() {
        return "json-log (" + fields.name() + ")";
    }

    @Override
    public boolean provides(FlowColumn column) {
        return switch (column) {
            case SOURCE -> true;
            case TIME -> fields.has(Role.TIME);
            case BYTES -> fields.has(Role.BYTES);
            case WEIGHT ->
                    fields.has(
                            Role.SECONDS, Role.MILLISECONDS, Role.MICROSECONDS, Role.NANOSECONDS);
            case STATUS -> fields.has(Role.STATUS);
            case METHOD -> fields.has(Role.METHOD, Role.REQUEST);
            case PATH -> fields.has(Role.PATH, Role.REQUEST);
            case AGENT -> fields.has(Role.AGENT);
            case VHOST -> fields.has(Role.VHOST);
            default -> false;
        };
    }

    /** An object may have any. */
    @Override
    public boolean hasField(String name) {
        return true;
    }

    @Override
    public boolean divisible() {
        return true;
    }
}
