package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Collects hits by episode: their number and the best of them.
 *
 * <p>The first document of an episode identifies it. Memory grows with the episodes that have a
 * hit. Not thread-safe.
 */
final class Grouping extends SimpleCollector {
  private static final Comparator<ScoreDoc> BY_SCORE =
      Comparator.comparingDouble(hit -> -hit.score);

  private final int hitsPerEpisode;
  private final ExactTiers tiers;
  private final Comparator<ScoreDoc> byTierAndScore;
  private final Comparator<ScoreDoc> bestFirst;
  private final Map<Integer, Group> groups = new HashMap<>();
  private int base;
  private @Nullable Group group;
  private int groupOf = -1;
  private @Nullable MomentColumns columns;
  private @Nullable Scorable scorer;

  /** An episode's hits: how many, and the best. */
  static final class Group {
    private final List<ScoreDoc> best = new ArrayList<>();
    private int total;

    int total() {
      return total;
    }

    /** The best hits, best first. */
    List<ScoreDoc> best() {
      return best;
    }
  }

  Grouping(int hitsPerEpisode, ExactTiers tiers) {
    this.tiers = tiers;
    this.byTierAndScore =
        tiers.areNone()
            ? BY_SCORE
            : Comparator.<ScoreDoc>comparingInt(hit -> -tiers.of(hit.doc)).thenComparing(BY_SCORE);
    this.bestFirst = byTierAndScore.thenComparingInt(hit -> hit.doc);
    this.hitsPerEpisode = hitsPerEpisode;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) throws IOException {
    base = context.docBase;
    columns = MomentColumns.of(context.reader());
  }

  @Override
  public void setScorer(Scorable newScorer) {
    scorer = newScorer;
  }

  @Override
  public void collect(int document) throws IOException {
    if (columns == null || scorer == null || !columns.isMoment(document)) {
      return;
    }
    int episode = base + columns.episode(document);
    if (group == null || episode != groupOf) {
      group = groups.computeIfAbsent(episode, key -> new Group());
      groupOf = episode;
    }
    group.total++;
    float score = scorer.score();
    List<ScoreDoc> best = group.best;
    if (best.size() == hitsPerEpisode && best.getLast().score >= score && tiers.areNone()) {
      return;
    }
    ScoreDoc hit = new ScoreDoc(base + document, score);
    int at = best.size();
    while (at > 0 && bestFirst.compare(hit, best.get(at - 1)) < 0) {
      at--;
    }
    best.add(at, hit);
    if (best.size() > hitsPerEpisode) {
      best.removeLast();
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE;
  }

  /** The hits of an episode, by its first document; null if it has none. */
  @Nullable Group of(int episode) {
    return groups.get(episode);
  }

  /**
   * The episodes with a hit, the one with the best hit first.
   *
   * @param places orders episodes whose best hits score alike, by any of their documents
   */
  List<Group> sorted(IntUnaryOperator places) {
    List<Group> all = new ArrayList<>(groups.values());
    all.sort(
        Comparator.comparing(
            group -> group.best.getFirst(),
            byTierAndScore.thenComparingInt(hit -> places.applyAsInt(hit.doc))));
    return all;
  }
}
