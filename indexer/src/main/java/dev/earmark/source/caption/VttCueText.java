package dev.earmark.source.caption;

import dev.earmark.model.TimedWord;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.WordTimes;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a WebVTT cue without its markup (W3C WebVTT, sections 6.4 and 6.5).
 *
 * <p>The tokenizer is the specification's. Of the tree only what search needs is kept: the
 * concatenated text, the first voice, and the time stamps, each of which starts a stretch of text
 * that lasts to the next. Time stamps out of order or outside the cue are ignored, as the
 * specification has it.
 *
 * @param text all text, tags taken out, references decoded once
 * @param voice the annotation of the first {@code <v>} that has one
 * @param voices how many different voices there are
 * @param words the stretches between inline time stamps; empty if there are none
 * @param parts the stretches of each voice in turn, where there are several; else empty
 * @param marked the only stretch that is underlined, bold, or of a class; null if there is none or
 *     more than one
 */
record VttCueText(
    String text,
    @Nullable String voice,
    int voices,
    List<TimedWord> words,
    List<Part> parts,
    CueBuilder.@Nullable Mark marked) {

  /** A stretch of the text that one voice says. */
  record Part(int from, int to, @Nullable String voice) {

    /** Those of the words of a whole text that lie in this part. */
    List<TimedWord> words(List<TimedWord> all) {
      return all.stream().filter(word -> word.from() >= from && word.to() <= to).toList();
    }
  }

  static VttCueText of(String marked, long startMs, long endMs) {
    if (marked.indexOf('<') < 0) {
      return new VttCueText(CaptionMarkup.decoded(marked), null, 0, List.of(), List.of(), null);
    }
    return new Tokenizer(marked, startMs, endMs).run();
  }

  private static final class Tokenizer {
    private final String marked;
    private final long startMs;
    private final long endMs;
    private final StringBuilder text = new StringBuilder();
    private final List<long[]> stretches = new ArrayList<>();
    private @Nullable String voice;
    private @Nullable String lastVoice;
    private int voices;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();

    Tokenizer(String marked, long startMs, long endMs) {
      this.marked = marked;
      this.startMs = startMs;
      this.endMs = endMs;
    }

    VttCueText run() {
      int at = 0;
      while (at < marked.length()) {
        int open = marked.indexOf('<', at);
        int to = open < 0 ? marked.length() : open;
        text.append(CaptionMarkup.decoded(marked.substring(at, to)));
        if (open < 0) {
          break;
        }
        int close = marked.indexOf('>', open);
        tag(marked.substring(open + 1, close < 0 ? marked.length() : close));
        at = close < 0 ? marked.length() : close + 1;
      }
      return new VttCueText(
          text.toString(), voice, voices, words(), parts(), CaptionMarkup.onlyMark(marked, text));
    }

    /** A tag that is not closed runs to the end of the cue and counts all the same. */
    private void tag(String tag) {
      if (tag.isEmpty()) {
        return;
      }
      if (CaptionTime.isDigit(tag.charAt(0))) {
        stamp(tag);
      } else if (tag.charAt(0) == 'v') {
        int nameEnd = 1;
        if (tag.length() > 1 && tag.charAt(1) == '.') {
          while (nameEnd < tag.length() && !Character.isWhitespace(tag.charAt(nameEnd))) {
            nameEnd++;
          }
        }
        if (nameEnd < tag.length() && Character.isWhitespace(tag.charAt(nameEnd))) {
          speak(CaptionMarkup.decoded(tag.substring(nameEnd)));
        }
      }
    }

    private void speak(String annotation) {
      String name = onOneLine(annotation.strip());
      if (!name.isEmpty()) {
        voice = voice == null ? name : voice;
        if (!name.equals(lastVoice)) {
          voices++;
          names.add(name);
          // What stands before the first voice is taken for its own.
          starts.add(voices == 1 ? 0 : text.length());
        }
        lastVoice = name;
      }
    }

    private static String onOneLine(String name) {
      boolean plain =
          name.indexOf('\t') < 0
              && name.indexOf('\n') < 0
              && name.indexOf('\f') < 0
              && !name.contains("  ");
      return plain ? name : String.join(" ", name.split("[ \t\n\f]+"));
    }

    private void stamp(String tag) {
      long time = CaptionTime.parseInRange(tag);
      long before = stretches.isEmpty() ? startMs : stretches.getLast()[1];
      boolean inOrder = stretches.isEmpty() ? time >= before : time > before;
      if (time != Times.NONE && inOrder && time <= endMs) {
        stretches.add(new long[] {text.length(), time});
      }
    }

    private List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        int to = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
        int from = starts.get(i);
        // Before each voice there may be a dash, as in captions of dialogues.
        to = i + 1 < starts.size() ? beforeDash(to) : to;
        from = i == 0 && !text.isEmpty() && isDash(text.charAt(0)) ? 1 : from;
        if (to > from && !text.substring(from, to).isBlank()) {
          parts.add(new Part(from, to, names.get(i)));
        }
      }
      return parts;
    }

    /** The end of the text before a character without a dash that begins a line. */
    private int beforeDash(int to) {
      int at = to;
      while (at > 0 && text.charAt(at - 1) == ' ') {
        at--;
      }
      boolean dash = at > 0 && isDash(text.charAt(at - 1));
      return dash && (at == 1 || Character.isWhitespace(text.charAt(at - 2))) ? at - 1 : to;
    }

    private static boolean isDash(char c) {
      return "-\u2010\u2013\u2014".indexOf(c) >= 0;
    }

    private List<TimedWord> words() {
      if (stretches.isEmpty()) {
        return List.of();
      }
      List<TimedWord> words = new ArrayList<>(stretches.size() + 1);
      WordTimes.add(
          words, text, 0, (int) stretches.getFirst()[0], startMs, stretches.getFirst()[1]);
      for (int i = 0; i < stretches.size(); i++) {
        boolean last = i + 1 == stretches.size();
        int to = last ? text.length() : (int) stretches.get(i + 1)[0];
        long end = last ? endMs : stretches.get(i + 1)[1];
        WordTimes.add(words, text, (int) stretches.get(i)[0], to, stretches.get(i)[1], end);
      }
      return words;
    }
  }
}
