package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Episode;
import dev.earmark.schema.Schema;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.spoken.Compounds;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.NearWords;
import dev.earmark.text.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * One state of the index, and what is worked out about it once: thread-safe, and gone with its
 * reader.
 */
final class Snapshot extends IndexSearcher {
  private static final int EPISODES_KEPT = 5_000;
  private static final int SPEAKERS_KEPT = 200;
  private static final int GROUNDS_KEPT = 2_000;

  /** What has more chapters is so rare and so large that it is read each time. */
  private static final int CHAPTERS_KEPT = 100;

  /**
   * Of the parts of a query, each of which is a few clauses; what a part costs is bounded apart.
   */
  private static final int MOST_CLAUSES = 8_192;

  static {
    setMaxClauseCount(MOST_CLAUSES);
  }

  private static <T> Cache<String, T> cache(int kept) {
    return Caffeine.newBuilder().executor(Runnable::run).maximumSize(kept).build();
  }

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final RankingModel ranking;
  private final long number = NUMBERS.incrementAndGet();

  private final Cache<String, EpisodeEntry> episodes = cache(EPISODES_KEPT);
  private final Cache<String, OutlineReader.Ground> grounds = cache(GROUNDS_KEPT);
  private final Map<Object, BitSet> episodeEnds = new ConcurrentHashMap<>();
  private final NearWords near = new NearWords(new LuceneIndexStatistics(this, Deadline.NONE));
  private final long bytes;
  private final Instant changed;
  private final Compounds compounds = new Compounds(new LuceneIndexStatistics(this, Deadline.NONE));
  private final Cache<String, Optional<SpeakerProfile>> speakers = cache(SPEAKERS_KEPT);
  private final Map<String, Map<String, List<String>>> names = new ConcurrentHashMap<>();
  private volatile @Nullable WordTally tally;
  private volatile @Nullable FacetLabels facets;
  private volatile @Nullable List<String> languages;
  private volatile @Nullable List<EpisodeEntry> entries;
  private volatile int moments = -1;
  private volatile int episodeCount = -1;

  /** A state of the index, as its last commit left it. */
  Snapshot(DirectoryReader reader, RankingModel ranking) throws IOException {
    super(reader);
    this.ranking = ranking;
    setSimilarity(
        new BM25Similarity(
            (float) ranking.parameters().bm25K1(), (float) ranking.parameters().bm25B()));
    IndexCommit commit = reader.getIndexCommit();
    long sum = 0;
    Instant written = Instant.EPOCH;
    if (commit.getDirectory() instanceof FSDirectory files) {
      for (String name : commit.getFileNames()) {
        Path file = files.getDirectory().resolve(name);
        // A writer may have deleted the file since: it then belongs to a state of the past.
        sum += Files.exists(file) ? Files.size(file) : 0;
        if (name.equals(commit.getSegmentsFileName()) && Files.exists(file)) {
          written = Files.getLastModifiedTime(file).toInstant();
        }
      }
    }
    bytes = sum;
    changed = written;
  }

  /** How its moments are ranked. */
  RankingModel ranking() {
    return ranking;
  }

  /** A number that no other state has; a later one's is higher. */
  long number() {
    return number;
  }

  /** The size of this state on disk. */
  long bytes() {
    return bytes;
  }

  /** When this state was written; the epoch if its file is gone already. */
  Instant changed() {
    return changed;
  }

  /** The folded names of a field by the words they have; names in their order. */
  Map<String, List<String>> namesByWord(String field) throws IOException {
    Map<String, List<String>> known = names.get(field);
    if (known == null) {
      known = readNames(field);
      names.put(field, known);
    }
    return known;
  }

