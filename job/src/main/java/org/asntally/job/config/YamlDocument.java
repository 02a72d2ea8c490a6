package org.asntally.job.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** One reading of a text as YAML: its nodes, as far as it could be read. */
final class YamlDocument {

    private static final int DEEPEST = 16;
    private static final int MOST_ALIASES = 100;

    private final String file;
    private final int tabWidth;
    private final Map<Integer, Integer> tabs;
    private final Findings findings = new Findings();
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable YamlNode root;
    private int aliases;
    private boolean broken;
    private boolean hasTabs;

    /** A map or list that is being read, and the key in it that waits for its value. */
    private static final class Open {
        final YamlNode node;
        final @Nullable String anchor;
        YamlNode.@Nullable Scalar key;

        /** A key that is none came: its value belongs to nothing. */
        boolean skipsValue;

        Open(YamlNode node, @Nullable String anchor) {
            this.node = node;
            this.anchor = anchor;
        }
    }

    /** Ends the reading where it is. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }

    /**
     * Reads a text.
     *
     * @param tabWidth how many spaces stand for each tab that there was
     * @param tabs how many tabs stood before the text of a line, by its number
     */
    YamlDocument(String file, String text, int tabWidth, Map<Integer, Integer> tabs) {
        this.file = file;
        this.tabWidth = tabWidth;
        this.tabs = tabs;
        try {
            read(text);
        } catch (Stop e) {
            broken = true;
        } catch (MarkedYamlEngineException e) {
            broken = true;
            String problem = String.valueOf(e.getProblem());
            hasTabs = problem.contains("TAB");
            // What is never closed is told where it begins.
            boolean end = problem.contains("stream end") && e.getContextMark().isPresent();
            findings.error(
                    place(end ? e.getContextMark() : e.getProblemMark()),
                    Problem.CONFIG_NOT_YAML,
                    e.getContext() == null ? problem : e.getContext() + " " + problem);
        } catch (ReaderException e) {
            broken = true;
            String before = text.substring(0, Math.min(text.length(), e.getPosition()));
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            findings.error(
                    new Place(file, line, before.length() - before.lastIndexOf('\n')),
                    Problem.CONFIG_NOT_YAML,
                    String.format("character U+%04X is not allowed", e.getCodePoint()));
        } catch (YamlEngineException e) {
            broken = true;
            findings.error(
                    new Place(file, 1, 1), Problem.CONFIG_NOT_YAML, String.valueOf(e.getMessage()));
        }
        // What is open is what could be read of it.
        while (!open.isEmpty()) {
            close();
        }
    }

    @Nullable YamlNode root() {
        return root;
    }

    /** Whether its end was not reached. */
    boolean isBroken() {
        return broken;
    }

    /** Whether it broke at a tab. */
    boolean hasTabs() {
        return hasTabs;
    }

    List<Finding> findings() {
        return findings.sorted();
    }

    /** Leaves out what is said of where it broke. */
    void forgetBreak() {
        findings.drop(Problem.CONFIG_NOT_YAML);
    }

