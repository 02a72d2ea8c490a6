package org.asntally.job.problem;

import java.text.MessageFormat;
import java.util.Locale;

/**
 * Everything that can go wrong in a way that a person can mend, in one place.
 *
 * <p>A code never changes its meaning once released; the words may improve. A message says what is
 * wrong, with the value in quotes; the advice says what to do about it, as a command where there is
 * one. Both take the same values.
 */
public enum Problem {
    /** An option that no version knows. */
    UNKNOWN_OPTION("AT-USE-001", "unknown option ''{0}''", "see: {1} --help"),
    /** An option that is unknown but close to one. */
    MISSPELT_OPTION(
            "AT-USE-002", "unknown option ''{0}''", "did you mean ''{2}''? see: {1} --help"),
    /** An option without the value that it needs. */
    MISSING_VALUE("AT-USE-003", "option ''{0}'' needs a value", "see: {1} --help"),
    /** An option, value or command of a later version. */
    NOT_YET("AT-USE-004", "''{0}'' is planned, but not in this version", "{1}"),
    /** A value that an option does not take. */
    BAD_VALUE("AT-USE-005", "''{0}'' is no value of {1}", "use {2}"),
    /** A command that there is not. */
    UNKNOWN_COMMAND("AT-USE-006", "unknown command ''{0}''", "see: asntally help"),
    /** A command that is unknown but close to one. */
    MISSPELT_COMMAND("AT-USE-007", "unknown command ''{0}''", "did you mean ''{1}''?"),
    /** Options that cannot be given together. */
    CONTRADICTION("AT-USE-008", "{0} and {1} cannot be given together", "leave one of them out"),
    /** A command without what it needs. */
    MISSING_ARGUMENT("AT-USE-009", "{0} is missing", "see: {1} --help"),
    /** csv of several tables in one stream. */
    SEVERAL_TABLES("AT-USE-010", "csv holds one table, and this report has {0}", "{1}"),
    /** A weight that this format does not know. */
    UNKNOWN_WEIGHT("AT-USE-011", "{0} knows no weight ''{1}''", "it knows: {2}"),
    /** A log format that cannot be understood. */
    BAD_LOG_FORMAT(
            "AT-USE-012", "log format ''{0}'' cannot be used: {1}", "see: asntally count --help"),
    /** A side that this format does not have. */
    UNKNOWN_SIDE("AT-USE-013", "{0} has no destination addresses", "leave --side {1} out"),
    /** A key that this format does not tell. */
    UNKNOWN_KEY_OF_FLOWS("AT-USE-014", "{0} does not tell the {1}", "leave --by {1} out"),
    /** A filter that cannot be used. */
    BAD_FILTER("AT-FLT-001", "{0}", "{1}"),
    /** A term of a filter that this format does not tell. */
    UNKNOWN_TERM_OF_FLOWS(
            "AT-FLT-002", "{0} does not tell ''{1}''", "leave the term out, or the input"),
    /** A filter of packets, and an input without any. */
    NO_PACKETS("AT-USE-015", "input format {0} has no packets to filter", "leave --bpf out"),
    /** A field that this format does not have. */
    NO_SUCH_FIELD("AT-USE-016", "{0} has no field ''{1}''", "{2}"),
    /** Fields of a JSON log that cannot be understood. */
    BAD_JSON_FIELDS(
            "AT-USE-017",
            "fields ''{0}'' cannot be used: {1}",
            "such as: client=remote_ip,time=ts,path=request.uri"),
    /** A list of proxies that cannot be understood. */
    BAD_PROXIES(
            "AT-USE-018",
            "proxies ''{0}'' cannot be used: {1}",
            "use addresses and prefixes between commas, private, or any"),
    /** A column that the input does not have. */
    NO_SUCH_COLUMN("AT-USE-021", "''{0}'' has no column ''{1}''", "{2}"),
    /** A format that holds one family. */
    NEEDS_FAMILY("AT-USE-020", "{0} holds one family", "say which: --family 4 or --family 6"),
    /** asn-lookup's table is not there; the original's status for that is that of wrong usage. */
    NO_DATABASE("AT-USE-030", "no database cache file at ''{0}''", "make it: asn-update"),
    /** The usage is wrong in a way that has no number of its own. */
    BAD_USAGE("AT-USE-099", "{0}", "see: {1} --help"),

