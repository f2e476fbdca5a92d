package dev.earmark.source.turn;

import dev.earmark.model.Timestamp;
import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.LineHead.Form;
import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.time.BroadcastHour;
import dev.earmark.source.time.FrameRate;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the turns of one document are written, found by what recurs in it.
 *
 * <p>Every line is taken apart ({@link LineHead}); then three questions are asked of the document
 * as a whole.
 *
 * <p><b>Which names are names?</b> Heads are grouped by how they are written (time before or
 * behind, colon, brackets, a line of its own, …). A way of writing is one of turns if most of its
 * names come again; then its other names count, too, if they look like names. What comes once and
 * looks like a sentence, such as {@code Remember: …} or {@code Intro (0:00)}, stays text.
 *
 * <p><b>Which times are times?</b> Those set apart from the words, those beside names, and bare
 * ones at the heads of lines if they rise. Times at the ends of turns say when the turn began or
 * when it ended; the speaking rate tells which: it varies less under the right reading. Frames are
 * counted at the rate the document names, else at the lowest usual rate that has them all.
 *
 * <p><b>Where do the times begin?</b> Times of day, and time codes that begin at a full hour as
 * broadcast does, are counted from the first.
 *
 * <p>Linear in the length of the document. Not changed once made.
 */
final class TurnLayout {
  /**
   * The beginning of a turn.
   *
   * @param speaker null if the line does not say
   * @param startMs {@link Times#NONE} if it does not say
   * @param untilMs likewise
   * @param rest the words on the same line, markup and all
   * @param lines how many lines the head takes, this one included
   * @param apart whether the time is set apart from the words, or nothing else is on the line
   */
  record Turn(
      @Nullable String speaker,
      long startMs,
      long untilMs,
      String rest,
      int lines,
      boolean apart) {}

  private static final int FEW = 3;
  private static final int MOST_DIGITS = 7;
  private static final String ARROW = " --> ";

  /** With these a time begins that is set apart. */
  private static final CharacterSet OPENS = CharacterSet.of("[({<#\\\u0015!【（［");

  /** Dashes behind which people sign. */
  private static final CharacterSet SIGNING = CharacterSet.of("-–—―~");

  private final List<String> lines;
  private final List<@Nullable LineHead> heads;
  private final int[] nextLine;
  private final @Nullable WrittenName[] written;

  /** Whether the line begins a turn of somebody: 0 not looked at yet, 1 it does, 2 it does not. */
  private final byte[] begins;

  private final BitSet unspoken = new BitSet();
  private final TurnNames names = new TurnNames();
  private int units;

  /** How many lines begin with a time. */
  private int leads;

  private int items;
  private int timedTurns;
  private int namedTurns;
  private int candidates;
  private int bareTimes;
  private int risingBareTimes;
  private int tails;
  private int sentencesBeforeTails;
  private int stretches;
  private int fineStretches;
  private boolean useTails;
  private @Nullable Boolean tailsAreEnds;
  private double framesASecond = 25;
  private long zeroMs;
  private boolean timesOfDay;
  private @Nullable Boolean insideTimes;
  private boolean tooFast;
  private boolean notes;
  private boolean signed;

  /** That of nothing. */
  static final TurnLayout NONE = new TurnLayout(List.of());

  private TurnLayout(List<String> lines) {
    this.lines = lines;
    this.heads = new ArrayList<>(lines.size());
    this.nextLine = new int[lines.size()];
    this.written = new @Nullable WrittenName[lines.size()];
    this.begins = new byte[lines.size()];
  }

  /**
   * The layout of a document.
   *
   * @param from the first line that counts, behind the front matter
   * @param known keys of names that the document gives elsewhere
   */
  static TurnLayout of(List<String> lines, int from, Set<String> known) {
    return of(lines, from, known, NONE, 0);
  }

  /**
   * The same, where some of the lines were taken apart before.
   *
   * @param seen a layout of what may be the same lines
   * @param shift how many lines stand above those in this document
   */
  static TurnLayout of(
      List<String> lines, int from, Set<String> known, TurnLayout seen, int shift) {
    TurnLayout layout = new TurnLayout(lines);
    layout.takeApart(from, seen, shift);
    layout.count();
    layout.decideNames(known);
    layout.decideTimes();
    layout.decideSignatures();
    return layout;
  }

  /** How many turns have a name and a time. */
  int timedTurns() {
    return timedTurns;
  }

