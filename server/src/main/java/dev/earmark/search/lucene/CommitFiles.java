package dev.earmark.search.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.store.FSDirectory;

/**
 * The files of a commit: their size, and when it was written.
 *
 * @param written the epoch if a later commit has replaced it already, or it is not on disk
 */
record CommitFiles(long bytes, Instant written) {

  static CommitFiles of(IndexCommit commit) throws IOException {
    long bytes = 0;
    Instant written = Instant.EPOCH;
    if (commit.getDirectory() instanceof FSDirectory folder) {
      for (String name : commit.getFileNames()) {
        Path file = folder.getDirectory().resolve(name);
        // A writer may have deleted it since: it then belongs to a commit of the past.
        bytes += Files.exists(file) ? Files.size(file) : 0;
        if (name.equals(commit.getSegmentsFileName()) && Files.exists(file)) {
          written = Files.getLastModifiedTime(file).toInstant();
        }
      }
    }
    return new CommitFiles(bytes, written);
  }
}
