package dev.earmark.search.lucene;

import dev.earmark.search.rank.Reranker;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.rank.SecondLook.Candidate;
import dev.earmark.search.rank.SecondLook.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.search.ScoreDoc;

/**
 * One list of what words match and what is near in meaning.
 *
 * <p>The best by words and the nearest in meaning come first, in the order of {@link SecondLook};
 * the other moments that words match follow by their score. Nothing of that depends on the page, so
 * pages fit together. Not thread-safe; one a search.
 */
final class MeaningList {
  private final Snapshot snapshot;
  private final CompiledQuery compiled;
  private final MeaningSearch meaning;
  private final LuceneFeatures features;

  /** What words match of the nearest, with their scores. */
  private final Map<Integer, Float> matched;

  /**
   * @param matched what words match of {@link MeaningSearch#nearest}, with their scores
   */
  MeaningList(
      Snapshot snapshot,
      CompiledQuery compiled,
      MeaningSearch meaning,
      LuceneFeatures features,
      Map<Integer, Float> matched) {
    this.snapshot = snapshot;
    this.compiled = compiled;
    this.meaning = meaning;
    this.features = features;
    this.matched = matched;
  }

  /** The nearest moments that no word matches, and their cosines. */
  Map<Integer, Float> beyond() {
    Map<Integer, Float> beyond = new LinkedHashMap<>(meaning.nearest());
    beyond.keySet().removeAll(matched.keySet());
    return beyond;
  }

  /**
   * What comes first, best first.
   *
   * @param ranked the best by words
   */
  List<Scored<ScoreDoc>> head(List<Reranker.Ranked<ScoreDoc>> ranked) throws IOException {
    // In the order of the index, in which vectors are read fastest.
    Map<Integer, Reranker.Ranked<ScoreDoc>> byWords = new HashMap<>();
    ranked.forEach(each -> byWords.put(each.hit().doc, each));
    Set<Integer> documents = new TreeSet<>(byWords.keySet());
    documents.addAll(meaning.nearest().keySet());
    documents.addAll(meaning.farther().keySet());
    List<Candidate<ScoreDoc>> candidates = new ArrayList<>();
    List<Candidate<ScoreDoc>> unlisted = new ArrayList<>();
    for (int document : documents) {
      float cosine = meaning.cosine(document);
      float answering = meaning.answering(document);
      Reranker.Ranked<ScoreDoc> found = byWords.get(document);
      if (found != null) {
        candidates.add(
            new Candidate<>(found.hit(), found.tier(), true, found.score(), cosine, answering));
      } else if (meaning.nearest().containsKey(document)) {
        Float words = matched.get(document);
        float score = words == null ? 0 : words;
        candidates.add(
            new Candidate<>(
                new ScoreDoc(document, score),
                compiled.tiers().of(document),
                words != null,
                score,
                cosine,
                answering));
      } else {
        unlisted.add(new Candidate<>(new ScoreDoc(document, 0), 0, false, 0, cosine, answering));
      }
    }
    return snapshot.ranking().secondLook().order(candidates, unlisted, features);
  }

  /**
   * The first of all hits.
   *
   * @param head what comes first
   * @param tail other moments that words match, by score; may have some of the nearest
   * @param wanted how many; more may be given
   */
  List<ScoreDoc> shown(List<Scored<ScoreDoc>> head, List<ScoreDoc> tail, int wanted)
      throws IOException {
    List<ScoreDoc> shown = new ArrayList<>();
    for (Scored<ScoreDoc> each : snapshot.ranking().secondLook().spread(head, features, wanted)) {
      shown.add(new ScoreDoc(each.hit().doc, each.score()));
    }
    if (shown.size() == head.size()) {
      shown.addAll(withoutNearest(tail));
    }
    return shown;
  }

  /** Hits without the nearest, which come before. */
  List<ScoreDoc> withoutNearest(List<ScoreDoc> hits) {
    return hits.stream().filter(hit -> !meaning.nearest().containsKey(hit.doc)).toList();
  }

  /** An episode and the best of its hits. */
  record Group(int total, int meaningTotal, List<ScoreDoc> best) {}

  /**
   * All episodes with a hit: those of the head in its order, then those that words alone match.
   *
   * @param byWords what words match, by episode
   */
  List<Group> groups(
      List<Scored<ScoreDoc>> head, Grouping byWords, List<Grouping.Group> sorted, int most) {
    Map<Object, List<ScoreDoc>> first = new LinkedHashMap<>();
    Map<Object, Integer> beyond = new HashMap<>();
    for (Scored<ScoreDoc> each : head) {
      Object episode = features.place(each.hit()).episode();
      List<ScoreDoc> best = first.computeIfAbsent(episode, key -> new ArrayList<>());
      if (best.size() < most) {
        best.add(new ScoreDoc(each.hit().doc, each.score()));
      }
      if (!each.candidate().matched()) {
        beyond.merge(episode, 1, Integer::sum);
      }
    }
    List<Group> groups = new ArrayList<>();
    first.forEach((episode, best) -> {
      Grouping.Group words = byWords.of((Integer) episode);
      if (words != null) {
        for (ScoreDoc hit : words.best()) {
          if (best.size() < most && best.stream().noneMatch(one -> one.doc == hit.doc)) {
            best.add(hit);
          }
        }
      }
      groups.add(
          new Group(words == null ? 0 : words.total(), beyond.getOrDefault(episode, 0), best));
    });
    for (Grouping.Group words : sorted) {
      if (!first.containsKey(features.place(words.best().getFirst()).episode())) {
        groups.add(new Group(words.total(), 0, words.best()));
      }
    }
    return groups;
  }
}
