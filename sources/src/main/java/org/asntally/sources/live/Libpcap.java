package org.asntally.sources.live;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The functions of libpcap that are used, as pcap(3) describes them. */
final class Libpcap {
    static final int ERROR_BUFFER = 256;
    static final int NO_SUCH_DEVICE = -5;
    static final int NO_RIGHT = -8;
    static final int NOT_UP = -9;
    static final int NO_RIGHT_TO_LISTEN_TO_ALL = -11;

    private static final String[] NAMES = {"pcap", "libpcap.so.1", "libpcap.so.0.8"};

    /** The system property that names it in place of these: a name or a path. */
    private static final String NAME_PROPERTY = "asntally.libpcap";

    /** Whether it can be used. An initializer that throws could not be asked. */
    private static final boolean THERE = register();

    private Libpcap() {}

    private static boolean register() {
        try {
            Native.register(Libpcap.class, library());
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static NativeLibrary library() {
        UnsatisfiedLinkError missing = new UnsatisfiedLinkError("libpcap");
        String given = System.getProperty(NAME_PROPERTY);
        for (String name : given == null ? NAMES : new String[] {given}) {
            try {
                return NativeLibrary.getInstance(name);
            } catch (UnsatisfiedLinkError e) {
                missing.addSuppressed(e);
            }
        }
        throw missing;
    }

    /**
     * Makes sure that it is there.
     *
     * @throws CaptureException when it is not
     */
    static void need() throws CaptureException {
        if (!THERE) {
            throw new CaptureException(CaptureException.Trouble.NO_LIBRARY, "");
        }
    }

    static native Pointer pcap_create(String device, byte[] error);

    static native int pcap_set_snaplen(Pointer handle, int length);

    static native int pcap_set_promisc(Pointer handle, int wanted);

    static native int pcap_set_timeout(Pointer handle, int millis);

    static native int pcap_set_buffer_size(Pointer handle, int bytes);

    static native int pcap_activate(Pointer handle);

    static native int pcap_setnonblock(Pointer handle, int wanted, byte[] error);

    static native int pcap_get_selectable_fd(Pointer handle);

    static native int pcap_datalink(Pointer handle);

    static native int pcap_next_ex(Pointer handle, Pointer header, Pointer data);

    static native int pcap_stats(Pointer handle, Pointer stats);

    static native String pcap_geterr(Pointer handle);

    static native String pcap_statustostr(int status);

    static native Pointer pcap_open_dead(int link, int snapLength);

    static native int pcap_compile(
            Pointer handle, Pointer program, String filter, int optimize, int netmask);

    static native int pcap_setfilter(Pointer handle, Pointer program);

    static native void pcap_freecode(Pointer program);

    static native void pcap_close(Pointer handle);

    static native int pcap_findalldevs(Pointer first, byte[] error);

    static native void pcap_freealldevs(Pointer first);

    /** Room for a program: a number, and where its instructions are. */
    static Memory program() {
        Memory program = new Memory(16);
        program.clear();
        return program;
    }

    static String text(byte[] error) {
        return Native.toString(error);
    }
}
