package org.asntally.job.config;

import org.asntally.job.problem.Problem;

/**
 * Something that is wrong, or only looks so, at a place of a job file.
 *
 * @param place where
 * @param problem which problem
 * @param warning whether the file can be used all the same
 * @param line the whole line to show
 */
public record Finding(Place place, Problem problem, boolean warning, String line) {

    static Finding of(Place place, Problem problem, boolean warning, Object... values) {
        return new Finding(
                place,
                problem,
                warning,
                Problem.printable(place.toString())
                        + (warning ? ": warning: " : ": ")
                        + problem.say(values));
    }
}
