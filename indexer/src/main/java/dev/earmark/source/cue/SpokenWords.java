package dev.earmark.source.cue;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins single timed words to cues: a cue ends where the speaker changes, at a pause, after a
 * sentence, and before it gets too long to read as one caption.
 *
 * <p>Every word keeps its own time. A word without a time goes with its neighbours.
 */
public final class SpokenWords {
  private static final long PAUSE_MS = 1_500;
  private static final long LONG_MS = 15_000;
  private static final int FEW_WORDS = 6;
  private static final int MANY_WORDS = 30;
  private static final int TOO_MANY_WORDS = 60;

  /** Pieces are not joined to longer words: where no piece brings a space, none is meant to. */
  private static final int LONGEST_WORD = 60;

  /** How often a stretch between two timed words holds the words that stand between them. */
  private static final double BETWEEN_CONFIDENCE = 0.9;

  private final CueBuilder cues;
  private final StringBuilder text = new StringBuilder();
  private final List<TimedWord> timed = new ArrayList<>();
  private @Nullable String speaker;
  private int words;
  private int lastWordFrom;
  private boolean spaceDue;
  private int line;
  private long startMs = Times.NONE;
  private long endMs = Times.NONE;

  public SpokenWords(CueBuilder cues) {
    this.cues = cues;
  }

  /**
   * Adds a word.
   *
   * @param word the word, with the marks that belong to it
   * @param wordStartMs {@link Times#NONE} if not known
   * @param wordEndMs likewise
   */
  public void word(
      String word, long wordStartMs, long wordEndMs, @Nullable String wordSpeaker, int wordLine) {
    String clean = word.strip();
    if (clean.isEmpty()) {
      return;
    }
    if (words > 0 && endsBefore(wordStartMs, wordSpeaker)) {
      flush();
    }
    if (words == 0) {
      speaker = wordSpeaker;
      line = wordLine;
    }
    if (!text.isEmpty() && needsSpace(text.charAt(text.length() - 1), clean.charAt(0))) {
      text.append(' ');
    }
    int from = text.length();
    lastWordFrom = from;
    text.append(clean);
    words++;
    if (wordStartMs != Times.NONE) {
      long wordStart = notBeforeStart(wordStartMs);
      long wordEnd = Math.max(wordStart, wordEndMs);
      startMs = startMs < 0 ? wordStart : Math.min(startMs, wordStart);
      endMs = Math.max(endMs, wordEnd);
      timed.add(new TimedWord(from, text.length(), wordStart, wordEnd));
    }
  }

  /**
   * Adds a piece of text whose white space counts, such as a token: one that neither begins with a
   * space nor follows one goes on with the word before it. A blank piece is a space.
   */
  public void piece(
      String piece, long pieceStartMs, long pieceEndMs, @Nullable String pieceSpeaker, int line) {
    if (piece.isBlank()) {
      spaceDue |= !piece.isEmpty();
      return;
    }
    boolean apart = spaceDue || Character.isWhitespace(piece.charAt(0));
    spaceDue = Character.isWhitespace(piece.charAt(piece.length() - 1));
    String clean = piece.strip();
    boolean goesOn =
        words > 0
            && !apart
            && Objects.equals(speaker, pieceSpeaker)
            && needsSpace(text.charAt(text.length() - 1), clean.charAt(0))
            && text.length() - lastWordFrom < LONGEST_WORD;
    if (!goesOn) {
      word(clean, pieceStartMs, pieceEndMs, pieceSpeaker, line);
      return;
    }
    text.append(clean);
    TimedWord last = timed.isEmpty() ? null : timed.getLast();
    if (last != null && last.from() == lastWordFrom && pieceStartMs != Times.NONE) {
      long end = Math.max(last.endMs(), Math.max(pieceStartMs, pieceEndMs));
      timed.set(timed.size() - 1, new TimedWord(last.from(), text.length(), last.startMs(), end));
      endMs = Math.max(endMs, end);
    }
  }

  /** Adds a mark to the word before, such as a full stop. */
  public void mark(String mark) {
    if (words > 0) {
      text.append(mark.strip());
    }
  }

  private boolean endsBefore(long nextStartMs, @Nullable String nextSpeaker) {
    if (speaker == null ? nextSpeaker != null : !speaker.equals(nextSpeaker)) {
      return true;
    }
    if (startMs < 0) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    boolean sentence = ".?!\u3002\uFF1F\uFF01\u2026".indexOf(last) >= 0;
    boolean clause = sentence || ",;:\u3001\uFF0C".indexOf(last) >= 0;
    long length = nextStartMs < 0 ? 0 : nextStartMs - startMs;
    return (nextStartMs >= 0 && nextStartMs - endMs >= PAUSE_MS)
        || (sentence && words >= FEW_WORDS)
        || (clause && (words >= MANY_WORDS || length >= LONG_MS))
        || words >= TOO_MANY_WORDS;
  }

