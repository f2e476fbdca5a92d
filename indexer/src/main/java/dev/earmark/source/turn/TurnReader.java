package dev.earmark.source.turn;

import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Speaker;
import dev.earmark.model.Timestamp;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.cue.Unspoken;
import dev.earmark.source.episode.FrontMatter;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a transcript written as text or Markdown, whatever marks its turns: front matter, headings,
 * paragraphs, and the beginnings of turns that {@link TurnLayout} finds.
 *
 * <p>A paragraph without a name goes on with the speaker before it. {@code Name: words} without a
 * time is taken for a turn if the name comes more than once or the document names it elsewhere, so
 * that a sentence with a colon stays one.
 */
public final class TurnReader {
  private final RawSource source;
  private final ProblemLog problems;
  private final Turns turns;
  private TurnLayout layout = TurnLayout.NONE;

  /** What stands above the first turn. */
  private record Piece(@Nullable String speaker, String text, int line) {}

  private static final int FASTEST_MS_A_WORD = 220;
  private static final int LONGEST_TITLE = 90;
  private static final int FEWEST_WORDS_OF_A_NOTE = 12;
  private static final int MOST_LINES_ABOVE = 12;

  private final List<Piece> before = new ArrayList<>();
  private final List<Moment> notes = new ArrayList<>();
  private @Nullable String title;
  private boolean inFrontMatter;
  private long untilMs = Times.NONE;
  private boolean begun;
  private long lastTailMs;
  private final StringBuilder paragraph = new StringBuilder();
  private @Nullable String speaker;

  /** Who answers the questions, where the document names one speaker. */
  private @Nullable String answers;

  private long stampMs = Times.NONE;
  private int line;

  private TurnReader(RawSource source, ProblemLog problems) {
    this.source = source;
    this.problems = problems;
    this.turns = new Turns(problems);
  }

