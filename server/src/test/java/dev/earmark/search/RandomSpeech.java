package dev.earmark.search;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random transcripts and queries of plain lower-case words. */
public final class RandomSpeech {
  public static final List<String> WORDS =
      List.of(
          "the",
          "of",
          "to",
          "be",
          "or",
          "not",
          "yes",
          "no",
          "run",
          "running",
          "runs",
          "model",
          "models",
          "train",
          "training",
          "data",
          "apple",
          "banana");
  public static final List<String> SPEAKERS = List.of("Ada Ay", "Bo Bee", "Cy Sea");

  private final Random random;

  public RandomSpeech(Random random) {
    this.random = random;
  }

  /** A transcript of captions of any length, cut anywhere, said by anybody or nobody. */
  public String transcript() {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: en\n");
    long at = random.nextInt(5_000);
    int cues = 1 + random.nextInt(60);
    boolean timed = random.nextBoolean();
    for (int i = 0; i < cues; i++) {
      long length = 200 + random.nextInt(9_000);
      vtt.append('\n').append(clock(at)).append(" --> ").append(clock(at + length)).append('\n');
      if (random.nextInt(4) > 0) {
        vtt.append("<v ").append(SPEAKERS.get(random.nextInt(SPEAKERS.size()))).append('>');
      }
      int words = 1 + random.nextInt(8);
      for (int w = 0; w < words; w++) {
        if (timed && w > 0) {
          vtt.append('<').append(clock(at + length * w / words)).append('>');
        }
        vtt.append(w == 0 ? "" : " ").append(word());
      }
      vtt.append(random.nextInt(5) == 0 ? "." : "").append("\n");
      at += length + random.nextInt(3_000);
    }
    return vtt.toString();
  }

  private static String clock(long ms) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1_000 % 60,
        ms % 1_000);
  }

  /** One of the words that are said. */
  public String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** Some words in a row. */
  private String words(int most) {
    StringBuilder words = new StringBuilder(word());
    for (int left = random.nextInt(most); left > 0; left--) {
      words.append(' ').append(word());
    }
    return words.toString();
  }

  /** A query of one to three parts of any kind. */
  public String query() {
    StringBuilder query = new StringBuilder(part());
    for (int left = random.nextInt(3); left > 0; left--) {
      query.append(random.nextInt(5) == 0 ? " OR " : " ").append(part());
    }
    return query.toString();
  }

  private String part() {
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> words(4);
      case 3 -> '"' + words(2) + '"';
      case 4 -> '"' + words(5) + '"';
      case 5 -> '"' + word() + ' ' + words(2) + "\"~" + (1 + random.nextInt(6));
      case 6 -> "+" + word();
      case 7 -> "-" + word();
      case 8 -> word().substring(0, 2) + '*';
      case 9 -> word().replaceFirst("[aeiou]", "x") + '~';
      case 10 -> "speaker:\"" + SPEAKERS.get(random.nextInt(SPEAKERS.size())) + '"';
      case 11 -> "(" + words(2) + " OR \"" + words(2) + "\")";
      case 12 -> random.nextBoolean() ? "from:0:00:30" : "after:2025-02-01";
      default -> word() + word();
    };
  }
}
