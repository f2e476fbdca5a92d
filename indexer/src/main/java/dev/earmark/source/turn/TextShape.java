package dev.earmark.source.turn;

import dev.earmark.source.RawSource;
import dev.earmark.source.episode.FrontMatter;
import dev.earmark.source.head.StampedLine;
import dev.earmark.source.head.TurnHead;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the head of a text shows of how it is written, by which the formats of running text tell
 * their sources apart: how many lines begin a turn, of which style, and how many give a time.
 *
 * <p>Bytes that are no text, JSON, XML and captions have no such lines. The rest of a long text is
 * looked at only for the first time in it, and only if the head has turns.
 */
public final class TextShape {
  private static final int FEW = 3;

  /** How many characters are looked at where the head does not tell. */
  private static final int MOST_OF_A_TEXT = 4 << 20;

  /** Times this far apart or closer are those of sentences, not of chapters. */
  private static final long SENTENCE_MS = 25_000;

  private int lines;
  private int headings;
  private int boldTurns;
  private int timedTurns;
  private int stampedBoldTurns;
  private int stamps;
  private int stampedNotes;
  private int missionStamps;
  private int subtitleLines;
  private boolean transcript;
  private boolean fenced;
  private boolean text;
  private final Map<String, Integer> plainNames = new HashMap<>();
  private final Map<String, Integer> boldNames = new HashMap<>();
  private final List<Long> listTimes = new ArrayList<>();
  private final RawSource source;

  private TextShape(RawSource source) {
    this.source = source;
  }

  /** The shape of a source. */
  public static TextShape of(RawSource source) {
    return source.look(TextShape.class, TextShape::look);
  }

  private static TextShape look(RawSource source) {
    String head = source.head();
    TextShape shape = new TextShape(source);
    if (!isReadable(head) || isMarkup(head) || isCaptions(source)) {
      return shape;
    }
    TextShape seen = new TextShape(source);
    seen.look(head);
    if (seen.isUndecided() && source.bytes().length > head.length()) {
      String text = source.text();
      seen = new TextShape(source);
      seen.look(text.substring(0, Math.min(text.length(), MOST_OF_A_TEXT)));
    }
    boolean subtitles =
        seen.subtitleLines >= FEW
            && seen.subtitleLines > seen.listTimes.size()
            && !source.hasExtension("md", "markdown");
    seen.text = true;
    return subtitles ? shape : seen;
  }

  /** Whether a text is made of letters rather than of bytes that mean something else. */
  private static boolean isReadable(String head) {
    int bad = 0;
    boolean word = false;
    for (int i = 0; i < head.length(); i++) {
      char c = head.charAt(i);
      if (c == '\uFFFD' || (c < ' ' && c != '\n' && c != '\t' && c != '\f') || c == 0x7F) {
        bad++;
      }
      word |= Character.isLetterOrDigit(c);
    }
    return word && bad * 50 <= head.length();
  }

  private static boolean isMarkup(String head) {
    String first = XmlHead.firstElement(head);
    if (head.stripLeading().startsWith("<?xml") || first.equalsIgnoreCase("html")) {
      return true;
    }
    if (!JsonShape.looksLikeJson(head)) {
      return false;
    }
    // A stamp or a link in brackets begins like a JSON list, and a short code like an object.
    String text = head.stripLeading();
    char next = text.length() > 1 ? text.substring(1).stripLeading().concat(" ").charAt(0) : ' ';
    return text.charAt(0) == '{'
        ? next == '"' || next == '}' || next == '\''
        : next == '{' || next == '"' || next == ']';
  }

  private static boolean isCaptions(RawSource source) {
    String head = source.head();
    if (head.startsWith("WEBVTT")
        || head.startsWith("[Script Info]")
        || head.startsWith("{1}{1}")) {
      return true;
    }
    if (source.hasExtension("md", "markdown")) {
      return false;
    }
    int arrow = head.indexOf(" --> ");
    return arrow > 0 && Character.isDigit(head.charAt(arrow - 1));
  }

  private void look(String head) {
    int from = 0;
    if (FrontMatter.isAt(head)) {
      int end = head.indexOf("\n---", 3);
      String front = end < 0 ? head : head.substring(0, end + 1);
      transcript =
          front.contains("\ntranscript_by:")
              || front.contains("\ntranscriber:")
              || (front.contains("\nspeakers:") && front.contains("\nmedia:"));
      from = end < 0 ? head.length() : end + 4;
    }
    while (from < head.length()) {
      int end = head.indexOf('\n', from);
      int to = end < 0 ? head.length() : end;
      look(head, from, to);
      from = to + 1;
    }
  }

