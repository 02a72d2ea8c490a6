package org.asntally.lookup.read;

/** The formats of tables, told by how a file begins. */
public enum TableKind {
    /** Our own file. */
    RIB,
    /** Prefix, tab, AS number. */
    PYASN,
    /** First and last address, AS number, name, with commas. */
    IP_LOCATION_DB,
    /** None of them. */
    UNKNOWN;

    /**
     * Tells the two texts from each other by the first line that is no comment.
     *
     * @param head the first bytes of a file
     */
    public static TableKind of(byte[] head) {
        int from = 0;
        while (from < head.length) {
            int to = from;
            boolean comma = false;
            boolean slashOrTab = false;
            while (to < head.length && head[to] != '\n') {
                if (head[to] == 0) {
                    return UNKNOWN;
                }
                comma |= head[to] == ',';
                slashOrTab |= !comma && (head[to] == '/' || head[to] == '\t');
                to++;
            }
            boolean comment = from == to || head[from] == ';' || head[from] == '#';
            if (!comment) {
                return comma && !slashOrTab ? IP_LOCATION_DB : PYASN;
            }
            from = to + 1;
        }
        return PYASN;
    }
}
