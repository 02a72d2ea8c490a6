package org.asntally.sinks.flink;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.asntally.sinks.TallyRows;

/** The type of {@link TallyRows}, for graphs where generic types are off. */
public final class TallyRowsTypeInfo extends TypeInformation<TallyRows> {

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
    public Class<TallyRows> getTypeClass() {
        return TallyRows.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<TallyRows> createSerializer(SerializerConfig config) {
        return new TallyRowsSerializer();
    }

    @Override
    public String toString() {
        return "TallyRows";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TallyRowsTypeInfo;
    }

    @Override
    public int hashCode() {
        return TallyRowsTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof TallyRowsTypeInfo;
    }
}
