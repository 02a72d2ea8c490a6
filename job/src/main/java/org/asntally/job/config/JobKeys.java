package org.asntally.job.config;

import static org.asntally.job.config.SourceType.CAPTURE;
import static org.asntally.job.config.SourceType.JSON_LOG;
import static org.asntally.job.config.SourceType.KAFKA;
import static org.asntally.job.config.SourceType.LINE;
import static org.asntally.job.config.SourceType.LOG;
import static org.asntally.job.config.SourceType.PCAP;
import static org.asntally.job.config.SourceType.SFLOW;
import static org.asntally.job.config.SourceType.TCPDUMP;
import static org.asntally.job.config.SourceType.TUPLE;
import static org.asntally.job.config.Types.BOOLEAN;
import static org.asntally.job.config.Types.DURATION;
import static org.asntally.job.config.Types.DURATION_OR_ZERO;
import static org.asntally.job.config.Types.NAME;
import static org.asntally.job.config.Types.SIZE;
import static org.asntally.job.config.Types.TEXT;
import static org.asntally.job.config.Types.any;
import static org.asntally.job.config.Types.choice;
import static org.asntally.job.config.Types.number;
import static org.asntally.job.config.Types.some;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.asntally.sinks.Side;
import org.jspecify.annotations.Nullable;

/**
 * Every key of the job file: the one place. A key that is added here is parsed, has its default, is
 * printed by {@code check --print} and stands in docs/3-ref-job-file.md.
 */
public final class JobKeys {

    private JobKeys() {}

    /** Where a followed file is read from when no checkpoint knows it. */
    public enum From {
        /** From its beginning. */
        START,
        /** What comes from now on. */
        END
    }

    /** How numbers of sampled packets are scaled. */
    public enum Sampling {
        /** By the rate that the exporter declares. */
        DECLARED,
        /** By the ratio of its sample pool to the samples that arrived. */
        MEASURED,
        /** Not at all. */
        OFF
    }

    /** Which messages a topic holds. */
    public enum Schema {
        /** Told record by record. */
        AUTO,
        /** Protobuf of goflow2. */
        GOFLOW2,
        /** Protobuf of bwNetFlow. */
        BWNETFLOW,
        /** Protobuf of flowpipeline. */
        ENRICHEDFLOW,
        /** JSON of goflow2. */
        JSON
    }

    /** Whether a protobuf message has its length before it. */
    public enum Framing {
        /** Told record by record. */
        AUTO,
        /** It has. */
        DELIMITED,
        /** It has not. */
        BARE
    }

    /** What of a Kafka flow tells its time. */
    public enum FlowTime {
        /** Its start. */
        START,
        /** The moment when the collector received it. */
        RECEIVED
    }

    /** Which table attributes a flow. */
    public enum RibAt {
        /** The one in force at the flow's own time. */
        EVENT,
        /** The newest. */
        LATEST
    }

    /** How tables come to the tasks. */
    public enum Distribute {
        /** By reference where the task can read the archive, else by broadcast. */
        AUTO,
        /** Each task opens the file of the archive. */
        REFERENCE,
        /** Sent to each task in chunks. */
        BROADCAST
    }

    /** Where windows that are not over are kept. */
    public enum StateIn {
        /** In memory. */
        HEAP,
        /** In files of RocksDB. */
        ROCKSDB
    }

    /** What a sink writes into. */
    public enum SinkType {
        /** Result files. */
        FILES
    }

    /** The format of result files. */
    public enum FileFormat {
        /** An object a line. */
        JSON,
        /** RFC 4180, a header first. */
        CSV
    }

    /** Keys of a source. */
    public static final class Source {

        static final Section SECTION = new Section("a source");

        /** What it reads. */
        public static final Key<SourceType> TYPE =
                SECTION.key("type", choice(SourceType.class))
                        .required()
                        .example("log")
                        .means("What the source reads.");

        /** Files. */
        public static final Key<List<String>> PATH =
                SECTION.key("path", some("a file or pattern, or a list of them", Types.FILES))
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP, PCAP, SFLOW)
                        .example("\"/var/log/nginx/access*.log*\"")
                        .means(
                                "The files, in the order of their times; plain, gzip, bzip2, zstd or xz."
                                        + " Needed but by sflow, which has listen instead.");

