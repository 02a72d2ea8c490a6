package org.asntally.job.local;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.asntally.job.CountSpec;
import org.asntally.job.Windows;
import org.asntally.job.filter.FilterException;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.TableKey;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.text.LogReading;
import org.jspecify.annotations.Nullable;

/**
 * What a count is asked to do, checked and complete; plain data without Flink.
 *
 * @param command the name to say in messages: {@code asntally count} or {@code asncounter}
 * @param dialect whose habits messages and layouts follow
 * @param inputs what is read, and in which order
 * @param reading how it is read
 * @param counting what is counted
 * @param output what comes out, and where
 * @param rib which table
 * @param run how it is run
 * @param packets which packets count, and whether they come live
 */
public record CountRequest(
        String command,
        Dialect dialect,
        Inputs inputs,
        Reading reading,
        Counting counting,
        Output output,
        RibChoice rib,
        Run run,
        Packets packets) {

    /** A count of files, of all their packets where they have any. */
    public CountRequest(
            String command,
            Dialect dialect,
            Inputs inputs,
            Reading reading,
            Counting counting,
            Output output,
            RibChoice rib,
            Run run) {
        this(command, dialect, inputs, reading, counting, output, rib, run, Packets.ALL);
    }

    /** Whose habits. */
    public enum Dialect {
        /** Ours. */
        COUNT,
        /** asncounter's. */
        ASNCOUNTER
    }

    /**
     * What is read: addresses first, then files in the order given, standard input at its place
     * among them.
     *
     * @param addresses literal addresses, one hit each
     * @param files files, folders and patterns; {@code -} is standard input
     * @param recursive whether folders are read with all that is in them
     * @param follow whether files are read on as they grow and rotate, until a signal ends it
     */
    public record Inputs(
            List<String> addresses, List<String> files, boolean recursive, boolean follow) {

        /** Read once. */
        public Inputs(List<String> addresses, List<String> files, boolean recursive) {
            this(addresses, files, recursive, false);
        }

        /** Whether standard input is read. */
        public boolean readsStdin() {
            return files.contains("-");
        }
    }

    /** The shape of the input. */
    public enum InputFormat {
        AUTO,
        LINE,
        TUPLE,
        LOG,
        JSON_LOG,
        TCPDUMP,
        PCAP,
        /** sFlow datagrams among the packets of a capture. */
        SFLOW,
        /** asncounter's word for it. */
        SCAPY
    }

    /**
     * How it is read.
     *
     * @param logFormat a log format by name or text, if given
     * @param jsonFields the fields of JSON logs, if given
     * @param zone of times without one
     * @param date of times without one, if given
     * @param mapV4 whether v4-mapped addresses are looked up as the IPv4 addresses they carry
     * @param strict whether the first unreadable line ends the count
     * @param logs about the fields of logs
     */
    public record Reading(
            InputFormat format,
            @Nullable String logFormat,
            @Nullable String jsonFields,
            ZoneId zone,
            @Nullable LocalDate date,
            boolean mapV4,
            boolean strict,
            LogReading logs) {

        /** Of logs the usual. */
        public Reading(
                InputFormat format,
                @Nullable String logFormat,
                ZoneId zone,
                @Nullable LocalDate date,
                boolean mapV4,
                boolean strict) {
            this(format, logFormat, null, zone, date, mapV4, strict, LogReading.USUAL);
        }
    }

    /** Which address of a flow is counted. */
    public enum Sides {
        SOURCE,
        DESTINATION,
        BOTH
    }

    /** What is added up. */
    public enum Weight {
        /** The tuple's number for tuples, else hits. */
        DEFAULT,
        HITS,
        PACKETS,
        BYTES,
        /** What a log's requests took. */
        TIME,
        /** The field of a log that is named in {@link Reading#logs}. */
        FIELD
    }

    /**
     * What is counted.
     *
     * @param keys in the order of their tables
     * @param windows which windows
     * @param maxKeys how many keys other than ASes and prefixes a window holds, about
     * @param rules which flows are counted
     */
    public record Counting(
            Set<TableKey> keys,
            Sides sides,
            Weight weight,
            Windows windows,
            int maxKeys,
            Rules rules) {

        /** All flows. */
        public Counting(Set<TableKey> keys, Sides sides, Weight weight, Windows windows) {
            this(keys, sides, weight, windows, CountSpec.MAX_KEYS, Rules.NONE);
        }
    }

    /**
     * Which flows are counted, as it was written.
     *
     * @param filter what they must be like, null for anything
     * @param withoutAsns whose addresses are left out: AS numbers
     * @param withoutPrefixes networks that are left out
     * @param withoutLists files of networks that are left out
     */
    public record Rules(
            @Nullable FilterExpression filter,
            List<String> withoutAsns,
            List<String> withoutPrefixes,
            List<String> withoutLists) {

        /** All flows. */
        public static final Rules NONE = new Rules(null, List.of(), List.of(), List.of());
    }

    /** The format of a report. */
    public enum ReportFormat {
        TABLE,
        TSV,
        CSV,
        JSON,
        PROMETHEUS,
        NULL
    }

    /** Where fractions are rounded. */
    public enum Rounding {
        RECORD,
        DISPLAY
    }

    /**
     * What comes out.
     *
     * @param top rows per table of the report; null is all
     * @param topGiven whether the user asked for it, so that it also cuts the further reports
     * @param file instead of standard output
     * @param json a further report in JSON
     * @param csv a folder of further reports in CSV
     * @param names whether AS names are shown
     * @param port where a Prometheus endpoint listens, if it shall
     * @param bind the address that it listens on
     * @param perAddress whether each address is printed with its route
     */
    public record Output(
            ReportFormat format,
            @Nullable Integer top,
            boolean topGiven,
            Rounding rounding,
            boolean names,
            @Nullable Path file,
            @Nullable Path json,
            @Nullable Path csv,
            @Nullable Integer port,
            String bind,
            boolean perAddress) {}

    /**
     * Which table.
     *
     * @param given what the user named, if anything
     * @param cacheFolder a pyasn cache folder to look in when nothing was named
     * @param dataFolder our own data folder
     * @param byEventTime whether each flow is attributed by the table of its own time, where there
     *     is an archive; else all by the newest
     * @param knownAt tables that were added later are left out; null: none
     */
    public record RibChoice(
            @Nullable Path given,
            @Nullable Path cacheFolder,
            DataFolder dataFolder,
            boolean byEventTime,
            @Nullable Instant knownAt) {

        /** The newest table. */
        public RibChoice(@Nullable Path given, @Nullable Path cacheFolder, DataFolder dataFolder) {
            this(given, cacheFolder, dataFolder, false, null);
        }
    }

    /**
     * How it is run.
     *
     * @param parallelism of everything that is parallel
     * @param progress whether a progress line may be shown
     * @param plan whether the operators are printed instead
     */
    public record Run(
            int parallelism, boolean quiet, boolean debug, boolean progress, boolean plan) {}

    /** What is wrong with an expression of the command line. */
    public static Fault fault(FilterException e) {
        return Fault.at(
                "--filter:" + (e.position() + 1), Problem.BAD_FILTER, e.reason(), e.advice());
    }

    /**
     * What is said of packets.
     *
     * @param live the interface to capture from; empty is the usual one; null reads inputs instead
     * @param filter which packets count, in the words of pcap-filter(7); empty is all
     * @param sflow how sFlow among them is read
     */
    public record Packets(@Nullable String live, String filter, SflowOptions sflow) {
        /** All packets of the inputs. */
        public static final Packets ALL = new Packets(null, "");

        /** Of sFlow everything as it is told. */
        public Packets(@Nullable String live, String filter) {
            this(live, filter, SflowOptions.ALL);
        }
    }
}
