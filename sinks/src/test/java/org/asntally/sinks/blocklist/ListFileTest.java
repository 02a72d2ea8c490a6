package org.asntally.sinks.blocklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.asntally.sinks.RibFacts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that holds the list already is not touched. */
class ListFileTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("list");
    }

    private static BlockList list(Instant made, RibFacts table, String command, String network) {
        return BlockList.unchecked(
                ListName.DEFAULT,
                Families.V4,
                Lists.prefixes("192.0.2.0/24", network),
                new ListHeader("AS64496", made, table, List.of("asntally", command)));
    }

    private boolean write(BlockList list, BlockListFormat format) throws IOException {
        boolean written = ListFile.write(file, ListFile.bytes(list, format), format);
        if (written) {
            assertThat(Files.readAllBytes(file)).isEqualTo(ListFile.bytes(list, format));
            Files.setLastModifiedTime(file, LONG_AGO);
        } else {
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing is left beside it").containsExactly(file);
        }
        return written;
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void dateAndTableAloneMakeNoOtherList(BlockListFormat format) throws IOException {
        Instant later = Lists.NOON.plusSeconds(86_400);
        RibFacts newer =
                new RibFacts("routes", "a much longer name", null, "named", "fedcba9876543210");

        assertThat(write(list(Lists.NOON, Lists.TABLE, "x", "198.51.100.0/24"), format)).isTrue();
        assertThat(write(list(later, Lists.TABLE, "x", "198.51.100.0/24"), format)).isFalse();
        assertThat(write(list(later, newer, "x", "198.51.100.0/24"), format)).isFalse();
        assertThat(write(list(later, newer, "y", "198.51.100.0/24"), format)).isTrue();
        assertThat(write(list(later, newer, "y", "198.51.100.1/32"), format)).isTrue();
        assertThat(write(list(later, newer, "y", "198.51.100.1/32"), format)).isFalse();
    }

    @Test
    void whatSomebodyAddedIsReplaced() throws IOException {
        BlockList list = list(Lists.NOON, Lists.TABLE, "x", "198.51.100.0/24");
        for (String added : List.of("203.0.113.0/24\n", "# made: by hand\n", "\n", "x")) {
            write(list, BlockListFormat.PLAIN);
            Files.writeString(file, Files.readString(file) + added, StandardCharsets.UTF_8);
            assertThat(write(list, BlockListFormat.PLAIN)).as(added).isTrue();
        }
        Files.writeString(file, "");
        assertThat(write(list, BlockListFormat.PLAIN)).isTrue();
        Files.writeString(file, "# made: x\n".repeat(1000));
        assertThat(write(list, BlockListFormat.PLAIN)).isTrue();
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 1));
        assertThat(write(list, BlockListFormat.PLAIN)).isTrue();
    }
}
