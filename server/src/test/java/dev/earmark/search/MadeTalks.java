package dev.earmark.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes talks that nobody gave and that sound like people: each word is one that follows the two
 * before it somewhere in the seeds. So there are frequent and rare words, phrases that come again,
 * and sentences.
 */
public final class MadeTalks {
  private static final List<String> SPEAKERS = List.of("Mara Holt", "Ben Orr", "Ida Quist");
  private static final int MS_A_WORD = 340;

  private final List<String> words = new ArrayList<>();
  private final Map<String, List<Integer>> after = new HashMap<>();
  private final Random random;

  /** The same seed gives the same talks. */
  public MadeTalks(long seed) throws IOException {
    random = new Random(seed);
    try (Stream<Path> files = Files.list(Corpora.SEEDS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        for (String word : Files.readString(file).split("\\s+")) {
          if (word.matches("[\\p{L}\\d'’,.?%$-]+")) {
            words.add(word);
          }
        }
      }
    }
    for (int i = 0; i + 2 < words.size(); i++) {
      after.computeIfAbsent(pair(i), unused -> new ArrayList<>()).add(i + 1);
    }
  }

  private String pair(int at) {
    return words.get(at) + ' ' + words.get(at + 1);
  }

  /** Writes talks of about so many words, as captions, each with a manifest beside it. */
  public void write(Path folder, String show, int talks, int length) throws IOException {
    Files.createDirectories(folder);
    for (int talk = 0; talk < talks; talk++) {
      String name = "talk-%03d".formatted(talk);
      Files.writeString(folder.resolve(name + ".vtt"), captions(length));
      Files.writeString(
          folder.resolve(name + ".yaml"),
          "show: %s\ntitle: Talk %d\ndate: 20%02d-%02d-07\n"
              .formatted(show, talk, 18 + talk % 7, 1 + talk % 12));
    }
  }

  private String captions(int length) {
    StringBuilder vtt = new StringBuilder("WEBVTT\nLanguage: en\n");
    int at = random.nextInt(words.size() - 2);
    long ms = 1_000;
    int speaker = 0;
    for (int said = 0; said < length; ) {
      StringBuilder cue = new StringBuilder();
      int most = 4 + random.nextInt(14);
      int count = 0;
      while (count < most) {
        cue.append(count == 0 ? "" : " ").append(words.get(at));
        count++;
        List<Integer> next = after.get(pair(at));
        at =
            next == null ? random.nextInt(words.size() - 2) : next.get(random.nextInt(next.size()));
      }
      long end = ms + (long) count * MS_A_WORD;
      vtt.append('\n').append(clock(ms)).append(" --> ").append(clock(end));
      vtt.append("\n<v ").append(SPEAKERS.get(speaker)).append('>').append(cue).append('\n');
      said += count;
      ms = end + random.nextInt(600);
      if (random.nextInt(5) == 0) {
        speaker = random.nextInt(SPEAKERS.size());
      }
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
}
