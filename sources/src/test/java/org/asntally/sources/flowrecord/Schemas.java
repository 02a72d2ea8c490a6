package org.asntally.sources.flowrecord;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.SplittableRandom;

/** The messages of the collectors, as protobuf-java knows them: field numbers and types. */
final class Schemas {

    private static final int[] NUMBERS_OF_ALL = {
        4, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 29, 30, 31, 32, 33, 34, 35, 36,
        37
    };

    static final Descriptor GOFLOW2 = goflow2();
    static final Descriptor BWNETFLOW = bwnetflow(false);
    static final Descriptor ENRICHEDFLOW = bwnetflow(true);

    private Schemas() {}

    private static Descriptor goflow2() {
        DescriptorProto.Builder message = shared();
        add(message, FieldDescriptorProto.Type.TYPE_UINT32, 38, 70, 71, 106);
        add(message, FieldDescriptorProto.Type.TYPE_UINT64, 110, 111, 112);
        add(message, FieldDescriptorProto.Type.TYPE_BYTES, 100);
        repeated(message, FieldDescriptorProto.Type.TYPE_UINT32, 80, 81, 101, 102, 103, 104);
        repeated(message, FieldDescriptorProto.Type.TYPE_BYTES, 82, 105);
        return build(message, "goflow2");
    }

    private static Descriptor bwnetflow(boolean enriched) {
        DescriptorProto.Builder message = shared();
        add(message, FieldDescriptorProto.Type.TYPE_UINT64, 2, 5, 38);
        add(
                message,
                FieldDescriptorProto.Type.TYPE_UINT32,
                39,
                40,
                41,
                42,
                54,
                55,
                56,
                57,
                58,
                59,
                60,
                61,
                62);
        add(message, FieldDescriptorProto.Type.TYPE_BOOL, 53);
        add(message, FieldDescriptorProto.Type.TYPE_UINT32, 1000, 1005, 1008, 1011, 1012, 1013);
        add(
                message,
                FieldDescriptorProto.Type.TYPE_STRING,
                1001,
                1003,
                1004,
                1006,
                1007,
                1009,
                1010,
                1014,
                1015,
                1016);
        message.addField(
                field(FieldDescriptorProto.Type.TYPE_UINT32, 1002)
                        .setProto3Optional(true)
                        .setOneofIndex(0));
        message.addOneofDeclBuilder().setName("_f1002");
        if (enriched) {
            add(message, FieldDescriptorProto.Type.TYPE_UINT32, 1100, 1101, 1160, 1172, 1173, 1174);
            add(message, FieldDescriptorProto.Type.TYPE_STRING, 1180, 1183, 1184, 1185, 1290, 1291);
            repeated(message, FieldDescriptorProto.Type.TYPE_UINT32, 1171);
        }
        return build(message, enriched ? "enriched" : "bwnetflow");
    }

    private static DescriptorProto.Builder shared() {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Flow");
        add(message, FieldDescriptorProto.Type.TYPE_UINT32, 1);
        add(message, FieldDescriptorProto.Type.TYPE_UINT64, 3, 9, 10, 27, 28);
        add(message, FieldDescriptorProto.Type.TYPE_BYTES, 6, 7, 11, 12);
        add(message, FieldDescriptorProto.Type.TYPE_UINT32, NUMBERS_OF_ALL);
        return message;
    }

    private static void add(
            DescriptorProto.Builder message, FieldDescriptorProto.Type type, int... numbers) {
        for (int number : numbers) {
            message.addField(field(type, number));
        }
    }

    private static void repeated(
            DescriptorProto.Builder message, FieldDescriptorProto.Type type, int... numbers) {
        for (int number : numbers) {
            message.addField(
                    field(type, number).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED));
        }
    }

    private static FieldDescriptorProto.Builder field(FieldDescriptorProto.Type type, int number) {
        return FieldDescriptorProto.newBuilder()
                .setName("f" + number)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private static Descriptor build(DescriptorProto.Builder message, String name) {
        try {
            return FileDescriptor.buildFrom(
                            FileDescriptorProto.newBuilder()
                                    .setSyntax("proto3")
                                    .setPackage(name)
                                    .setName(name + ".proto")
                                    .addMessageType(message)
                                    .build(),
                            new FileDescriptor[0])
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A message with values as exporters, enemies and accidents give them. */
    static DynamicMessage random(Descriptor schema, SplittableRandom random) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(schema);
        boolean sane = random.nextInt(4) > 0;
        boolean v6 = random.nextBoolean();
        for (FieldDescriptor field : schema.getFields()) {
            int number = field.getNumber();
            boolean address = number == 6 || number == 7;
            if (!address && random.nextInt(3) == 0) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    message.addRepeatedField(field, value(field, random, sane, v6));
                }
            } else {
                message.setField(field, value(field, random, sane, v6));
            }
        }
        return message.build();
    }

    private static Object value(
            FieldDescriptor field, SplittableRandom random, boolean sane, boolean v6) {
        return switch (field.getType()) {
            case UINT32 -> sane ? random.nextInt(1 << random.nextInt(1, 31)) : random.nextInt();
            case UINT64 -> number(field.getNumber(), random, sane);
            case BOOL -> random.nextBoolean();
            case STRING -> text(random);
            default -> ByteString.copyFrom(address(random, sane, v6));
        };
    }

    private static long number(int field, SplittableRandom random, boolean sane) {
        if (!sane && random.nextInt(6) == 0) {
            return random.nextLong();
        }
        return switch (field) {
            case 2, 5, 38 -> random.nextLong(1_500_000_000L, 1_900_000_000L);
            case 110, 111, 112 -> random.nextLong(1_500_000_000L, 1_900_000_000L) * 1_000_000_007;
            case 3 -> new long[] {0, 1, 1000, 65_536}[random.nextInt(4)];
            default -> random.nextLong(1L << random.nextInt(1, 40));
        };
    }

    private static byte[] address(SplittableRandom random, boolean sane, boolean v6) {
        int length = v6 ? 16 : 4;
        if (!sane && random.nextInt(8) == 0) {
            length = random.nextInt(20);
        }
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (length == 16 && random.nextInt(8) == 0) {
            java.util.Arrays.fill(bytes, 0, 10, (byte) 0);
            bytes[10] = -1;
            bytes[11] = -1;
        }
        return bytes;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(5) == 0 ? 0x4e00 + random.nextInt(99) : 'a' + i);
        }
        return text.toString();
    }
}
