package org.asntally.job.ask;

import java.io.IOException;
import org.asntally.job.local.Console;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.sinks.ReportOutput;

/** {@code asntally explain}: why is this the answer? */
public final class Explain {

    private Explain() {}

    /**
     * Answers.
     *
     * @return whether all questions could be read
     */
    public static boolean run(ExplainRequest request, Console console) throws Fault {
        RibOpening table = RibOpening.open(request.table(), console);
        ExplainText text = new ExplainText(table);
        ExplainJson json = new ExplainJson(table);
        StringBuilder answers = new StringBuilder();
        boolean all = true;
        for (String question : request.questions()) {
            AsExplanation as = AsExplanation.of(question, table.rib());
            Explanation why =
                    as == null ? Explanation.of(question, table.rib(), request.mapV4()) : null;
            if (as != null) {
                answers.append(request.json() ? json.of(as) : text.of(as));
            } else if (why == null) {
                all = false;
                console.err().println(Problem.NO_QUESTION.say(WhyNot.of(question), question));
            } else {
                answers.append(request.json() ? json.of(why) : text.of(why));
            }
        }
        if (!request.json() && answers.length() > 0) {
            answers.append(text.table());
        }
        try {
            ReportOutput.to(
                    console.rawOut(),
                    stream -> {
                        RowBuffer out = new RowBuffer(stream);
                        out.add(answers.toString());
                        out.flush();
                    });
        } catch (IOException e) {
            throw Fault.because(e, Problem.STDOUT_FAILED, Reasons.of(e));
        }
        return all;
    }
}
