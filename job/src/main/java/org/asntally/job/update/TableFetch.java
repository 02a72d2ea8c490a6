package org.asntally.job.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.download.Addresses;
import org.asntally.lookup.download.DownloadException;
import org.asntally.lookup.download.Downloader;
import org.asntally.lookup.download.NewestTable;
import org.asntally.lookup.download.TableSource;
import org.asntally.lookup.download.Validators;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Leftovers;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFormatException;
import org.asntally.lookup.rib.RibLoader;
import org.jspecify.annotations.Nullable;

/**
 * Gets one table into a folder of its own beside the place where its result will be, and reads it.
 * The folder goes when this is closed, and when a signal ends the process; what a killed one left
 * goes with the next one in the same place.
 */
final class TableFetch implements AutoCloseable {

    private static final String BEGIN = ".update.";

    /** Asks without a condition. */
    static final Known ANEW = address -> Validators.NONE;

    private static final long MOST_NAMES = 100_000_000;

    private final TableOrder order;
    private final Console console;
    private final FetchProgress progress;
    private final Path work;
    private final Thread atExit;
    private @Nullable Downloader downloader;

    /**
     * A table that is here now.
     *
     * @param file its bytes
     * @param place where they are from, for people
     * @param address where they were found; null: a file
     * @param source whose data it is, if it is of the list
     * @param modified false: the server says that nothing has changed, and there is no file
     */
    record Got(
            Path file,
            String place,
            @Nullable URI address,
            @Nullable TableSource source,
            Validators validators,
            boolean modified) {}

    private int shortestOfRanges = 1;

