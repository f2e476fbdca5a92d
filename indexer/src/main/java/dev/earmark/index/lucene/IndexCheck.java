package dev.earmark.index.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Verifies an index: Lucene's own check of its files, then ours of the blocks. Reads only. */
public final class IndexCheck {
  private static final int FAULTS_KEPT = 100;

  private IndexCheck() {}

  /**
   * What was found.
   *
   * @param episodes whole episodes
   * @param moments readable moments
   * @param faults what is wrong, bounded; empty if the index is sound
   */
  public record Result(int episodes, int moments, List<String> faults) {}

  /**
   * Checks the last commit of an index; takes about as long as reading all of it.
   *
   * @throws IndexException if there is no index in the folder
   */
  public static Result of(Path folder) throws IOException {
    List<String> faults = new ArrayList<>();
    try (Directory directory = FSDirectory.open(folder)) {
      try (DirectoryReader reader = LuceneIndex.open(directory, folder);
          CheckIndex check = open(directory, folder)) {
        if (!check.checkIndex().clean) {
          faults.add(
              "Lucene finds the files of the index damaged; make it again with ./earmark index");
        }
        return blocks(reader, faults);
      }
    }
  }

  private static CheckIndex open(Directory directory, Path folder) throws IOException {
    try {
      return new CheckIndex(directory);
    } catch (LockObtainFailedException e) {
      throw new IndexException(
          "the index in " + folder + " is being written by another earmark; wait until it is done",
          e);
    } catch (FileSystemException e) {
      // Nobody can write to it from here, so there is no writer to keep out.
      return new CheckIndex(
          directory, NoLockFactory.INSTANCE.obtainLock(directory, IndexWriter.WRITE_LOCK_NAME));
    }
  }

  private static Result blocks(DirectoryReader reader, List<String> faults) throws IOException {
    int episodes = 0;
    int moments = 0;
    Set<String> seen = new HashSet<>();
    StoredFields stored = reader.storedFields();
    for (LeafReaderContext leaf : reader.leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      int inBlock = 0;
      for (int document = 0; document < leaf.reader().maxDoc(); document++) {
        if (live != null && !live.get(document)) {
          continue;
        }
        BytesRef bytes =
            stored
                .document(leaf.docBase + document, Set.of(Schema.BODY))
                .getBinaryValue(Schema.BODY);
        if (bytes != null) {
          StoredMoment moment = MomentCodec.decode(bytes.bytes, bytes.offset, bytes.length);
          if (moment.ordinal() != inBlock) {
            add(faults, moment.id() + " stands at place " + inBlock + " of its episode");
          }
          inBlock++;
          moments++;
          continue;
        }
        EpisodeEntry entry = LuceneIndex.entry(stored, leaf.docBase + document);
        if (entry.moments() != inBlock) {
          add(
              faults,
              entry.episode().id()
                  + " has "
                  + inBlock
                  + " moments, should have "
                  + entry.moments());
        }
        if (!seen.add(entry.episode().id())) {
          add(faults, entry.episode().id() + " is there more than once");
        }
        inBlock = 0;
        episodes++;
      }
      if (inBlock > 0) {
        add(faults, inBlock + " moments belong to no episode");
      }
    }
    return new Result(episodes, moments, faults);
  }

  private static void add(List<String> faults, String fault) {
    if (faults.size() < FAULTS_KEPT) {
      faults.add(fault);
    }
  }
}
