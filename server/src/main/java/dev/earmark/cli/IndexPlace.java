package dev.earmark.cli;

import dev.earmark.index.IndexSink;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.search.ClusterIndex;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an index lies. */
sealed interface IndexPlace {
  /** In the working folder: the indexes that serve makes where none is named, and their like. */
  Path SERVED = Path.of(".earmark");

  /** Opens the index for writing, and makes it if there is none. */
  IndexSink openForWriting() throws IOException;

  /**
   * Opens the index for reading.
   *
   * @throws dev.earmark.index.IndexException if there is none, or it cannot be read
   */
  SearchEngine openForReading() throws IOException;

  /** Whether there may be an index already, so that one can go without making it. */
  boolean mayBeThere();

  /** The folder of what belongs to the index and is not in it, such as what was fetched for it. */
  Path files();

  /** In a folder, embedded in this process. */
  record Folder(Path folder) implements IndexPlace {
    @Override
    public IndexSink openForWriting() throws IOException {
      return LuceneIndexSink.open(folder);
    }

    @Override
    public SearchEngine openForReading() throws IOException {
      return LuceneSearchEngine.open(folder);
    }

    @Override
    public boolean mayBeThere() {
      return Files.isDirectory(folder);
    }

    @Override
    public Path files() {
      return folder;
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }

  /** In a cluster of OpenSearch. */
  record Cluster(ClusterIndex index) implements IndexPlace {
    @Override
    public IndexSink openForWriting() throws IOException {
      return index.openForWriting();
    }

    @Override
    public SearchEngine openForReading() throws IOException {
      return index.openForReading();
    }

    @Override
    public boolean mayBeThere() {
      return true;
    }

    @Override
    public Path files() {
      return SERVED.resolve("opensearch-" + index.name());
    }

    @Override
    public String toString() {
      return index.toString();
    }
  }
}
