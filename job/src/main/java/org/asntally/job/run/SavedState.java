package org.asntally.job.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle;
import org.asntally.job.config.JobKeys.StateIn;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint or savepoint of ours that a job can go on from.
 *
 * @param path its folder
 * @param id the number of the checkpoint: they count on through restarts
 * @param modified when it was complete, milliseconds
 * @param operators the operators whose state is in it: how people call them, by id
 * @param keptIn where windows were kept, which nothing else can read; null when there were none
 */
record SavedState(
        Path path,
        long id,
        long modified,
        Map<OperatorID, String> operators,
        @Nullable StateIn keptIn) {

    private static final String METADATA = "_metadata";

    private static final Comparator<SavedState> BY_AGE =
            Comparator.comparingLong(SavedState::id).thenComparingLong(SavedState::modified);

    /**
     * The newest one below these folders, by number, then by time. One that was not written to its
     * end has no metadata, or metadata that cannot be read: the one before it serves.
     *
     * @param folders of checkpoints (of one job) and of savepoints; they need not exist
     */
    static @Nullable SavedState newest(List<Path> folders) throws IOException {
        List<SavedState> found = new ArrayList<>();
        for (Path folder : folders) {
            try (DirectoryStream<Path> states = Files.newDirectoryStream(folder)) {
                for (Path state : states) {
                    SavedState read = read(state);
                    if (read != null) {
                        found.add(read);
                    }
                }
            } catch (NoSuchFileException | NotDirectoryException e) {
                // The job never came so far.
            }
        }
        return found.stream().max(BY_AGE).orElse(null);
    }

    /** The newer of two, each of which may be null. */
    static @Nullable SavedState newer(@Nullable SavedState one, @Nullable SavedState other) {
        return one == null || (other != null && BY_AGE.compare(other, one) > 0) ? other : one;
    }

    /** The one in this folder; null when there is none that can be read. */
    static @Nullable SavedState read(Path folder) {
        Path metadata = folder.resolve(METADATA);
        if (!Files.isRegularFile(metadata)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            CheckpointMetadata read =
                    Checkpoints.loadCheckpointMetadata(
                            in, SavedState.class.getClassLoader(), folder.toString());
            Map<OperatorID, String> operators = new LinkedHashMap<>();
            for (OperatorState operator : read.getOperatorStates()) {
                if (hasState(operator)) {
                    operators.put(
                            operator.getOperatorID(),
                            operator.getOperatorName()
                                    .filter(name -> !name.isEmpty())
                                    .or(operator::getOperatorUid)
                                    .orElse(operator.getOperatorID().toString()));
                }
            }
            return new SavedState(
                    folder,
                    read.getCheckpointId(),
                    Files.getLastModifiedTime(metadata).toMillis(),
                    operators,
                    keptIn(read));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Subtasks without state of their own are in it too. */
    private static boolean hasState(OperatorState operator) {
        return operator.getCoordinatorState() != null
                || operator.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
    }

    private static @Nullable StateIn keptIn(CheckpointMetadata state) {
        return state.getOperatorStates().stream()
                .flatMap(operator -> operator.getStates().stream())
                .flatMap(subtask -> subtask.getManagedKeyedState().stream())
                .map(
                        keyed ->
                                keyed instanceof IncrementalKeyedStateHandle
                                        ? StateIn.ROCKSDB
                                        : StateIn.HEAP)
                .findFirst()
                .orElse(null);
    }
}