    /** A job file that is no YAML, or YAML of a kind that means nothing here. */
    CONFIG_NOT_YAML(
            "AT-CFG-001",
            "this is not YAML: {0}",
            "mend it; texts with special characters need quotes"),
    /** A line of a job file that is indented by a tab. */
    CONFIG_TAB("AT-CFG-002", "a tab in the indentation", "use spaces"),
    /** A key that there is not, close to one. */
    CONFIG_MISSPELT_KEY("AT-CFG-003", "unknown key ''{0}'' in {1}", "did you mean ''{2}''?"),
    /** A key that there is not. */
    CONFIG_UNKNOWN_KEY("AT-CFG-004", "unknown key ''{0}'' in {1}", "it has: {2}"),
    /** A key that stands twice. */
    CONFIG_KEY_TWICE(
            "AT-CFG-005", "''{0}'' stands here twice, first in line {1}", "leave one of them out"),
    /** A list where a map is needed, and so on. */
    CONFIG_WRONG_SHAPE("AT-CFG-006", "''{0}'' is {2}", "write {1}"),
    /** A value that a key does not take. */
    CONFIG_BAD_VALUE("AT-CFG-007", "''{0}'' is no value of ''{1}''", "use {2}"),
    /** A key without a value. */
    CONFIG_NO_VALUE("AT-CFG-008", "''{0}'' has no value", "write {1}, or leave the key out"),
    /** A key that must be there. */
    CONFIG_MISSING_KEY("AT-CFG-009", "''{0}'' is missing in {1}", "add it: {2}"),
    /** A version of the job file's format that this program does not know. */
    CONFIG_WRONG_VERSION(
            "AT-CFG-010", "version ''{0}'' is not known", "this program reads version: 1"),
    /** A name that nothing has. */
    CONFIG_UNDEFINED("AT-CFG-011", "{0} names {1}, which is not defined", "{2}"),
    /** A job file without anything in it. */
    CONFIG_EMPTY("AT-CFG-012", "the file is empty", "begin with: asntally init FILE"),
    /** A job file larger, deeper or more folded than one is. */
    CONFIG_TOO_MUCH("AT-CFG-013", "too much: {0}", "{1}"),
    /** A job file in another encoding. */
    CONFIG_NOT_UTF8("AT-CFG-014", "this is not UTF-8", "save the file as UTF-8"),
    /** A key of sources of other types. */
    CONFIG_NOT_OF_TYPE("AT-CFG-015", "a source of type {1} has no key ''{0}''", "that is for: {2}"),
    /** Something of a later version. */
    CONFIG_NOT_YET("AT-CFG-016", "''{0}'' is planned, but not in this version", "until then: {1}"),
    /** Two sinks that write, or sources that listen, at one place. */
    CONFIG_SAME_PLACE("AT-CFG-017", "{0} ''{1}''", "give each its own"),
    /** A value that stands twice in a list. */
    CONFIG_TWICE("AT-CFG-018", "{0} stands twice in ''{1}''", "leave one of them out"),
    /** A log format of a source that cannot be understood. */
    CONFIG_BAD_LOG_FORMAT(
            "AT-CFG-019",
            "log format ''{0}'' cannot be used: {1}",
            "leave it out to have it told from the lines"),
    /** Keys or values that exclude each other. */
    CONFIG_CONTRADICTION(
            "AT-CFG-020", "''{0}'' and ''{1}'' cannot be given together", "leave one of them out"),
    /** A secret that cannot be had. */
    CONFIG_NO_SECRET(
            "AT-CFG-021", "''{0}'' needs {1}", "set the variable, or make the file readable"),
    /** A secret that stands in the job file itself. */
    CONFIG_CLEAR_SECRET(
            "AT-CFG-022",
            "''{0}'' holds a secret in clear",
            "put it into a file that only the job may read, and write {1}"),
    /** A file with a secret that everybody may read. */
    CONFIG_OPEN_SECRET("AT-CFG-023", "everybody may read the secret in ''{0}''", "chmod 600 it"),
    /** A reference to a secret where none is taken. */
    CONFIG_NO_SECRET_HERE(
            "AT-CFG-024",
            "''{0}'' is a reference to a secret, and ''{1}'' takes none",
            "write the value itself"),
    /** A file, or pattern, that there is nothing of when the job file is checked. */
    CONFIG_NO_MATCH("AT-CFG-025", "no file matches ''{0}'' now", "check the name, if one should"),
    /** A folder where files are meant. */
    CONFIG_FOLDER(
            "AT-CFG-026",
            "''{0}'' is a folder",
            "name its files, as in ''{0}/*'', or add recursive: true"),
    /** A file of a source that cannot be read when the job file is checked. */
    CONFIG_UNREADABLE(
            "AT-CFG-027",
            "''{0}'' cannot be read now",
            "check its permissions before the job starts"),
    /** Something that nothing uses. */
    CONFIG_UNUSED("AT-CFG-028", "{0} ''{1}'' is not used", "{2}"),
    /** Something that a count asks and one of its sources does not tell. */
    CONFIG_LACKS(
            "AT-CFG-029",
            "source ''{0}'' (type {1}) does not tell ''{2}''",
            "leave it out, or count ''{0}'' in a count of its own"),
    /** A weight that is a field of a log which is not known to have it. */
    CONFIG_NO_FIELD(
            "AT-CFG-031", "lines of source ''{0}'' are not known to have a field ''{1}''", "{2}"),
    /** Counts that weigh the lines of one source by different fields. */
    CONFIG_TWO_WEIGHTS(
            "AT-CFG-032",
            "count ''{0}'' weighs source ''{1}'' by ''{2}'', another by ''{3}''",
            "a flow has one weight: name the files in a source of its own"),
    /** A filter that cannot be understood. */
    CONFIG_BAD_FILTER("AT-CFG-030", "filter: {0}", "{1}"),

