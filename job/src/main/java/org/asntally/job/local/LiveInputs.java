package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.asntally.job.local.CountRequest.Packets;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.live.BpfFilter;
import org.asntally.sources.live.CaptureException;
import org.asntally.sources.live.LiveCapture;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.PacketFilter;
import org.jspecify.annotations.Nullable;

/** What needs libpcap, and whether it is there: told before the job starts. */
public final class LiveInputs {

    private LiveInputs() {}

    /** The first interface there is. */
    public static String first() throws Fault {
        try {
            return firstName();
        } catch (CaptureException e) {
            throw fault(e, "", "");
        }
    }

    private static String firstName() throws CaptureException {
        List<String> names = LiveCapture.interfaces();
        // An empty list, and no word why: nobody without the right sees any.
        return names.isEmpty() ? "any" : names.get(0);
    }

    /** A filter of packets in files, known to be usable; null: all. */
    public static PacketFilter filter(@Nullable String text) throws Fault {
        if (text == null) {
            return PacketFilter.ALL;
        }
        if (text.equals(PacketFilter.IP.text())) {
            return PacketFilter.IP;
        }
        BpfFilter filter = new BpfFilter(text);
        check(filter);
        return filter;
    }

    /** The filter of packets in files; only one that nobody here can read needs libpcap. */
    static PacketFilter filter(Packets packets) {
        if (packets.filter().isEmpty()) {
            return PacketFilter.ALL;
        }
        if (packets.filter().equals(PacketFilter.ASNCOUNTER.text())) {
            return PacketFilter.ASNCOUNTER;
        }
        return packets.filter().equals(PacketFilter.IP.text())
                ? PacketFilter.IP
                : new BpfFilter(packets.filter());
    }

    /** Makes sure that a filter can be used. */
    static void check(PacketFilter filter) throws Fault {
        if (filter instanceof BpfFilter bpf) {
            try {
                bpf.check();
            } catch (CaptureException e) {
                throw fault(e, "", bpf.text());
            }
        }
    }

    /** The interface, after a moment of capturing from it. */
    static InputFile check(Packets packets) throws Fault {
        String name = String.valueOf(packets.live());
        try {
            if (name.isEmpty()) {
                name = firstName();
            }
            LiveFormat format = new LiveFormat(packets.filter());
            LiveCapture.check(name, format);
            return InputFile.live(name, 0, format);
        } catch (CaptureException e) {
            throw fault(e, name, packets.filter());
        }
    }

    /**
     * Makes sure that this can be captured, now or later: an interface may come, a library or right
     * will not.
     */
    public static void check(String name, LiveFormat format) throws Fault {
        try {
            LiveCapture.check(name, format);
        } catch (CaptureException e) {
            switch (e.trouble()) {
                case NO_INTERFACE, NOT_READY -> {
                    // Its reader says so, and tries again.
                }
                default -> throw fault(e, name, format.filter());
            }
        }
    }

    private static Fault fault(CaptureException e, String name, String filter) {
        return switch (e.trouble()) {
            case NO_LIBRARY -> Fault.because(e, Problem.NO_LIBPCAP);
            case NO_RIGHT -> Fault.because(e, Problem.NO_RIGHT_TO_CAPTURE, name, java());
            case NO_INTERFACE -> Fault.because(e, Problem.NO_INTERFACE, name, interfaces());
            case NOT_READY -> Fault.because(e, Problem.INTERFACE_NOT_READY, name, e.said());
            case BAD_FILTER -> Fault.because(e, Problem.BAD_BPF, filter, e.said());
        };
    }

    private static String interfaces() {
        try {
            return String.join(", ", LiveCapture.interfaces());
        } catch (CaptureException e) {
            return "none";
        }
    }

    /**
     * Where the program lies that needs the right: the one that runs this. With it, the system no
     * longer looks for its libraries beside it, so that place must be told too.
     */
    private static String java() {
        Path home = Path.of(System.getProperty("java.home"));
        @Nullable Path real = null;
        try {
            real = home.toRealPath();
        } catch (IOException e) {
            // As it is, then.
        }
        return String.valueOf(real == null ? home : real);
    }
}
