package org.asntally.job.value;

import org.jspecify.annotations.Nullable;

/** What somebody meant who typed a word that there is not. */
public final class Nearest {

    private static final int LONGEST = 100;

    private Nearest() {}

    /** The known word that differs least, or null when none is near. */
    public static @Nullable String of(String typed, Iterable<String> known) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String word : known) {
            int distance = distance(typed, word);
            if (distance < least && isNear(typed, word)) {
                least = distance;
                nearest = word;
            }
        }
        return nearest;
    }

    /** Whether at most a third of the letters differ. */
    public static boolean isNear(String typed, String known) {
        return typed.length() <= LONGEST && 3 * distance(typed, known) <= known.length();
    }

    /**
     * How many letters were left out, added, replaced or swapped with the next one; of what is too
     * long to be meant, of its beginning.
     */
    private static int distance(String typed, String known) {
        int[] before = new int[known.length() + 1];
        int[] last = new int[known.length() + 1];
        int[] row = new int[known.length() + 1];
        for (int k = 0; k < row.length; k++) {
            last[k] = k;
        }
        for (int t = 1; t <= Math.min(typed.length(), LONGEST); t++) {
            row[0] = t;
            for (int k = 1; k < row.length; k++) {
                boolean same = typed.charAt(t - 1) == known.charAt(k - 1);
                int least =
                        Math.min(last[k - 1] + (same ? 0 : 1), 1 + Math.min(last[k], row[k - 1]));
                if (t > 1
                        && k > 1
                        && typed.charAt(t - 1) == known.charAt(k - 2)
                        && typed.charAt(t - 2) == known.charAt(k - 1)) {
                    least = Math.min(least, before[k - 2] + 1);
                }
                row[k] = least;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[known.length()];
    }
}
