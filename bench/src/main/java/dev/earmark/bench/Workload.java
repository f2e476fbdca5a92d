package dev.earmark.bench;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.SearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Searches made of what was said: words as often as people use them, phrases as they spoke them.
 *
 * <p>The same for the same moments. A common word is asked for more often than a rare one, which is
 * harder than what people ask.
 */
final class Workload {
  private static final long SEED = 20_261_122;

  /** Enough to know how often words come. */
  private static final int EPISODES_SAMPLED = 200;

  private static final int TRIES = 100_000;

  private final List<StoredMoment> moments;
  private final Random random = new Random(SEED);

  private Workload(List<StoredMoment> moments) {
    this.moments = moments;
  }

  /**
   * As many searches of each kind, made of what some episodes of an index say; none of a kind for
   * which there is nothing to ask, such as speakers.
   */
  static Map<Ask.Kind, List<Ask>> of(SearchEngine engine, int count) throws IOException {
    List<EpisodeEntry> episodes = new ArrayList<>(engine.episodes());
    episodes.sort(Comparator.comparing(entry -> entry.episode().id()));
    Collections.shuffle(episodes, new Random(SEED));
    List<StoredMoment> sample = new ArrayList<>();
    for (EpisodeEntry entry : episodes.subList(0, Math.min(EPISODES_SAMPLED, episodes.size()))) {
      sample.addAll(engine.moments(entry.episode().id()));
    }
    Map<Ask.Kind, List<Ask>> asks = new TreeMap<>();
    for (Ask.Kind kind : Ask.Kind.values()) {
      List<Ask> ofKind = new Workload(sample).asks(kind, count);
      if (!ofKind.isEmpty()) {
        asks.put(kind, ofKind);
      }
    }
    return asks;
  }

  private List<Ask> asks(Ask.Kind kind, int count) {
    List<Ask> asks = new ArrayList<>();
    for (int tries = 0; asks.size() < count && tries < TRIES; tries++) {
      StoredMoment moment = moments.get(random.nextInt(moments.size()));
      List<String> words = kind.phrase ? phrase(moment) : words(kind);
      String speaker = moment.moment().speaker();
      if (words.isEmpty() || (kind == Ask.Kind.PHRASE_OF_SPEAKER && speaker == null)) {
        continue;
      }
      asks.add(
          new Ask(
              kind,
              words,
              kind == Ask.Kind.PHRASE_IN_EPISODE ? moment.episodeId() : null,
              kind == Ask.Kind.PHRASE_OF_SPEAKER ? speaker : null));
    }
    return asks;
  }

  private List<String> words(Ask.Kind kind) {
    int count =
        switch (kind) {
          case ALL_OF_TWO -> 2;
          case ANY_OF_FOUR -> 4;
          default -> 1;
        };
    List<String> words = new ArrayList<>();
    while (words.size() < count) {
      Words said = Words.of(moments.get(random.nextInt(moments.size())).moment().text());
      String word = said.count() == 0 ? "" : said.folded(random.nextInt(said.count()));
      if (isPlain(word)) {
        words.add(word);
      }
    }
    return words;
  }

  /** Two to five words in a row; none if what was picked is not plain. */
  private List<String> phrase(StoredMoment moment) {
    Words words = Words.of(moment.moment().text());
    int length = 2 + random.nextInt(4);
    if (words.count() < length) {
      return List.of();
    }
    int from = random.nextInt(words.count() - length + 1);
    List<String> phrase = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      phrase.add(words.folded(from + i));
    }
    return phrase.stream().allMatch(Workload::isPlain) ? phrase : List.of();
  }

  /** Every contender takes such a word for one word. */
  private static boolean isPlain(String word) {
    return word.length() > 1 && word.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }
}
