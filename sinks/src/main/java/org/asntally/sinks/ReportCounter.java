package org.asntally.sinks;

/**
 * A number of what was read, counted or left out.
 *
 * @param word under which word it is told
 * @param reason why, empty where the word says all
 * @param source the input, empty where it is not known
 * @param count how many
 */
public record ReportCounter(CounterWord word, String reason, String source, long count) {}
