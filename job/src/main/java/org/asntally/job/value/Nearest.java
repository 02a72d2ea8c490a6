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

    /** Levenshtein's distance; of what is too long to be meant, to its beginning. */
    private static int distance(String typed, String known) {
        int[] row = new int[known.length() + 1];
        for (int k = 0; k < row.length; k++) {
            row[k] = k;
        }
        for (int t = 1; t <= Math.min(typed.length(), LONGEST); t++) {
            int diagonal = row[0];
            row[0] = t;
            for (int k = 1; k < row.length; k++) {
                int replaced = diagonal + (typed.charAt(t - 1) == known.charAt(k - 1) ? 0 : 1);
                diagonal = row[k];
                row[k] = Math.min(replaced, 1 + Math.min(row[k], row[k - 1]));
            }
        }
        return row[known.length()];
    }
}