        /** Whether files are read on as they grow. */
        public static final Key<Boolean> FOLLOW =
                SECTION.key("follow", BOOLEAN)
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP, PCAP)
                        .fallback(false)
                        .means(
                                "Whether to read on as files grow, rotate and appear. Without it the"
                                        + " source ends with the files that are there.");

        /** Where to begin. */
        public static final Key<From> FROM =
                SECTION.key("from", choice(From.class))
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP, PCAP)
                        .fallback(From.START)
                        .means(
                                "Where the files that are there at the very first start are read from;"
                                        + " later starts read on where they were.");

        /** Whether folders are read. */
        public static final Key<Boolean> RECURSIVE =
                SECTION.key("recursive", BOOLEAN)
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP, PCAP, SFLOW)
                        .fallback(false)
                        .means("Whether a path that is a folder means all that is in it.");

        /** How often to look. */
        public static final Key<Duration> POLL =
                SECTION.key("poll", DURATION)
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP, PCAP)
                        .fallback(Duration.ofSeconds(1))
                        .means(
                                "How often to look for new files, and for more in those that are read.");

        /** The format of the lines. */
        public static final Key<String> LOG_FORMAT =
                SECTION.key("log-format", new LogFormatType())
                        .only(LOG)
                        .unset("told from the first lines of each file")
                        .example("'%h %l %u %t \"%r\" %>s %b'")
                        .means("The format of the lines.");

        /** Fields of JSON logs. */
        public static final Key<Map<String, String>> FIELDS =
                SECTION.key(
                                "fields",
                                new NamedType<>(
                                        "a map from what is wanted to the name of the field",
                                        Types.LOG_FIELD,
                                        Types.text("the name of a field"),
                                        true))
                        .only(JSON_LOG)
                        .unset("those of nginx, Caddy and Traefik, told from the first lines")
                        .example("{time: ts, client: request.remote_ip}")
                        .means(
                                "Which field of an object holds what; dots lead into objects within."
                                        + " Known: "
                                        + String.join(", ", Types.LOG_FIELDS)
                                        + ".");

        /** Which field has the client. */
        public static final Key<String> CLIENT_FROM =
                SECTION.key("client-from", TEXT)
                        .only(LOG, JSON_LOG)
                        .unset("the address of the connection")
                        .example("X-Forwarded-For")
                        .means(
                                "The field that holds the client's address behind proxies, read from"
                                        + " right to left past those of trusted-proxy.");

        /** Proxies that are believed. */
        public static final Key<List<String>> TRUSTED_PROXY =
                SECTION.key("trusted-proxy", any("proxies, or a list of them", Types.PROXY))
                        .only(LOG, JSON_LOG)
                        .fallback(List.of("private"))
                        .example("[192.0.2.0/24, \"2001:db8::/32\"]")
                        .means(
                                "Proxies whose word about the client is taken: prefixes, addresses,"
                                        + " private (this machine and private networks) or any.");

        /** The zone of times without one. */
        public static final Key<ZoneId> TIMEZONE =
                SECTION.key("timezone", Types.ZONE)
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP)
                        .unset("time.timezone")
                        .example("Europe/Berlin")
                        .means("The zone of times that name none.");

        /** The day of times without one. */
        public static final Key<LocalDate> DATE =
                SECTION.key("date", Types.DATE)
                        .only(TCPDUMP)
                        .unset("the file's date")
                        .example("2026-05-27")
                        .means("The first day of times that name none.");

        /** IPv4 in IPv6. */
        public static final Key<Boolean> MAP_V4 =
                SECTION.key("map-v4", BOOLEAN)
                        .only(LINE, TUPLE, LOG, JSON_LOG, TCPDUMP)
                        .fallback(true)
                        .means(
                                "Whether ::ffff:192.0.2.1 counts as the IPv4 address that it carries.");

        /** The interface. */
        public static final Key<String> INTERFACE =
                SECTION.key("interface", TEXT)
                        .only(CAPTURE)
                        .fallback("any")
                        .example("eth0")
                        .means("The interface whose packets are captured; any is all of them.");

        /** Which packets. */
        public static final Key<String> BPF =
                SECTION.key("bpf", TEXT)
                        .only(PCAP, CAPTURE)
                        .unset("all packets")
                        .example("\"ip and not port 22\"")
                        .means("A filter as tcpdump takes it; needs libpcap.");

        /** Bytes of each packet. */
        public static final Key<Integer> SNAPLEN =
                SECTION.key("snaplen", number(64, 262_144))
                        .only(CAPTURE)
                        .fallback(256)
                        .means(
                                "How many bytes of each packet are captured: enough for its headers.");

        /** Whether packets of others are seen. */
        public static final Key<Boolean> PROMISCUOUS =
                SECTION.key("promiscuous", BOOLEAN)
                        .only(CAPTURE)
                        .fallback(true)
                        .means("Whether packets for other hosts are captured too.");

        /** The kernel's buffer for packets. */
        public static final Key<Long> CAPTURE_BUFFER =
                SECTION.key("capture-buffer", SIZE)
                        .only(CAPTURE)
                        .fallback(8L << 20)
                        .means("The kernel's buffer between packets and program.");

        /** Where datagrams come. */
        public static final Key<List<Endpoint>> LISTEN =
                SECTION.key(
                                "listen",
                                some("an address and a port, or a list of them", Types.ENDPOINT))
                        .only(SFLOW)
                        .unset("path is read")
                        .example("\"0.0.0.0:6343\"")
                        .means("Where datagrams are received; [::] takes IPv4 too.");

        /** How many sockets. */
        public static final Key<Integer> SOCKETS =
                SECTION.key("sockets", number(1, 64))
                        .only(SFLOW)
                        .fallback(1)
                        .means("How many sockets share each address, for many exporters.");

        /** The kernel's buffer for datagrams. */
        public static final Key<Long> RECEIVE_BUFFER =
                SECTION.key("receive-buffer", SIZE)
                        .only(SFLOW)
                        .fallback(8L << 20)
                        .means("The kernel's buffer of each socket; net.core.rmem_max bounds it.");

        /** Our buffer for datagrams. */
        public static final Key<Long> RING =
                SECTION.key("ring", SIZE)
                        .only(SFLOW)
                        .fallback(16L << 20)
                        .means(
                                "Datagrams of each socket that wait for decoding; what does not fit is"
                                        + " dropped, counted.");

        /** Who may send, by agent. */
        public static final Key<List<NetworkEntry>> AGENTS =
                SECTION.key("agents", some("a prefix, or a list of them", Types.PREFIX))
                        .only(SFLOW)
                        .unset("all")
                        .example("[192.0.2.0/24]")
                        .means("Agent addresses that are accepted; others are rejected, counted.");

        /** Who may send, by UDP source. */
        public static final Key<List<NetworkEntry>> SENDERS =
                SECTION.key("senders", some("a prefix, or a list of them", Types.PREFIX))
                        .only(SFLOW)
                        .unset("all")
                        .example("[192.0.2.0/24]")
                        .means(
                                "Source addresses of datagrams that are accepted; others are rejected,"
                                        + " counted.");

        /** Scaling. */
        public static final Key<Sampling> SAMPLING =
                SECTION.key("sampling", choice(Sampling.class))
                        .only(SFLOW, KAFKA)
                        .unset("declared; of Kafka by the schema: an enricher has usually scaled")
                        .example("measured")
                        .means(
                                "By what packets and bytes are multiplied. measured (sflow only) also"
                                        + " makes up for datagrams that were lost.");

        /** The rate of those that tell none. */
        public static final Key<Integer> SAMPLING_DEFAULT =
                SECTION.key("sampling-default", number(1, Integer.MAX_VALUE))
                        .only(SFLOW, KAFKA)
                        .fallback(1)
                        .means("The sampling rate where the exporter tells none, or 0; counted.");

        /** The highest rate. */
        public static final Key<Integer> SAMPLING_CAP =
                SECTION.key("sampling-cap", number(1, Integer.MAX_VALUE))
                        .only(SFLOW, KAFKA)
                        .unset("none")
                        .example("65536")
                        .means("The highest sampling rate that is believed; counted.");

        /** Rates by exporter. */
        public static final Key<Map<String, Settings>> EXPORTERS =
                SECTION.key(
                                "exporters",
                                new NamedType<>(
                                        "a map from an exporter's address to its settings",
                                        Types.ADDRESS,
                                        Exporter.SECTION,
                                        true))
                        .only(SFLOW, KAFKA)
                        .fallback(Map.of())
                        .example("{192.0.2.1: {sampling-rate: 512}}")
                        .means("What holds for one exporter in place of what holds for all.");

        /** Where the cluster is. */
        public static final Key<List<Endpoint>> BROKERS =
                SECTION.key("brokers", some("a host and a port, or a list of them", Types.BROKER))
                        .required()
                        .only(KAFKA)
                        .example("\"k1.example.net:9092\"")
                        .means("Some brokers of the cluster; the others are found.");

        /** What is read. */
        public static final Key<List<String>> TOPIC =
                SECTION.key("topic", some("a topic, or a list of them", Types.TOPIC))
                        .required()
                        .only(KAFKA)
                        .example("flows")
                        .means("The topics that are read.");

        /** Under which name. */
        public static final Key<String> GROUP =
                SECTION.key("group", TEXT)
                        .only(KAFKA)
                        .fallback("asntally")
                        .means(
                                "The consumer group, for committed offsets; ours are in checkpoints.");

        /** Which messages. */
        public static final Key<Schema> SCHEMA =
                SECTION.key("schema", choice(Schema.class))
                        .only(KAFKA)
                        .fallback(Schema.AUTO)
                        .means("Which messages the topic holds; auto tells it record by record.");

        /** How they are framed. */
        public static final Key<Framing> FRAMING =
                SECTION.key("framing", choice(Framing.class))
                        .only(KAFKA)
                        .fallback(Framing.AUTO)
                        .means("Whether a protobuf message has its length before it.");

        /** Where to begin. */
        public static final Key<KafkaStart> START =
                SECTION.key("start", Types.KAFKA_START)
                        .only(KAFKA)
                        .fallback(new KafkaStart(KafkaStart.At.COMMITTED, null))
                        .means(
                                "Where reading begins at the first start; committed is earliest where"
                                        + " the group has committed nothing.");

        /** Where to end. */
        public static final Key<KafkaStart> END =
                SECTION.key("end", Types.KAFKA_END)
                        .only(KAFKA)
                        .unset("it goes on until it is stopped")
                        .example("latest")
                        .means(
                                "Where reading ends, and with it the source: latest is what the topics"
                                        + " hold when it begins, a time what came before it by the"
                                        + " records' time stamps.");

        /** The time of a flow. */
        public static final Key<FlowTime> FLOW_TIME =
                SECTION.key("flow-time", choice(FlowTime.class))
                        .only(KAFKA)
                        .fallback(FlowTime.START)
                        .means("Which time of a flow message is its time.");

        /** Settings of the client. */
        public static final Key<Map<String, SecretText>> PROPERTIES =
                SECTION.key(
                                "properties",
                                new NamedType<>(
                                        "a map from a setting of Kafka's client to its value",
                                        Types.PROPERTY,
                                        Types.SECRET,
                                        true))
                        .only(KAFKA)
                        .fallback(Map.of())
                        .example(
                                "{security.protocol: SSL, ssl.key.password: \"${file:/etc/asntally/key}\"}")
                        .means("Further settings of Kafka's client, such as TLS and SASL.");

        /** How much times may go back. */
        public static final Key<Duration> OUT_OF_ORDERNESS =
                SECTION.key("out-of-orderness", DURATION_OR_ZERO)
                        .fallback(Duration.ofSeconds(5))
                        .means(
                                "How far times may step back within the source: its clock runs this"
                                        + " much behind the newest.");

        /** When it stops to hold time. */
        public static final Key<Duration> IDLENESS =
                SECTION.key("idleness", DURATION)
                        .fallback(Duration.ofSeconds(30))
                        .means("After how long without a flow a live source holds time no longer.");

        /** Whether the job needs it. */
        public static final Key<Boolean> REQUIRED =
                SECTION.key("required", BOOLEAN)
                        .fallback(false)
                        .means(
                                "Whether the job ends, with exit status 4, when an input of this source"
                                        + " cannot be read for good: a file that is damaged, a topic or"
                                        + " cluster that is not there, an address that is in use when the"
                                        + " job begins; else the others go on, and the end says it.");

        private Source() {}
    }

    /** Keys of an exporter of a source. */
    public static final class Exporter {

        static final Section SECTION = new Section("an exporter");

        /** Scaling. */
        public static final Key<Sampling> SAMPLING =
                SECTION.key("sampling", choice(Sampling.class))
                        .unset("that of the source")
                        .example("off")
                        .means("As sampling of the source.");

        /** The rate. */
        public static final Key<Integer> SAMPLING_RATE =
                SECTION.key("sampling-rate", number(1, Integer.MAX_VALUE))
                        .unset("what the exporter tells")
                        .example("512")
                        .means("The sampling rate, whatever the exporter tells.");

        /** The rate where it tells none. */
        public static final Key<Integer> SAMPLING_DEFAULT =
                SECTION.key("sampling-default", number(1, Integer.MAX_VALUE))
                        .unset("that of the source")
                        .example("1000")
                        .means("As sampling-default of the source.");

        /** The highest rate. */
        public static final Key<Integer> SAMPLING_CAP =
                SECTION.key("sampling-cap", number(1, Integer.MAX_VALUE))
                        .unset("that of the source")
                        .example("65536")
                        .means("As sampling-cap of the source.");

        private Exporter() {}
    }

    /** Keys of the routing tables. */
    public static final class Rib {

        static final Section SECTION = new Section("rib");

        /** Where. */
        public static final Key<String> PATH =
                SECTION.key("path", text("a folder or file"))
                        .unset("the archive in the data folder")
                        .example("/var/lib/asntally/rib")
                        .means("An archive of tables (asntally rib update), or one table.");

        /** Which table counts. */
        public static final Key<RibAt> AT =
                SECTION.key("at", choice(RibAt.class))
                        .fallback(RibAt.EVENT)
                        .means(
                                "event: each flow by the table in force at its own time; latest: all"
                                        + " by the newest.");

        /** What was known when. */
        public static final Key<Instant> KNOWN_AT =
                SECTION.key("known-at", Types.TIME)
                        .unset("all tables")
                        .example("2026-05-27T16:00:00Z")
                        .means("Leaves out tables that were added to the archive later.");

        /** How often to look. */
        public static final Key<Duration> POLL =
                SECTION.key("poll", DURATION)
                        .fallback(Duration.ofSeconds(10))
                        .means("How often to look for new tables.");

        /** How long they are kept. */
        public static final Key<Duration> KEEP =
                SECTION.key("keep", DURATION)
                        .fallback(
                                Duration.ofHours(1),
                                "1h; at least lateness + out-of-orderness + time.max-ahead")
                        .means(
                                "How long, in the time of flows, a table that another has followed stays"
                                        + " in memory for late flows; one that is needed later is"
                                        + " opened again.");

        /** How long before they hold tables are announced. */
        public static final Key<Duration> LEAD =
                SECTION.key("lead", DURATION)
                        .unset("what the archive says, as rib build wrote it")
                        .example("60s")
                        .means("How long before it is in force a table is in the archive.");

        /** How much of the lead is not relied on. */
        public static final Key<Duration> SLACK =
                SECTION.key("slack", DURATION_OR_ZERO)
                        .unset("half of the lead")
                        .example("30s")
                        .means(
                                "How much of the lead is kept for slow storage and clocks that differ.");

        /** How tables travel. */
        public static final Key<Distribute> DISTRIBUTE =
                SECTION.key("distribute", choice(Distribute.class))
                        .fallback(Distribute.AUTO)
                        .means(
                                "How tables come to the tasks of a cluster: reference needs a folder"
                                        + " that all can read.");

        /** Whether moves are told, and with whose traffic. */
        public static final Key<String> MOVES =
                SECTION.key("moves", NAME)
                        .unset("no moves are told")
                        .example("by-prefix")
                        .means(
                                "A count by prefix: each time when a table takes the place of another, a"
                                        + " row for each prefix that has another origin AS then, with"
                                        + " its traffic in the count's last window, goes to the"
                                        + " count's sinks, into the folder COUNT-moves.");

        /** Whether those without traffic are too. */
        public static final Key<Boolean> MOVES_ALL =
                SECTION.key("moves-all", BOOLEAN)
                        .fallback(false)
                        .means(
                                "Whether moves of prefixes without traffic in that window are told"
                                        + " too; of a whole table they are many.");

        private Rib() {}

        /** The name of the moves that are told with a count's traffic. */
        public static String movesOf(String count) {
            return count + "-moves";
        }

        private static ValueType<String> text(String what) {
            return Types.text(what);
        }
    }

    /** Keys of a count. */
    public static final class Count {

        static final Section SECTION = new Section("a count");

        /** What is counted. */
        public static final Key<List<String>> SOURCES =
                SECTION.key("sources", some("a source, or a list of them", NAME))
                        .required()
                        .example("[web]")
                        .means("The sources whose flows are counted, by name.");

        /** Tables. */
        public static final Key<List<String>> BY =
                SECTION.key("by", some("a key, or a list of them", Types.BY))
                        .fallback(List.of("asn", "prefix"))
                        .example("[asn, asn+country, \"host:128/64\"]")
                        .means(
                                "A table each: asn, prefix, country, host (host:128/64 cuts IPv6),"
                                        + " net:24/48, source, exporter, interface, customer,"
                                        + " exporter-asn; several joined by + are one table of"
                                        + " combinations.");

        /** Which address. */
        public static final Key<List<Side>> SIDE =
                SECTION.key("side", Types.SIDES)
                        .fallback(List.of(Side.SOURCE))
                        .means("Which address of a flow is counted; both are two rows.");

        /** What is added up. */
        public static final Key<String> WEIGHT =
                SECTION.key("weight", Types.WEIGHT)
                        .fallback("hits")
                        .means(
                                "What is added up beside hits, packets and bytes, and orders rows; time is"
                                        + " that of a log's requests, number that of a tuple. A field of"
                                        + " a log needs its log-format; counts of a source weigh by one"
                                        + " of time and fields.");

        /** Windows. */
        public static final Key<Duration> WINDOW =
                SECTION.key("window", DURATION)
                        .fallback(Duration.ofMinutes(1))
                        .means("The length of the windows, aligned to window.timezone.");

        /** Windows that overlap. */
        public static final Key<Duration> SLIDE =
                SECTION.key("slide", DURATION)
                        .unset("windows do not overlap")
                        .example("10s")
                        .means("How far the next window begins behind the one before.");

        /** How late is not too late. */
        public static final Key<Duration> LATENESS =
                SECTION.key("lateness", DURATION_OR_ZERO)
                        .fallback(Duration.ofMinutes(5))
                        .means(
                                "How long after a window has closed late flows still correct it; later"
                                        + " ones are counted as late only.");

        /** Which flows. */
        public static final Key<String> FILTER =
                SECTION.key("filter", TEXT)
                        .unset("all flows")
                        .example("\"status >= 400 and not (src in list:mine)\"")
                        .means("Which flows are counted.");

        /** Which flows are left out, and reported. */
        public static final Key<List<String>> EXCLUDE =
                SECTION.key(
                                "exclude",
                                any(
                                        "a prefix, an AS, list:NAME or file:PATH, or a list of them",
                                        Types.EXCLUDE))
                        .fallback(List.of())
                        .example("[AS64496, 192.0.2.0/24, list:mine]")
                        .means("Whose flows are left out, with their number reported.");

        /** The most keys. */
        public static final Key<Integer> MAX_KEYS =
                SECTION.key("max-keys", number(1, Integer.MAX_VALUE))
                        .fallback(1_000_000)
                        .means(
                                "How many hosts or combinations a window holds; the rest counts under"
                                        + " other. AS and prefix are never cut.");

        /** The most rows. */
        public static final Key<Integer> TOP =
                SECTION.key("top", number(1, Integer.MAX_VALUE))
                        .unset("all rows")
                        .example("1000")
                        .means(
                                "How many rows of each window, table and side are written, highest in"
                                        + " weight first; the others are not written.");

        private Count() {}

        /** The field of a log that a weight is; null of the weights with names of their own. */
        public static @Nullable String field(String weight) {
            return switch (weight) {
                case "hits", "packets", "bytes", "time", "number" -> null;
                default -> weight;
            };
        }
    }

    /** Keys of a sink. */
    public static final class Sink {

        static final Section SECTION = new Section("a sink");

        /** What it writes into. */
        public static final Key<SinkType> TYPE =
                SECTION.key("type", new SinkTypeType())
                        .required()
                        .example("files")
                        .means("Where results go.");

        /** The folder. */
        public static final Key<String> PATH =
                SECTION.key("path", Types.text("a folder"))
                        .required()
                        .example("/var/lib/asntally/results")
                        .means("The folder of the result files, by day and hour.");

        /** The format. */
        public static final Key<FileFormat> FORMAT =
                SECTION.key("format", choice(FileFormat.class))
                        .fallback(FileFormat.JSON)
                        .means("The format of the result files.");

        /** What is written. */
        public static final Key<List<String>> COUNTS =
                SECTION.key("counts", some("a count, or a list of them", NAME))
                        .unset("all counts")
                        .example("[errors-by-as]")
                        .means("The counts whose results are written, by name.");

        /** How large files get. */
        public static final Key<Long> ROLL_SIZE =
                SECTION.key("roll-size", SIZE)
                        .fallback(128_000_000L)
                        .means("At which size a file is finished and the next one begun.");

        /** How old they get. */
        public static final Key<Duration> ROLL_TIME =
                SECTION.key("roll-time", DURATION)
                        .fallback(Duration.ofMinutes(1))
                        .means(
                                "After how long a file is finished at the next checkpoint; until then"
                                        + " its name begins with a dot.");

        private Sink() {}
    }

    /** Keys of event time. */
    public static final class Time {

        static final Section SECTION = new Section("time");

        /** How far ahead is believed. */
        public static final Key<Duration> MAX_AHEAD =
                SECTION.key("max-ahead", DURATION)
                        .fallback(Duration.ofMinutes(5))
                        .means(
                                "Flows of live sources that are further ahead of the clock move no time;"
                                        + " they are counted as from the future.");

        /** The zone of times without one. */
        public static final Key<ZoneId> TIMEZONE =
                SECTION.key("timezone", Types.ZONE)
                        .fallback(ZoneId.systemDefault(), "the system's")
                        .example("UTC")
                        .means("The zone of times in logs that name none.");

        private Time() {}
    }

    /** Keys of all windows. */
    public static final class Window {

        static final Section SECTION = new Section("window");

        /** Where days begin. */
        public static final Key<ZoneId> TIMEZONE =
                SECTION.key("timezone", Types.ZONE)
                        .fallback(ZoneId.of("UTC"))
                        .example("Europe/Berlin")
                        .means("The zone whose midnight windows of hours and days begin at.");

        private Window() {}
    }

    /** Keys of checkpoints. */
    public static final class Checkpoints {

        static final Section SECTION = new Section("checkpoints");

        /** How often. */
        public static final Key<Duration> INTERVAL =
                SECTION.key("interval", DURATION)
                        .fallback(Duration.ofSeconds(10))
                        .means("How often the state is saved.");

        /** Where. */
        public static final Key<String> PATH =
                SECTION.key("path", Types.text("a folder"))
                        .unset("a folder of the job in the data folder")
                        .example("/var/lib/asntally/checkpoints")
                        .means("Where the state is saved; on a cluster all must reach it.");

        /** Where it is until then. */
        public static final Key<StateIn> STATE =
                SECTION.key("state", choice(StateIn.class))
                        .unset("heap; of a cluster what it has set")
                        .example("rocksdb")
                        .means(
                                "Where windows are until they are over: heap is faster, rocksdb holds more"
                                        + " than memory does and saves only what is new.");

        /** How many. */
        public static final Key<Integer> RETAIN =
                SECTION.key("retain", number(1, 100))
                        .fallback(2)
                        .means("How many checkpoints are kept.");

        /** How long one may take. */
        public static final Key<Duration> TIMEOUT =
                SECTION.key("timeout", DURATION)
                        .fallback(Duration.ofMinutes(10))
                        .means(
                                "How long a checkpoint may take; one that takes longer is given up.");

        /** How many may fail. */
        public static final Key<Integer> TOLERABLE_FAILURES =
                SECTION.key("tolerable-failures", number(0, 1_000_000))
                        .fallback(10)
                        .means(
                                "How many checkpoints in a row may fail, as when storage is full, before"
                                        + " the job starts again from the last one.");

        private Checkpoints() {}
    }

    /** Keys of the whole file. */
    public static final class Job {

        static final Section SECTION = new Section("the job file");

        /** Of the file's format. */
        public static final Key<Integer> VERSION =
                SECTION.key("version", new VersionType())
                        .required()
                        .example("1")
                        .means("The version of the file's format.");

        /** Of the job. */
        public static final Key<String> NAME =
                SECTION.key("name", Types.NAME)
                        .unset("the file's name without its ending")
                        .example("edge")
                        .means("The job's name, by which its state is found again.");

        /** How many subtasks. */
        public static final Key<Integer> PARALLELISM =
                SECTION.key("parallelism", number(1, 128))
                        .unset("the number of processors; of a cluster its default")
                        .example("4")
                        .means("How many subtasks each step has.");

        /** Inputs. */
        public static final Key<Map<String, Settings>> SOURCES =
                SECTION.key(
                                "sources",
                                new NamedType<>(
                                        "a map from names to sources",
                                        Types.NAME,
                                        Source.SECTION,
                                        false))
                        .required()
                        .means(
                                "The inputs, each with a name that tables, filters and metrics show.");

        /** Lists of networks. */
        public static final Key<Map<String, List<NetworkEntry>>> NETWORKS =
                SECTION.key(
                                "networks",
                                new NamedType<>(
                                        "a map from names to lists of prefixes, addresses and ASes",
                                        Types.NAME,
                                        some(
                                                "a prefix, an address or an AS, or a list of them",
                                                Types.NETWORK),
                                        true))
                        .fallback(Map.of())
                        .example("{mine: [192.0.2.0/24, \"2001:db8::/32\", AS64496]}")
                        .means("Named networks, for filters and excludes: list:NAME.");

        /** Names of interfaces. */
        public static final Key<Map<String, List<InterfaceId>>> INTERFACES =
                SECTION.key(
                                "interfaces",
                                new NamedType<>(
                                        "a map from names to lists of interfaces",
                                        Types.NAME,
                                        some("an interface, or a list of them", Types.INTERFACE),
                                        true))
                        .fallback(Map.of())
                        .example("{uplink: [192.0.2.1.3, 192.0.2.2.3]}")
                        .means("Named interfaces of exporters, for tables and filters.");

        /** Routing tables. */
        public static final Key<Settings> RIB =
                SECTION.key("rib", Rib.SECTION)
                        .fallback(Rib.SECTION.defaults())
                        .means("The routing tables.");

        /** Counts. */
        public static final Key<Map<String, Settings>> COUNTS =
                SECTION.key(
                                "counts",
                                new NamedType<>(
                                        "a map from names to counts",
                                        Types.NAME,
                                        Count.SECTION,
                                        false))
                        .required()
                        .means("What is counted, each count with a name that result rows show.");

        /** Outputs. */
        public static final Key<Map<String, Settings>> SINKS =
                SECTION.key(
                                "sinks",
                                new NamedType<>(
                                        "a map from names to sinks",
                                        Types.NAME,
                                        Sink.SECTION,
                                        true))
                        .fallback(Map.of())
                        .means("Where results go.");

        /** Thresholds. */
        public static final Key<Map<String, Settings>> TRIGGERS =
                SECTION.key("triggers", new NoneYetType())
                        .fallback(Map.of())
                        .means("Thresholds; a later version has them.");

        /** What thresholds do. */
        public static final Key<Map<String, Settings>> ACTIONS =
                SECTION.key("actions", new NoneYetType())
                        .fallback(Map.of())
                        .means("What happens at thresholds; a later version has them.");

        /** Event time. */
        public static final Key<Settings> TIME =
                SECTION.key("time", Time.SECTION).fallback(Time.SECTION.defaults()).means("Time.");

        /** All windows. */
        public static final Key<Settings> WINDOW =
                SECTION.key("window", Window.SECTION)
                        .fallback(Window.SECTION.defaults())
                        .means("What holds for all windows.");

        /** Checkpoints. */
        public static final Key<Settings> CHECKPOINTS =
                SECTION.key("checkpoints", Checkpoints.SECTION)
                        .fallback(Checkpoints.SECTION.defaults())
                        .means("The state that is saved, from which the job goes on after a stop.");

        private Job() {}
    }
}
