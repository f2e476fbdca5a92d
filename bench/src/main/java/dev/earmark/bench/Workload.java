package dev.earmark.bench;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Searches made of what was said: words as often as people use them, phrases as they spoke them.
 *
 * <p>The same for the same moments. A common word is asked for more often than a rare one, which is
 * harder than what people ask.
 */
final class Workload {
  private static final long SEED = 20_261_122;

  private final List<StoredMoment> moments;
  private final Random random = new Random(SEED);

  private Workload(List<StoredMoment> moments) {
    this.moments = moments;
  }

  /** As many searches of a kind. */
  static List<Ask> of(List<StoredMoment> moments, Ask.Kind kind, int count) {
    Workload workload = new Workload(moments);
    List<Ask> asks = new ArrayList<>();
    while (asks.size() < count) {
      asks.add(workload.ask(kind));
    }
    return asks;
  }

  private Ask ask(Ask.Kind kind) {
    return switch (kind) {
      case TERM -> new Ask(kind, List.of(word()), null);
      case ALL_OF_TWO -> new Ask(kind, List.of(word(), word()), null);
      case ANY_OF_FOUR -> new Ask(kind, List.of(word(), word(), word(), word()), null);
      case PHRASE, PHRASE_IN_EPISODE -> phrase(kind);
    };
  }

  private StoredMoment moment() {
    return moments.get(random.nextInt(moments.size()));
  }

  private String word() {
    while (true) {
      Words words = Words.of(moment().moment().text());
      String word = words.count() == 0 ? "" : words.folded(random.nextInt(words.count()));
      if (isPlain(word)) {
        return word;
      }
    }
  }

  private Ask phrase(Ask.Kind kind) {
    while (true) {
      StoredMoment moment = moment();
      Words words = Words.of(moment.moment().text());
      int length = 2 + random.nextInt(4);
      if (words.count() < length) {
        continue;
      }
      int from = random.nextInt(words.count() - length + 1);
      List<String> phrase = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        phrase.add(words.folded(from + i));
      }
      if (phrase.stream().allMatch(Workload::isPlain)) {
        return new Ask(
            kind, phrase, kind == Ask.Kind.PHRASE_IN_EPISODE ? moment.episodeId() : null);
      }
    }
  }

  /** Every contender takes such a word for one word. */
  private static boolean isPlain(String word) {
    return word.length() > 1 && word.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }
}
