package dev.earmark.bench;

import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Lucene over the same segments and nothing else: what Earmark can hardly be faster than.
 *
 * <p>Text with positions and offsets, the text stored, and two facets. A phrase that crosses from
 * one segment into the next is not found, nothing is highlighted, and no time is known.
 */
final class LuceneFloor implements Contender {
  private static final String TEXT = "text";
  private static final int HITS = 20;
  private static final int FACET_VALUES = 100;
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final FacetsConfig FACETS = new FacetsConfig();
  private static final FieldType TEXT_TYPE = textType();

  private final Directory directory;
  private final IndexSearcher searcher;
  private final SortedSetDocValuesReaderState state;

  private LuceneFloor(Directory directory, IndexSearcher searcher) throws IOException {
    this.directory = directory;
    this.searcher = searcher;
    this.state = new DefaultSortedSetDocValuesReaderState(searcher.getIndexReader(), FACETS);
  }

  private static FieldType textType() {
    FieldType text = new FieldType(TextField.TYPE_STORED);
    text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    text.freeze();
    return text;
  }

  /** Indexes on all cores. */
  static Filling fill(Path folder) throws IOException {
    Directory directory = FSDirectory.open(folder);
    return new Writing(
        directory,
        new IndexWriter(
            directory, new IndexWriterConfig(new StandardAnalyzer()).setRAMBufferSizeMB(96)),
        Executors.newFixedThreadPool(CORES));
  }

  private record Writing(Directory directory, IndexWriter writer, ExecutorService workers)
      implements Filling {

    @Override
    public void add(Batch batch) throws IOException {
      List<Future<?>> results = new ArrayList<>();
      for (int part = 0; part < CORES; part++) {
        int first = part;
        results.add(
            workers.submit(() -> {
              for (int i = first; i < batch.moments().size(); i += CORES) {
                writer.addDocument(FACETS.build(document(batch.moments().get(i))));
              }
              return null;
            }));
      }
      try {
        for (Future<?> result : results) {
          result.get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("indexing was interrupted", e);
      } catch (ExecutionException e) {
        throw new IOException("bare Lucene could not index", e.getCause());
      }
    }

    private static Document document(StoredMoment moment) {
      Document document = new Document();
      document.add(new Field(TEXT, moment.moment().text(), TEXT_TYPE));
      document.add(new StringField(Schema.EPISODE, moment.episodeId(), Field.Store.YES));
      document.add(new SortedSetDocValuesFacetField(Schema.EPISODE, moment.episodeId()));
      document.add(new SortedSetDocValuesFacetField("kind", moment.moment().kind().id()));
      String speaker = moment.moment().speaker();
      if (speaker != null) {
        document.add(new StringField(EarmarkContender.SPEAKER, speaker, Field.Store.NO));
      }
      return document;
    }

    @Override
    public void commit() throws IOException {
      writer.commit();
    }

    @Override
    public void close() throws IOException {
      workers.shutdown();
      writer.close();
      directory.close();
    }
  }

  static LuceneFloor open(Path folder) throws IOException {
    Directory directory = FSDirectory.open(folder);
    return new LuceneFloor(directory, new IndexSearcher(DirectoryReader.open(directory)));
  }

  @Override
  public long search(Ask ask) throws IOException {
    Object[] found =
        searcher.search(
            query(ask),
            new MultiCollectorManager(
                new TopScoreDocCollectorManager(HITS, null, Integer.MAX_VALUE),
                new FacetsCollectorManager()));
    TopDocs top = (TopDocs) found[0];
    Facets counts = new SortedSetDocValuesFacetCounts(state, (FacetsCollector) found[1]);
    var episodes = counts.getTopChildren(FACET_VALUES, Schema.EPISODE);
    var kinds = counts.getTopChildren(FACET_VALUES, "kind");
    StoredFields stored = searcher.storedFields();
    long characters = 0;
    for (ScoreDoc hit : top.scoreDocs) {
      characters += stored.document(hit.doc, Set.of(TEXT)).get(TEXT).length();
    }
    if (characters < 0 || (episodes == null) != (kinds == null)) {
      throw new IllegalStateException("bare Lucene miscounts " + ask);
    }
    return top.totalHits.value();
  }

  private static Query query(Ask ask) {
    return switch (ask.kind()) {
      case TERM -> term(ask.words().getFirst());
      case ALL_OF_TWO -> all(ask.words(), BooleanClause.Occur.MUST);
      case ANY_OF_FOUR -> all(ask.words(), BooleanClause.Occur.SHOULD);
      case PHRASE -> phrase(ask);
      case PHRASE_OF_SPEAKER -> narrowed(ask, EarmarkContender.SPEAKER, ask.speaker());
      case PHRASE_IN_EPISODE -> narrowed(ask, Schema.EPISODE, ask.episode());
    };
  }

  private static Query phrase(Ask ask) {
    return new PhraseQuery(TEXT, ask.words().toArray(String[]::new));
  }

  private static Query narrowed(Ask ask, String field, @Nullable String value) {
    return new BooleanQuery.Builder()
        .add(phrase(ask), BooleanClause.Occur.MUST)
        .add(new TermQuery(new Term(field, String.valueOf(value))), BooleanClause.Occur.FILTER)
        .build();
  }

  private static Query term(String word) {
    return new TermQuery(new Term(TEXT, word));
  }

  private static Query all(List<String> words, BooleanClause.Occur occur) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    words.stream().distinct().forEach(word -> all.add(term(word), occur));
    return all.build();
  }

  @Override
  public void close() throws IOException {
    searcher.getIndexReader().close();
    directory.close();
  }
}