  private void look(String head, int from, int to) {
    String line = head.substring(from, to);
    if (line.startsWith("```")) {
      fenced = !fenced;
    }
    if (fenced || line.isBlank()) {
      return;
    }
    lines++;
    if (TurnReader.headingLevel(line) > 0) {
      headings++;
    }
    if (MissionLog.isStamp(line)) {
      missionStamps++;
    }
    StampedLine stamped = StampedLine.of(line);
    if (stamped != null && stamped.subtitle()) {
      subtitleLines++;
    } else if (stamped != null) {
      listTimes.add(stamped.startMs());
      stampedNotes += stamped.bold() ? 1 : 0;
    }
    TurnHead turn = TurnHead.of(line);
    if (turn == null) {
      return;
    }
    String name = turn.speaker() == null ? "" : Words.fold(turn.speaker());
    switch (turn.style()) {
      case PLAIN -> plainNames.merge(name, 1, Integer::sum);
      case BOLD -> {
        boldTurns++;
        stampedBoldTurns += turn.hasStamp() ? 1 : 0;
        boldNames.merge(name, 1, Integer::sum);
      }
      case TIMED -> timedTurns++;
      case STAMP -> stamps++;
    }
  }

  /** Whether lines such as {@code [00:00:01:06]} stand alone. */
  public boolean isMissionLog() {
    return missionStamps >= 2;
  }

  /** Whether this is running text at all. */
  public boolean isText() {
    return text;
  }

  /** Whether there are too few turns, or turns and no times, in what was looked at. */
  private boolean isUndecided() {
    boolean hasTimes = stampedBoldTurns > 0 || stamps > 0;
    return timedTurns == 1 || (boldTurns > 0 && !(hasBoldTurns() && hasTimes));
  }

  /** Whether names in bold begin the turns, and now and then there is a time. */
  public boolean isTurnMarkdown() {
    boolean turns = hasBoldTurns() || (boldTurns > 0 && stamps >= FEW);
    return turns && timedTurns < boldTurns && (stampedBoldTurns > 0 || stamps > 0);
  }

  /** Whether turns begin with a name and a time, or there is a time every sentence or so. */
  public boolean isSpeakerTurns() {
    return timedTurns >= 2 || isTimedEverySentence();
  }

  private boolean isTimedEverySentence() {
    if (listTimes.size() < 2 * FEW || stampedNotes > 0) {
      return false;
    }
    long span = listTimes.getLast() - listTimes.getFirst();
    return span >= 0 && span <= SENTENCE_MS * (listTimes.size() - 1);
  }

  /** Whether there are turns, and no times, or the front matter says that it is a transcript. */
  public boolean isUntimedTranscript() {
    return transcript || hasBoldTurns() || hasPlainTurns();
  }

  private boolean hasBoldTurns() {
    return boldTurns >= FEW && boldNames.values().stream().anyMatch(count -> count >= 2);
  }

  /** Two names that come again and again, in more than a few lines. */
  private boolean hasPlainTurns() {
    long repeated = plainNames.values().stream().filter(count -> count >= 2).count();
    int turns = plainNames.values().stream().filter(count -> count >= 2).mapToInt(c -> c).sum();
    return repeated >= 2 && turns >= 2 * FEW && turns * 10 >= lines;
  }

  /** Whether a list gives times in bold or as links, as show notes do. */
  public boolean isStampedNotes() {
    return stampedNotes >= 2 && stampedNotes * 2 > listTimes.size();
  }

  /** How many lines begin with a time that goes on from the one before. */
  private int risingTimes() {
    int rising = listTimes.isEmpty() ? 0 : 1;
    for (int i = 1; i < listTimes.size(); i++) {
      rising += listTimes.get(i) > listTimes.get(i - 1) ? 1 : 0;
    }
    return rising;
  }

  /** Whether some lines are a list of times and titles. */
  public boolean hasChapterList() {
    return listTimes.size() >= 2 && risingTimes() * 10 >= listTimes.size() * 8;
  }

  /** Whether most lines are a list of times and titles. */
  public boolean isChapterList() {
    return hasChapterList() && listTimes.size() * 2 >= lines;
  }

  public boolean hasHeadings() {
    return headings > 0 || (text && FrontMatter.isAt(source.head()));
  }
}
