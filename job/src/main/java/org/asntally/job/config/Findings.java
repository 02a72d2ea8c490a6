package org.asntally.job.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.asntally.job.problem.Problem;

/** Collects what is wrong with a file; the same is kept once, however often an alias repeats it. */
final class Findings {

    /** More help nobody; a hostile file could have any number. */
    private static final int MOST = 1000;

    private final Set<Finding> found = new LinkedHashSet<>();
    private boolean broken;

    /** Notes something that makes the file unusable. */
    void error(Place place, Problem problem, Object... values) {
        add(Finding.of(place, problem, false, values));
    }

    /** Notes that something is missing, unless it may stand where the file could not be read. */
    void missing(Place place, Problem problem, Object... values) {
        if (!broken) {
            error(place, problem, values);
        }
    }

    /** From here on nothing is missing: the file's end could not be read. */
    void breakOff() {
        broken = true;
    }

    /** Notes something that the user should know. */
    void warning(Place place, Problem problem, Object... values) {
        add(Finding.of(place, problem, true, values));
    }

    private void add(Finding finding) {
        if (found.size() < MOST) {
            found.add(finding);
        }
    }

    void addAll(List<Finding> findings) {
        findings.forEach(this::add);
    }

    void drop(Problem problem) {
        found.removeIf(finding -> finding.problem() == problem);
    }

    boolean anyErrors() {
        return found.stream().anyMatch(finding -> !finding.warning());
    }

    /** In the order of their places. */
    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.comparingInt((Finding finding) -> finding.place().line())
                        .thenComparingInt(finding -> finding.place().column()));
        return List.copyOf(sorted);
    }
}
