package dev.earmark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes episodes: two people talk by turns, so that every turn is a moment. */
public final class Talks {
  private static final String[] WORDS = {
    "the",
    "and",
    "to",
    "of",
    "we",
    "that",
    "it",
    "is",
    "compute",
    "models",
    "power",
    "chips",
    "training",
    "cost",
    "data",
    "center",
    "growth",
    "market",
    "years",
    "people",
    "energy",
    "risk"
  };

  private Talks() {}

  /** Writes some episodes of some turns each; the same numbers give the same words. */
  public static void write(Path folder, int episodes, int turns) throws IOException {
    Files.createDirectories(folder);
    for (int episode = 0; episode < episodes; episode++) {
      Files.writeString(folder.resolve("talk-%03d.vtt".formatted(episode)), talk(episode, turns));
    }
  }

  /** An episode as captions. */
  public static String talk(int seed, int turns) {
    Random random = new Random(seed);
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    for (int turn = 0; turn < turns; turn++) {
      int second = turn * 5;
      captions.append(
          "\n%02d:%02d:%02d.000 --> %02d:%02d:%02d.000\n<v %s>"
              .formatted(
                  second / 3600,
                  second / 60 % 60,
                  second % 60,
                  (second + 4) / 3600,
                  (second + 4) / 60 % 60,
                  (second + 4) % 60,
                  turn % 2 == 0 ? "Ann" : "Bob"));
      for (int word = 0; word < 12; word++) {
        captions.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      captions.append("turn").append(turn).append(".\n");
    }
    return captions.toString();
  }
}
