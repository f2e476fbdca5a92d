package dev.earmark.export;

import dev.earmark.model.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A talk made up of cues as tools write them, and of what is awkward to write down. */
public final class RandomTalk {
  private static final String[] WORDS = {
    "harbour",
    "the",
    "crane",
    "is",
    "broken",
    "again",
    "we're",
    "tide",
    "at",
    "half-past",
    "1984",
    "C++",
    "R&D",
    "a",
    "arrow",
    "x < y",
    "e-mail",
    "Größe",
    "שלום",
    "חברים",
    "мост",
    "don’t",
    "…",
    "“quoted”",
    "well,",
    "so",
    "then.",
    "Why?",
    "No!",
    "50",
    "%",
    "U.S.",
    "and",
    "went",
    "away.",
    "(softly)",
    "#1",
    "naïve",
    "sea",
    "rope",
    "knot",
    "gull",
    "haven",
    "boat",
    "[sic]",
    "one/two"
  };
  private static final String[] MARKED = {
    "*", "_really_", "`code`", "~", "{x}", "-->", "3:45", "<b>", "&amp;"
  };
  private static final String[] SILENT = {"[Applause]", "♪ ♪", "…", "[Music]"};
  private static final String[] JAPANESE = {"今日は", "潮汐の", "話です。", "港に", "行きます。"};
  private static final String[] NAMES = {"Ada Quist", "Ben Orr", "Zoë Arc"};

  private final Random random;
  private final boolean marks;
  private final boolean silence;
  private final boolean named;
  private final boolean japanese;
  private final List<Cue> cues = new ArrayList<>();

  /**
   * A new talk.
   *
   * @param format a form that can write all of it; plain text can write the least
   */
  public RandomTalk(Random random, TranscriptFormat format) {
    this.random = random;
    // SubRip and plain text have no way to write what looks like markup.
    this.marks = format != TranscriptFormat.SRT && format != TranscriptFormat.TXT;
    // In plain text a description of a sound behind a time may be read as the name of a speaker.
    this.silence = format != TranscriptFormat.TXT && format != TranscriptFormat.MD;
    this.named = random.nextBoolean();
    this.japanese = random.nextInt(5) == 0;
  }

  /** Its cues, in order. */
  public List<Cue> cues() {
    long at = random.nextInt(3_000);
    int count = 3 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      long length = 400 + random.nextInt(random.nextInt(12) == 0 ? 60_000 : 6_000);
      boolean silent = silence && i > 0 && !named && random.nextInt(15) == 0;
      cues.add(
          Cue.exact(
              at, at + length, speaker(), silent ? SILENT[random.nextInt(4)] : text(length), 0));
      at += random.nextInt(4) == 0 ? length / 2 + 1 : length + random.nextInt(2_000);
    }
    return cues;
  }

  private @Nullable String speaker() {
    return named ? NAMES[random.nextInt(NAMES.length)] : null;
  }

  private String text(long lengthMs) {
    StringBuilder text = new StringBuilder();
    int words = 2 + random.nextInt((int) (lengthMs / 400) + 3);
    int breaks = 0;
    // Begins with words of its own, so that no cue is a line of the one before come again.
    text.append("Now ").append(cues.size()).append(random.nextInt(9) == 0 ? " --> then" : "");
    for (int i = 0; i < words; i++) {
      boolean breaks2 = breaks < 2 && random.nextInt(7) == 0;
      breaks += breaks2 ? 1 : 0;
      text.append(breaks2 ? '\n' : ' ');
      text.append(
          japanese
              ? JAPANESE[random.nextInt(JAPANESE.length)]
              : marks && random.nextInt(12) == 0
                  ? MARKED[random.nextInt(MARKED.length)]
                  : WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }
}
