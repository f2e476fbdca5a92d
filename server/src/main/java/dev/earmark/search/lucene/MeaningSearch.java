package dev.earmark.search.lucene;

import dev.earmark.query.ParsedQuery;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Mode;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Filters;
import dev.earmark.search.spoken.MeantText;
import dev.earmark.text.LanguageGuess;
import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/**
 * What is near in meaning to what a request asks for, among the moments that it may list: those
 * that pass its filters and meet what of its query is strict ({@link MeantText}).
 *
 * <p>Says what it lacks: vectors, a model, a text or its language. Not thread-safe; one a search.
 */
final class MeaningSearch {
  static final String NO_VECTORS =
      "this index has no meanings yet, only words are searched; make them with: ./earmark index PATH"
          + " --index DIR --meaning en";

  private final Snapshot snapshot;
  private final @Nullable MomentVectors vectors;
  private final byte @Nullable [] query;

  /** The query turned to its answers, if one episode is asked; it orders, and lists nothing. */
  private final byte @Nullable [] turned;

  /** The nearest moments and their cosines, nearest first. */
  private final Map<Integer, Float> nearest = new LinkedHashMap<>();

  /** Other moments of the episode, if only one is asked for: too far off to be listed. */
  private final Map<Integer, Float> farther = new LinkedHashMap<>();

  /** The same with what only one filter leaves out. */
  private final Map<Integer, Float> sideways = new LinkedHashMap<>();

  private final SearchPage.@Nullable Meaning told;

  private MeaningSearch(
      Snapshot snapshot,
      @Nullable MomentVectors vectors,
      byte @Nullable [] query,
      byte @Nullable [] turned,
      SearchPage.@Nullable Meaning told) {
    this.snapshot = snapshot;
    this.vectors = vectors;
    this.query = query;
    this.turned = turned;
    this.told = told;
  }

  /**
   * What a request finds by meaning; nothing if it does not ask for that.
   *
   * @param question whether words of the query make it a question
   */
  static MeaningSearch of(
      Snapshot snapshot,
      SearchRequest request,
      boolean question,
      QueryVectors queries,
      Deadline deadline)
      throws IOException {
    Mode mode = request.mode();
    TextEmbedder model = mode == Mode.WORDS ? null : queries.model();
    if (mode == Mode.WORDS || (mode == Mode.AUTO && model == null)) {
      // Who searches for words alone does not even look whether there are vectors.
      return new MeaningSearch(snapshot, null, null, null, null);
    }
    MomentVectors vectors =
        model == null ? MomentVectors.ofAny(snapshot) : MomentVectors.of(snapshot, model);
    int count = vectors.count();
    if (mode == Mode.AUTO && count == 0) {
      return new MeaningSearch(snapshot, null, null, null, null);
    }
    MeantText meant = MeantText.of(request.query());
    List<String> lacking = lacking(snapshot, request, meant, count, model);
    boolean used = model != null && count > 0 && !meant.text().isBlank() && reads(model, meant);
    if (mode == Mode.AUTO && request.query().text().isBlank()) {
      lacking = List.of();
    }
    byte[] query = used && model != null ? queries.of(model, meant.text()) : null;
    byte[] turned =
        used && model != null && isOfOneEpisode(snapshot, request)
            ? queries.turned(model, meant.text())
            : null;
    MeaningSearch found =
        new MeaningSearch(
            snapshot,
            vectors,
            query,
            turned,
            new SearchPage.Meaning(count, Moments.of(snapshot), used, used && question, lacking));
    if (query != null) {
      found.nearest.putAll(
          found.find(vectors, request, meant.strict(), query, found.farther, deadline));
      if (mode == Mode.MEANING) {
        // What would be found without one of the filters, for the counts beside its values.
        found.sideways.putAll(found.nearest);
        for (String facet : request.filters().keySet()) {
          found.sideways.putAll(
              found.find(
                  vectors,
                  request.withFilter(facet),
                  meant.strict(),
                  query,
                  new LinkedHashMap<>(),
                  deadline));
        }
      }
    }
    return found;
  }

  /** Whether all that a request may list is of one episode. */
  static boolean isOfOneEpisode(Snapshot snapshot, SearchRequest request) throws IOException {
    return Filters.listed(request).episode() != null || EpisodeEntries.of(snapshot).count() == 1;
  }

  private Map<Integer, Float> find(
      MomentVectors vectors,
      SearchRequest request,
      ParsedQuery strict,
      byte[] query,
      Map<Integer, Float> farther,
      Deadline deadline)
      throws IOException {
    Map<Integer, Float> found = new LinkedHashMap<>();
    boolean ofOne = isOfOneEpisode(snapshot, request);
    SecondLook look = snapshot.ranking().secondLook();
    for (ScoreDoc hit :
        vectors.nearest(query, look.nearest(ofOne), filter(request, strict, deadline))) {
      if (hit.score >= look.least(ofOne)) {
        found.put(hit.doc, hit.score);
      } else if (ofOne) {
        farther.put(hit.doc, hit.score);
      }
    }
    return found;
  }

