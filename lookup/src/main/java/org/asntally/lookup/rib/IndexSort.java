package org.asntally.lookup.rib;

/** Sorts indexes 0 to n - 1 by what they stand for: stable, and cheap where much is in order. */
final class IndexSort {

    /** The order of two indexes: negative, 0 or positive. */
    interface Order {
        int compare(int a, int b);
    }

    private IndexSort() {}

    static int[] sorted(int count, Order by) {
        int[] order = new int[count];
        boolean already = true;
        for (int i = 0; i < count; i++) {
            order[i] = i;
            already &= i == 0 || by.compare(i - 1, i) <= 0;
        }
        return already ? order : mergeSort(order, by);
    }

    private static int[] mergeSort(int[] order, Order by) {
        int count = order.length;
        int[] from = order;
        int[] to = new int[count];
        for (long width = 1; width < count; width *= 2) {
            for (long start = 0; start < count; start += 2 * width) {
                int middle = (int) Math.min(start + width, count);
                int end = (int) Math.min(start + 2 * width, count);
                merge(from, to, (int) start, middle, end, by);
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(int[] from, int[] to, int start, int middle, int end, Order by) {
        if (middle >= end || by.compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft =
                    left < middle && (right >= end || by.compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