  public static ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return new TurnReader(source, problems).read();
  }

  private ParsedSource read() throws SourceException {
    List<String> lines = NumberedLines.without(source.lines());
    FrontMatter front = FrontMatter.of(lines, problems);
    EpisodeFields fields =
        front
            .fields()
            .orElse(
                EpisodeFields.builder().language(LanguageNames.ofFileName(source.name())).build());
    Set<String> known = new HashSet<>();
    for (Speaker each : fields.speakers()) {
      known.add(SpeakerName.key(each.name()));
    }
    layout = TextShape.layout(source, lines, front.lines(), known);
    inFrontMatter = front.lines() > 0;
    if (layout.isShifted()) {
      problems.notice(
          "times-shifted",
          0,
          "the times begin at " + Timestamp.clamped(layout.zeroMs()),
          "counted from there");
    }
    if (front.transcript() && fields.speakers().size() == 1) {
      String only = fields.speakers().getFirst().name();
      speaker = layout.hasNames() && !layout.isInterview() ? null : only;
      answers = only;
    }
    int bodyEnd = bodyEnd(lines, front.lines());
    for (int i = front.lines(); i < bodyEnd; i++) {
      i += line(lines.get(i), i) - 1;
    }
    flush();
    if (!begun) {
      spoken(before);
    }
    if (stampMs >= 0) {
      turns.paragraph(speaker, stampMs, untilMs, "", lines.size());
    }
    if (turns.isEmpty()) {
      if (front.lines() == 0) {
        throw new SourceException(1, "there is no text in this document");
      }
      problems.notice("no-text", 0, "there is nothing below the front matter", null);
    }
    List<Cue> cues = new ArrayList<>();
    List<Moment> moments = new ArrayList<>(notes);
    turns.into(cues, moments, fields.durationMs());
    EpisodeFields told = fields.orElse(EpisodeFields.builder().title(title).build());
    return new ParsedSource(told, cues, moments);
  }

  /** Where the turns end and a tool's own words begin. */
  private int bodyEnd(List<String> lines, int from) {
    int end = lines.size();
    int left = 0;
    for (int i = lines.size() - 1; i >= from && left < 4; i--) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      if (!Unspoken.isFrame(line)) {
        break;
      }
      left++;
      end = i;
    }
    if (end < lines.size()) {
      unspoken(lines.get(end), end + 1);
    }
    return end;
  }

  private void unspoken(String line, int number) {
    problems.notice("not-speech", number, "\"" + Excerpt.of(line) + "\" is not speech", "left out");
  }

  /** Reads a line and says how many lines were read. */
  private int line(String text, int index) {
    int number = index + 1;
    if (layout.isUnspoken(index)) {
      return 1;
    }
    if (text.isBlank() || TurnLayout.isRule(text)) {
      flush();
      return 1;
    }
    if (Unspoken.isEvent(text) || (!begun && before.size() < 4 && Unspoken.isFrame(text))) {
      flush();
      unspoken(text, number);
      return 1;
    }
    TurnLayout.Turn turn = layout.at(index);
    if (turn != null && !begun && !turn.rest().isEmpty() && Unspoken.isCredit(turn.rest())) {
      unspoken(text, number);
      return 1;
    }
    if (turn != null && !begun && turn.speaker() == null && isOfMeeting(turn, index)) {
      flush();
      unspoken(text, number);
      return turn.lines();
    }
    if (turn != null && turn.speaker() != null && layout.isSigned()) {
      sign(turn);
      return turn.lines();
    }
    LineHead head = layout.head(index);
    int level = head == null ? 0 : head.level();
    if (turn != null && (level == 0 || turn.speaker() != null || turn.rest().isBlank())) {
      begin(turn, number);
      endAt(layout.tail(index));
      return turn.lines();
    }
    if (level > 0) {
      flush();
      if (turn != null) {
        stampMs = turn.startMs();
      }
      String title = turn == null ? text.strip().substring(level) : turn.rest();
      turns.heading(level, MarkdownText.plain(title), number);
      return 1;
    }
    if (paragraph.isEmpty()) {
      line = number;
    } else {
      paragraph.append('\n');
    }
    paragraph.append(layout.words(index));
    endAt(layout.tail(index));
    return 1;
  }

  /** Ends a paragraph below which stands who said it, and when. */
  private void sign(TurnLayout.Turn turn) {
    begun = true;
    spoken(before);
    before.clear();
    speaker = turn.speaker();
    stampMs = turn.startMs();
    untilMs = turn.untilMs();
    flush();
    speaker = null;
  }

  /**
   * Whether a time above the first speaker is later than his: when a meeting was, or how long it
   * took.
   */
  private boolean isOfMeeting(TurnLayout.Turn turn, int index) {
    if (!layout.hasNames()) {
      return false;
    }
    int last = Math.min(layout.size(), index + MOST_LINES_ABOVE);
    for (int i = index + turn.lines(); i < last; i++) {
      TurnLayout.Turn next = layout.at(i);
      if (next != null && next.speaker() != null && next.startMs() != Times.NONE) {
        return turn.startMs() > next.startMs();
      }
    }
    return false;
  }

  /** Ends a turn whose time stands at its end. */
  private void endAt(@Nullable TimeMark tail) {
    if (tail == null) {
      return;
    }
    long time = layout.start(tail);
    long end = layout.end(tail);
    if (end != Times.NONE) {
      stampMs = time;
      untilMs = end;
    } else if (!layout.tailsAreEnds()) {
      stampMs = time;
      untilMs = Times.NONE;
    } else if (stampMs == Times.NONE) {
      stampMs = lastTailMs;
      untilMs = time;
    }
    lastTailMs = time;
    flush();
  }

  private void begin(TurnLayout.Turn turn, int number) {
    flush();
    if (!begun) {
      begun = true;
      // Where each turn says when it begins and ends, nothing else was said.
      preamble(turn.untilMs() == Times.NONE ? turn.startMs() : 0, layout.hasNames());
    }
    if (stampMs >= 0 && (turn.startMs() != Times.NONE || turn.speaker() == null)) {
      // A break: a time, and nothing said.
      turns.paragraph(speaker, stampMs, untilMs, "", number);
      stampMs = Times.NONE;
    }
    String name = turn.speaker();
    String rest = turn.rest();
    boolean person = layout.isInterview() || layout.areLetters();
    if (name != null && isQuestionOrAnswer(name) && !person) {
      speaker = null;
      rest = name + ": " + rest;
    } else if (name != null) {
      speaker = name.equals("A") && answers != null ? answers : name;
    }
    if (stampMs < 0) {
      // Else it is the time that stands alone above.
      stampMs = turn.startMs();
      untilMs = turn.untilMs();
    }
    TimeMark until = breakEnd(rest);
    if (until != null) {
      turns.paragraph(speaker, stampMs, Times.NONE, "", number);
      stampMs = layout.start(until);
      rest = "";
    }
    line = number;
    paragraph.append(rest);
  }

  /** The second time of {@code [21:02] to [22:31]}, where nothing else is on the line. */
  private static @Nullable TimeMark breakEnd(String rest) {
    for (String to : new String[] {"to ", "- ", "\u2013 ", "until "}) {
      if (rest.startsWith(to)) {
        return TimeMark.whole(rest.substring(to.length()).strip());
      }
    }
    return null;
  }

  /**
   * Decides what stands above the first turn. Nobody goes on at five words a second: what does not
   * fit into the time before the first turn is the head of a page. Without times, or where turns
   * have names, short lines of nobody that end no sentence are.
   *
   * @param isNamed whether turns have names
   */
  private void preamble(long firstMs, boolean isNamed) {
    int words = 0;
    boolean sentences = false;
    boolean nobody = true;
    for (Piece piece : before) {
      nobody &= piece.speaker() == null;
      words += Words.of(piece.text()).count();
      char last = piece.text().charAt(piece.text().length() - 1);
      sentences |= ".?!\u3002\u2026".indexOf(last) >= 0 || piece.text().length() > LONGEST_TITLE;
    }
    boolean unsaid =
        firstMs == Times.NONE
            ? !sentences && !inFrontMatter
            : (isNamed && nobody && !sentences)
                || (long) words * FASTEST_MS_A_WORD > Math.max(0, firstMs);
    if (!unsaid) {
      spoken(before);
      return;
    }
    boolean isFirst = true;
    for (Piece piece : before) {
      String first = piece.text().lines().findFirst().orElse("");
      boolean isTitle = title == null && isFirst;
      isFirst = false;
      if (isTitle && first.length() <= LONGEST_TITLE && TimeMark.whole(first) == null) {
        title = first;
      }
      if (Words.of(piece.text()).count() < FEWEST_WORDS_OF_A_NOTE) {
        unspoken(piece.text(), piece.line());
      } else {
        notes.add(Moment.builder(Kind.NOTE, piece.text()).line(piece.line()).build());
      }
    }
  }

  private void spoken(List<Piece> pieces) {
    for (Piece piece : pieces) {
      turns.paragraph(piece.speaker(), Times.NONE, Times.NONE, piece.text(), piece.line());
    }
  }

  private static boolean isQuestionOrAnswer(String name) {
    return name.equals("Q") || name.equals("A");
  }

  private void flush() {
    if (paragraph.isEmpty()) {
      return;
    }
    String raw = paragraph.toString();
    paragraph.setLength(0);
    int from = 0;
    String linked = "";
    for (TimeMark mark : layout.inside(raw)) {
      said(linked + raw.substring(from, mark.from()));
      stampMs = layout.start(mark);
      untilMs = Times.NONE;
      from = mark.end();
      linked = mark.linkText();
    }
    said(linked + raw.substring(from));
  }

  private void said(String raw) {
    String text = MarkdownText.plain(raw);
    if (text.isEmpty()) {
      return;
    }
    if (!begun && stampMs == Times.NONE) {
      before.add(new Piece(speaker, text, line));
      return;
    }
    turns.paragraph(speaker, stampMs, untilMs, text, line);
    stampMs = Times.NONE;
    untilMs = Times.NONE;
  }

  /** The level of a heading such as {@code ## Topic}; 0 if the line is none. */
  public static int headingLevel(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    return level > 0 && level < 7 && level < line.length() && line.charAt(level) == ' ' ? level : 0;
  }
}
