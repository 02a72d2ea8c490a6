package org.asntally.sources.udp;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Linux has for sockets and the JDK has not, with its numbers and layouts of 64 bits.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
final class LinuxCalls {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** SOCK_DGRAM, closed in programs that are started. */
    static final int DATAGRAMS = 2 | 0x80000;

    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;

    /** Of a socket's memory: nine numbers of 32 bits, the last is what was dropped. */
    static final int SO_MEMINFO = 55;

    static final int MEMINFO_DROPS = 4 * 8;
    static final int MEMINFO = 4 * 9;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int MSG_DONTWAIT = 0x40;

    /** To wait for the first only. */
    static final int MSG_WAITFORONE = 0x10000;

    static final int SHUT_RD = 0;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EAFNOSUPPORT = 97;

    /** Where the numbers above hold. */
    private static final Set<String> ARCHITECTURES =
            Set.of("amd64", "aarch64", "riscv64", "ppc64le", "s390x");

    private static final boolean THERE = isLoaded();

    private LinuxCalls() {}

    /** Whether these can be called here. */
    static boolean areThere() {
        return THERE;
    }

    private static boolean isLoaded() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (!system.equals("linux") || !ARCHITECTURES.contains(System.getProperty("os.arch", ""))) {
            return false;
        }
        try {
            Native.register(LinuxCalls.class, "c");
            return Native.POINTER_SIZE == Long.BYTES;
        } catch (LinkageError e) {
            // No place to unpack its library into, or another C library: the JDK's sockets do.
            return false;
        }
    }

    static native int socket(int family, int type, int protocol);

    static native int setsockopt(int socket, int level, int option, Pointer value, int length);

    static native int getsockopt(int socket, int level, int option, Pointer value, Pointer length);

    static native int bind(int socket, Pointer address, int length);

    static native int getsockname(int socket, Pointer address, Pointer length);

    static native int recvmmsg(
            int socket, Pointer messages, int count, int flags, @Nullable Pointer wait);

    static native int shutdown(int socket, int how);

    static native int close(int socket);

    /** sched_getattr and sched_setattr, for which older C libraries have no names. */
    static native long syscall(long number, long thread, Pointer value, long third, long fourth);

    static native String strerror(int error);
}
