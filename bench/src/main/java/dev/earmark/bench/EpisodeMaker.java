package dev.earmark.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes episodes that nobody has recorded, as WebVTT with a manifest beside it: as many as are
 * wanted, one after another, in memory that does not grow.
 *
 * <p>An episode has a host, who is that of its show, a guest, who may come again, and a few names
 * of its own that are said now and then, so that names and words grow with the corpus as they do in
 * a real one. The same seed and number give the same episode, so a small corpus is the beginning of
 * a large one.
 */
final class EpisodeMaker {
  static final long SEED = 20_261_122;

  private static final int EPISODES_OF_A_SHOW = 120;
  private static final int OWN_NAMES = 4;

  /** One of the names of the episode is said about so seldom. */
  private static final int WORDS_A_NAME = 150;

  private static final int LEAST_WORDS = 6_000;
  private static final int MORE_WORDS = 12_000;
  private static final int MS_A_WORD = 340;
  private static final int LONGEST_TURN = 240;
  private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);
  private static final int DAYS = 4_000;

  private final Speech speech;

  EpisodeMaker(Speech speech) {
    this.speech = speech;
  }

  /** Makes speech of the transcripts in a folder, or invents some if it is not there. */
  static EpisodeMaker of(Path folder) throws IOException {
    return new EpisodeMaker(
        Files.isDirectory(folder) ? Speech.of(folder, SEED) : Speech.invented(SEED));
  }

  /**
   * Writes episodes until they have so many words together.
   *
   * @return how many episodes there are
   */
  int write(Path folder, long words) throws IOException {
    long written = 0;
    int number = 0;
    while (written < words) {
      Path show = folder.resolve("show-" + number / EPISODES_OF_A_SHOW);
      Files.createDirectories(show);
      written += write(show, number, "");
      number++;
    }
    return number;
  }

  /**
   * Writes one episode.
   *
   * @param number which one
   * @param opening what is said first
   * @return how many words it has, about
   */
  int write(Path folder, int number, String opening) throws IOException {
    Random random = new Random(SEED * 31 + number);
    Random ofShow = new Random(SEED * 17 + number / EPISODES_OF_A_SHOW);
    Random ofGuest = new Random(SEED * 13 + random.nextInt(1 + number / 2));
    String host = Syllables.name(ofShow);
    String show = "The " + Syllables.capital(Syllables.word(ofShow, 2)) + " Show";
    String guest = Syllables.name(ofGuest);
    List<String> names = new ArrayList<>(List.of(guest));
    for (int i = 0; i < OWN_NAMES; i++) {
      names.add(Syllables.capital(Syllables.word(random, 3)));
    }
    String stem = stem(number);
    Files.writeString(
        folder.resolve(stem + ".yaml"),
        "title: \"%s on %s\"%nshow: \"%s\"%ndate: %s%n"
            .formatted(guest, names.getLast(), show, FIRST_DAY.plusDays(random.nextInt(DAYS))));
    int words = LEAST_WORDS + random.nextInt(MORE_WORDS);
    try (Writer file = Files.newBufferedWriter(folder.resolve(stem + ".vtt"))) {
      speak(file, random, words, List.of(host, guest), names, opening);
    }
    return words;
  }

  /** What the files of an episode are called, and so its id. */
  static String stem(int number) {
    return String.format(Locale.ROOT, "ep-%06d", number);
  }

  private void speak(
      Writer file,
      Random random,
      int words,
      List<String> speakers,
      List<String> names,
      String opening)
      throws IOException {
    Speech.Voice voice = speech.new Voice(random);
    file.write("WEBVTT\n");
    long atMs = 1_000;
    int turnEnds = 0;
    int speaker = 1;
    for (int said = 0; said < words; ) {
      if (said >= turnEnds) {
        speaker = 1 - speaker;
        turnEnds = said + 5 + random.nextInt(LONGEST_TURN);
      }
      int length = 5 + random.nextInt(9);
      StringBuilder text = new StringBuilder(said == 0 ? opening : "");
      for (int i = 0; i < length; i++) {
        boolean ofOwn = random.nextInt(WORDS_A_NAME) == 0;
        text.append(text.isEmpty() ? "" : " ")
            .append(ofOwn ? names.get(random.nextInt(names.size())) : voice.next());
      }
      long endMs = atMs + (long) length * MS_A_WORD;
      file.write('\n' + time(atMs) + " --> " + time(endMs) + '\n');
      file.write("<v " + speakers.get(speaker) + ">" + text + '\n');
      atMs = endMs + (random.nextInt(6) == 0 ? 400 : 0);
      said += length;
    }
  }

  private static String time(long ms) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1_000 % 60,
        ms % 1_000);
  }
}
