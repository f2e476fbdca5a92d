package dev.earmark.index;

import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.Words;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds advertisements, and loops in which a recogniser repeats one sentence over and over.
 *
 * <p>A loop shows in its pairs of neighbouring words: in speech nearly all pairs of a moment
 * differ. An advertisement shows in the phrases that open and close one; what lies between them
 * belongs to it if it is short. Mentioning sponsors or codes is not enough. Linear in the text.
 */
final class AdAndLoopDetector {
  private static final int FEWEST_WORDS = 12;

  /** Of the pairs of neighbouring words in a moment so many may be different in a loop. */
  private static final double LOOP = 0.52;

  /** Each pair sets one of so many bits. */
  private static final int BITS = 1 << 11;

  private static final long LONGEST_READ_MS = 150_000;

  /** A text without any of these has no need to be looked at word by word. */
  private static final List<String> HINTS =
      List.of("ponsor", "rought to you", "code", "präsentiert von", "Werbung", "upporting");

  private static final List<String> OPENINGS =
      folded(
          "is brought to you by",
          "was brought to you by",
          "been brought to you by",
          "is sponsored by",
          "word from our sponsor",
          "hear from our sponsor",
          "message from our sponsor",
          "thanks to our sponsor",
          "thank our sponsor",
          "todays sponsor",
          "wird präsentiert von",
          "wird gesponsert von",
          "kurze werbung",
          "está patrocinado por",
          "est sponsorisé par");

  private static final List<String> CLOSINGS =
      folded(
          "promo code",
          "coupon code",
          "discount code",
          "offer code",
          "use the code",
          "use code",
          "for sponsoring",
          "for supporting the show",
          "for supporting our show",
          "supporting the podcast",
          "rabattcode",
          "gutscheincode",
          "code promo",
          "código promocional");

  private AdAndLoopDetector() {}

  private static List<String> folded(String... phrases) {
    return Arrays.stream(phrases).map(phrase -> ' ' + Words.fold(phrase) + ' ').toList();
  }

  /**
   * Which of the moments of a source are asides.
   *
   * @param words those of each moment's text
   */
  static BitSet in(List<Moment> moments, List<Words> words) {
    BitSet asides = new BitSet();
    int opened = -1;
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      if (moment.times() == null) {
        // Only speech loops and is interrupted; what is written about it stands for itself.
        continue;
      }
      if (isLoop(moment.text(), words.get(i))) {
        asides.set(i);
      }
      if (HINTS.stream().noneMatch(moment.text()::contains)) {
        continue;
      }
      String folded = ' ' + Words.fold(moment.text()) + ' ';
      if (has(folded, OPENINGS)) {
        asides.set(i);
        opened = i;
      }
      if (has(folded, CLOSINGS) && opened >= 0) {
        if (startMs(moment) - startMs(moments.get(opened)) <= LONGEST_READ_MS) {
          asides.set(opened, i + 1);
        }
        opened = -1;
      }
    }
    return asides;
  }

  private static long startMs(Moment moment) {
    return moment.anchor().span().map(TimeSpan::startMs).orElse(0L);
  }

  private static boolean has(String folded, List<String> phrases) {
    return phrases.stream().anyMatch(folded::contains);
  }

  /** Whether a text is a few words over and over. */
  static boolean isLoop(String text, Words words) {
    if (words.count() < FEWEST_WORDS) {
      return false;
    }
    BitSet pairs = new BitSet(BITS);
    int different = 0;
    int last = 0;
    for (int i = 0; i < words.count(); i++) {
      int word = hash(text, words.start(i), words.end(i));
      int pair = spread(31 * last + word);
      last = word;
      if (!pairs.get(pair)) {
        pairs.set(pair);
        // In speech that is known when half of it is read.
        if (++different > LOOP * words.count()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whoever repeats a sentence spells it alike but for capitals, so it need not be folded. */
  private static int hash(String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + Character.toLowerCase(text.charAt(i));
    }
    return hash;
  }

  private static int spread(int hash) {
    return (hash * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(BITS));
  }
}
