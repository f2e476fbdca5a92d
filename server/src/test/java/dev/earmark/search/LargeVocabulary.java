package dev.earmark.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording with many words that are near to each other and to words nobody says: all of four
 * syllables of a few letters. Each has some hundred others within two letters.
 */
public final class LargeVocabulary {
  private static final String[] SYLLABLES = {"ba", "be", "da", "de", "ga", "ge", "ka", "ke"};

  /** Every so many of all words are left out, and so are not said. */
  private static final int LEFT_OUT = 13;

  private LargeVocabulary() {}

  /** The words in their order, said or not. */
  private static List<String> all() {
    List<String> words = List.of("");
    for (int syllable = 0; syllable < 4; syllable++) {
      List<String> longer = new ArrayList<>();
      for (String word : words) {
        for (String next : SYLLABLES) {
          longer.add(word + next);
        }
      }
      words = longer;
    }
    return words;
  }

  /** A word that is said once, by a number from 0 to 3,700. */
  public static String said(int number) {
    return all().get(number + 1 + number / (LEFT_OUT - 1));
  }

  /** Words that are like those said, and are not. */
  public static List<String> unsaid(int many) {
    List<String> words = new ArrayList<>();
    List<String> all = all();
    for (int i = 0; words.size() < many; i += LEFT_OUT) {
      words.add(all.get(i));
    }
    return words;
  }

  /** Writes captions in which the others are each said once, between words that are said always. */
  public static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    List<String> all = all();
    for (int i = 0; i < all.size(); i++) {
      if (i % LEFT_OUT != 0) {
        String second = "%02d:%02d:%02d".formatted(i / 3600, i / 60 % 60, i % 60);
        captions
            .append('\n')
            .append(second)
            .append(".000 --> ")
            .append(second)
            .append(".900\n<v Ada>the ")
            .append(all.get(i))
            .append(" and the\n");
      }
    }
    Files.writeString(folder.resolve("words.vtt"), captions);
    Files.writeString(folder.resolve("words.yaml"), "id: words\nshow: All words\n");
  }
}
