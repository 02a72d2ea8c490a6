package org.asntally.sources.live;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import org.asntally.sources.packet.PacketMatch;

/**
 * A filter that libpcap compiled for one link layer, run here: no call of native code per packet.
 * Ends always, since jumps go forward only.
 *
 * @see <a href="https://www.tcpdump.org/papers/bpf-usenix93.pdf">the machine and its
 *     instructions</a>
 */
final class BpfProgram implements PacketMatch {
    private static final int INSTRUCTION = 8;
    private static final int SCRATCH = 16;
    private static final int SNAP_LENGTH = 1 << 18;

    /** As libpcap has it for "no netmask". */
    private static final int UNKNOWN_NETMASK = -1;

    // Classes of instructions.
    private static final int LOAD = 0;
    private static final int LOAD_X = 1;
    private static final int STORE = 2;
    private static final int STORE_X = 3;
    private static final int COMPUTE = 4;
    private static final int JUMP = 5;
    private static final int RETURN = 6;

    private final int[] codes;
    private final int[] operands;
    private final int[] scratch = new int[SCRATCH];

    private BpfProgram(int[] codes, int[] operands) {
        this.codes = codes;
        this.operands = operands;
    }

    /**
     * Compiles a filter.
     *
     * @throws CaptureException when libpcap is missing, or does not understand it for this link
     *     layer
     */
    static BpfProgram compile(String filter, int link) throws CaptureException {
        Libpcap.need();
        Pointer dead = Libpcap.pcap_open_dead(dlt(link), SNAP_LENGTH);
        try {
            Memory program = compile(filter, dead);
            try {
                return of(program);
            } finally {
                Libpcap.pcap_freecode(program);
            }
        } finally {
            Libpcap.pcap_close(dead);
        }
    }

    static Memory compile(String filter, Pointer handle) throws CaptureException {
        Memory program = Libpcap.program();
        if (Libpcap.pcap_compile(handle, program, filter, 1, UNKNOWN_NETMASK) != 0) {
            throw new CaptureException(
                    CaptureException.Trouble.BAD_FILTER, Libpcap.pcap_geterr(handle));
        }
        return program;
    }

    /** The numbers of link layers in files and in the library differ for few. */
    private static int dlt(int link) {
        return link == 101 ? 12 : link;
    }

    private static BpfProgram of(Memory program) {
        int length = program.getInt(0);
        Pointer instructions = program.getPointer(8);
        int[] codes = new int[length];
        int[] operands = new int[length];
        for (int i = 0; i < length; i++) {
            // Code, jump if true, jump if false in one number.
            codes[i] = instructions.getInt((long) INSTRUCTION * i);
            operands[i] = instructions.getInt((long) INSTRUCTION * i + 4);
        }
        return new BpfProgram(codes, operands);
    }

    @Override
    public boolean matches(byte[] bytes, int from, int to, long wireLength) {
        int a = 0;
        int x = 0;
        int pc = 0;
        while (pc < codes.length) {
            int code = codes[pc] & 0xffff;
            int k = operands[pc];
            switch (code & 7) {
                case LOAD -> {
                    int mode = code & 0xe0;
                    switch (mode) {
                        case 0x00 -> a = k;
                        case 0x60 -> a = scratch[k & (SCRATCH - 1)];
                        case 0x80 -> a = (int) wireLength;
                        default -> {
                            int size = (code & 0x18) == 0 ? 4 : (code & 0x18) == 8 ? 2 : 1;
                            long at = Integer.toUnsignedLong(k);
                            at += mode == 0x40 ? Integer.toUnsignedLong(x) : 0;
                            if (at + size > to - from) {
                                return false;
                            }
                            a = number(bytes, from + (int) at, size);
                        }
                    }
                }
                case LOAD_X -> {
                    switch (code & 0xe0) {
                        case 0x00 -> x = k;
                        case 0x60 -> x = scratch[k & (SCRATCH - 1)];
                        case 0x80 -> x = (int) wireLength;
                        default -> {
                            // The length of an IPv4 header.
                            if (Integer.toUnsignedLong(k) >= to - from) {
                                return false;
                            }
                            x = (bytes[from + k] & 0xf) * 4;
                        }
                    }
                }
                case STORE -> scratch[k & (SCRATCH - 1)] = a;
                case STORE_X -> scratch[k & (SCRATCH - 1)] = x;
                case COMPUTE -> {
                    int operand = (code & 8) == 0 ? k : x;
                    if (operand == 0 && ((code & 0xf0) == 0x30 || (code & 0xf0) == 0x90)) {
                        return false;
                    }
                    a = compute(code & 0xf0, a, operand);
                }
                case JUMP -> {
                    if ((code & 0xf0) == 0) {
                        pc += k;
                    } else {
                        boolean holds = holds(code & 0xf0, a, (code & 8) == 0 ? k : x);
                        pc += (codes[pc] >>> (holds ? 16 : 24)) & 0xff;
                    }
                }
                case RETURN -> {
                    return ((code & 0x18) == 0x10 ? a : k) != 0;
                }
                default -> {
                    if ((code & 0x80) == 0) {
                        x = a;
                    } else {
                        a = x;
                    }
                }
            }
            pc++;
        }
        return false;
    }

    private static int number(byte[] bytes, int at, int size) {
        int number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 8 | (bytes[at + i] & 0xff);
        }
        return number;
    }

    private static int compute(int operation, int a, int operand) {
        return switch (operation) {
            case 0x00 -> a + operand;
            case 0x10 -> a - operand;
            case 0x20 -> a * operand;
            case 0x30 -> Integer.divideUnsigned(a, operand);
            case 0x40 -> a | operand;
            case 0x50 -> a & operand;
            case 0x60 -> Integer.compareUnsigned(operand, 31) > 0 ? 0 : a << operand;
            case 0x70 -> Integer.compareUnsigned(operand, 31) > 0 ? 0 : a >>> operand;
            case 0x80 -> -a;
            case 0x90 -> Integer.remainderUnsigned(a, operand);
            default -> a ^ operand;
        };
    }

    private static boolean holds(int condition, int a, int operand) {
        return switch (condition) {
            case 0x10 -> a == operand;
            case 0x20 -> Integer.compareUnsigned(a, operand) > 0;
            case 0x30 -> Integer.compareUnsigned(a, operand) >= 0;
            default -> (a & operand) != 0;
        };
    }
}
