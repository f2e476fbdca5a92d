package dev.earmark.search.lucene;

import dev.earmark.index.StoredMoment;
import dev.earmark.search.Hit;
import dev.earmark.search.spoken.MatchFinder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.lucene.search.ScoreDoc;

/** Reads hits and highlights their matches. Not thread-safe; one a search. */
final class HitReader {
  private final EpisodeEntries episodes;
  private final MomentReader moments;
  private final MatchFinder finder;

  /** For moments that no word matches. */
  private final MatchFinder noWords = new MatchFinder(List.of(), Set.of());

  private final IntPredicate byWords;
  private final Nearness meaning;

  /** How far after a hit words are shown that have to come together with those in it. */
  private final int reach;

  /** Tells how near in meaning a hit is; NaN if that was not compared. */
  interface Nearness {
    float of(ScoreDoc hit) throws IOException;
  }

  HitReader(Snapshot snapshot, CompiledQuery query) throws IOException {
    this(snapshot, query, hit -> Float.NaN, document -> true);
  }

  /**
   * @param meaning how near in meaning hits are
   * @param byWords whether words match a document that is a hit
   */
  HitReader(Snapshot snapshot, CompiledQuery query, Nearness meaning, IntPredicate byWords)
      throws IOException {
    this.meaning = meaning;
    this.byWords = byWords;
    this.episodes = EpisodeEntries.of(snapshot);
    this.moments = new MomentReader(snapshot);
    this.finder = new MatchFinder(query.patterns(), query.between());
    this.reach = query.plan().reach(snapshot.ranking().parameters());
  }

  /** The hits, in the same order. */
  List<Hit> of(List<ScoreDoc> found) throws IOException {
    Hit[] hits = new Hit[found.size()];
    for (int i : inDocumentOrder(found)) {
      hits[i] = hit(found.get(i));
    }
    return List.of(hits);
  }

  /** Stored fields are read faster in their order: neighbours lie in one block. */
  private static List<Integer> inDocumentOrder(List<ScoreDoc> hits) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> hits.get(i).doc));
    return order;
  }

  private Hit hit(ScoreDoc found) throws IOException {
    StoredMoment moment = moments.read(found.doc);
    boolean inWords = byWords.test(found.doc);
    MatchFinder.Found matches =
        (inWords ? finder : noWords).find(moment, following(found.doc, moment));
    float nearness = meaning.of(found);
    return new Hit(
        moment,
        episodes.get(moment.episodeId()),
        matches.atMs(),
        matches.snippet(),
        matches.matches(),
        reach == 0 || !inWords
            ? List.of()
            : finder.further(
                moment, matches, following(found.doc, moment), later(found.doc, moment), reach),
        inWords ? matches.why() : Hit.Why.MEANING,
        Float.isNaN(found.score) ? 0 : found.score,
        Float.isNaN(nearness) ? null : Double.valueOf(nearness));
  }

  /** The places in a moment that match. */
  List<Hit.Match> matches(int document) throws IOException {
    StoredMoment moment = moments.read(document);
    return finder.find(moment, following(document, moment)).matches();
  }

  private MatchFinder.Later later(int document, StoredMoment first) {
    return moment ->
        MatchFinder.Ahead.next(
            moments.after(document + moment.ordinal() - first.ordinal(), moment));
  }

  private MatchFinder.Following following(int document, StoredMoment first) {
    return moment -> moments.following(document + moment.ordinal() - first.ordinal(), moment);
  }
}