    /** No file at this place. */
    NO_SUCH_FILE("AT-IN-001", "no such file: ''{0}''", "check the name"),
    /** Neither a file nor an address. */
    NEITHER_FILE_NOR_ADDRESS(
            "AT-IN-002", "''{0}'' is neither a file nor an IP address", "check the name"),
    /** A directory where a file is needed. */
    IS_DIRECTORY("AT-IN-003", "''{0}'' is a directory", "name its files, or add --recursive"),
    /** A file that may not be read. */
    NOT_READABLE("AT-IN-004", "''{0}'' cannot be read: {1}", "check its permissions"),
    /** A pattern that matches no file. */
    NO_MATCH("AT-IN-005", "no file matches ''{0}''", "check the pattern, and quote it"),
    /** Input that ended before its end. */
    BROKEN_INPUT(
            "AT-IN-006",
            "''{0}'' cannot be read to its end: {1}",
            "what could be read before was counted"),
    /** The format of an input cannot be told. */
    UNKNOWN_FORMAT(
            "AT-IN-007",
            "the format of ''{0}'' cannot be told",
            "name it with -I, the fields of a JSON log with --json-fields"),
    /** A file of a source that is followed. */
    INPUT_TROUBLE("AT-IN-031", "''{0}'' cannot be read now: {1}", "it is tried again"),
    /** A file that was cut or deleted before it was read. */
    BYTES_LOST(
            "AT-IN-032",
            "{1} bytes of ''{0}'' are lost: {2}",
            "rotate by renaming, and keep a file until it was read"),
    /** A socket's buffer is smaller than the job file wants. */
    SMALL_BUFFER(
            "AT-UDP-001",
            "the kernel gave ''{0}'' a receive buffer of {1} bytes, {2} were asked for",
            "allow more: sudo sysctl -w net.core.rmem_max={2}, or ask for less with receive-buffer"),
    /** Another process has a socket at the same address. */
    ADDRESS_SHARED(
            "AT-UDP-002",
            "another process receives at ''{0}'' too, and takes a part of what comes",
            "stop it, or give this source another port"),
    /** Datagrams that there was no room for. */
    DATAGRAMS_DROPPED(
            "AT-UDP-003",
            "{1} datagrams to ''{0}'' were dropped: {2}",
            "give it more: receive-buffer and ring for bursts, sockets for many exporters"),
    /** Datagrams of an exporter that never came. */
    DATAGRAMS_LOST(
            "AT-UDP-004",
            "{2} datagrams of exporter {1} never came to source ''{0}''",
            "look for the loss on the way, or in the exporter"),
    /** A record of a topic that gives no flow. */
    BAD_RECORD(
            "AT-KAFKA-001",
            "{0}",
            "it was skipped; where all are so, say schema and framing of the source"),
    /** Records that a retention deleted before they were read. */
    RECORDS_LOST(
            "AT-KAFKA-002",
            "{1} records of source ''{0}'' are lost: {2}",
            "let the topic keep them longer (retention.ms, retention.bytes)"),
    /** Flow records of an exporter that were refused or could not be read. */
    EXPORTER_REFUSED(
            "AT-KAFKA-003",
            "{0}",
            "they are not counted; look at what this exporter and its collector write"),
    /** A source that the job requires has failed for good. */
    REQUIRED_SOURCE_FAILED(
            "AT-IN-033",
            "source ''{0}'', which is required, has failed for good",
            "mend it and run the job again: it goes on from its last checkpoint"),
    /** Inputs of a source that could not be read; the others were. */
    SOURCE_FAILED(
            "AT-IN-034",
            "{1} inputs of source ''{0}'' could not be read to their end",
            "what could be read before was counted, and the other sources"),
    /** A line that gives no flow. */
    BAD_LINE("AT-IN-008", "{0}", "it was skipped; --strict stops at the first such line"),
    /** A line that gives no flow, with --strict. */
    STRICT("AT-IN-009", "{0}", "stopped, as --strict asks"),
    /** A packet of a capture that gives no flow. */
    BAD_PACKET("AT-IN-030", "{0}", "it was skipped; --strict stops at the first such packet"),
    /** Datagrams or samples of an exporter that never came, or came twice. */
    EXPORTER_LOSS(
            "AT-SFLOW-001",
            "{0}",
            "what is left out of packets and bytes by it, --sampling measured makes up for"),
    /** A text that is no question. */
    NO_QUESTION("AT-IN-011", "{0}: ''{1}''", "it was skipped"),
    /** Standard input that cannot be read. */
    NO_STDIN("AT-IN-012", "standard input cannot be read: {0}", "check where it comes from"),
    /** More inputs than can be told apart. */
    TOO_MANY_FILES("AT-IN-010", "more than {0} inputs", "the others are left out; count in parts"),
    /** A row to which no network can be added. */
    BAD_ROW("AT-IN-021", "{0}", "it goes out without a network; --strict stops at such a row"),
    /** Input of enrich that ended before its end. */
    BROKEN_ROWS(
            "AT-IN-022",
            "''{0}'' cannot be read to its end: {1}",
            "what could be read before went out"),
    /** A row has a column or key of the name of an added one. */
    COLUMN_THERE("AT-IN-023", "there is a ''{0}'' already", "the added one is called ''{1}''"),

