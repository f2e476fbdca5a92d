package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Footprint;
import dev.earmark.search.spoken.SaidWords;
import dev.earmark.search.spoken.ScoringStatistics;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.WordList;
import dev.earmark.text.SpokenTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Statistics of a snapshot that planning a query needs; one a search. */
record LuceneIndexStatistics(Snapshot snapshot, Deadline deadline) implements ScoringStatistics {

  @Override
  public int documents() {
    return snapshot.reader().numDocs();
  }

  @Override
  public int frequency(String field, String term) throws IOException {
    return snapshot.reader().docFreq(new Term(field, term));
  }

  @Override
  public FieldSize size(String field) throws IOException {
    CollectionStatistics statistics = snapshot.searcher().collectionStatistics(field);
    return statistics == null
        ? new FieldSize(0, 0)
        : new FieldSize(statistics.docCount(), statistics.sumTotalTermFreq());
  }

  @Override
  public int count(SpokenQuery query) throws IOException {
    try {
      return snapshot.searcher().count(QueryTranslator.translate(query, deadline));
    } catch (Deadline.PassedException e) {
      return 0;
    }
  }

  /** Rows of words, and which of them are said, among what is remembered of a snapshot. */
  private record Said(Cache<List<List<String>>, List<List<String>>> byRows) {
    private static final long BYTES_KEPT = 4 << 20;

    static Said none() {
      return new Said(Footprint.cache(BYTES_KEPT));
    }
  }

  @Override
  public List<List<String>> saidInARow(List<List<String>> rows, int most) throws IOException {
    Cache<List<List<String>>, List<List<String>>> known =
        snapshot.once(Said.class, Said::none).byRows();
    List<List<String>> said = known.getIfPresent(rows);
    if (said == null) {
      said = new ArrayList<>();
      for (List<String> row : rows) {
        if (said.size() < most && isSaid(row)) {
          said.add(row);
        }
      }
      if (!deadline.hasPassed()) {
        // Without time left all are taken for said.
        known.put(rows, List.copyOf(said));
      }
    }
    return said;
  }

  private boolean isSaid(List<String> row) throws IOException {
    for (String word : row) {
      if (frequency(word) == 0) {
        return false;
      }
    }
    return hasAtLeast(1, new SpokenQuery.Row(row, 0));
  }

  @Override
  public boolean hasAtLeast(int wanted, SpokenQuery query) throws IOException {
    try {
      return hasAtLeast(wanted, QueryTranslator.translate(query, deadline));
    } catch (Deadline.PassedException e) {
      // Where enough is found nothing else is looked for, and there is no time to.
      return true;
    }
  }

  private boolean hasAtLeast(int wanted, Query query) throws IOException {
    IndexSearcher searcher = snapshot.searcher();
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    int found = 0;
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      DocIdSetIterator each = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
      Bits live = leaf.reader().getLiveDocs();
      for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
        if ((live == null || live.get(doc)) && ++found >= wanted) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public List<String> languageTags() throws IOException {
    return names().tags();
  }

  @Override
  public List<String> languages() throws IOException {
    return names().languages();
  }

  @Override
  public Set<String> names(String field, Collection<String> names) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    for (String name : names) {
      if (frequency(field, name) > 0) {
        found.add(name);
      }
    }
    return found;
  }

  @Override
  public List<String> namesWith(String field, Collection<String> words) throws IOException {
    Map<String, List<String>> byWord = names().byWord(field);
    List<String> found = new ArrayList<>(byWord.getOrDefault(words.iterator().next(), List.of()));
    for (String word : words) {
      found.retainAll(Set.copyOf(byWord.getOrDefault(word, List.of())));
    }
    return found;
  }

  @Override
  public List<String> namesWithAny(String field, Collection<String> words) throws IOException {
    Map<String, List<String>> byWord = names().byWord(field);
    Set<String> found = new LinkedHashSet<>();
    for (String word : words) {
      found.addAll(byWord.getOrDefault(word, List.of()));
    }
    return List.copyOf(found);
  }

  @Override
  public List<Spelled> spelled(String word, int edits) throws IOException {
    List<Spelled> found = new ArrayList<>();
    Terms terms = MultiTerms.getTerms(snapshot.reader(), Schema.TEXT_FIELD);
    if (terms == null) {
      return found;
    }
    FuzzyTermsEnum each =
        new FuzzyTermsEnum(terms, new Term(Schema.TEXT_FIELD, word), edits, 1, true);
    for (BytesRef term = each.next(); term != null && !deadline.hasPassed(); term = each.next()) {
      String spelled = term.utf8ToString();
      if (SpokenTerms.isWord(spelled)) {
        found.add(new Spelled(spelled, each.getBoost()));
      }
    }
    found.sort(Comparator.comparing(Spelled::nearness).reversed());
    return found;
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return MomentReader.ofEpisode(snapshot, episodeId, deadline);
  }

  @Override
  public List<String> heard() throws IOException {
    List<String> heard = new ArrayList<>();
    Terms terms = MultiTerms.getTerms(snapshot.reader(), Schema.TEXT_FIELD);
    TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
    String first = SpokenTerms.firstHeard();
    if (each.seekCeil(new BytesRef(first)) != TermsEnum.SeekStatus.END) {
      for (BytesRef term = each.term(); term != null; term = each.next()) {
        String read = term.utf8ToString();
        if (!read.startsWith(first)) {
          break;
        }
        heard.add(read);
      }
    }
    return heard;
  }

  @Override
  public SaidWords words() throws IOException {
    return snapshot.once(
        WordList.class, () -> new LuceneIndexStatistics(snapshot, Deadline.NONE).readWords());
  }

  private WordList readWords() throws IOException {
    WordList.Builder words = new WordList.Builder();
    Terms terms = MultiTerms.getTerms(snapshot.reader(), Schema.TEXT_FIELD);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null && !words.isFull(); term = each.next()) {
        words.add(term.utf8ToString(), each.docFreq());
      }
    }
    return words.build(documents());
  }

  @Override
  public <T> T once(Class<T> type, Maker<T> maker) throws IOException {
    return snapshot.once(
        type, () -> maker.from(new LuceneIndexStatistics(snapshot, Deadline.NONE)));
  }

  private FieldNames names() throws IOException {
    return snapshot.once(FieldNames.class, () -> new FieldNames(snapshot.reader()));
  }
}
