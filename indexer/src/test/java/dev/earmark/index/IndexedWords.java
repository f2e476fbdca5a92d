package dev.earmark.index;

import dev.earmark.index.lucene.LuceneIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** How many words each episode of an index has. */
final class IndexedWords {
  private IndexedWords() {}

  /** By id, as of the last commit; none where there is no index yet. */
  static Map<String, Long> of(Path index) throws IOException {
    Map<String, Long> words = new TreeMap<>();
    try (Directory directory = FSDirectory.open(index)) {
      if (DirectoryReader.indexExists(directory)) {
        try (DirectoryReader reader = LuceneIndex.open(directory, index)) {
          LuceneIndex.episodes(reader).forEach((id, entry) -> words.put(id, entry.words()));
        }
      }
    }
    return words;
  }
}