    /** libpcap is not there. */
    NO_LIBPCAP(
            "AT-CAP-001",
            "libpcap cannot be loaded, which live capture and --bpf need",
            "install it (Debian: apt install libpcap0.8)"),
    /** The process may not capture. */
    NO_RIGHT_TO_CAPTURE(
            "AT-CAP-002",
            "no right to capture on ''{0}''",
            "let another do it: sudo tcpdump -i {0} -w - | asntally count -I pcap; or grant it to"
                    + " all of Java: echo {1}/lib | sudo tee /etc/ld.so.conf.d/java.conf && sudo"
                    + " ldconfig && sudo setcap cap_net_raw=ep {1}/bin/java"),
    /** No interface of this name. */
    NO_INTERFACE("AT-CAP-003", "there is no interface ''{0}''", "there are: {1}"),
    /** An interface that cannot be captured from now. */
    INTERFACE_NOT_READY(
            "AT-CAP-004",
            "''{0}'' cannot be captured from: {1}",
            "see whether it is up: ip link show {0}"),
    /** A filter that libpcap does not understand. */
    BAD_BPF("AT-CAP-005", "filter ''{0}'' cannot be used: {1}", "see: man pcap-filter"),

    /** A table that is not there. */
    NO_SUCH_RIB(
            "AT-RIB-001",
            "no routing table at ''{0}''",
            "get one: asntally rib update; or make one: asntally rib build -o FILE TABLE"),
    /** A file that holds no table. */
    BAD_RIB("AT-RIB-002", "no usable routing table: {0}", "check what the file is"),
    /** The table that comes with the program is missing. */
    NO_STARTER_TABLE(
            "AT-RIB-003",
            "the starter table is missing from this installation",
            "give a table: --rib FILE"),
    /** A line of a table that cannot be used. */
    BAD_ROUTE("AT-RIB-004", "{0}", "the line was left out"),
    /** Lines of a table that cannot be used, with --strict. */
    STRICT_RIB("AT-RIB-005", "{0} unusable lines in ''{1}''", "--strict refuses such a table"),
    /** AS names that cannot be read. */
    BAD_NAMES("AT-RIB-006", "AS names cannot be read from ''{0}'': {1}", "names stay empty"),
    /** A pyasn cache folder without a table. */
    NO_CACHE(
            "AT-RIB-007",
            "no routing table in the cache folder ''{0}''; the starter table of {1} is used",
            "asncounter --refresh gets a fresh one"),
    /** A table that ends in the middle, or cannot be read from some place on. */
    CUT_OFF_RIB("AT-RIB-008", "{0}", "what came before is used; get the file again"),
    /** A fresh table that lacks much of what the one in use has. */
    TABLE_SHRANK(
            "AT-RIB-040",
            "the new table has {1} {0}routes, the one in use has {2}: refused",
            "check where it comes from, or accept it: --allow-shrink"),
    /** A fresh table without a family of addresses that is in use. */
    FAMILY_LOST(
            "AT-RIB-041",
            "the new table has no {0} routes, the one in use has {1}: refused",
            "check where it comes from, or accept it: --allow-shrink"),
    /** AS names that cannot be got; the table is fresh without them. */
    NAMES_NOT_FRESH(
            "AT-RIB-042",
            "AS names cannot be got from ''{0}'': {1}",
            "those of before stay; --names FILE takes others, --names none none"),
    /** What was got is no table. */
    NOT_A_TABLE(
            "AT-RIB-043",
            "no fresh routing table: {0}",
            "check what is there; the tables of before stay in use"),
    /** A table of the archive that is damaged. */
    DAMAGED_TABLE(
            "AT-RIB-044", "{0}", "the one before it is used; asntally rib verify checks them all"),
    /** No table in the archive has this id, or was in force at this time. */
    NOT_IN_ARCHIVE(
            "AT-RIB-045", "no table ''{0}'' in the archive ''{1}''", "see: asntally rib list"),
    /** A table whose content is not what it says. */
    BAD_TABLE_FILE("AT-RIB-046", "{0}", "delete it, and get a fresh one: asntally rib update"),

