package dev.earmark.cli;

import dev.earmark.index.IndexSink;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import java.io.IOException;
import java.nio.file.Path;

/** Where an index lies. */
sealed interface IndexPlace {

  /** Opens the index for writing, and makes it if there is none. */
  IndexSink openForWriting() throws IOException;

  /** The folder of what belongs to the index and is not in it, such as what was fetched for it. */
  Path files();

  /** In a folder, embedded in this process. */
  record Folder(Path folder) implements IndexPlace {
    @Override
    public IndexSink openForWriting() throws IOException {
      return LuceneIndexSink.open(folder);
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
  record Cluster(OpenSearchSettings settings) implements IndexPlace {
    @Override
    public IndexSink openForWriting() {
      return OpenSearchIndexSink.open(settings);
    }

    @Override
    public Path files() {
      return Path.of(".earmark", "opensearch-" + settings.index());
    }

    @Override
    public String toString() {
      return settings.index() + " at " + settings.addresses();
    }
  }
}
