package org.asntally.job.run;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.asntally.job.FlowStream;
import org.asntally.job.NamedSource;
import org.asntally.job.config.Endpoint;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.KafkaStart;
import org.asntally.job.config.SecretText;
import org.asntally.job.config.SourceConfig;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.flink.FlowTimes;
import org.asntally.sources.flink.kafka.ClientSetting;
import org.asntally.sources.flink.kafka.GatherOperator;
import org.asntally.sources.flink.kafka.KafkaFlowSource;
import org.asntally.sources.flink.kafka.KafkaPoint;
import org.asntally.sources.flink.kafka.KafkaTopics;
import org.asntally.sources.flowrecord.FlowFraming;
import org.asntally.sources.flowrecord.FlowRecordFormat;
import org.asntally.sources.flowrecord.FlowSampling;
import org.asntally.sources.flowrecord.FlowSchema;

/**
 * A Kafka source of a job file as Flink has it. Loads Kafka's client; nothing else of this does.
 */
final class RunKafka {

    private RunKafka() {}

    static NamedSource of(JobFile job, SourceConfig source, Set<FlowColumn> columns) {
        KafkaFlowSource records = new KafkaFlowSource(topics(source));
        GatherOperator gather =
                new GatherOperator(
                        source.name(),
                        format(source),
                        columns,
                        new FlowTimes(
                                source.get(JobKeys.Source.OUT_OF_ORDERNESS),
                                job.time().get(JobKeys.Time.MAX_AHEAD),
                                source.isLive()
                                        ? source.get(JobKeys.Source.IDLENESS)
                                        : Duration.ZERO));
        return new NamedSource(
                source.name(),
                new FlowStream.Decoded<>(records, records.getProducedType(), gather),
                "kafka",
                0);
    }

    private static KafkaTopics topics(SourceConfig source) {
        KafkaStart end = source.find(JobKeys.Source.END);
        Map<String, ClientSetting> settings = new LinkedHashMap<>();
        source.get(JobKeys.Source.PROPERTIES)
                .forEach((name, value) -> settings.put(name, new Revealed(value)));
        return new KafkaTopics(
                source.name(),
                source.get(JobKeys.Source.BROKERS).stream().map(Endpoint::toString).toList(),
                source.get(JobKeys.Source.TOPIC),
                source.get(JobKeys.Source.GROUP),
                point(source.get(JobKeys.Source.START)),
                end == null ? null : point(end),
                settings,
                source.get(JobKeys.Source.REQUIRED));
    }

    private static KafkaPoint point(KafkaStart start) {
        return switch (start.at()) {
            case COMMITTED -> KafkaPoint.of(KafkaPoint.At.COMMITTED);
            case EARLIEST -> KafkaPoint.of(KafkaPoint.At.EARLIEST);
            case LATEST -> KafkaPoint.of(KafkaPoint.At.LATEST);
            case TIME -> KafkaPoint.of(start.millis());
        };
    }

    private static FlowRecordFormat format(SourceConfig source) {
        return new FlowRecordFormat(
                schema(source.get(JobKeys.Source.SCHEMA)),
                framing(source.get(JobKeys.Source.FRAMING)),
                source.get(JobKeys.Source.FLOW_TIME) == JobKeys.FlowTime.START,
                new FlowSampling(
                        RunSampling.common(source),
                        source.find(JobKeys.Source.SAMPLING) == JobKeys.Sampling.DECLARED,
                        RunSampling.byExporter(source, true)));
    }

    private static FlowSchema schema(JobKeys.Schema schema) {
        return switch (schema) {
            case AUTO -> FlowSchema.AUTO;
            case GOFLOW2 -> FlowSchema.GOFLOW2;
            case BWNETFLOW -> FlowSchema.BWNETFLOW;
            case ENRICHEDFLOW -> FlowSchema.ENRICHEDFLOW;
            case JSON -> FlowSchema.JSON;
        };
    }

    private static FlowFraming framing(JobKeys.Framing framing) {
        return switch (framing) {
            case AUTO -> FlowFraming.AUTO;
            case DELIMITED -> FlowFraming.DELIMITED;
            case BARE -> FlowFraming.BARE;
        };
    }

    /** A value of the job file; what is serialised is the reference to its secrets. */
    private record Revealed(SecretText text) implements ClientSetting {
        private static final long serialVersionUID = 1;

        @Override
        public String reveal(Consumer<String> secrets) throws IOException {
            return text.reveal(System::getenv, secrets);
        }
    }
}