  /** Ends the cue that is being joined; to be called at the end. */
  public void flush() {
    if (words > 0) {
      String whole = text.toString();
      if (startMs >= 0) {
        cues.add(startMs, endMs, speaker, whole, timed, line);
      } else {
        TimeSpan at = TimeSpan.ofMillis(cues.lastEnd(), cues.lastEnd());
        Anchor between = Anchor.estimated(at, BETWEEN_CONFIDENCE, "between timed words");
        cues.add(new Cue(between, speaker, whole, List.of(), line));
      }
    }
    text.setLength(0);
    timed.clear();
    words = 0;
    startMs = Times.NONE;
    endMs = Times.NONE;
  }

  /** Whether two characters of neighbouring words need a space: not in scripts that have none. */
  static boolean needsSpace(char before, char after) {
    return !(isUnspaced(before) && isUnspaced(after));
  }

  /** Whether a character is of a script that has no spaces between words, or of its marks. */
  static boolean isUnspaced(char c) {
    if (c < 0x0E00) {
      return false;
    }
    return (c >= 0x3000 && c <= 0x303F)
        || (c >= 0xFF00 && c <= 0xFF0F)
        || switch (Character.UnicodeScript.of(c)) {
          case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
          default -> c == 0x30FC;
        };
  }

  /**
   * A word with its time, before its place in a text is known.
   *
   * @param speaker who says it; null if that is not said of each word
   */
  public record Timed(String word, long startMs, long endMs, @Nullable String speaker) {
    public Timed {
      startMs = notBeforeStart(startMs);
      endMs = notBeforeStart(endMs);
    }

    public Timed(String word, long startMs, long endMs) {
      this(word, startMs, endMs, null);
    }
  }

  /** A word that begins before the recording begins with it. */
  private static long notBeforeStart(long millis) {
    return millis == Times.NONE ? Times.NONE : Math.max(0, millis);
  }

  /**
   * Finds timed words in the text they were spoken as, in order. A word that does not stand where
   * it should, such as {@code ten} for {@code 10}, is left out; each is looked for within a short
   * stretch, so the time is linear.
   */
  public static List<TimedWord> fit(String text, List<Timed> words) {
    List<TimedWord> fitted = new ArrayList<>(words.size());
    place(text, words, (word, speaker) -> fitted.add(word));
    return fitted;
  }

  private static void place(
      String text, List<Timed> words, BiConsumer<TimedWord, @Nullable String> placed) {
    int at = 0;
    for (Timed word : words) {
      String clean = word.word().strip();
      if (clean.isEmpty() || word.startMs() < 0) {
        continue;
      }
      int found = find(text, clean, at);
      if (found < 0) {
        clean = bare(clean);
        found = clean.isEmpty() ? -1 : find(text, clean, at);
      }
      if (found >= 0) {
        at = found + clean.length();
        placed.accept(
            new TimedWord(found, at, word.startMs(), Math.max(word.startMs(), word.endMs())),
            word.speaker());
      }
    }
  }

  /**
   * Adds a stretch of speech with its timed words. Where the words name several speakers, each run
   * of one speaker is a cue of its own, timed by its words.
   *
   * @param speaker who says all of it, where the words do not say otherwise
   */
  public static void addSegment(
      CueBuilder cues,
      long startMs,
      long endMs,
      @Nullable String speaker,
      String text,
      List<Timed> words,
      int line) {
    List<TimedWord> run = new ArrayList<>();
    List<TimedWord> all = new ArrayList<>(words.size());
    List<@Nullable String> speakers = new ArrayList<>(words.size());
    place(
        text,
        words,
        (word, name) -> {
          all.add(word);
          speakers.add(name);
        });
    String current = null;
    int from = 0;
    long runStart = startMs;
    for (int i = 0; i < all.size(); i++) {
      TimedWord word = all.get(i);
      String name = speakers.get(i);
      if (name != null && current != null && !name.equals(current)) {
        long runEnd = run.getLast().endMs();
        cues.add(runStart, runEnd, current, text.substring(from, word.from()), run, line);
        run.clear();
        from = word.from();
        runStart = word.startMs();
      }
      current = name == null ? current : name;
      run.add(new TimedWord(word.from() - from, word.to() - from, word.startMs(), word.endMs()));
    }
    boolean split = from > 0;
    String last = current != null && (split || speaker == null) ? current : speaker;
    cues.add(runStart, endMs, last, text.substring(from), run, line);
  }

  private static final int WINDOW = 60;

  private static int find(String text, String word, int from) {
    int last = Math.min(text.length() - word.length(), from + WINDOW);
    for (int i = from; i <= last; i++) {
      if (text.regionMatches(true, i, word, 0, word.length())
          && isEdge(text, i)
          && isEdge(text, i + word.length())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isEdge(String text, int at) {
    if (at <= 0 || at >= text.length()) {
      return true;
    }
    char before = text.charAt(at - 1);
    char after = text.charAt(at);
    return !Character.isLetterOrDigit(before)
        || !Character.isLetterOrDigit(after)
        || isUnspaced(before)
        || isUnspaced(after);
  }

  /** The words of a text with the marks around them gone: {@code "Hello,"} is {@code Hello}. */
  private static String bare(String word) {
    Words inside = Words.of(word);
    return inside.count() == 0
        ? ""
        : word.substring(inside.start(0), inside.end(inside.count() - 1));
  }
}
