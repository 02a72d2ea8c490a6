package org.asntally.sources.flink;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.asntally.sources.FlowBatch;

/** Flow batches to Flink: not a key, not a tuple, one serializer of our own. */
public final class FlowBatchTypeInfo extends TypeInformation<FlowBatch> {

    /** The one that everybody shares: it has no state. */
    public static final FlowBatchTypeInfo INSTANCE = new FlowBatchTypeInfo();

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
    public Class<FlowBatch> getTypeClass() {
        return FlowBatch.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<FlowBatch> createSerializer(SerializerConfig config) {
        return FlowBatchSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "FlowBatch";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowBatchTypeInfo;
    }

    @Override
    public int hashCode() {
        return FlowBatchTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof FlowBatchTypeInfo;
    }
}
