package org.asntally.job.problem;

import org.jspecify.annotations.Nullable;

/** Ends a command with one {@link Problem}; its message is the line to show. */
public final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** The problem with its values. */
    public Fault(Problem problem, Object... values) {
        super(problem.say(values));
        this.problem = problem;
    }

    private Fault(String line, Problem problem, @Nullable Throwable cause) {
        super(line, cause);
        this.problem = problem;
    }

    /** The problem of a place, {@code file:line}. */
    public static Fault at(String place, Problem problem, Object... values) {
        return new Fault(problem.sayAt(place, values), problem, null);
    }

    /** The problem with its values, and what {@code --debug} shows. */
    public static Fault because(Throwable cause, Problem problem, Object... values) {
        return new Fault(problem.say(values), problem, cause);
    }

    /** Which problem. */
    public Problem problem() {
        return problem;
    }

    /** The line to show. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
