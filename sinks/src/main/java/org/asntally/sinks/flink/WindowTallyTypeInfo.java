package org.asntally.sinks.flink;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.asntally.sinks.WindowTally;

/** The type of {@link WindowTally}, for graphs where generic types are off. */
public final class WindowTallyTypeInfo extends TypeInformation<WindowTally> {

    private static final long serialVersionUID = 1;

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<WindowTally> getTypeClass() {
        return WindowTally.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<WindowTally> createSerializer(SerializerConfig config) {
        return new WindowTallySerializer();
    }

    @Override
    public String toString() {
        return "WindowTally";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowTallyTypeInfo;
    }

    @Override
    public int hashCode() {
        return WindowTallyTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WindowTallyTypeInfo;
    }
}
