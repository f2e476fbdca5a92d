package dev.earmark.transcript;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs the cues of one source, once for all formats, and says what it did.
 *
 * <p>In order: text that is not speech, and who made the captions, is taken out; cues without a
 * word are dropped; cues are put in time order; a cue given twice at the same time is kept once;
 * rolling captions are unrolled; loops are cut; cues without length get one.
 *
 * <p><b>Rolling captions.</b> Live and automatic captions show the last line again above the new
 * one, so every word is written twice. Whether a source rolls is decided over the whole source: if
 * more than {@value #ROLLING_PERCENT} % of its cues open with the words the text so far closes
 * with, those words are taken off; where whole lines come again, those lines, so that a word that
 * is repeated at a line break stays. In a source that does not roll nothing is taken off, so that
 * somebody who says "Yes." twice has said it twice.
 *
 * <p><b>Loops.</b> Speech recognisers sometimes write one line over and over (over a thousand times
 * has been seen), or a few lines in turn. From {@value #LOOP} times in a row on, the first is kept
 * and the rest reported; of a single word it takes {@value #LOOP_OF_ONE_WORD}. What several
 * speakers say one after the other is no loop; nor are {@code Aye.} and its like, whoever says
 * them: seven are seven votes.
 *
 * <p>Linear in the length of the transcript, but for the sort. Stateless and thread-safe.
 */
public final class CueCleaner {
  static final int ROLLING_PERCENT = 30;
  static final int LOOP = 6;

  /** From so many on, one word alone is a loop; fewer may be people who answer in turn. */
  static final int LOOP_OF_ONE_WORD = 16;

  /** From so many on, even votes are a loop. */
  static final int LOOP_OF_VOTES = 200;

  /** What is said at a vote or a roll call, by one person after the other. Folded. */
  private static final Set<String> VOTES =
      Set.of(
          ("aye yea yes no nay present here abstain abstained absent pass opposed favour favor"
                  + " ja nein enthaltung oui non si presente favorevole contrario sim nao aprovo"
                  + " nee voor tegen tak nie ano ne igen nem da nu evet hayir naam la kylla ei"
                  + " \u0434\u0430 \u043d\u0435\u0442 \u0437\u0430"
                  + " \u043f\u0440\u043e\u0442\u0438\u0432 \u5bf9 \u662f \u306f\u3044"
                  + " \ub124 \u05db\u05df \u05dc\u05d0 \u0646\u0639\u0645 \u0644\u0627")
              .split(" "));

  /** What may stand beside a vote. Folded. */
  private static final Set<String> BESIDE_VOTES =
      Set.of(
          "i", "vote", "votes", "sir", "maam", "madam", "chair", "mr", "mister", "your", "honor");

  private static final int LONGEST_ROLL = 40;
  private static final int ROLLING_SAMPLE = 8;
  private static final int AT_ONE_TIME = 16;
  private static final int LONGEST_PERIOD = 4;
  private static final int SHORT_OPENING = 12;

  /** From here on scripts may write without spaces. */
  private static final char FIRST_UNSPACED = '\u0E00';

  private static final long MS_PER_WORD = 400;
  private static final int LONGEST_VOTE = 30;

  private CueCleaner() {}

  /**
   * The repaired cues, in time order.
   *
   * @param durationMs the length of the recording, or null if it is not known
   * @param problems gets a line for every kind of repair and its places
   */
  public static List<Cue> clean(List<Cue> cues, @Nullable Long durationMs, ProblemLog problems) {
    List<Cue> clean = withWords(CaptionCredits.without(cues, problems), problems);
    clean = inOrder(clean, problems);
    clean = once(clean, problems);
    clean = unrolledByLines(clean, problems);
    clean = clean.stream().map(OneLine::of).toList();
    clean = unrolled(clean, problems);
    clean = withoutLoops(clean, problems);
    clean = withLength(clean, problems);
    reportPastEnd(clean, durationMs, problems);
    return clean;
  }

  /**
   * The cues that {@link #clean} leaves out because nobody speaks in them, such as {@code
   * [applause]} and the names of those who made the captions: they are shown with the transcript,
   * though not searched. None where cleaning left out others, too, for then the source does not
   * stand as it was.
   */
  public static List<Cue> withoutWords(List<Cue> cues, List<Cue> clean) {
    List<Cue> silent = new ArrayList<>();
    for (int i = 0; i < cues.size(); i++) {
      boolean words = Words.areIn(SpokenText.of(cues.get(i)).text());
      if (!words || CaptionCredits.isOne(cues, i)) {
        silent.add(cues.get(i));
      }
    }
    return clean.size() + silent.size() == cues.size() ? silent : List.of();
  }

  private static List<Cue> withWords(List<Cue> cues, ProblemLog problems) {
    List<Cue> kept = new ArrayList<>(cues.size());
    for (Cue cue : cues) {
      Cue spoken = SpokenText.of(cue);
      if (!Words.areIn(spoken.text())) {
        problems.notice(
            "cue-without-words",
            cue.line(),
            "a cue at " + cue.span().start() + " has no words: \"" + shortened(cue.text()) + "\"",
            "left out");
      } else {
        kept.add(spoken);
      }
    }
    return kept;
  }

  private static List<Cue> inOrder(List<Cue> cues, ProblemLog problems) {
    long before = 0;
    boolean sorted = true;
    for (Cue cue : cues) {
      long start = cue.span().startMs();
      if (start < before) {
        sorted = false;
        problems.notice(
            "cue-out-of-order",
            cue.line(),
            "a cue at " + cue.span().start() + " stands after one at " + Timestamp.clamped(before),
            "put in time order");
      }
      before = Math.max(before, start);
    }
    if (sorted) {
      return cues;
    }
    List<Cue> ordered = new ArrayList<>(cues);
    ordered.sort(Comparator.comparingLong(cue -> cue.span().startMs()));
    return ordered;
  }

  private static List<Cue> once(List<Cue> cues, ProblemLog problems) {
    List<Cue> kept = new ArrayList<>(cues.size());
    for (Cue cue : cues) {
      if (isAmongLast(kept, cue)) {
        problems.notice(
            "cue-given-twice",
            cue.line(),
            "the cue at " + cue.span().start() + " stands twice",
            "kept once");
      } else {
        kept.add(cue);
      }
    }
    return kept;
  }

  /** Whether the same is said at the same time by the same speaker, a few cues back at most. */
  private static boolean isAmongLast(List<Cue> kept, Cue cue) {
    for (int i = kept.size() - 1; i >= Math.max(0, kept.size() - AT_ONE_TIME); i--) {
      Cue last = kept.get(i);
      if (last.span().startMs() != cue.span().startMs()) {
        return false;
      }
      if (last.span().equals(cue.span())
          && last.text().equals(cue.text())
          && Objects.equals(last.speaker(), cue.speaker())) {
        return true;
      }
    }
    return false;
  }

  /** The words at the end of the text so far, bounded. */
  private static final class Tail {
    private final List<String> words = new ArrayList<>();

    /** How many words came last. */
    private int added;

    void add(String[] more) {
      added = more.length;
      words.addAll(List.of(more));
      if (words.size() > 4 * LONGEST_ROLL) {
        words.subList(0, words.size() - LONGEST_ROLL).clear();
      }
    }

    /**
     * How many words that end this open the others: what came last, if that is among them, so that
     * a word that is repeated at the seam stays; else the most.
     */
    int overlap(String[] opening) {
      int last = Math.min(added, words.size());
      if (last > 1 && last < opening.length && last <= LONGEST_ROLL && ends(opening, last)) {
        return last;
      }
      return most(opening);
    }

    private boolean ends(String[] opening, int n) {
      return words.subList(words.size() - n, words.size()).equals(List.of(opening).subList(0, n));
    }

    /** The most words that both end this and open the others. */
    private int most(String[] opening) {
      for (int n = Math.min(Math.min(opening.length, words.size()), LONGEST_ROLL); n > 0; n--) {
        if (ends(opening, n)) {
          return n;
        }
      }
      return 0;
    }
  }

  /**
   * Takes off the lines that repeat those the cue before closes with, in a source that rolls by
   * whole lines; then what the lines say is what was said, repeats and all.
   */
  private static List<Cue> unrolledByLines(List<Cue> cues, ProblemLog problems) {
    if (cues.size() < ROLLING_SAMPLE) {
      return cues;
    }
    List<List<String>> lines = cues.stream().map(cue -> lines(cue.text())).toList();
    int[] repeated = new int[cues.size()];
    int rolling = 0;
    for (int i = 1; i < cues.size(); i++) {
      repeated[i] = repeatedLines(lines.get(i - 1), lines.get(i));
      boolean goesOn = repeated[i] > 0 && repeated[i] < lines.get(i).size();
      boolean isEnd = repeated[i] == lines.get(i).size() && lines.get(i - 1).size() > repeated[i];
      rolling += goesOn || isEnd ? 1 : 0;
    }
    if (rolling * 100 <= cues.size() * ROLLING_PERCENT) {
      return cues;
    }
    List<Cue> kept = new ArrayList<>(cues.size());
    int unrolled = 0;
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      boolean whole = repeated[i] == lines.get(i).size();
      if (repeated[i] == 0) {
        kept.add(cue);
        continue;
      }
      unrolled++;
      if (!whole) {
        int count = 0;
        for (String line : lines.get(i).subList(0, repeated[i])) {
          count += Words.of(line).count();
        }
        Words words = Words.of(cue.text());
        kept.add(count == 0 || count >= words.count() ? cue : withoutOpening(cue, words, count));
      }
    }
    problems.notice(
        "rolling-captions",
        cues.getFirst().line(),
        unrolled + " of " + cues.size() + " cues repeat the line before them",
        "each line kept once");
    return kept;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** How many lines, at the most, both close one text and open the next. */
  private static int repeatedLines(List<String> before, List<String> text) {
    for (int n = Math.min(before.size(), text.size()); n > 0; n--) {
      if (before.subList(before.size() - n, before.size()).equals(text.subList(0, n))) {
        return n;
      }
    }
    return 0;
  }

  private static List<Cue> unrolled(List<Cue> cues, ProblemLog problems) {
    if (cues.size() < ROLLING_SAMPLE || !rolls(cues)) {
      return cues;
    }
    List<Cue> kept = new ArrayList<>(cues.size());
    Tail tail = new Tail();
    int unrolled = 0;
    for (Cue cue : cues) {
      Words words = Words.of(cue.text());
      String[] folded = words.folded();
      int overlap = tail.overlap(folded);
      if (overlap > 0) {
        unrolled++;
      }
      if (overlap < folded.length) {
        kept.add(overlap == 0 ? cue : withoutOpening(cue, words, overlap));
        tail.add(Arrays.copyOfRange(folded, overlap, folded.length));
      }
    }
    problems.notice(
        "rolling-captions",
        cues.getFirst().line(),
        unrolled + " of " + cues.size() + " cues repeat the line before them",
        "each word kept once");
    return kept;
  }

  private static boolean rolls(List<Cue> cues) {
    int rolling = 0;
    for (int i = 1; i < cues.size(); i++) {
      String before = cues.get(i - 1).text();
      String text = cues.get(i).text();
      // Lines come again letter by letter, so that most cues are told apart without their words.
      if (!before.contains(opening(text))) {
        continue;
      }
      Words earlier = Words.of(before);
      String[] folded = Words.of(text).folded();
      Tail tail = new Tail();
      tail.add(earlier.folded());
      int overlap = tail.overlap(folded);
      // A cue that equals the one before may be a real repeat; one that goes on after it, or is
      // only what the one before ends with, is not.
      boolean goesOn = overlap < folded.length;
      boolean isEnd = overlap == folded.length && earlier.count() > folded.length;
      if (overlap >= 2 && (goesOn || isEnd)) {
        rolling++;
      }
    }
    return rolling * 100 > cues.size() * ROLLING_PERCENT;
  }

  /** What a text that opens with two words of another has in common with it at the least. */
  private static String opening(String text) {
    if (text.charAt(0) >= FIRST_UNSPACED) {
      return text.substring(0, Math.min(2, text.length()));
    }
    int space = text.indexOf(' ', text.indexOf(' ') + 1);
    return text.substring(0, Math.min(SHORT_OPENING, space < 0 ? text.length() : space));
  }

  private static Cue withoutOpening(Cue cue, Words words, int count) {
    int from = words.start(count);
    Rewrite rewrite = new Rewrite(cue);
    rewrite.replace(from, "");
    Cue cut = rewrite.finish();
    Cue rest = cut.withText(cut.text(), cut.words());
    long start = cue.span().startMs();
    if (rest.words().isEmpty()) {
      return rest;
    }
    TimedWord timed = rest.words().getFirst();
    // Words that are not timed before the first that is are spoken from the start of the cue on.
    boolean fromStart = Words.of(rest.text()).firstWordFrom(timed.from()) > 0;
    long first = fromStart ? start : Math.max(start, timed.startMs());
    return rest.withSpan(TimeSpan.ofMillis(first, Math.max(first, cue.span().endMs())));
  }

  private static List<Cue> withoutLoops(List<Cue> cues, ProblemLog problems) {
    List<Cue> kept = new ArrayList<>(cues.size());
    int at = 0;
    while (at < cues.size()) {
      int period = 1;
      int end = endOfLoop(cues, at, period);
      while (end < 0 && period < LONGEST_PERIOD) {
        end = endOfLoop(cues, at, ++period);
      }
      if (end < 0) {
        kept.add(cues.get(at++));
        continue;
      }
      Cue first = cues.get(at);
      kept.addAll(cues.subList(at, at + period));
      problems.warning(
          "cue-loop",
          first.line(),
          "\""
              + shortened(first.text())
              + "\""
              + (period == 1 ? "" : " and what follows it")
              + " stands "
              + (end - at) / period
              + " times in a row from "
              + first.span().start(),
          "kept once, " + (end - at - period) + " left out");
      at = end;
    }
    return kept;
  }

  /**
   * The end of the cues from one on that say the same over and over, every {@code period} cues; -1
   * if they do not do so {@value #LOOP} times.
   */
  private static int endOfLoop(List<Cue> cues, int from, int period) {
    int end = from + period;
    while (end < cues.size()
        && cues.get(end).text().equalsIgnoreCase(cues.get(end - period).text())
        && Objects.equals(cues.get(end).speaker(), cues.get(end - period).speaker())) {
      end++;
    }
    int whole = end - (end - from) % period;
    if (whole - from < LOOP * period) {
      return -1;
    }
    int least = LOOP;
    for (int i = from; i < from + period; i++) {
      least = Math.max(least, loopFrom(cues.get(i).text()));
    }
    return whole - from >= least * period ? whole : -1;
  }

  /** How often a text must come in a row to be a loop. */
  private static int loopFrom(String text) {
    if (text.length() > LONGEST_VOTE) {
      return LOOP;
    }
    String[] words = Words.of(text).folded();
    boolean vote = false;
    for (String word : words) {
      if (VOTES.contains(word)) {
        vote = true;
      } else if (!BESIDE_VOTES.contains(word)) {
        return words.length == 1 ? LOOP_OF_ONE_WORD : LOOP;
      }
    }
    return vote ? LOOP_OF_VOTES : LOOP;
  }

  private static List<Cue> withLength(List<Cue> cues, ProblemLog problems) {
    List<Cue> timed = new ArrayList<>(cues.size());
    int later = 0;
    for (Cue cue : cues) {
      long start = cue.span().startMs();
      while (later < cues.size() && cues.get(later).span().startMs() <= start) {
        later++;
      }
      if (cue.span().durationMs() == 0) {
        long likely = start + MS_PER_WORD * Words.of(cue.text()).count();
        long next = later < cues.size() ? cues.get(later).span().startMs() : likely;
        cue = cue.withSpan(TimeSpan.ofMillis(start, Math.min(likely, next)));
        problems.notice(
            "cue-without-length",
            cue.line(),
            "the cue at " + cue.span().start() + " has no length",
            "ends with the next cue, or at a normal speaking rate");
      }
      timed.add(cue);
    }
    return timed;
  }

  private static void reportPastEnd(
      List<Cue> cues, @Nullable Long durationMs, ProblemLog problems) {
    if (durationMs == null) {
      return;
    }
    for (Cue cue : cues) {
      if (cue.span().startMs() > durationMs) {
        problems.warning(
            "cue-past-the-end",
            cue.line(),
            "a cue at "
                + cue.span().start()
                + " lies past the end of the recording at "
                + Timestamp.clamped(durationMs),
            "kept; check the duration");
      }
    }
  }

  private static String shortened(String text) {
    String line = text.strip().replace('\n', ' ');
    return line.length() <= 60 ? line : line.substring(0, 57) + "…";
  }
}
