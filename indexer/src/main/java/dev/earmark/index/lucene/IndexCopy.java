package dev.earmark.index.lucene;

import dev.earmark.index.IndexException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;

/**
 * Copies an index as it is at one commit, while others may read and write it.
 *
 * <p>The files of a commit never change; they can only be deleted once a later commit has taken
 * their place, and then the copy begins again with that one. The copy is made beside its place,
 * checked, and moved there in one step, so that a folder of that name is always a whole index.
 */
public final class IndexCopy {
  private static final int TRIES = 20;

  private IndexCopy() {}

  /**
   * Copies an index.
   *
   * @param from the folder of the index
   * @param to the folder of the copy, which must not be there yet
   * @return what is in the copy
   * @throws IndexException if there is no index, or something is where the copy is to be
   * @throws IOException if the copy cannot be written
   */
  public static IndexCheck.Result copy(Path from, Path to) throws IOException {
    Path place = to.toAbsolutePath().normalize();
    if (Files.exists(place)) {
      throw new IndexException(to + " is there already; name a folder that is not there yet");
    }
    if (!Files.isDirectory(from)) {
      throw new IndexException(
          "there is no index in " + from + "; make one with: ./earmark index PATH --index " + from);
    }
    Path parent = place.getParent();
    Files.createDirectories(parent);
    Path unfinished = Files.createTempDirectory(parent, ".snapshot-");
    try {
      files(from, unfinished);
      new ArtworkFolder(from).copyTo(unfinished);
      modelName(from, unfinished);
      IndexCheck.Result found = IndexCheck.of(unfinished);
      if (!found.faults().isEmpty()) {
        throw new IndexException(
            "the index in " + from + " is damaged, so no copy was kept: " + found.faults().get(0));
      }
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
      return found;
    } finally {
      delete(unfinished);
    }
  }

  /** The copy goes on with the same model; its vectors are in the index itself. */
  private static void modelName(Path from, Path to) throws IOException {
    Path name = LuceneIndex.modelName(from);
    if (Files.isRegularFile(name)) {
      Files.createDirectories(LuceneIndex.modelName(to).getParent());
      Files.copy(name, LuceneIndex.modelName(to));
    }
  }

  private static void files(Path from, Path to) throws IOException {
    try (Directory source = FSDirectory.open(from);
        Directory target = FSDirectory.open(to)) {
      for (int attempt = 1; ; attempt++) {
        try (DirectoryReader reader = LuceneIndex.open(source, from)) {
          Collection<String> names = reader.getIndexCommit().getFileNames();
          for (String name : names) {
            target.copyFrom(source, name, name, IOContext.DEFAULT);
          }
          target.sync(names);
          target.syncMetaData();
          return;
        } catch (NoSuchFileException | FileNotFoundException e) {
          // A writer has deleted the files of this commit, so there is a newer one.
          for (String name : target.listAll()) {
            target.deleteFile(name);
          }
          if (attempt == TRIES) {
            throw new IOException("the index in " + from + " changes too quickly to be copied", e);
          }
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
