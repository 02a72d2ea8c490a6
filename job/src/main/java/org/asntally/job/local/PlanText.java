package org.asntally.job.local;

import java.util.Comparator;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/** The operators of a graph for {@code count --plan}: name, uid, parallelism, in order. */
final class PlanText {

    private PlanText() {}

    static String of(StreamGraph graph) {
        StringBuilder text = new StringBuilder("operator\tuid\tparallelism\n");
        graph.getStreamNodes().stream()
                .sorted(Comparator.comparingInt(StreamNode::getId))
                .forEach(
                        node ->
                                text.append(node.getOperatorName())
                                        .append('\t')
                                        .append(node.getTransformationUID())
                                        .append('\t')
                                        .append(node.getParallelism())
                                        .append('\n'));
        return text.toString();
    }
}
