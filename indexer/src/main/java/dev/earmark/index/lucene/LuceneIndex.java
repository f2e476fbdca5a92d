package dev.earmark.index.lucene;

import dev.earmark.corpus.Cast;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.KnownEpisode;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Person;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** What writers and readers of a Lucene index must agree on. */
public final class LuceneIndex {
  /** The id of an episode on the document that ends its block; no moment has this field. */
  public static final String ENTRY = "entry";

  static final String ENTRY_STORED = "entryJson";

  /** What orders the episodes, in a column: many are sorted whenever an index is opened. */
  static final String ENTRY_HEAD = "entryHead";

  /** What every run asks of all episodes stands beside the entry as well, before it. */
  static final String ENTRY_ORIGIN = "entryOrigin";

  static final String ENTRY_FINGERPRINT = "entryFingerprint";

  static final String ENTRY_PEOPLE = "entryPeople";

  static final String ENTRY_ALTERNATIVES = "entryAlternatives";

  private static final String VERSION = "earmark.schema";

  private LuceneIndex() {}

  /** How the facets are laid out; any of them may have several values. */
  public static FacetsConfig facetsConfig() {
    FacetsConfig config = new FacetsConfig();
    for (Field field : Schema.facets()) {
      config.setMultiValued(field.name(), true);
    }
    return config;
  }

  /** The file that says how the model was named that made the vectors of an index. */
  public static Path modelName(Path index) {
    return index.resolve("vectors").resolve("model");
  }

  /** Whether a folder holds a Lucene index, of whatever version. */
  public static boolean isIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Directory directory = FSDirectory.open(folder)) {
      return DirectoryReader.indexExists(directory);
    }
  }

  static Map<String, String> commitData() {
    return Map.of(VERSION, Integer.toString(Schema.VERSION));
  }

  /**
   * Opens the last commit of an index for reading.
   *
   * @param folder names the index in messages
   * @throws IndexException if there is no index, or one of another version
   */
  public static DirectoryReader open(Directory directory, Path folder) throws IOException {
    DirectoryReader reader;
    try {
      reader = DirectoryReader.open(directory);
    } catch (IndexNotFoundException e) {
      throw new IndexException(
          "there is no index in "
              + folder
              + "; make one with: ./earmark index PATH --index "
              + folder,
          e);
    }
    String version = reader.getIndexCommit().getUserData().get(VERSION);
    if (!Integer.toString(Schema.VERSION).equals(version)) {
      reader.close();
      throw new IndexException(
          version == null
              ? "the index in " + folder + " was not made by Earmark; choose another folder"
              : "the index in "
                  + folder
                  + " has schema "
                  + version
                  + ", this Earmark reads "
                  + Schema.VERSION
                  + "; make it again with: ./earmark index PATH --index NEW-FOLDER");
    }
    return reader;
  }

  /** The episodes in an index, by id, in the order of the ids. */
  public static Map<String, EpisodeEntry> episodes(IndexReader reader) throws IOException {
    return episodes(reader, LuceneIndex::entry);
  }

  /** What tells whether the episodes are still as they were; much less to read than all of them. */
  static Map<String, KnownEpisode> known(IndexReader reader) throws IOException {
    return episodes(reader, LuceneIndex::known);
  }

  private interface Reading<T> {
    T read(StoredFields stored, int document) throws IOException;
  }

  private static <T> Map<String, T> episodes(IndexReader reader, Reading<T> reading)
      throws IOException {
    Map<String, T> episodes = new TreeMap<>();
    StoredFields stored = reader.storedFields();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(ENTRY);
      if (terms == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      TermsEnum each = terms.iterator();
      PostingsEnum postings = null;
      while (each.next() != null) {
        postings = each.postings(postings, PostingsEnum.NONE);
        for (int doc = postings.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = postings.nextDoc()) {
          if (live == null || live.get(doc)) {
            episodes.put(each.term().utf8ToString(), reading.read(stored, leaf.docBase + doc));
          }
        }
      }
    }
    return new LinkedHashMap<>(episodes);
  }

  private record Known(
      String origin,
      String fingerprint,
      Cast cast,
      Map<String, Person> people,
      Set<String> pictures)
      implements KnownEpisode {}

  private static KnownEpisode known(StoredFields stored, int document) throws IOException {
    Document known =
        stored.document(document, Set.of(ENTRY_ORIGIN, ENTRY_FINGERPRINT, ENTRY_PEOPLE));
    EntryJson.People people = EntryJson.readPeople(known.get(ENTRY_PEOPLE));
    return new Known(
        known.get(ENTRY_ORIGIN),
        known.get(ENTRY_FINGERPRINT),
        people.cast(),
        people.people(),
        people.pictures());
  }

  /** The moments of the transcripts that are kept to be read, from the end of a block. */
  public static List<StoredMoment> alternatives(StoredFields stored, int document)
      throws IOException {
    BytesRef bytes =
        stored.document(document, Set.of(ENTRY_ALTERNATIVES)).getBinaryValue(ENTRY_ALTERNATIVES);
    return bytes == null
        ? List.of()
        : MomentCodec.decodeAll(bytes.bytes, bytes.offset, bytes.length);
  }

  /** What orders the episodes of a segment, by the documents that end their blocks. */
  public interface Heads {
    /** The head of the episode whose block a document ends; to be asked for in their order. */
    EntryJson.Head of(int document) throws IOException;
  }

  /** The heads of a segment. Not thread-safe. */
  public static Heads heads(LeafReader segment) throws IOException {
    BinaryDocValues column = DocValues.getBinary(segment, ENTRY_HEAD);
    StoredFields stored = segment.storedFields();
    return document -> {
      if (column.advanceExact(document)) {
        BytesRef json = column.binaryValue();
        return EntryJson.readHead(json.bytes, json.offset, json.length);
      }
      // Of an index made before there was the column.
      String entry = stored.document(document, Set.of(ENTRY_STORED)).get(ENTRY_STORED);
      byte[] json = entry.getBytes(StandardCharsets.UTF_8);
      return EntryJson.readHead(json, 0, json.length);
    };
  }

  /** The entry that the document at the end of a block holds. */
  public static EpisodeEntry entry(StoredFields stored, int document) throws IOException {
    return EntryJson.read(stored.document(document, Set.of(ENTRY_STORED)).get(ENTRY_STORED));
  }
}