  /** The moments to look among; null for all. */
  private @Nullable Query filter(SearchRequest request, ParsedQuery strict, Deadline deadline)
      throws IOException {
    if (strict.query().isEmpty() && !request.isNarrowed()) {
      return null;
    }
    Query among =
        strict.query().isEmpty()
            ? QueryTranslator.allMoments()
            : new QueryCompiler(snapshot, deadline).compile(strict, request).query();
    return FieldFilters.narrowed(new DeadlineQuery(among, deadline), request);
  }

  private static boolean reads(TextEmbedder model, MeantText meant) {
    String language = meant.language();
    return language.equals(LanguageGuess.UNDETERMINED) || model.reads(language);
  }

  private static List<String> lacking(
      Snapshot snapshot,
      SearchRequest request,
      MeantText meant,
      int vectors,
      @Nullable TextEmbedder model)
      throws IOException {
    List<String> lacking = new ArrayList<>();
    if (vectors == 0) {
      lacking.add(
          model == null || MomentVectors.countAll(snapshot) == 0
              ? NO_VECTORS
              : "the meanings in this index were made by another model than "
                  + model.model()
                  + ", only words are searched until they are made again");
      return lacking;
    }
    if (model == null) {
      lacking.add(
          "there is no model to read the query with, only words are searched; give one with:"
              + " --meaning en");
      return lacking;
    }
    String missing = missing(snapshot, vectors, model);
    if (!missing.isEmpty()) {
      lacking.add(missing);
    }
    if (meant.text().isBlank()) {
      lacking.add("the query has no words whose meaning could be compared");
    } else if (!reads(model, meant)) {
      lacking.add(
          "the model "
              + model.model()
              + " does not read the language of the query, only words are searched");
    }
    for (String language : request.filters().getOrDefault("lang", List.of())) {
      if (!model.reads(language)) {
        lacking.add("the model " + model.model() + " does not read " + language);
      }
    }
    return lacking;
  }

  /**
   * How many moments have no vector, and why; empty if all have one.
   *
   * @param model null if it is not known
   */
  static String missing(Snapshot snapshot, int vectors, @Nullable TextEmbedder model)
      throws IOException {
    int moments = Moments.of(snapshot);
    if (vectors >= moments) {
      return "";
    }
    int unread = model == null ? 0 : Unread.of(snapshot, model);
    String some =
        String.format(Locale.ROOT, "%,d of %,d moments can be found by meaning", vectors, moments);
    return unread > 0 && unread >= moments - vectors
        ? some + "; the others are in languages that the model does not read"
        : some + " so far";
  }

  /** How many moments of a snapshot are in languages that a model does not read. */
  private record Unread(String model, int moments) {
    static int of(Snapshot snapshot, TextEmbedder model) throws IOException {
      Unread known = snapshot.once(Unread.class, () -> count(snapshot, model));
      return (known.model().equals(model.model()) ? known : count(snapshot, model)).moments();
    }

    private static Unread count(Snapshot snapshot, TextEmbedder model) throws IOException {
      LuceneIndexStatistics index = new LuceneIndexStatistics(snapshot, Deadline.NONE);
      int sum = 0;
      for (String language : index.languageTags()) {
        sum += model.reads(language) ? 0 : index.frequency("lang", language);
      }
      return new Unread(model.model(), sum);
    }
  }

  /** How many moments a snapshot has. */
  private record Moments(int count) {
    static int of(Snapshot snapshot) throws IOException {
      return snapshot
          .once(
              Moments.class,
              () -> new Moments(snapshot.searcher().count(QueryTranslator.allMoments())))
          .count();
    }
  }

  /** How many moments a snapshot has. */
  static int moments(Snapshot snapshot) throws IOException {
    return Moments.of(snapshot);
  }

  /** What the answer says of it; null if it says nothing. */
  SearchPage.@Nullable Meaning told() {
    return told;
  }

  /** Whether there is a query to compare with. */
  boolean isUsed() {
    return query != null;
  }

  /** The nearest moments, nearest first. */
  Map<Integer, Float> nearest() {
    return nearest;
  }

  /**
   * Other moments of the only episode that is asked for, which are not listed for their meaning.
   */
  Map<Integer, Float> farther() {
    return farther;
  }

  /** The nearest moments, and those that would be nearest if one filter were taken off. */
  Map<Integer, Float> sideways() {
    return sideways;
  }

  /** How near a moment is; NaN if it has no vector. Fastest in the order of the index. */
  float cosine(int document) throws IOException {
    Float known = nearest.get(document);
    if (known == null) {
      known = farther.get(document);
    }
    if (known != null) {
      return known;
    }
    return cosine(query, document);
  }

  /**
   * How near a moment is to what answers the query, as far as the model has learnt that; NaN if it
   * has no vector. Fastest in the order of the index.
   */
  float answering(int document) throws IOException {
    return turned == null ? cosine(document) : cosine(turned, document);
  }

  private float cosine(byte @Nullable [] asked, int document) throws IOException {
    byte[] vector = asked == null || vectors == null ? null : vectors.of(document);
    return vector == null || asked == null || vectors == null
        ? Float.NaN
        : vectors.nearness(ByteVectors.cosine(asked, vector));
  }
}
