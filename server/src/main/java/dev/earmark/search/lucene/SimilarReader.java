package dev.earmark.search.lucene;

import dev.earmark.index.StoredMoment;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Similar;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is like a moment in meaning.
 *
 * <p>Compares vectors that are there; no model is needed. What is said around the moment itself is
 * left out, and of other stretches of speech the nearest moment is taken. Who else speaks of it is
 * looked for among moments that somebody else says. Not thread-safe; one a request.
 */
final class SimilarReader {
  private static final int HITS_IN_A_GROUP = 2;

  private final Snapshot snapshot;
  private final SearchRequest scope;
  private final @Nullable TextEmbedder model;
  private final Deadline deadline;
  private final CompiledQuery everything;
  private final LuceneFeatures places;
  private final SecondLook look;

  /**
   * @param model whose vectors are compared; null for those there are
   */
  SimilarReader(
      Snapshot snapshot, SearchRequest scope, @Nullable TextEmbedder model, Deadline deadline)
      throws IOException {
    this.snapshot = snapshot;
    this.model = model;
    this.scope = scope;
    this.deadline = deadline;
    this.everything = new QueryCompiler(snapshot, deadline).compile(SearchRequest.of(""));
    this.places = new LuceneFeatures(everything, snapshot, deadline);
    this.look = snapshot.ranking().secondLook();
  }

  /** What is like a moment; empty if there is no such moment. */
  Optional<Similar> of(String momentId, Similar.By by) throws IOException {
    OptionalInt found = HitExplainer.document(snapshot, momentId);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    int document = found.getAsInt();
    StoredMoment moment = new MomentReader(snapshot).read(document);
    MomentVectors vectors =
        model == null ? MomentVectors.ofAny(snapshot) : MomentVectors.of(snapshot, model);
    byte[] vector = vectors.of(document);
    List<Hit> hits = new ArrayList<>();
    List<Similar.Group> groups = new ArrayList<>();
    if (vector != null) {
      List<ScoreDoc> like =
          ofStretches(document, vectors.nearest(vector, look.nearest(false), among(moment, by)));
      if (by == Similar.By.MOMENT) {
        hits = hits(like.subList(0, Math.min(like.size(), scope.limit())));
      } else {
        groups = groups(like, by);
      }
    }
    return Optional.of(
        new Similar(
            moment,
            EpisodeEntries.of(snapshot).get(moment.episodeId()),
            hits,
            groups,
            meaning(vectors.count(), vector != null)));
  }

  /** What is looked among, such as the moments of other speakers; null for all. */
  private @Nullable Query among(StoredMoment moment, Similar.By by) throws IOException {
    if (by == Similar.By.MOMENT && !scope.isNarrowed()) {
      return null;
    }
    BooleanQuery.Builder others =
        new BooleanQuery.Builder().add(QueryTranslator.allMoments(), BooleanClause.Occur.MUST);
    String own =
        switch (by) {
          case MOMENT -> null;
          case SPEAKER -> moment.moment().speaker();
          case SHOW -> EpisodeEntries.of(snapshot).get(moment.episodeId()).show();
        };
    String facet = by.facet().orElse(null);
    if (own != null && facet != null) {
      others.add(FieldFilters.anyOf(facet, List.of(own)), BooleanClause.Occur.MUST_NOT);
    }
    return FieldFilters.narrowed(new DeadlineQuery(others.build(), deadline), scope);
  }

  /** Of each other stretch of speech the nearest moment, as far as they are alike. */
  private List<ScoreDoc> ofStretches(int document, List<ScoreDoc> nearest) {
    List<Diversifier.Place> taken = new ArrayList<>();
    taken.add(places.place(new ScoreDoc(document, 0)));
    List<ScoreDoc> like = new ArrayList<>();
    for (ScoreDoc hit : nearest) {
      Diversifier.Place place = places.place(hit);
      if (look.alike(hit.score)
          && taken.stream().noneMatch(other -> look.ofOneStretch(place, other))) {
        taken.add(place);
        like.add(hit);
      }
    }
    return like;
  }

  private List<Hit> hits(List<ScoreDoc> like) throws IOException {
    return new HitReader(snapshot, everything, hit -> hit.score, hit -> false).of(like);
  }

  private List<Similar.Group> groups(List<ScoreDoc> like, Similar.By by) throws IOException {
    Map<String, List<Hit>> named = new LinkedHashMap<>();
    for (Hit hit : hits(like)) {
      String name = by == Similar.By.SPEAKER ? hit.moment().moment().speaker() : show(hit);
      if (name != null) {
        named.computeIfAbsent(name, key -> new ArrayList<>()).add(hit);
      }
    }
    return named.entrySet().stream()
        .limit(scope.limit())
        .map(each ->
            new Similar.Group(
                each.getKey(),
                each.getValue().size(),
                each.getValue().stream().limit(HITS_IN_A_GROUP).toList()))
        .toList();
  }

  private static @Nullable String show(Hit hit) {
    return hit.episode().show();
  }

  private SearchPage.Meaning meaning(int vectors, boolean known) throws IOException {
    int moments = MeaningSearch.moments(snapshot);
    List<String> lacking = new ArrayList<>();
    if (vectors == 0) {
      lacking.add(MeaningSearch.NO_VECTORS);
    } else if (vectors < moments) {
      lacking.add(MeaningSearch.missing(snapshot, vectors, model));
    }
    if (!known && vectors > 0) {
      lacking.add("the meaning of this moment is not known, so nothing is compared with it");
    }
    return new SearchPage.Meaning(vectors, moments, known, false, lacking);
  }
}
