package org.asntally.job.filter;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nothing has a name. */
public enum NoNames implements FilterNames {
    INSTANCE;

    @Override
    public @Nullable NetworkList list(String name) {
        return null;
    }

    @Override
    public Set<String> lists() {
        return Set.of();
    }

    @Override
    public NetworkList file(String path) throws IOException {
        throw new IOException("no such file");
    }

    @Override
    public @Nullable List<FilterValue> interfaces(String name) {
        return null;
    }

    @Override
    public Set<String> interfaces() {
        return Set.of();
    }
}