  private Map<String, List<String>> readNames(String field) throws IOException {
    Map<String, List<String>> byWord = new HashMap<>();
    Terms terms = MultiTerms.getTerms(getIndexReader(), field);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        String name = term.utf8ToString();
        for (String word : new HashSet<>(List.of(name.split(" ")))) {
          byWord.computeIfAbsent(word, key -> new ArrayList<>()).add(name);
        }
      }
    }
    return byWord;
  }

  /** The words of this state that are near to others. */
  NearWords near() {
    return near;
  }

  /** The words of this state that are made of others. */
  Compounds compounds() {
    return compounds;
  }

  /** How many words are said, where and by whom. */
  WordTally tally() throws IOException {
    WordTally known = tally;
    if (known == null) {
      synchronized (this) {
        known = tally;
        if (known == null) {
          known = WordTally.of(this);
          tally = known;
        }
      }
    }
    return known;
  }

  /** What there is of a speaker, remembered: somebody may have said very much. */
  Optional<SpeakerProfile> speaker(String name, Deadline deadline) throws IOException {
    String folded = Words.fold(name);
    Optional<SpeakerProfile> known = speakers.getIfPresent(folded);
    if (known == null) {
      known = new SpeakerReader(this, deadline).read(name);
      if (deadline.cutShort()) {
        return known;
      }
      speakers.put(folded, known);
    }
    return known;
  }

  /** What outlines are drawn on, by the ids of the episodes, as far as it is known. */
  Map<String, OutlineReader.Ground> grounds() {
    return Collections.unmodifiableMap(grounds.asMap());
  }

  /** Remembers what an outline is drawn on. */
  void keep(String episodeId, OutlineReader.Ground ground) {
    if (ground.first() >= 0 && ground.chapters().size() <= CHAPTERS_KEPT) {
      grounds.put(episodeId, ground);
    }
  }

  /** The values of all facets. */
  FacetLabels facets() throws IOException {
    FacetLabels known = facets;
    if (known == null) {
      synchronized (this) {
        known = facets;
        if (known == null) {
          known = new FacetLabels(getIndexReader(), LuceneIndex.facetsConfig());
          facets = known;
        }
      }
    }
    return known;
  }

  /** The documents that end an episode's block. */
  BitSet episodeEnds(LeafReaderContext leaf) throws IOException {
    BitSet known = episodeEnds.get(leaf.id());
    if (known == null) {
      FixedBitSet ends = new FixedBitSet(leaf.reader().maxDoc() + 1);
      Terms terms = leaf.reader().terms(LuceneIndex.ENTRY);
      if (terms != null) {
        TermsEnum each = terms.iterator();
        PostingsEnum postings = null;
        while (each.next() != null) {
          postings = each.postings(postings, PostingsEnum.NONE);
          for (int doc = postings.nextDoc();
              doc != DocIdSetIterator.NO_MORE_DOCS;
              doc = postings.nextDoc()) {
            ends.set(doc);
          }
        }
      }
      // A guard, so that every document has an end after it.
      ends.set(leaf.reader().maxDoc());
      known = ends;
      episodeEnds.put(leaf.id(), known);
    }
    return known;
  }

  /** The primary languages of the sources. */
  List<String> languages() throws IOException {
    List<String> known = languages;
    if (known == null) {
      List<String> found = new ArrayList<>();
      Terms terms = MultiTerms.getTerms(getIndexReader(), "lang");
      if (terms != null) {
        TermsEnum each = terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
          String primary = dev.earmark.text.Stemmer.primary(term.utf8ToString());
          if (!found.contains(primary)) {
            found.add(primary);
          }
        }
      }
      known = List.copyOf(found);
      languages = known;
    }
    return known;
  }

  /** The episode of this id. */
  Optional<EpisodeEntry> entry(String id) throws IOException {
    EpisodeEntry known = episodes.getIfPresent(id);
    if (known != null) {
      return Optional.of(known);
    }
    TopDocs found = search(new TermQuery(new Term(LuceneIndex.ENTRY, id)), 1);
    if (found.scoreDocs.length == 0) {
      return Optional.empty();
    }
    EpisodeEntry entry = LuceneIndex.entry(storedFields(), found.scoreDocs[0].doc);
    episodes.put(id, entry);
    return Optional.of(entry);
  }

  /** All episodes, newest first; those without a date last, by title. */
  List<EpisodeEntry> entries() throws IOException {
    List<EpisodeEntry> known = entries;
    if (known == null) {
      List<EpisodeEntry> all = new ArrayList<>(LuceneIndex.episodes(getIndexReader()).values());
      all.sort(
          Comparator.comparing(
                  (EpisodeEntry entry) -> entry.episode().date(),
                  Comparator.nullsLast(Comparator.reverseOrder()))
              .thenComparing(entry -> entry.episode().title()));
      known = List.copyOf(all);
      if (known.size() <= EPISODES_KEPT) {
        entries = known;
      }
    }
    return known;
  }

  Episode episode(String id) {
    try {
      return entry(id)
          .map(EpisodeEntry::episode)
          .orElseThrow(() ->
              new IllegalStateException(
                  "the index has a moment of \"" + id + "\" but no such episode"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The moment of a document. */
  StoredMoment moment(int document) throws IOException {
    return moment(storedFields(), document);
  }

  /** The moment of a document; for many documents in their order one reader is faster. */
  StoredMoment moment(StoredFields fields, int document) throws IOException {
    Document stored = fields.document(document, Set.of(Schema.BODY));
    BytesRef bytes = stored.getBinaryValue(Schema.BODY);
    return MomentCodec.decode(bytes.bytes, bytes.offset, bytes.length);
  }

  /** The document of an episode's first moment, or -1 if it has none. */
  int firstDocument(String episodeId) throws IOException {
    TopDocs found = search(new TermQuery(new Term(LuceneIndex.ENTRY, episodeId)), 1);
    if (found.scoreDocs.length == 0) {
      return -1;
    }
    int entry = found.scoreDocs[0].doc;
    int ordinal = ordinal(entry - 1);
    return ordinal < 0 ? -1 : entry - 1 - ordinal;
  }

  /** A document's number within its episode, or -1 if it is no moment. */
  int ordinal(int document) throws IOException {
    if (document < 0) {
      return -1;
    }
    List<LeafReaderContext> leaves = getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    MomentColumns columns = MomentColumns.of(leaf.reader());
    int inLeaf = document - leaf.docBase;
    return columns.isMoment(inLeaf) ? inLeaf - columns.episode(inLeaf) : -1;
  }

  /** The moment that goes on where a document's text ends, or null if none does. */
  @Nullable StoredMoment following(StoredFields fields, int document, StoredMoment moment)
      throws IOException {
    if (document + 1 >= getIndexReader().maxDoc()) {
      return null;
    }
    if (ordinal(document + 1) != moment.ordinal() + 1) {
      return null;
    }
    StoredMoment next = moment(fields, document + 1);
    return next.episodeId().equals(moment.episodeId())
            && next.source().equals(moment.source())
            && next.moment().continues()
        ? next
        : null;
  }

  /** Shows all hits of a query to a collector, in the order of the index. */
  void collect(Query query, Collector hits) throws IOException {
    // A searcher without an executor, as this is, collects in one go.
    search(
        query,
        new CollectorManager<Collector, Collector>() {
          @Override
          public Collector newCollector() {
            return hits;
          }

          @Override
          public Collector reduce(Collection<Collector> collectors) {
            return hits;
          }
        });
  }

  /** Whether a query matches so many documents or more; stops when it knows. */
  boolean hasAtLeast(int wanted, Query query) throws IOException {
    Weight weight = createWeight(rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    int found = 0;
    for (LeafReaderContext leaf : getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer == null) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      DocIdSetIterator each = scorer.iterator();
      for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
        if ((live == null || live.get(doc)) && ++found >= wanted) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many documents are moments. */
  int moments() throws IOException {
    if (moments < 0) {
      moments = count(QueryCompiler.allMoments());
    }
    return moments;
  }

  /** How many documents are episodes. */
  int episodeCount() throws IOException {
    if (episodeCount < 0) {
      episodeCount = countEpisodes();
    }
    return episodeCount;
  }

  private int countEpisodes() throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : getIndexReader().leaves()) {
      Terms terms = leaf.reader().terms(LuceneIndex.ENTRY);
      count += terms == null ? 0 : (int) terms.size();
    }
    return leavesHaveDeletions() ? LuceneIndex.episodes(getIndexReader()).size() : count;
  }

  private boolean leavesHaveDeletions() {
    return getIndexReader().hasDeletions();
  }
}
