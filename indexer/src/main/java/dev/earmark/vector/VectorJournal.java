package dev.earmark.vector;

import dev.earmark.index.IndexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that are made and not yet in an index, in one file that is only ever added to.
 *
 * <p>A record is the hash of what the model was given (16 bytes), the vector, and a checksum of
 * both (4 bytes, CRC-32). A process may end at any time: what was written is there when the file is
 * opened again, and a record that was not written whole is cut off, with all behind it. The vectors
 * of one model are in one file, {@code MODEL.journal}; those of others are dropped.
 *
 * <p>Once the index has taken what is there, the journal is emptied; vectors of moments that no
 * longer exist are kept up to {@value #SPARE}, because what goes often comes again under another
 * name. Of each vector its place is held in memory, not the vector. One process has it open at a
 * time. Thread-safe.
 */
public final class VectorJournal implements AutoCloseable {
  private static final int SPARE = 20_000;
  private static final String ENDING = ".journal";
  private static final int SUM_BYTES = 4;

  private final Path file;
  private final int dimension;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final Map<ContentHash, Long> places = new LinkedHashMap<>();
  private final Set<ContentHash> taken = ConcurrentHashMap.newKeySet();
  private FileChannel channel;
  private long end;

  private VectorJournal(Path file, int dimension, FileChannel lockChannel, FileLock lock)
      throws IOException {
    this.file = file;
    this.dimension = dimension;
    this.lockChannel = lockChannel;
    this.lock = lock;
    this.channel = open(file);
    read();
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Opens the journal of an index for a model, and makes it if there is none.
   *
   * @param index the folder of the index
   * @throws IndexException if another process has it open
   */
  public static VectorJournal open(Path index, String model, int dimension) throws IOException {
    Path folder = index.resolve("vectors");
    Files.createDirectories(folder);
    FileChannel lockChannel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = lock(lockChannel);
      if (lock == null) {
        throw new IndexException(
            "the vectors of the index in "
                + index
                + " are being made by another earmark; wait until it is done");
      }
      Path file = folder.resolve(model + ENDING);
      for (Path other : files(folder)) {
        if (!other.equals(file)) {
          Files.delete(other);
        }
      }
      return new VectorJournal(file, dimension, lockChannel, lock);
    } catch (IOException | RuntimeException e) {
      lockChannel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> file.getFileName().toString().contains(ENDING)).toList();
    }
  }

  private int recordBytes() {
    return ContentHash.BYTES + dimension + SUM_BYTES;
  }

  /** Learns what is there, up to the first record that is not whole. */
  private void read() throws IOException {
    ByteBuffer record = ByteBuffer.allocate(recordBytes());
    ByteBuffer many = ByteBuffer.allocate(recordBytes() * 1_000);
    long place = 0;
    boolean whole = true;
    while (whole) {
      many.clear();
      while (many.hasRemaining() && channel.read(many, place + many.position()) > 0) {}
      many.flip();
      whole = many.remaining() >= recordBytes();
      while (whole && many.remaining() >= recordBytes()) {
        record.clear();
        record.put(many.array(), many.position(), recordBytes()).flip();
        many.position(many.position() + recordBytes());
        whole = record.getInt(recordBytes() - SUM_BYTES) == sum(record.array());
        if (whole) {
          places.put(new ContentHash(record.getLong(), record.getLong()), place);
          place += recordBytes();
        }
      }
    }
    end = place;
    channel.truncate(end);
  }

  private int sum(byte[] record) {
    CRC32 crc = new CRC32();
    crc.update(record, 0, recordBytes() - SUM_BYTES);
    // No record of zeros, as a file system may leave behind, has the right sum.
    crc.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  /** How many vectors there are. */
  public synchronized int size() {
    return places.size();
  }

  /** Whether there is a vector of this content. */
  public synchronized boolean contains(ContentHash content) {
    return places.containsKey(content);
  }

  /** The vector of this content; null if there is none. */
  public synchronized byte @Nullable [] find(ContentHash content) throws IOException {
    Long place = places.get(content);
    if (place == null) {
      return null;
    }
    ByteBuffer vector = ByteBuffer.allocate(dimension);
    long from = place + ContentHash.BYTES;
    while (vector.hasRemaining()) {
      if (channel.read(vector, from + vector.position()) < 0) {
        throw new IOException(file + " is shorter than it was; it was changed by someone else");
      }
    }
    return vector.array();
  }

  /** Adds a vector; one that is there already stays. */
  public synchronized void put(ContentHash content, byte[] vector) throws IOException {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "a vector of " + vector.length + " dimensions, not " + dimension);
    }
    if (places.containsKey(content)) {
      return;
    }
    write(channel, end, content, vector);
    places.put(content, end);
    end += recordBytes();
  }

  private void write(FileChannel to, long at, ContentHash content, byte[] vector)
      throws IOException {
    ByteBuffer record = ByteBuffer.allocate(recordBytes());
    record.putLong(content.high()).putLong(content.low()).put(vector);
    record.putInt(sum(record.array())).flip();
    while (record.hasRemaining()) {
      int written = to.write(record, at + record.position());
      if (written < 0) {
        throw new IOException(file + " cannot be written");
      }
    }
  }

  /** Notes that a vector was put into the index. */
  public void take(ContentHash content) {
    taken.add(content);
  }

  /** Makes what was put so far last, even if the machine loses its power. */
  public synchronized void force() throws IOException {
    channel.force(false);
  }

  /**
   * Drops what the index has taken; to be called when the index has that for good.
   *
   * @param lacking what was perhaps taken and did not arrive
   */
  public synchronized void empty(Set<ContentHash> lacking) throws IOException {
    List<ContentHash> kept = new ArrayList<>(places.keySet());
    kept.removeIf(content -> taken.contains(content) && !lacking.contains(content));
    taken.clear();
    kept = kept.subList(Math.max(0, kept.size() - SPARE - lacking.size()), kept.size());
    if (kept.size() == places.size()) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Map<ContentHash, Long> moved = new LinkedHashMap<>();
    try (FileChannel to = open(part)) {
      long at = 0;
      for (ContentHash content : kept) {
        byte[] vector = find(content);
        if (vector != null) {
          write(to, at, content, vector);
          moved.put(content, at);
          at += recordBytes();
        }
      }
      to.force(false);
    }
    channel.close();
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    channel = open(file);
    places.clear();
    places.putAll(moved);
    end = (long) moved.size() * recordBytes();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
    lock.release();
    lockChannel.close();
  }
}