    private void read(String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(YamlReader.LARGEST).build();
        ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
        boolean more = false;
        while (parser.hasNext()) {
            Event event = parser.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (more) {
                        findings.error(
                                place(event.getStartMark()),
                                Problem.CONFIG_NOT_YAML,
                                "a second document begins here");
                        return;
                    }
                    more = true;
                }
                case Scalar -> scalar((ScalarEvent) event);
                case Alias -> alias((AliasEvent) event);
                case MappingStart -> {
                    MappingStartEvent start = (MappingStartEvent) event;
                    tag(start, start.getTag(), "tag:yaml.org,2002:map");
                    open(new YamlNode.Entries(place(start.getStartMark())), start);
                }
                case SequenceStart -> {
                    SequenceStartEvent start = (SequenceStartEvent) event;
                    tag(start, start.getTag(), "tag:yaml.org,2002:seq");
                    open(new YamlNode.Items(place(start.getStartMark())), start);
                }
                case MappingEnd, SequenceEnd -> close();
                default -> {
                    // The stream's and the document's ends, and comments, say nothing.
                }
            }
        }
    }

    private void scalar(ScalarEvent event) {
        tag(event, event.getTag(), "tag:yaml.org,2002:str");
        Place place = place(event.getStartMark());
        String text = event.getValue();
        ScalarStyle style = event.getScalarStyle();
        int length = column(event.getEndMark()) - column(event.getStartMark());
        boolean oneLine = line(event.getEndMark()) == line(event.getStartMark());
        boolean plain = style == ScalarStyle.PLAIN;
        boolean literal =
                oneLine
                        && style != ScalarStyle.LITERAL
                        && style != ScalarStyle.FOLDED
                        && length == text.codePointCount(0, text.length()) + (plain ? 0 : 2);
        YamlNode.Scalar scalar = new YamlNode.Scalar(place, text, plain, literal);
        anchor(event, scalar);
        put(scalar);
    }

    private void alias(AliasEvent event) {
        Place place = place(event.getStartMark());
        if (++aliases > MOST_ALIASES) {
            findings.error(place, Problem.CONFIG_TOO_MUCH, "aliases", "at most " + MOST_ALIASES);
            throw new Stop();
        }
        String name = event.getAlias().getValue();
        YamlNode node = anchors.get(name);
        if (node == null) {
            boolean itself = open.stream().anyMatch(outer -> name.equals(outer.anchor));
            findings.error(
                    place,
                    Problem.CONFIG_NOT_YAML,
                    "alias '*"
                            + name
                            + "' "
                            + (itself ? "stands in what it names" : "names nothing before it"));
            node = new YamlNode.Scalar(place, "", true, true);
        }
        put(node);
    }

    private void open(YamlNode node, NodeEvent event) {
        if (open.size() == DEEPEST) {
            findings.error(
                    node.place(),
                    Problem.CONFIG_TOO_MUCH,
                    "nesting",
                    "at most " + DEEPEST + " levels");
            throw new Stop();
        }
        open.push(new Open(node, event.getAnchor().map(Anchor::getValue).orElse(null)));
    }

    private void close() {
        Open done = open.pop();
        if (done.key != null) {
            // Broken off behind a key.
            done.key = null;
        }
        if (done.anchor != null) {
            anchors.put(done.anchor, done.node);
        }
        put(done.node);
    }

    /** A node that is complete goes into what is open around it. */
    private void put(YamlNode node) {
        Open outer = open.peek();
        if (outer == null) {
            root = node;
        } else if (outer.node instanceof YamlNode.Items list) {
            list.items().add(node);
        } else if (outer.skipsValue) {
            outer.skipsValue = false;
        } else if (outer.key != null) {
            ((YamlNode.Entries) outer.node).entries().add(new YamlNode.Entry(outer.key, node));
            outer.key = null;
        } else if (node instanceof YamlNode.Scalar scalar) {
            outer.key = scalar;
        } else {
            findings.error(
                    node.place(), Problem.CONFIG_WRONG_SHAPE, "a key", "a text", node.shape());
            outer.skipsValue = true;
        }
    }

    private void anchor(NodeEvent event, YamlNode node) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    }

    private void tag(NodeEvent event, Optional<String> tag, String usual) {
        if (tag.isPresent() && !tag.get().equals(usual) && !tag.get().equals("!")) {
            findings.error(
                    place(event.getStartMark()),
                    Problem.CONFIG_NOT_YAML,
                    "tag '" + tag.get() + "' has no meaning here");
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Optional<Mark> mark) {
        return mark.map(Mark::getColumn).orElse(0) + 1;
    }

    /** The place in the file as it is, whose tabs are one column wide. */
    private Place place(Optional<Mark> mark) {
        int line = line(mark);
        int added = (tabWidth - 1) * tabs.getOrDefault(line, 0);
        return new Place(file, line, Math.max(1, column(mark) - added));
    }
}
