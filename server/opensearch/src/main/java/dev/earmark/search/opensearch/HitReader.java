package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.Hit;
import dev.earmark.search.opensearch.Ranking.Ranked;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.spoken.MatchFinder;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.QueryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads hits and highlights their matches. Not thread-safe; one a search. */
final class HitReader {
  private final Session session;
  private final List<Pattern> patterns;
  private final MatchFinder finder;
  private final int reach;
  private final Texts texts;

  /** So many moments after a hit are read with it, since more of the query may be said there. */
  private final int ahead;

  /** Matches those whose texts are read; null to read all. */
  private final @Nullable ObjectNode having;

  /** The only hits that may lack a part of the query, by their ids; null if any may. */
  private final @Nullable Set<String> lacking;

  /**
   * @param dsl knows which moments have what the query looks for
   * @param wordsOfMoment how many words a moment has
   */
  HitReader(Session session, QueryPlan plan, Dsl dsl, double wordsOfMoment) {
    this.session = session;
    this.patterns = plan.patterns();
    this.finder = new MatchFinder(plan.patterns(), plan.between());
    this.reach = plan.reach(RankingParameters.DEFAULT);
    this.texts = new Texts(session);
    this.having = reach > 0 ? having(plan, dsl) : null;
    this.lacking = having == null ? null : lacking(plan, dsl);
    int within = 2 + (int) Math.ceil(reach / Math.max(1, wordsOfMoment));
    this.ahead =
        having != null
            ? MatchFinder.MOST_FURTHER
            : reach > 0
                ? Math.min(Texts.AHEAD, within)
                : patterns.stream().anyMatch(Pattern::isPhrase) ? 1 : 0;
  }

  /** Moments that have a part of a query; null if parts may be found across moments. */
  private static @Nullable ObjectNode having(QueryPlan plan, Dsl dsl) {
    if (plan.parts().isEmpty() || plan.patterns().stream().anyMatch(Pattern::isPhrase)) {
      return null;
    }
    return Dsl.any(plan.parts().stream().map(part -> dsl.filter(part.query())).toList());
  }

  private static @Nullable Set<String> lacking(QueryPlan plan, Dsl dsl) {
    long parts = plan.patterns().stream().map(Pattern::name).distinct().count();
    return dsl.lacking(plan.query(), parts);
  }

  /** Whether all that is found of a moment is found in its own text. */
  private boolean isWhole(StoredMoment moment) throws IOException {
    AtomicBoolean goesOn = new AtomicBoolean();
    var unused =
        finder.find(
            moment,
            last -> {
              goesOn.set(true);
              return null;
            });
    return !goesOn.get();
  }

  /** The hits in their order; what the cluster no longer has is left out. */
  List<Hit> read(List<Ranked> ranked) throws IOException {
    if (ranked.isEmpty()) {
      return List.of();
    }
    Set<String> ids = new LinkedHashSet<>();
    Set<String> after = new LinkedHashSet<>();
    Set<String> episodes = new LinkedHashSet<>();
    for (Ranked one : ranked) {
      StoredMoment lately = session.lately(one.id());
      boolean whole = lacking != null && !lacking.contains(one.id());
      if (lately == null) {
        ids.add(one.id());
      } else {
        texts.add(lately);
        whole |= reach == 0 && isWhole(lately);
      }
      for (int i = 1; i <= ahead && !whole; i++) {
        after.add(Session.id(one.episode(), one.ordinal() + i));
      }
      episodes.add(one.episode());
    }
    AtomicBoolean read = new AtomicBoolean();
    Map<String, EpisodeEntry> entries =
        EpisodeEntries.of(
            session,
            episodes,
            more -> {
              read.set(true);
              return texts.read(ids, after, having, more);
            });
    if (!read.get()) {
      var unused = texts.read(ids, after, having, null);
    }
    List<Hit> hits = new ArrayList<>();
    for (Ranked one : ranked) {
      StoredMoment moment = texts.get(one.id());
      EpisodeEntry entry = entries.get(one.episode());
      if (moment != null && entry != null) {
        MatchFinder.Found found = finder.find(moment, texts.following());
        hits.add(
            new Hit(
                moment,
                entry.episode(),
                found.atMs(),
                found.snippet(),
                found.matches(),
                reach == 0
                    ? List.of()
                    : finder.further(moment, found, texts.following(), texts.later(), reach),
                found.why(),
                one.score()));
      }
    }
    return hits;
  }
}