    /** A time before all tables of an archive. */
    BEFORE_FIRST_TABLE(
            "AT-RIB-020",
            "{0} is before the first table of the archive, which holds from {1}",
            "that one is used"),

    /** An AS that originates nothing that could be listed. */
    NO_ROUTES("AT-LIST-001", "AS{0} has no network {1}", "no list was written; check the number"),
    /** A list without a prefix. */
    NOTHING_LEFT("AT-LIST-002", "no network is left to list: {0}", "no list was written"),
    /** A list longer than allowed. */
    LIST_TOO_LONG(
            "AT-LIST-003",
            "the list has {0} prefixes, --max allows {1}",
            "no list was written; --aggregate makes lists shorter"),
    /** A prefix that must not be listed. */
    LEFT_OUT("AT-LIST-004", "{0} is left out: {1}", "the list goes without it"),
    /** A prefix that holds something that must not be listed. */
    SPLIT("AT-LIST-005", "{0} holds {1}", "it is split around that, into {2}"),
    /** A line of a list that cannot be used. */
    BAD_ENTRY("AT-LIST-006", "{0}", "the line was left out"),
    /** A prefix with bits behind its length. */
    HOST_BITS("AT-LIST-007", "{0}", "the whole network was taken"),
    /** Networks that together are all of a family. */
    COVERS_ALL(
            "AT-LIST-008",
            "the networks of the input are all of {0}",
            "that is a default route, which is never listed: {0} is left out"),
    /** Exceptions that cannot be read. */
    BAD_EXCEPTIONS(
            "AT-LIST-009",
            "{0} unusable entries in ''{1}''",
            "no list was written; mend what --except names"),
    /** Special-purpose networks in a list that nothing is refused by. */
    HOLDS_SPECIAL(
            "AT-LIST-010",
            "{0} is special-purpose ({1})",
            "{2} lists it; formats of firewalls, servers and routers leave it out"),
    /** Prefixes of a report that the table does not give to their AS. */
    OF_ANOTHER_TABLE(
            "AT-LIST-011",
            "{0} prefixes of the report are no routes of their AS in this table",
            "they are left out; without --rib the report alone decides"),
    /** A file that is no report. */
    BAD_REPORT(
            "AT-LIST-012",
            "''{0}'' cannot be used: {1}",
            "make one: asntally count -O json -o FILE"),

