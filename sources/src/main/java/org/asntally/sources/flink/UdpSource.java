package org.asntally.sources.flink;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.asntally.sources.flink.UdpEnumerator.Nothing;
import org.asntally.sources.udp.Datagrams;

/**
 * Datagrams as they come, some of them in one record, as {@link Datagrams} has them. Unbounded.
 *
 * <p><b>State.</b> None: what a socket gives it gives once. The operator that decodes them knows
 * which are missing.
 *
 * <p><b>Time.</b> Told by the reader: the moment of receipt, also while nothing comes, until the
 * source is idle. See {@link UdpReader}.
 *
 * <p><b>Edge.</b> An address that cannot be had is told to {@link Notices} and tried again; the
 * other sockets go on. What the kernel or the ring had no room for is counted in the records.
 *
 * <p><b>Restore.</b> Sockets are given when a reader comes and closed first when it goes, so none
 * takes from the one that comes after it.
 */
final class UdpSource implements Source<byte[], UdpSplit, Nothing>, ResultTypeQueryable<byte[]> {
    private static final long serialVersionUID = 1;

    private final UdpListen listen;

    UdpSource(UdpListen listen) {
        this.listen = listen;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<UdpSplit, Nothing> createEnumerator(
            SplitEnumeratorContext<UdpSplit> context) {
        return new UdpEnumerator(context, listen.most());
    }

    @Override
    public SplitEnumerator<UdpSplit, Nothing> restoreEnumerator(
            SplitEnumeratorContext<UdpSplit> context, Nothing state) {
        return createEnumerator(context);
    }

    @Override
    public SourceReader<byte[], UdpSplit> createReader(SourceReaderContext context) {
        return new UdpReader(context, listen);
    }

    @Override
    public SimpleVersionedSerializer<UdpSplit> getSplitSerializer() {
        return new UdpSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Nothing> getEnumeratorCheckpointSerializer() {
        return new UdpEnumerator.NothingSerializer();
    }

    @Override
    public TypeInformation<byte[]> getProducedType() {
        return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    }
}
