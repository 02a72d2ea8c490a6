package org.asntally.job.attribute;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;

/** A source that the job cannot do without has failed for good. No restart mends that. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RequiredSourceException extends FlinkRuntimeException {

    private static final long serialVersionUID = 1;

    private final String source;

    RequiredSourceException(String source) {
        super("source '" + source + "', which is required, has failed for good");
        this.source = source;
    }

    /** The name of the source. */
    public String source() {
        return source;
    }
}