    /** An output that cannot be written. */
    NOT_WRITABLE(
            "AT-OUT-001",
            "''{0}'' cannot be written: {1}",
            "check the place, its permissions and space"),
    /** An output folder that cannot be made. */
    NO_FOLDER(
            "AT-OUT-002",
            "folder ''{0}'' cannot be used: {1}",
            "check the place and its permissions"),
    /** Standard output that cannot be written. */
    STDOUT_FAILED("AT-OUT-003", "standard output cannot be written: {0}", "check where it goes"),
    /** A port that cannot be listened on. */
    PORT("AT-OUT-004", "port {0} cannot be opened: {1}", "choose another: --port N"),
    /** No writable place for the program's own data. */
    DATA_FOLDER(
            "AT-OUT-005",
            "data folder ''{0}'' cannot be written: {1}; ''{2}'' is used",
            "choose another: --data-dir DIR"),
    /** No place for temporary files. */
    TEMPORARY_FOLDER(
            "AT-OUT-006",
            "no temporary folder can be made in ''{0}'': {1}",
            "set TMPDIR to a writable folder"),
    /** No space for temporary files. */
    TEMPORARY_FOLDER_FULL(
            "AT-OUT-007",
            "no space for temporary files: {0}",
            "make room, or set TMPDIR to another folder"),

    /** Another update of the same folder is running. */
    UPDATE_RUNNING(
            "AT-OUT-008",
            "''{0}'' is being updated already ({1})",
            "wait until that has ended; nothing was changed"),

