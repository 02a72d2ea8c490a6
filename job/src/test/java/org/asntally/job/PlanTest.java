package org.asntally.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibSource;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.junit.jupiter.api.Test;

/** The graph of everything that counts. */
class PlanTest {

    private static CountSpec spec(String name, long window, Measure... measures) {
        return new CountSpec(
                name,
                Set.of(KeyKind.ASN, KeyKind.PREFIX),
                List.of(Side.SOURCE),
                List.of(measures),
                Windows.tumbling(window),
                false,
                1000);
    }

    private static NamedSource source(String name, String meaning) {
        return NamedSource.bounded(
                name, new ScriptedSource<FlowBatch>(Boundedness.BOUNDED, List.of()), meaning, 0);
    }

    private static StreamGraph graph(CountSpec spec, NamedSource... sources) {
        return graph(CollectingSink.counts(spec, new CollectingSink()), sources);
    }

    private static StreamGraph graph(List<NamedCount> counts, NamedSource... sources) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        RibTimeline timeline = new RibTimeline();
        timeline.add(RibMessage.knownUntil(Long.MAX_VALUE));
        TallyPipeline.build(env, List.of(sources), new RibSource(timeline), timeline, counts);
        return env.getStreamGraph();
    }

    private static Map<String, String> uids(StreamGraph graph) {
        Map<String, String> uids = new TreeMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            String uid = node.getTransformationUID();
            uids.put(node.getOperatorName(), uid == null ? "none" : uid);
        }
        return uids;
    }

    /** Operators and edges, names of counts and sources left out. */
    private static List<String> shape(StreamGraph graph) {
        List<String> lines = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            for (StreamEdge edge : node.getInEdges()) {
                StreamNode from = graph.getStreamNode(edge.getSourceId());
                lines.add(
                        stage(from)
                                + " -> "
                                + stage(node)
                                + " by "
                                + edge.getPartitioner()
                                + ", "
                                + from.getParallelism()
                                + " to "
                                + node.getParallelism());
            }
        }
        lines.sort(null);
        return lines;
    }

    private static String stage(StreamNode node) {
        String name = node.getOperatorName();
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    @Test
    void namesAreThoseOfTheStages() {
        StreamGraph graph = graph(spec("traffic", 0, Measure.HITS), source("web", "w"));
        assertThat(uids(graph).keySet())
                .containsExactlyInAnyOrder(
                        "Source: source: web",
                        "Source: rib",
                        "attribute",
                        "tally: traffic",
                        "window: traffic",
                        "result: test/traffic: Writer");
    }

    @Test
    void everyOperatorHasAUidOfItsOwnAndKeepsIt() {
        CountSpec spec = spec("traffic", 60_000, Measure.HITS);
        Map<String, String> uids = uids(graph(spec, source("web", "w"), source("edge", "w")));
        assertThat(uids).hasSize(7);
        assertThat(uids.values()).doesNotContain("none").doesNotHaveDuplicates();
        assertThat(uids(graph(spec, source("web", "w"), source("edge", "w")))).isEqualTo(uids);
    }

    /** State of one meaning must not be restored into an operator of another. */
    @Test
    void aChangedMeaningIsAnotherUid() {
        Map<String, String> uids =
                uids(graph(spec("traffic", 60_000, Measure.HITS), source("web", "w")));
        Map<String, String> window =
                uids(graph(spec("traffic", 30_000, Measure.HITS), source("web", "w")));
        Map<String, String> measure =
                uids(graph(spec("traffic", 60_000, Measure.BYTES), source("web", "w")));
        Map<String, String> files =
                uids(graph(spec("traffic", 60_000, Measure.HITS), source("web", "other files")));
        assertThat(changed(uids, window)).contains("window: traffic").doesNotContain("attribute");
        assertThat(changed(uids, measure)).contains("window: traffic").doesNotContain("attribute");
        assertThat(changed(uids, files)).containsExactly("Source: source: web");
    }

    private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
        Set<String> changed = new HashSet<>();
        before.forEach(
                (name, uid) -> {
                    if (!uid.equals(after.get(name))) {
                        changed.add(name);
                    }
                });
        return changed;
    }

    @Test
    void tallyIsChainedBehindAttribute() {
        StreamGraph graph =
                graph(spec("traffic", 0, Measure.HITS), source("web", "w"), source("edge", "w"));
        JobGraph job = graph.getJobGraph();
        List<String> names = new ArrayList<>();
        for (JobVertex vertex : job.getVertices()) {
            names.add(vertex.getName());
        }
        assertThat(names).hasSize(6).contains("attribute -> tally: traffic");
    }

    @Test
    void theTablesSourceIsOneForEver() {
        StreamGraph graph = graph(spec("traffic", 0, Measure.HITS), source("web", "w"));
        for (StreamNode node : graph.getStreamNodes()) {
            boolean one = node.getOperatorName().equals("Source: rib");
            assertThat(node.getMaxParallelism())
                    .as(node.getOperatorName())
                    .isEqualTo(one ? 1 : 128);
            if (one) {
                assertThat(node.getParallelism()).isEqualTo(1);
            }
        }
    }

    /** All that a job has without them goes on when they are wanted, and when no more. */
    @Test
    void movesAreOneTaskMoreAndChangeNoOther() {
        CountSpec spec = spec("nets", 60_000, Measure.HITS);
        NamedMoves moves =
                new NamedMoves("nets-moves", false, Map.of("out", new DiscardingSink<>()));
        NamedCount count =
                new NamedCount(
                        spec, List.of(new NamedSink("test", new CollectingSink(), 1)), moves);
        StreamGraph graph = graph(List.of(count), source("web", "w"));
        Map<String, String> uids = uids(graph);
        Map<String, String> without = uids(graph(spec, source("web", "w")));

        assertThat(uids).containsAllEntriesOf(without);
        uids.keySet().removeAll(without.keySet());
        assertThat(uids).containsOnlyKeys("moves: nets-moves", "result: out/nets-moves: Writer");
        assertThat(uids.values()).doesNotContain("none").doesNotHaveDuplicates();
        assertThat(shape(graph))
                .contains(
                        "Source -> moves by GLOBAL, 1 to 1",
                        "window -> moves by GLOBAL, 2 to 1",
                        "moves -> result by FORWARD, 1 to 1");
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getOperatorName().startsWith("moves")) {
                assertThat(node.getMaxParallelism()).isEqualTo(1);
            }
        }
    }

    @Test
    void everythingThatCountsHasTheSameGraph() {
        NamedSource[] sources = {source("web", "w"), source("edge", "w")};
        List<String> shape = shape(graph(spec("traffic", 0, Measure.HITS), sources));
        assertThat(shape).isNotEmpty();
        Collection<CountSpec> others =
                List.of(
                        spec("asncounter", 0, Measure.WEIGHT, Measure.ROUNDED_WEIGHT),
                        spec("traffic", 60_000, Measure.BYTES),
                        new CountSpec(
                                "both",
                                Set.of(KeyKind.ASN),
                                List.of(Side.SOURCE, Side.DESTINATION),
                                List.of(Measure.PACKETS),
                                Windows.ALL,
                                true,
                                7));
        for (CountSpec other : others) {
            assertThat(shape(graph(other, sources))).as(other.toString()).isEqualTo(shape);
        }
    }

    @Test
    void moreSourcesThanInputsAreRefused() {
        NamedSource[] sources = new NamedSource[TallyPipeline.MOST_SOURCES + 1];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = source("web" + i, "w");
        }
        assertThatThrownBy(() -> graph(spec("traffic", 0, Measure.HITS), sources))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63 sources");
        assertThatThrownBy(() -> graph(spec("traffic", 0, Measure.HITS)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