    private TableFetch(TableOrder order, Console console, FetchProgress progress, Path work) {
        this.order = order;
        this.console = console;
        this.progress = progress;
        this.work = work;
        this.atExit = new Thread(this::clear, "clear");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Makes its folder in another one, in which it is alone.
     *
     * @throws Fault when that cannot be written
     */
    static TableFetch in(Path folder, TableOrder order, Console console, FetchProgress progress)
            throws Fault {
        try {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, BEGIN + "*")) {
                for (Path each : left) {
                    Leftovers.delete(each);
                }
            }
            Path work = folder.resolve(BEGIN + ProcessHandle.current().pid());
            Files.createDirectory(work);
            return new TableFetch(order, console, progress, work);
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, folder, Reasons.of(e));
        }
    }

    /** Its folder. */
    Path work() {
        return work;
    }

    /** Tells what to ask a server with. */
    @FunctionalInterface
    interface Known {
        Validators of(URI address) throws IOException;
    }

    /** Gets the table that was ordered, unless it is one that is known. */
    Got table(Known known) throws Fault {
        TableSource source = TableSource.of(order.from());
        if (source == null && !Addresses.isOne(order.from())) {
            return local(order.from());
        }
        try {
            URI asked = source != null ? source.address() : Addresses.parse(order.from());
            return got(asked, source == null ? TableSource.at(asked) : source, known);
        } catch (DownloadException e) {
            throw FetchFaults.of(e);
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, work, Reasons.of(e));
        }
    }

    private Got got(URI asked, @Nullable TableSource source, Known known)
            throws IOException, DownloadException {
        URI address = asked;
        if (isFolder(address)) {
            progress.say("looking for the newest table at " + Addresses.shown(address));
            address = new NewestTable(downloader()).below(address);
        }
        Path file = work.resolve(fileName(address));
        Downloader.Fetched fetched = downloader().toFile(address, file, known.of(address));
        if (fetched.isPage() && isFolder(fetched.address()) && !isFolder(address)) {
            address = new NewestTable(downloader()).below(fetched.address());
            file = work.resolve(fileName(address));
            fetched = downloader().toFile(address, file, known.of(address));
        }
        return new Got(
                file,
                Addresses.shown(address),
                address,
                source,
                fetched.validators(),
                fetched.modified());
    }

    private static boolean isFolder(URI address) {
        return String.valueOf(address.getPath()).endsWith("/");
    }

    private static String fileName(URI address) {
        String name = Addresses.fileName(address).replaceAll("[^A-Za-z0-9._+=-]", "_");
        name = name.startsWith(".") ? "_" + name : name;
        return name.isEmpty() ? "table" : name.substring(0, Math.min(100, name.length()));
    }

    private Downloader downloader() throws DownloadException {
        Downloader known = downloader;
        if (known == null) {
            known =
                    new Downloader(
                            order.limits(),
                            order.certificates() != null
                                    ? order.certificates()
                                    : certificates(console),
                            console::variable,
                            order.program(),
                            progress);
            downloader = known;
        }
        return known;
    }

    /** As OpenSSL and curl have it. */
    private static @Nullable Path certificates(Console console) {
        String file = console.variable("SSL_CERT_FILE");
        return file == null ? null : Path.of(file);
    }

    private static Got local(String from) throws Fault {
        Path file;
        try {
            file = from.startsWith("file:") ? Path.of(URI.create(from)) : Path.of(from);
        } catch (IllegalArgumentException e) {
            throw new Fault(Problem.NO_SUCH_FILE, from);
        }
        if (!Files.exists(file)) {
            throw new Fault(Problem.NO_SUCH_FILE, from);
        }
        return new Got(file, file.toString(), null, null, Validators.NONE, true);
    }

    /** Where AS names for this table are to come from, or null: from nowhere, or from the table. */
    @Nullable String namesFrom(Got got) {
        if (order.names() != null) {
            return order.names().equals(TableOrder.NO_NAMES) ? null : order.names();
        }
        TableSource source = TableSource.of(order.from());
        return source != null && source.needsNames() ? TableSource.NAMES.toString() : null;
    }

    /**
     * Gets AS names; a table is worth having without them, so a failure is told and no more.
     *
     * @return null when they cannot be got, or have not changed
     */
    @Nullable Got names(String from, Known known) {
        try {
            Got got;
            if (Addresses.isOne(from)) {
                URI address = Addresses.parse(from);
                Path file = work.resolve("names");
                Downloader.Fetched fetched =
                        namesDownloader().toFile(address, file, known.of(address));
                got =
                        new Got(
                                file,
                                Addresses.shown(address),
                                address,
                                null,
                                fetched.validators(),
                                fetched.modified());
            } else {
                got = local(from);
            }
            if (!got.modified()) {
                return null;
            }
            if (RibLoader.countNames(got.file()) == 0) {
                return untold(from, "there is no AS name in it", got);
            }
            return got;
        } catch (DownloadException e) {
            return untold(from, String.valueOf(e.getMessage()), null);
        } catch (IOException e) {
            return untold(from, Reasons.of(e), null);
        } catch (Fault e) {
            return untold(from, "no such file", null);
        }
    }

    private Downloader namesDownloader() throws DownloadException {
        return new Downloader(
                order.limits().bytes(Math.min(MOST_NAMES, order.limits().bytes())),
                order.certificates() != null ? order.certificates() : certificates(console),
                console::variable,
                order.program(),
                progress);
    }

    private @Nullable Got untold(String from, String why, @Nullable Got unused) {
        progress.close();
        String place = Addresses.isOne(from) ? shown(from) : from;
        console.err().println(Problem.NAMES_NOT_FRESH.say(place, why));
        return null;
    }

    private static String shown(String from) {
        try {
            return Addresses.shown(Addresses.parse(from));
        } catch (DownloadException e) {
            return "the address";
        }
    }

    /** Ranges of IPv4 are cut into prefixes of at least this length. */
    TableFetch shortestOfRanges(int length) {
        shortestOfRanges = length;
        return this;
    }

    /** Reads the table; {@code now} is when it was made. */
    Rib load(Got got, @Nullable Path names, Instant now) throws Fault {
        progress.say("reading " + got.place());
        LeftOut leftOut = new LeftOut(console, got.file().toString(), got.place());
        RibLoader loader = new RibLoader(leftOut);
        loader.source(got.place());
        if (got.source() != null) {
            loader.builder().licence(got.source().licence(), got.source().attribution());
        }
        loader.builder().addedAt(now).shortestOfRanges(shortestOfRanges);
        if (names != null) {
            loader.names(names);
        }
        try {
            Rib rib = loader.load(List.of(got.file()));
            progress.close();
            leftOut.tellUnlessFew(rib.routes());
            if (loader.isCutOff()) {
                throw new Fault(Problem.NOT_A_TABLE, "'" + got.place() + "' ends in the middle");
            }
            return rib;
        } catch (RibFormatException e) {
            progress.close();
            String message = String.valueOf(e.getMessage());
            throw Fault.because(
                    e, Problem.NOT_A_TABLE, message.replace(got.file().toString(), got.place()));
        } catch (IOException e) {
            progress.close();
            throw Fault.because(e, Problem.NOT_READABLE, got.place(), Reasons.of(e));
        }
    }

    private void clear() {
        try {
            if (Files.exists(work)) {
                Leftovers.delete(work);
            }
        } catch (IOException | UncheckedIOException e) {
            // The next update in this place clears it.
        }
    }

    @Override
    public void close() {
        progress.close();
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has run or will.
        }
    }
}