  /** Whether names stand beside times, yet too few of them to tell. */
  boolean isUndecided() {
    return timedTurns < 2 && candidates > 0;
  }

  /** Whether names begin the turns throughout, with times or without. */
  boolean isNamed() {
    return namedTurns >= 2 * FEW && namedTurns * 3 >= units && names.size() > 1;
  }

  /** Whether the turns have their times at their ends. */
  boolean hasTails() {
    return useTails;
  }

  /** What was found, a line a thing, for people. */
  List<String> description() {
    List<String> found = new ArrayList<>();
    int lead = 0;
    int tail = 0;
    Map<String, Integer> shown = new TreeMap<>();
    Map<String, Integer> others = new TreeMap<>();
    for (int i = 0; i < heads.size(); i++) {
      LineHead head = heads.get(i);
      if (head == null) {
        continue;
      }
      lead += head.lead() != null ? 1 : 0;
      tail += head.tail() != null ? 1 : 0;
      String name = head.name();
      if (name != null && turnsName(i)) {
        shown.merge(name, 1, Integer::sum);
      } else if (name != null && names.heads(key(i)) > 1) {
        others.merge(name, 1, Integer::sum);
      }
    }
    found.add(lead + " lines begin with a time or a name and a time, " + tail + " end with one");
    if (shown.isEmpty()) {
      found.add(
          others.isEmpty()
              ? "no names come again at the heads of lines"
              : "at the heads of lines come again, but are not taken for names: " + listed(others));
    } else {
      found.add("names at the heads of turns: " + listed(shown));
    }
    if (notes) {
      found.add("so little is said between the times that these are notes, not speech");
    }
    if (tooFast) {
      found.add(
          "more is said between the times than anybody could say: they are of something else");
    }
    if (useTails) {
      found.add(
          "times at the ends of lines say when a turn " + (tailsAreEnds() ? "ends" : "begins"));
    }
    if (zeroMs != 0) {
      found.add("times are counted from " + Timestamp.clamped(zeroMs));
    }
    return found;
  }

