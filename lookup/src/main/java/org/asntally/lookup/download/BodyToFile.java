package org.asntally.lookup.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body as it comes, up to a limit, and tells how much has come and when the last of it
 * did. One HTTP thread writes; any thread may ask.
 */
final class BodyToFile implements BodySubscriber<Long> {

    /** The body is larger than the limit. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final WritableByteChannel out;
    private final long most;
    private final Runnable heard;
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private volatile long received;
    private Flow.@Nullable Subscription subscription;

    /**
     * @param heard is called whenever something has come
     */
    BodyToFile(WritableByteChannel out, long most, Runnable heard) {
        this.out = out;
        this.most = most;
        this.heard = heard;
    }

    long received() {
        return received;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription from = subscription;
        if (from == null || result.isDone()) {
            return;
        }
        heard.run();
        try {
            for (ByteBuffer buffer : buffers) {
                long all = received + buffer.remaining();
                if (all > most) {
                    throw new TooLarge();
                }
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                received = all;
            }
            from.request(1);
        } catch (IOException e) {
            from.cancel();
            result.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(received);
    }
}