    /** A file that is not written over. */
    ALREADY_THERE(
            "AT-OUT-009",
            "there is a ''{0}'' already",
            "it stays as it is; name another, or take it away first"),

    /** A server that does not answer, or not to the end. */
    DOWNLOAD_FAILED(
            "AT-NET-001",
            "''{0}'' cannot be got: {1}",
            "try again later, or name another place: --from URL|FILE; nothing was changed"),
    /** A server that will not give the file. */
    DOWNLOAD_REFUSED(
            "AT-NET-002",
            "''{0}'' cannot be got: {1}",
            "check the address, or name another: --from URL|FILE"),
    /** A server that leads to where nobody should follow. */
    DOWNLOAD_REDIRECTED(
            "AT-NET-003",
            "''{0}'' cannot be got: {1}",
            "if you trust that place, name it: --from URL|FILE"),
    /** A file beyond the limit. */
    DOWNLOAD_TOO_LARGE(
            "AT-NET-004",
            "''{0}'' cannot be got: {1}",
            "if it is a table, allow it: --max-size 4G"),
    /** A download that takes too long. */
    DOWNLOAD_TOO_SLOW("AT-NET-005", "''{0}'' cannot be got: {1}", "allow more time: --timeout 3h"),
    /** A server whose certificate nobody known has signed. */
    SERVER_NOT_TRUSTED(
            "AT-NET-006",
            "''{0}'' is not trusted: {1}",
            "name the certificate of who signed for it: --ca-file FILE"),
    /** A listing without a table. */
    NO_TABLE_LISTED(
            "AT-NET-007",
            "no table is listed at ''{0}'': {1}",
            "name the file itself, or a folder that lists rib.* or bview.*"),
    /** An address, proxy or file of certificates that cannot be used. */
    BAD_DOWNLOAD_SETTING(
            "AT-NET-008",
            "nothing can be got: {0}",
            "check --from, --ca-file, and https_proxy and no_proxy of the environment"),