  private static String listed(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(12)
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Whether times were given as times of day, or from a full hour on. */
  boolean isShifted() {
    return zeroMs != 0;
  }

  long zeroMs() {
    return zeroMs;
  }

  boolean hasNames() {
    return !names.isEmpty();
  }

  /** Whether questions and answers make up the document, so that Q and A are who speaks. */
  boolean isInterview() {
    return names.isInterview();
  }

  /** Whether people go by a letter each, so that A is one of them. */
  boolean areLetters() {
    return names.areLetters();
  }

  /** The times inside a paragraph, in order; none if the document has too few to be sure. */
  List<TimeMark> inside(String text) {
    Boolean known = insideTimes;
    if (known == null) {
      known = hasTimesInside();
      insideTimes = known;
    }
    return known ? marksInside(text) : List.of();
  }

  /** Whether times stand inside paragraphs and rise; looked for when a paragraph is read. */
  private boolean hasTimesInside() {
    int inside = 0;
    int rising = 0;
    long last = Times.NONE;
    for (LineHead head : heads) {
      if (head == null || !head.digits()) {
        continue;
      }
      for (TimeMark mark : marksInside(head.rest())) {
        inside++;
        rising += last == Times.NONE || mark.startMs() >= last ? 1 : 0;
        last = mark.startMs();
      }
    }
    return inside > 0 && inside + leads > 1 && rising * 10 >= inside * 8;
  }

  private static List<TimeMark> marksInside(String text) {
    List<TimeMark> marks = new ArrayList<>(0);
    for (int i = 0; i < text.length(); i++) {
      TimeMark mark = OPENS.has(text.charAt(i)) ? TimeMark.at(text, i) : null;
      if (mark != null && mark.enclosed()) {
        marks.add(mark);
        i = mark.end() - 1;
      }
    }
    return marks;
  }

  /** How many lines there are. */
  int size() {
    return heads.size();
  }

  @Nullable LineHead head(int index) {
    if (heads.isEmpty()) {
      return null;
    }
    return heads.get(index);
  }

  /** Whether the name at the head of a line is one of a speaker. */
  private boolean isName(int index) {
    return written[index] != null && names.has(key(index));
  }

  /** The key of the name at the head of a line; empty if there is none. */
  private String key(int index) {
    WrittenName name = written[index];
    return name == null ? "" : name.key();
  }

  private void takeApart(int from, TurnLayout seen, int shift) {
    boolean fenced = false;
    int blanks = 0;
    int blocks = 0;
    int full = 0;
    boolean afterBlank = true;
    Map<String, WrittenName> byName = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        fenced = !fenced;
        heads.add(null);
        continue;
      }
      if (i < from || fenced || line.isBlank() || isRule(line)) {
        heads.add(null);
        blanks += line.isBlank() ? 1 : 0;
        afterBlank = true;
        continue;
      }
      boolean header = i + 1 < lines.size() && line.startsWith("|") && isRule(lines.get(i + 1));
      LineHead head = null;
      if (!header && !isCode(line)) {
        LineHead known = seen.known(i - shift, line);
        head = known == null ? LineHead.of(line) : known;
      }
      heads.add(head);
      leads += head != null && head.lead() != null ? 1 : 0;
      if (head != null && head.name() != null) {
        written[i] = byName.computeIfAbsent(head.name(), WrittenName::new);
      }
      full++;
      blocks += afterBlank ? 1 : 0;
      afterBlank = false;
    }
    units = Math.max(1, blanks * 4 >= full ? blocks : full);
    if (leads >= FEW) {
      leaveOutCounters();
      leaveOutTracks();
      moveTimesUp();
    }
    int next = -1;
    for (int i = lines.size() - 1; i >= 0; i--) {
      nextLine[i] = next;
      boolean said = heads.get(i) != null || !(lines.get(i).isBlank() || unspoken.get(i));
      next = said ? i : next;
    }
  }

  /** Leaves out lines that number the turns, each above a time. */
  private void leaveOutCounters() {
    BitSet counters = new BitSet();
    long first = -1;
    for (int i = 0; i + 1 < lines.size(); i++) {
      LineHead below = heads.get(i + 1);
      long number = below != null && below.lead() != null ? number(lines.get(i)) : -1;
      if (number < 0) {
        continue;
      }
      first = counters.isEmpty() ? number : first;
      if (number != first + counters.cardinality()) {
        return;
      }
      counters.set(i);
    }
    if (counters.cardinality() >= FEW) {
      leaveOut(counters);
    }
  }

  /**
   * Leaves out what stands below times and is not said: the same time again, as a page of captions
   * has it for those who listen to it, and {@code V1, 1}, the track of a video editor.
   */
  private void leaveOutTracks() {
    BitSet below = new BitSet();
    for (int i = 1; i < lines.size(); i++) {
      LineHead head = heads.get(i);
      LineHead above = heads.get(i - 1);
      if (head == null || above == null || !above.isTimeAlone()) {
        continue;
      }
      TimeMark time = above.lead();
      TimeMark again = head.isTimeAlone() ? head.lead() : null;
      boolean twice =
          time != null && again != null && Math.abs(time.startMs() - again.startMs()) < 1_000;
      if (twice || isTrack(lines.get(i))) {
        below.set(i);
        leads -= twice ? 1 : 0;
      }
    }
    leaveOut(below);
  }

  /** Whether a line is {@code V1, 1} or {@code A2, 1}. */
  private static boolean isTrack(String line) {
    String track = line.strip();
    int comma = track.indexOf(", ");
    return comma > 1
        && (track.charAt(0) == 'V' || track.charAt(0) == 'A')
        && number(track.substring(1, comma)) >= 0
        && number(track.substring(comma + 2)) >= 0;
  }

  private static long number(String line) {
    String digits = line.strip();
    boolean number = !digits.isEmpty() && digits.length() < MOST_DIGITS;
    for (int i = 0; number && i < digits.length(); i++) {
      number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return number ? Long.parseLong(digits) : -1;
  }

  /** Takes times on lines of their own, where each stands right below a sentence, for its end. */
  private void moveTimesUp() {
    BitSet below = new BitSet();
    int sentences = 0;
    for (int i = 0; i < lines.size(); i++) {
      LineHead head = heads.get(i);
      if (head == null || head.lead() == null) {
        continue;
      }
      LineHead above = i == 0 ? null : heads.get(i - 1);
      boolean last = i + 1 == lines.size() || lines.get(i + 1).isBlank();
      if (!head.isTimeAlone() || above == null || !last) {
        return;
      }
      below.set(i);
      sentences += endsSentence(above.whole()) ? 1 : 0;
    }
    if (below.cardinality() >= FEW && sentences * 2 >= below.cardinality()) {
      for (int i = below.nextSetBit(0); i >= 0; i = below.nextSetBit(i + 1)) {
        LineHead above = heads.get(i - 1);
        LineHead time = heads.get(i);
        TimeMark mark = time == null ? null : time.lead();
        if (above != null && mark != null) {
          heads.set(i - 1, above.withTailBelow(mark));
          leads--;
        }
      }
      leaveOut(below);
    }
  }

  private void leaveOut(BitSet numbers) {
    unspoken.or(numbers);
    for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
      heads.set(i, null);
    }
  }

  /** Whether a line only numbers a turn, or gives the time of the words above it. */
  boolean isUnspoken(int index) {
    return unspoken.get(index);
  }

  /** The head of a line if it was taken apart here; else null. */
  private @Nullable LineHead known(int index, String line) {
    return index >= 0 && index < heads.size() && lines.get(index).equals(line)
        ? heads.get(index)
        : null;
  }

  private static boolean isCode(String line) {
    return line.startsWith("    ")
        && line.length() > 4
        && "{}/;".indexOf(line.strip().charAt(0)) >= 0;
  }

  /** Whether a line is a rule, or the one below the header of a table. */
  static boolean isRule(String line) {
    int marks = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ("-|:=_*+".indexOf(c) >= 0) {
        marks++;
      } else if (!Character.isWhitespace(c)) {
        return false;
      }
    }
    return marks > 2;
  }

  private boolean isTimeAlone(int index) {
    LineHead head = index < 0 ? null : heads.get(index);
    return head != null && head.isTimeAlone();
  }

  /** The style of a line's head; a name alone next to a time alone has that for its time. */
  private @Nullable HeadStyle style(int index, int before) {
    LineHead head = heads.get(index);
    if (head == null || head.name() == null) {
      return null;
    }
    boolean timed = head.lead() != null;
    boolean first = head.leadFirst();
    if (!timed && isAddress(head.rest())) {
      // A reference: what it is, and where.
      return null;
    }
    if (!timed && head.form() == Form.ALONE) {
      if (isTimeAlone(nextLine[index]) && nextLine[index] <= index + 2) {
        timed = true;
        first = false;
      } else if (isTimeAlone(before)) {
        timed = true;
        first = true;
      }
      return HeadStyle.of(Form.ALONE, timed, first, head);
    }
    return HeadStyle.of(head.form(), timed, first, head);
  }

  /** Whether words are an address and nothing more. */
  private static boolean isAddress(String rest) {
    int from = rest.startsWith("<") ? 1 : 0;
    return rest.startsWith("http", from) && rest.contains("://") && rest.indexOf(' ') < 0;
  }

  private void count() {
    int before = -1;
    for (int i = 0; i < lines.size(); i++) {
      LineHead head = heads.get(i);
      if (head == null) {
        before = lines.get(i).isBlank() ? before : -1;
        continue;
      }
      items += head.item() ? 1 : 0;
      HeadStyle style = style(i, before);
      WrittenName name = written[i];
      if (style != null && name != null) {
        boolean text = !head.rest().isBlank() || isText(nextLine[i], style);
        names.count(style, name, head, text);
      }
      TimeMark tail = head.tail();
      if (tail != null) {
        tails++;
        String words = LineHead.withoutTail(head.whole(), tail);
        // Dots lead from a title to its time.
        boolean leads = words.endsWith(" …") || words.endsWith(" ...");
        sentencesBeforeTails += (endsSentence(words) && !leads) || words.length() > 100 ? 1 : 0;
      }
      before = i;
    }
  }

  /** Whether the line that follows a head is the words of its turn. */
  private boolean isText(int index, HeadStyle style) {
    int at = index;
    if (style.form() == Form.ALONE && style.timed() && isTimeAlone(at)) {
      at = nextLine[at];
    }
    LineHead head = at < 0 ? null : heads.get(at);
    if (head == null) {
      return false;
    }
    if (head.item() && !style.item()) {
      // Items below a title with a time are what it is about.
      return false;
    }
    HeadStyle next = style(at, -1);
    boolean same = next != null && next.number() == style.number();
    return !head.isTimeAlone() && (!same || head.lead() == null);
  }

  private void decideNames(Set<String> known) {
    Pace pace = leads == 0 ? Pace.NONE : Pace.of(heads);
    tooFast = pace.isTooFast();
    names.decide(known, units, items, pace.isSpeech() && pace.stamps() >= FEW, written);
    if (areNotes(pace)) {
      notes = true;
      names.clear();
    }
  }

  /**
   * Whether the times and names are those of notes about a recording: far apart, with too few words
   * between for anybody's speech, and among lists of other things.
   */
  private boolean areNotes(Pace pace) {
    if (names.isEmpty() || !pace.isSummary()) {
      return false;
    }
    int itemTurns = 0;
    int itemNames = 0;
    for (int i = 0; i < lines.size(); i++) {
      LineHead head = heads.get(i);
      if (head != null && head.item()) {
        itemTurns++;
        itemNames += isName(i) ? 1 : 0;
      }
    }
    return names.areOnlyQuestions() || itemTurns - itemNames >= FEW || itemNames >= FEW;
  }

  private void decideTimes() {
    FrameRate rate = new FrameRate();
    int ofDay = 0;
    long first = Times.NONE;
    long last = Times.NONE;
    for (int i = 0; i < lines.size(); i++) {
      LineHead head = heads.get(i);
      if (head == null) {
        continue;
      }
      TimeMark mark = head.lead();
      WrittenName name = written[i];
      boolean candidate = mark != null && !notes && !head.item() && head.level() == 0;
      candidates += candidate && name != null && name.isOffice() ? 1 : 0;
      boolean named = turnsName(i);
      if (named) {
        namedTurns++;
        boolean beside = isTimeAlone(nextLine[i]) || (i > 0 && isTimeAlone(lastLine(i)));
        timedTurns += mark != null || (head.form() == Form.ALONE && beside) ? 1 : 0;
      }
      if (mark != null) {
        if (!named && !mark.enclosed() && !head.whole().isBlank()) {
          bareTimes++;
          risingBareTimes += last == Times.NONE || mark.startMs() >= last ? 1 : 0;
        }
        boolean set = mark.enclosed() || (!head.whole().isBlank() && lines.get(i).contains(ARROW));
        if (set && mark.endMs() != Times.NONE && head.leadFirst()) {
          stretches++;
          boolean fine = mark.startMs() % 1_000 != 0 || mark.endMs() % 1_000 != 0;
          fineStretches += fine || endsSentence(head.whole()) ? 1 : 0;
        }
        first = first == Times.NONE ? mark.startMs() : first;
        last = mark.startMs();
        ofDay += mark.timeOfDay() ? 1 : 0;
        rate.count(mark);
      }
    }
    useTails =
        tails >= 2
            && tails * 3 >= units
            && leads * 2 < tails
            && (namedTurns > 1 || sentencesBeforeTails * 2 >= tails);
    if (rate.isNeeded()) {
      double named = FrameRate.named(lines);
      framesASecond = named > 0 ? named : rate.framesASecond();
    }
    if (ofDay > 1 && ofDay * 2 > leads && first != Times.NONE) {
      zeroMs = first;
      timesOfDay = true;
    } else if (rate.isNeeded()) {
      zeroMs = BroadcastHour.startMs(first);
    }
  }

  /** Decides whether names with their times sign what stands above them. */
  private void decideSignatures() {
    int signatures = 0;
    for (int i = 1; i < lines.size() && namedTurns >= FEW; i++) {
      LineHead head = heads.get(i);
      boolean signs =
          head != null
              && head.form() == Form.ALONE
              && head.lead() != null
              && SIGNING.has(firstSign(lines.get(i)))
              && heads.get(i - 1) != null
              && (i + 1 == lines.size() || lines.get(i + 1).isBlank());
      signatures += signs && turnsName(i) && !turnsName(i - 1) ? 1 : 0;
    }
    signed = namedTurns >= FEW && signatures * 10 >= namedTurns * 9;
  }

  /** The first character of a line behind the marks of a quotation. */
  private static char firstSign(String line) {
    int at = 0;
    while (at + 1 < line.length()
        && (line.charAt(at) == '>' || Character.isWhitespace(line.charAt(at)))) {
      at++;
    }
    return line.charAt(at);
  }

  /** Whether a name with its time stands below what is said, behind a dash. */
  boolean isSigned() {
    return signed;
  }

  static boolean endsSentence(String words) {
    return !words.isEmpty() && ".?!。？！…\"”".indexOf(words.charAt(words.length() - 1)) >= 0;
  }

  /** Whether the lines give stretches of time, as recognisers print them. */
  boolean isOfStretches() {
    // A title above them may be a unit, too.
    return stretches >= 2 && stretches * 10 >= (units - 1) * 8 && fineStretches * 2 >= stretches;
  }

  private int lastLine(int index) {
    for (int i = index - 1; i >= Math.max(0, index - 3); i--) {
      if (heads.get(i) != null || !lines.get(i).isBlank()) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a line begins a turn of somebody. */
  private boolean turnsName(int index) {
    if (names.isEmpty()) {
      return false;
    }
    if (begins[index] == 0) {
      HeadStyle style = isName(index) ? style(index, lastLine(index)) : null;
      begins[index] = (byte) (style != null && names.begins(style) ? 1 : 2);
    }
    return begins[index] == 1;
  }

  /** The turn that begins at a line, or null. */
  @Nullable Turn at(int index) {
    LineHead head = heads.get(index);
    if (head == null) {
      return null;
    }
    TimeMark mark = head.lead();
    if (turnsName(index)) {
      int next = nextLine[index];
      if (mark == null
          && head.form() == Form.ALONE
          && next >= 0
          && isTimeAlone(next)
          && next <= index + 2) {
        LineHead time = heads.get(next);
        TimeMark below = time == null ? null : time.lead();
        return turn(head.name(), below, "", next - index + 1, true);
      }
      return turn(head.name(), mark, tailless(head, head.rest()), 1, true);
    }
    if (head.isTimeAlone()) {
      int next = nextLine[index];
      LineHead below = next < 0 || next > index + 2 ? null : heads.get(next);
      if (below != null && below.lead() == null && below.form() == Form.ALONE && turnsName(next)) {
        return turn(below.name(), mark, "", next - index + 1, true);
      }
      return turn(null, mark, "", 1, true);
    }
    if (mark != null
        && head.bold()
        && head.form() == Form.ALONE
        && mark.enclosed()
        && !head.leadFirst()
        && !head.item()) {
      // A break, under a name of its own.
      return turn(null, mark, "", 1, true);
    }
    if (mark != null && (head.leadFirst() || head.form() == Form.NONE)) {
      return mark.enclosed() || rises() ? turn(null, mark, head.whole(), 1, mark.enclosed()) : null;
    }
    return null;
  }

  /** Whether bare times at the heads of lines rise as those of a recording do. */
  private boolean rises() {
    return bareTimes >= FEW && risingBareTimes * 10 >= bareTimes * 8 && !tooFast;
  }

  private String tailless(LineHead head, String words) {
    TimeMark tail = head.tail();
    return useTails && tail != null ? LineHead.withoutTail(words, tail) : words;
  }

  private Turn turn(
      @Nullable String name, @Nullable TimeMark mark, String rest, int count, boolean apart) {
    return mark == null
        ? new Turn(name, Times.NONE, Times.NONE, rest, count, apart)
        : new Turn(name, start(mark), end(mark), rest, count, apart);
  }

  /** When a mark begins, from the start of the recording. */
  long start(TimeMark mark) {
    long start = mark.startMs(framesASecond) - zeroMs;
    // After midnight the clock begins anew.
    return timesOfDay && start < 0 ? start + 24 * 3_600_000L : start;
  }

  /** When a mark ends, from the start of the recording; {@link Times#NONE} if it does not say. */
  long end(TimeMark mark) {
    long end = mark.endMs(framesASecond);
    return end == Times.NONE ? end : end - zeroMs;
  }

  /** The time at the end of a line, if times there are those of turns. */
  @Nullable TimeMark tail(int index) {
    LineHead head = heads.get(index);
    return useTails && head != null ? head.tail() : null;
  }

  /** The words of a line that begins no turn, without the time at its end. */
  String words(int index) {
    LineHead head = heads.get(index);
    TimeMark tail = tail(index);
    return head == null || tail == null
        ? lines.get(index)
        : LineHead.withoutTail(head.whole(), tail);
  }

  /** Whether the times at the ends of turns are those at which they end. */
  boolean tailsAreEnds() {
    Boolean known = tailsAreEnds;
    if (known == null) {
      known = useTails && Pace.endsFitBetter(heads);
      tailsAreEnds = known;
    }
    return known;
  }
}
