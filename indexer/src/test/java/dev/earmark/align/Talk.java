package dev.earmark.align;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Cue;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.transcript.Segmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes episodes of a timed talk, half a second a word, and a document without times. */
final class Talk {
  static final long WORD_MS = 500;

  private Talk() {}

  /** A talk of these words, in captions of ten. */
  static SourceDocument spoken(String text) {
    List<String> words = Arrays.asList(text.strip().split("\\s+"));
    List<Cue> cues = new ArrayList<>();
    for (int from = 0; from < words.size(); from += 10) {
      int to = Math.min(words.size(), from + 10);
      String line = String.join(" ", words.subList(from, to));
      cues.add(Cue.exact(from * WORD_MS, to * WORD_MS, null, line, from));
    }
    return new SourceDocument("captions.vtt", "vtt", "en", Segmenter.segment(cues));
  }

  static SourceDocument written(Moment... moments) {
    return new SourceDocument("notes.md", "text", "en", List.of(moments));
  }

  /** The moments of the document, after it was aligned with the talk. */
  static List<Moment> aligned(SourceDocument talk, Moment... moments) {
    return Aligner.align(episode(List.of(), talk, written(moments))).sources().getLast().moments();
  }

  static EpisodeDocument episode(List<String> topics, SourceDocument... sources) {
    Episode episode =
        new Episode("e", "E", null, null, null, "en", List.of(), Media.NONE, topics, null);
    return new EpisodeDocument(episode, List.of(sources), List.of());
  }

  static Moment quote(String words) {
    return Moment.builder(Kind.QUOTE, words).build();
  }

  /** Words of no language, the same for the same seed; few of them are common and many rare. */
  static String words(long seed, int count) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(word((int) (4_000 * Math.pow(random.nextDouble(), 4)))).append(' ');
    }
    return text.toString();
  }

  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    int rest = number * 7919 + 17;
    for (int i = 0; i < 3; i++) {
      word.append("bdfgklmnprtv".charAt(rest % 12)).append("aeiou".charAt(rest / 12 % 5));
      rest = rest / 60 + number;
    }
    return word.toString();
  }
}