    /** The job ended in a way it should not. */
    JOB_FAILED(
            "AT-DEFECT-001",
            "the count ended early: {0}",
            "this is a defect of asntally; run again with --debug and report it"),
    /** The job of this name runs in another process. */
    JOB_RUNS(
            "AT-JOB-001",
            "job ''{0}'' runs already, or its folder ''{1}'' is in use",
            "stop it first, or give this one another name"),
    /** All input of the job has ended. */
    JOB_FINISHED(
            "AT-JOB-002",
            "job ''{0}'' has finished: all its input has ended",
            "--fresh runs it again, with results in a folder of their own"),
    /** State that the changed job file has no use for. */
    STATE_UNUSED(
            "AT-JOB-003",
            "the changed job file has no use for the saved state of {0}",
            "give it up with --drop {1}, or begin anew with --fresh"),
    /** No savepoint at the place that was named. */
    NO_SAVEPOINT(
            "AT-JOB-004",
            "''{0}'' holds no savepoint that can be read",
            "name the folder that has the file _metadata"),
    /** A job of a cluster without a folder that all of the cluster reach. */
    NO_SHARED_FOLDER(
            "AT-JOB-005",
            "a job on a cluster needs a folder for its checkpoints that all of the cluster reach",
            "name it with the key path of checkpoints, or -Dasntally.checkpoints.path=..."),
    /** The jar for clusters is not there. */
    NO_JOB_JAR(
            "AT-JOB-006",
            "the jar for clusters, ''{0}'', is missing from this installation",
            "in a checkout: mvn -DskipTests package"),
    /** A job whose state cannot be found again. */
    STATE_GONE(
            "AT-JOB-007",
            "job ''{0}'' has run before, and nothing that was saved of it can be found",
            "name a savepoint with --from DIR, or begin anew with --fresh"),
    /** The cluster runs the job of an earlier version of the file. */
    OTHER_FILE_RUNS(
            "AT-JOB-008",
            "job ''{0}'' was submitted with another job file and goes on with that",
            "to change it, stop it (SIGTERM) and run it again"),
    /** A cluster that has forgotten the job. */
    JOB_LOST(
            "AT-JOB-009",
            "job ''{0}'' is not known to ''{1}'' any more: its JobManager was lost",
            "it is submitted again, from its newest checkpoint"),
    /** A job that failed and starts again. */
    JOB_RESTARTS(
            "AT-JOB-010",
            "job ''{0}'' has failed: {1}",
            "it starts again from its last checkpoint"),
    /** Another process, of another data folder, has the checkpoints of a job of this name. */
    CHECKPOINTS_IN_USE(
            "AT-JOB-011",
            "checkpoints of a job ''{0}'' in ''{1}'' are in use by another process",
            "stop that one, or give this one another name or another path of checkpoints"),
    /** A checkpoint failed; the job goes on. */
    CHECKPOINT_FAILED(
            "AT-JOB-012",
            "{0} of its checkpoints failed, the last one: {1}",
            "the job goes on; if it ends now it goes on from {2}"),
    /** The saved state is of another kind than the one that the changed file wants. */
    STATE_KEPT_OTHERWISE(
            "AT-JOB-013",
            "the saved state was kept in {0}, and checkpoints.state says {1}",
            "set it back to {0}, or begin anew with --fresh"),
    /** No cluster at the address. */
    NO_CLUSTER(
            "AT-NET-010",
            "no Flink cluster answers at ''{0}'': {1}",
            "check that its JobManager runs, and its rest.port"),
    /** A cluster that has stopped to answer. */
    CLUSTER_SILENT("AT-NET-011", "''{0}'' does not answer now: {1}", "it is asked again"),
    /** A cluster that does not take the job. */
    CLUSTER_REFUSES(
            "AT-NET-012",
            "''{0}'' does not take the job: {1}",
            "check that it is Flink of the version that this program is built for"),
    /** Tables of the archive that are too many to go with a job. */
    TABLES_LEFT_BEHIND(
            "AT-RIB-047",
            "{0} older tables of the archive do not go to the cluster with the job",
            "flows from before {1} are attributed by the oldest that does, unless all can read the"
                    + " archive: rib.distribute: reference"),
    /** Something that should not happen did. */
    DEFECT(
            "AT-DEFECT-002",
            "{0}",
            "this is a defect of asntally; run again with --debug and report it"),
    /** The Java heap is too small. */
    OUT_OF_MEMORY("AT-DEFECT-003", "out of memory: {0}", "give more: ASNTALLY_JAVA_OPTS=-Xmx2g");

    private final String code;
    private final String message;
    private final String advice;

    Problem(String code, String message, String advice) {
        this.code = code;
        this.message = message;
        this.advice = advice;
    }

    /** The code: AT, an area, three digits. */
    public String code() {
        return code;
    }

    /** The area between the two dashes of the code. */
    public String area() {
        return code.substring(3, code.lastIndexOf('-'));
    }

    /** The whole line, without a place. */
    public String say(Object... values) {
        return code + ": " + sentence(values);
    }

    /** The whole line about a place, {@code file:line}. */
    public String sayAt(String place, Object... values) {
        return code + ": " + printable(place) + ": " + sentence(values);
    }

    private String sentence(Object... values) {
        Object[] safe = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            safe[i] = printable(String.valueOf(values[i]));
        }
        return new MessageFormat(message, Locale.ROOT).format(safe)
                + "; "
                + new MessageFormat(advice, Locale.ROOT).format(safe);
    }

    /** A text of others with a blank in place of each control character, cut at 200 characters. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), 200));
        for (int i = 0; i < text.length() && i < 200; i++) {
            char c = text.charAt(i);
            safe.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
        }
        return text.length() > 200 ? safe.append("...").toString() : safe.toString();
    }
}
