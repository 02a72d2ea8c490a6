package org.asntally.job.cli;

import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogReading;
import org.asntally.sources.text.TrustedProxies;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of the fields of logs. */
final class FieldOptions {

    @Option(
            names = "--json-fields",
            paramLabel = "FIELDS",
            description =
                    "Where in a JSON log what is: client=remote_ip,time=ts,path=request.uri and so"
                            + " on; implies -I json-log (default: told from the first lines).")
    @Nullable String json;

    @Option(
            names = "--client-from",
            paramLabel = "FIELD",
            description =
                    "The field with the client's address as proxies have seen it, such as"
                            + " X-Forwarded-For or Forwarded.")
    private @Nullable String clientFrom;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "LIST",
            description =
                    "Proxies that are believed: prefixes, private, any (default: private, which is"
                            + " loopback and private networks).")
    private @Nullable String trusted;

    /**
     * @param weight the field to weigh by, if any
     */
    LogReading reading(@Nullable String weight) throws Fault {
        if (trusted != null && clientFrom == null) {
            throw new Fault(
                    Problem.BAD_USAGE, "--trusted-proxy needs --client-from", "asntally count");
        }
        String list = trusted == null ? TrustedProxies.OWN.list() : trusted;
        try {
            return LogReading.USUAL
                    .withClientFrom(clientFrom, new TrustedProxies(list))
                    .withWeight(weight);
        } catch (LogFormatException e) {
            throw Fault.because(e, Problem.BAD_PROXIES, list, String.valueOf(e.getMessage()));
        }
    }
}
