package org.asntally.sources.files;

/**
 * What is remembered of a file that is followed, in checkpoints too.
 *
 * @param id its number in its source, never given twice
 * @param device the file system it is on
 * @param inode its number there; 0 when no file has its content: it is sought by its head
 * @param head its first bytes
 * @param path where it was seen last
 * @param position behind the last line that was handed over, in unpacked bytes
 * @param inLine whether this is in the middle of a line that is not wanted
 * @param size its bytes at the last look; of packed files as packed
 * @param packed whether it is compressed
 * @param done nothing more is read from it; it is only recognised
 * @param goneMillis clock time since when there is no file of it; 0 while there is one
 * @param lastStart no line that begins behind this byte is read; {@link LineBlocks#NO_END}
 */
public record FileMark(
        long id,
        long device,
        long inode,
        FileHead head,
        String path,
        long position,
        boolean inLine,
        long size,
        boolean packed,
        boolean done,
        long goneMillis,
        long lastStart) {

    /** Another part of the same file, of which nothing was read. */
    public FileMark part(long newId, long start, boolean startInLine, long end) {
        return new FileMark(
                newId, device, inode, head, path, start, startInLine, size, packed, false, 0, end);
    }
}
