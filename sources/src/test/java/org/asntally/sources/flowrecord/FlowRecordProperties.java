package org.asntally.sources.flowrecord;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random messages, read here and by protobuf-java. */
class FlowRecordProperties {

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("asntally.long") ? 100_000 : 1_500);
    }

    private static Descriptor schema(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> Schemas.GOFLOW2;
            case 1 -> Schemas.BWNETFLOW;
            default -> Schemas.ENRICHEDFLOW;
        };
    }

    private static FlowSchema named(Descriptor schema) {
        return schema == Schemas.GOFLOW2
                ? FlowSchema.GOFLOW2
                : schema == Schemas.BWNETFLOW ? FlowSchema.BWNETFLOW : FlowSchema.ENRICHEDFLOW;
    }

    /** With fields that nobody knows, and fields that come twice. */
    private static byte[] wire(Descriptor schema, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(3) == 0) {
            out.writeBytes(unknown(random));
        }
        if (random.nextInt(4) == 0) {
            out.writeBytes(Schemas.random(schema, random).toByteArray());
        }
        out.writeBytes(Schemas.random(schema, random).toByteArray());
        if (random.nextInt(3) == 0) {
            out.writeBytes(unknown(random));
        }
        return out.toByteArray();
    }

    private static byte[] unknown(SplittableRandom random) {
        UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            // Numbers that are in use too, of types that are not those.
            int number = random.nextBoolean() ? random.nextInt(1, 130) : random.nextInt(2000, 9000);
            UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
            switch (random.nextInt(4)) {
                case 0 -> field.addFixed32(random.nextInt());
                case 1 -> field.addFixed64(random.nextLong());
                case 2 -> field.addGroup(UnknownFieldSet.newBuilder().build());
                default -> {
                    if (number < 200) {
                        field.addFixed64(7);
                    } else {
                        field.addLengthDelimited(ByteString.copyFrom(new byte[random.nextInt(40)]));
                    }
                }
            }
            fields.mergeField(number, field.build());
        }
        return fields.build().toByteArray();
    }

    private static byte[] delimited(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        try {
            coded.writeUInt32NoTag(message.length);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeBytes(message);
        return out.toByteArray();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatProtobufReads(long seed) throws InvalidProtocolBufferException {
        SplittableRandom random = new SplittableRandom(seed);
        Descriptor schema = schema(random);
        byte[] message = wire(schema, random);
        String expected = expected(schema, DynamicMessage.parseFrom(schema, message));

        ReadRecord bare =
                ReadRecord.of(ReadRecord.format(named(schema), FlowFraming.BARE), message);
        ReadRecord framed =
                ReadRecord.of(
                        ReadRecord.format(named(schema), FlowFraming.DELIMITED),
                        delimited(message));

        if (message.length == 0) {
            assertThat(bare.reason).isEqualTo(SkipReason.BLANK);
            return;
        }
        assertThat(bare.toString()).as("seed %d", seed).isEqualTo(expected);
        assertThat(framed.toString()).as("seed %d", seed).isEqualTo(expected);
    }

    /** Where a message says it. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tellsSchemaAndFraming(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Descriptor schema = schema(random);
        DynamicMessage.Builder told = Schemas.random(schema, random).toBuilder();
        int mark = schema == Schemas.GOFLOW2 ? 110 : 1002;
        FieldDescriptor field = schema.findFieldByNumber(mark);
        told.setField(field, mark == 110 ? (Object) 1_700_000_000_000_000_000L : (Object) 1);
        told.setField(schema.findFieldByNumber(6), ByteString.copyFrom(new byte[] {8, 8, 8, 8}));
        told.setField(schema.findFieldByNumber(7), ByteString.copyFrom(new byte[] {9, 9, 9, 9}));
        byte[] message = told.build().toByteArray();
        String expected =
                ReadRecord.of(ReadRecord.format(named(schema), FlowFraming.BARE), message)
                        .toString();

        assertThat(ReadRecord.of(ReadRecord.auto(), message).toString())
                .as("seed %d", seed)
                .isEqualTo(expected);
        assertThat(ReadRecord.of(ReadRecord.auto(), delimited(message)).toString())
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    /** What protobuf refuses is refused; what it takes is read alike. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedMessagesAreReadAsProtobufReadsThem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Descriptor schema = schema(random);
        byte[] message = wire(schema, random);
        for (int flips = random.nextInt(1, 6); flips > 0 && message.length > 0; flips--) {
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
        message = Arrays.copyOf(message, random.nextInt(message.length + 1));
        if (message.length == 0) {
            return;
        }
        ReadRecord read =
                ReadRecord.of(ReadRecord.format(named(schema), FlowFraming.BARE), message);
        try {
            var unused = UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            assertThat(read.reason).as("seed %d", seed).isEqualTo(SkipReason.BAD_SHAPE);
            return;
        }
        DynamicMessage parsed;
        try {
            parsed = DynamicMessage.parseFrom(schema, message);
        } catch (InvalidProtocolBufferException e) {
            // It looks into texts and lists, which are nothing but bytes to us.
            return;
        }
        assertThat(read.toString()).as("seed %d", seed).isEqualTo(expected(schema, parsed));
    }

    private static String expected(Descriptor schema, DynamicMessage message) {
        return new Expected(schema, message).text();
    }

    /** The rules once more, on values of protobuf-java. */
    private static final class Expected {
        private final Descriptor schema;
        private final DynamicMessage message;
        private final boolean bw;

        Expected(Descriptor schema, DynamicMessage message) {
            this.schema = schema;
            this.message = message;
            this.bw = schema != Schemas.GOFLOW2;
        }

        private Object value(int number) {
            return message.getField(schema.findFieldByNumber(number));
        }

        private BigInteger wide(int number) {
            Object value = value(number);
            return value instanceof Integer narrow
                    ? BigInteger.valueOf(Integer.toUnsignedLong(narrow))
                    : new BigInteger(Long.toUnsignedString((Long) value));
        }

        private long number(int number) {
            return wide(number).longValueExact();
        }

        private byte[] bytes(int number) {
            return ((ByteString) value(number)).toByteArray();
        }

        private @Nullable String address(int number) {
            try {
                byte[] bytes = bytes(number);
                if (bytes.length != 4 && bytes.length != 16) {
                    return null;
                }
                // Java too takes a v4 address for what it is.
                InetAddress address = InetAddress.getByAddress(bytes);
                byte[] plain = address.getAddress();
                Address ours = new Address();
                String text = address.getHostAddress();
                ours.parse(
                        text.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        0,
                        text.length());
                return plain.length == 4
                        ? Address.text4(ours.v4())
                        : Address.text6(ours.high(), ours.low());
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        private SkipReason addresses(@Nullable String source, @Nullable String destination) {
            boolean fit =
                    source != null
                            && destination != null
                            && source.contains(":") == destination.contains(":");
            if (fit) {
                return SkipReason.NONE;
            }
            long etype = number(30);
            if (etype != 0 && etype != 0x800 && etype != 0x86dd) {
                return SkipReason.NOT_IP;
            }
            return bytes(6).length == 0 || bytes(7).length == 0
                    ? SkipReason.NO_ADDRESS
                    : SkipReason.BAD_ADDRESS;
        }

        private BigInteger millis() {
            if (bw) {
                for (int number : new int[] {38, 5, 2}) {
                    if (wide(number).signum() != 0) {
                        return wide(number).multiply(BigInteger.valueOf(1000));
                    }
                }
            } else {
                for (int number : new int[] {111, 110}) {
                    if (wide(number).signum() != 0) {
                        return wide(number);
                    }
                }
            }
            return BigInteger.valueOf(-1);
        }

        String text() {
            String source = address(6);
            String destination = address(7);
            SkipReason reason = addresses(source, destination);
            Map<SkipReason, Long> counted = new TreeMap<>();
            Map<FlowColumn, String> flow = new TreeMap<>();
            BigInteger time = millis();
            BigInteger last = BigInteger.valueOf(253_402_300_799_000L);
            if (reason == SkipReason.NONE
                    && (bw ? time.compareTo(last) > 0 : time.bitLength() > 63)) {
                reason = SkipReason.BAD_TIME;
            }
            if (reason == SkipReason.NONE) {
                BigInteger rate = wide(3);
                if (bw) {
                    FieldDescriptor normalized = schema.findFieldByNumber(1002);
                    boolean no = message.hasField(normalized) && number(1002) == 0;
                    rate = no ? rate : BigInteger.valueOf(-1);
                }
                if (rate.signum() == 0) {
                    counted.put(SkipReason.RATE_MISSING, 1L);
                }
                rate = rate.max(BigInteger.ONE);
                if (rate.bitLength() > 32
                        || rate.multiply(wide(9)).bitLength() > 63
                        || rate.multiply(wide(10)).bitLength() > 63) {
                    reason = SkipReason.IMPLAUSIBLE;
                } else {
                    flow.put(FlowColumn.SAMPLING_RATE, rate.toString());
                }
            }
            if (reason == SkipReason.NONE) {
                flow.put(
                        FlowColumn.TIME,
                        time.signum() < 0
                                ? String.valueOf(ReadRecord.RECORD_MILLIS)
                                : bw
                                        ? time.toString()
                                        : orRecord(time.divide(BigInteger.valueOf(1_000_000))));
                flow.put(FlowColumn.SOURCE, String.valueOf(source));
                flow.put(FlowColumn.DESTINATION, String.valueOf(destination));
                String sampler = address(11);
                flow.put(FlowColumn.EXPORTER, sampler == null ? "0.0.0.0" : sampler);
                put(flow, FlowColumn.PACKETS, number(10));
                put(flow, FlowColumn.BYTES, number(9));
                put(flow, FlowColumn.PROTOCOL, number(20));
                put(flow, FlowColumn.SOURCE_PORT, number(21));
                put(flow, FlowColumn.DESTINATION_PORT, number(22));
                put(flow, FlowColumn.TCP_FLAGS, number(26) & 0xff);
                put(flow, FlowColumn.TTL, number(25));
                put(flow, FlowColumn.DSCP, (number(23) & 0xff) >> 2);
                put(flow, FlowColumn.ECN, number(23) & 3);
                boolean more = !bw && (number(38) & 1) == 1;
                put(flow, FlowColumn.FRAGMENT, number(36) != 0 || more ? 1 : 0);
                put(flow, FlowColumn.INPUT_INTERFACE, number(18));
                put(flow, FlowColumn.OUTPUT_INTERFACE, number(19));
                put(flow, FlowColumn.DIRECTION, bw ? (int) number(42) : -1);
                put(flow, FlowColumn.EXPORTER_SOURCE_AS, number(14));
                put(flow, FlowColumn.EXPORTER_DESTINATION_AS, number(15));
                put(flow, FlowColumn.NEXT_HOP_AS, number(13));
                put(flow, FlowColumn.CUSTOMER, bw ? number(1000) : 0);
                flow.put(FlowColumn.INPUT_DESCRIPTION, bw ? (String) value(1004) : "");
                flow.put(FlowColumn.OUTPUT_DESCRIPTION, bw ? (String) value(1007) : "");
            } else {
                flow.clear();
            }
            return reason + " " + flow + " " + counted;
        }

        private static String orRecord(BigInteger millis) {
            return millis.signum() == 0
                    ? String.valueOf(ReadRecord.RECORD_MILLIS)
                    : millis.toString();
        }

        private static void put(Map<FlowColumn, String> flow, FlowColumn column, long value) {
            flow.put(column, String.valueOf(value));
        }
    }
}
