package dev.earmark.source.turn;

import dev.earmark.source.RawSource;
import dev.earmark.source.episode.FrontMatter;
import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.ListedChapters;
import dev.earmark.source.head.SignedQuote;
import dev.earmark.source.head.StampedLine;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private boolean text;
  private final Map<String, Integer> plainNames = new HashMap<>();
  private final Map<String, Integer> boldNames = new HashMap<>();
  private final List<Long> listTimes = new ArrayList<>();
  private final List<Long> endTimes = new ArrayList<>();
  private TurnLayout layout = TurnLayout.NONE;
  private List<String> laidOut = List.of();
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
    seen.look(head, TurnLayout.NONE);
    if (seen.isUndecided() && source.bytes().length > head.length()) {
      String text = source.text();
      TurnLayout ofHead = seen.layout;
      seen = new TextShape(source);
      seen.look(text.substring(0, Math.min(text.length(), MOST_OF_A_TEXT)), ofHead);
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
      if (c == '\uFFFD'
          || (c < ' ' && c != '\n' && c != '\t' && c != '\f' && c != '\u0015')
          || c == 0x7F) {
        bad++;
      }
      word = word || Character.isLetterOrDigit(c);
    }
    return word && bad * 50 <= head.length();
  }

  /** The first element of an XML document says its namespace among its first attributes. */
  private static final int NEAR = 300;

  private static boolean isMarkup(String head) {
    String first = XmlHead.firstElement(head);
    int namespace = first.isEmpty() ? -1 : head.indexOf("xmlns");
    boolean xml = head.stripLeading().startsWith("<?xml") || (namespace > 0 && namespace < NEAR);
    if (xml || first.equalsIgnoreCase("html")) {
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

  private static final String ARROW = " --> ";

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
    int arrow = head.indexOf(ARROW);
    if (arrow <= 0 || !Character.isDigit(head.charAt(arrow - 1))) {
      return false;
    }
    // What recognisers print has the two times in brackets or behind a name, and words beside them.
    int lineStart = head.lastIndexOf('\n', arrow) + 1;
    TimeMark until = TimeMark.at(head, arrow + ARROW.length());
    return Character.isDigit(head.substring(lineStart, arrow).stripLeading().charAt(0))
        && (until == null || !head.startsWith(":", until.end()));
  }

  private void look(String head, TurnLayout known) {
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
    List<String> all = NumberedLines.without(RawSource.linesOf(head.substring(from)));
    TurnLayout found = TurnLayout.of(all, 0, Set.of(), known, 0);
    layout = found;
    laidOut = all;
    for (int i = 0; i < all.size(); i++) {
      look(all.get(i), found.head(i), found.at(i));
    }
  }

  /**
   * The layout of a document, which may have been made, or some of it, when its shape was looked
   * at.
   *
   * @param from the first line that counts, behind the front matter
   * @param names keys of names that the document gives elsewhere
   */
  static TurnLayout layout(RawSource source, List<String> document, int from, Set<String> names) {
    TextShape known = source.looked(TextShape.class);
    if (known == null) {
      return TurnLayout.of(document, from, names);
    }
    if (from == 0 && names.isEmpty() && known.laidOut.equals(document)) {
      return known.layout;
    }
    // What was looked at begins with the end of the front matter's last line.
    return TurnLayout.of(document, from, names, known.layout, Math.max(0, from - 1));
  }

  private void look(String line, @Nullable LineHead head, TurnLayout.@Nullable Turn turn) {
    if (head == null) {
      return;
    }
    lines++;
    if (head.level() > 0) {
      headings++;
    }
    if (head.digits() && !list(line, head)) {
      return;
    }
    turn(head, turn);
  }

  /** Looks at the times of a line that may be one of a list; false if it names several chapters. */
  private boolean list(String line, LineHead head) {
    if (MissionLog.isStamp(line)) {
      missionStamps++;
    }
    ListedChapters chapters = ListedChapters.in(line);
    List<StampedLine> several = chapters.several();
    if (!several.isEmpty()) {
      several.forEach(chapter -> listTimes.add(chapter.startMs()));
      return false;
    }
    if (SignedQuote.of(line) != null) {
      return false;
    }
    StampedLine stamped = StampedLine.of(line);
    if (stamped == null) {
      StampedLine behind = StampedLine.ofEnd(head);
      // A word such as TC before a time alone is no title.
      boolean titled = behind == null && !head.isTimeAlone();
      StampedLine listed = titled ? chapters.single() : null;
      if (listed != null && chapters.endsWithTime()) {
        behind = listed;
      }
      if (behind != null) {
        endTimes.add(behind.startMs());
      } else if (head.lead() != null && head.leadFirst() && head.lead().linkText().isEmpty()) {
        listTimes.add(head.lead().startMs());
      } else if (listed != null) {
        listTimes.add(listed.startMs());
      }
    }
    if (stamped != null && stamped.subtitle()) {
      // With words behind both times it is what was said.
      TimeMark lead = head.lead();
      boolean said = lead != null && lead.endMs() != Times.NONE && !head.whole().isBlank();
      subtitleLines += said ? 0 : 1;
    } else if (stamped != null) {
      listTimes.add(stamped.startMs());
      stampedNotes += stamped.bold() ? 1 : 0;
    }
    return true;
  }

  private void turn(LineHead head, TurnLayout.@Nullable Turn turn) {
    boolean named = turn != null && turn.speaker() != null;
    TimeMark mark = head.lead();
    boolean stampedBold =
        head.bold()
            && head.form() == LineHead.Form.ALONE
            && mark != null
            && mark.enclosed()
            && !head.leadFirst()
            && !head.item();
    boolean bold =
        stampedBold
            || (named && head.bold() && (mark == null || (!head.leadFirst() && mark.enclosed())));
    if (bold) {
      boldTurns++;
      stampedBoldTurns += head.lead() != null ? 1 : 0;
      boldNames.merge(String.valueOf(head.name()), 1, Integer::sum);
    } else if (turn != null && named && turn.startMs() != Times.NONE) {
      timedTurns++;
    } else if (turn != null && turn.speaker() != null) {
      plainNames.merge(turn.speaker(), 1, Integer::sum);
    } else if (turn != null && turn.apart()) {
      stamps++;
    }
  }

  /** Whether lines such as {@code [00:00:01:06]} stand alone. */
  public boolean isMissionLog() {
    return missionStamps >= 2;
  }

  /** What the text shows of how it is written, a line a thing, for people; empty if it is none. */
  public List<String> description() {
    if (!text) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    found.add(lines + " lines of text, " + headings + " of them headings");
    found.addAll(layout.description());
    found.add(
        timedTurns
            + boldTurns
            + " turns with a name and a time or in bold, "
            + stamps
            + " times alone, "
            + Math.max(listTimes.size(), endTimes.size())
            + " in lists");
    return found;
  }

  /** Whether this is running text at all. */
  public boolean isText() {
    return text;
  }

  /** Whether there are too few turns, or turns and no times, in what was looked at. */
  private boolean isUndecided() {
    boolean hasTimes = stampedBoldTurns > 0 || stamps > 0;
    return timedTurns == 1
        || layout.isUndecided()
        || (boldTurns > 0 && !(hasBoldTurns() && hasTimes));
  }

  /** Whether names in bold begin the turns, and now and then there is a time. */
  public boolean isTurnMarkdown() {
    boolean turns = hasBoldTurns() || (boldTurns > 0 && stamps >= FEW);
    return turns && timedTurns < boldTurns && (stampedBoldTurns > 0 || stamps > 0);
  }

  /** Whether turns begin with a name and a time, or there is a time every sentence or so. */
  public boolean isSpeakerTurns() {
    return timedTurns >= 2 || layout.hasTails() || layout.isOfStretches() || isTimedEverySentence();
  }

  private boolean isTimedEverySentence() {
    if (listTimes.size() < FEW || stampedNotes > 0) {
      return false;
    }
    if (risingTimes(listTimes) * 10 < listTimes.size() * 8) {
      return false;
    }
    long span = listTimes.getLast() - listTimes.getFirst();
    long most = listTimes.size() < 2 * FEW ? SENTENCE_MS / 2 : SENTENCE_MS;
    return span >= 0 && span <= most * (listTimes.size() - 1);
  }

  /** Whether there are turns, and no times, or the front matter says that it is a transcript. */
  public boolean isUntimedTranscript() {
    return transcript || hasBoldTurns() || hasPlainTurns() || layout.isNamed();
  }

  private boolean hasBoldTurns() {
    return boldTurns >= FEW && boldNames.values().stream().anyMatch(count -> count >= 2);
  }

  /** Two names that come again and again, in more than a few lines. */
  private boolean hasPlainTurns() {
    if (plainNames.size() < 2) {
      return false;
    }
    long repeated = plainNames.values().stream().filter(count -> count >= 2).count();
    int turns = plainNames.values().stream().filter(count -> count >= 2).mapToInt(c -> c).sum();
    return repeated >= 2 && turns >= 2 * FEW && turns * 10 >= lines;
  }

  /** Whether a list gives times in bold or as links, as show notes do. */
  public boolean isStampedNotes() {
    return stampedNotes >= 2 && stampedNotes * 2 > listTimes.size();
  }

  /** How many lines begin with a time that goes on from the one before. */
  private static int risingTimes(List<Long> times) {
    int rising = times.isEmpty() ? 0 : 1;
    for (int i = 1; i < times.size(); i++) {
      rising += times.get(i) > times.get(i - 1) ? 1 : 0;
    }
    return rising;
  }

  /** Whether some lines are a list of times and titles. */
  public boolean hasChapterList() {
    return isList(listTimes) || hasTitlesBeforeTimes();
  }

  /** Whether most lines are a list of times and titles. */
  public boolean isChapterList() {
    return hasChapterList() && Math.max(listTimes.size(), endTimes.size()) * 2 >= lines;
  }

  private static boolean isList(List<Long> times) {
    return times.size() >= 2 && risingTimes(times) * 10 >= times.size() * 8;
  }

  /** Whether the times of a list of chapters stand behind the titles. */
  public boolean hasTitlesBeforeTimes() {
    return isList(endTimes) && endTimes.size() > listTimes.size() && endTimes.size() * 2 >= lines;
  }

  public boolean hasHeadings() {
    return headings > 0 || (text && FrontMatter.isAt(source.head()));
  }
}
