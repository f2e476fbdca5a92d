package dev.earmark.source.document;

import dev.earmark.source.head.LineHead;
import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times of a recording that a written document gives: in links to a player and in brackets
 * wherever they stand, in bold at the head of a line, and in words, such as {@code at 1 minute 12
 * seconds} or {@code at the 12:34 mark}, which stay in the text.
 *
 * <p>A link with a time may lead into another recording. One whose text is a time is of this one;
 * one whose text is words is, if the document says which recording it is of, if several links lead
 * to the same, or if the file it leads to is the only recording that the document links to.
 *
 * <p>A time in brackets without a link counts at the head of a line; inside or at the end, as in
 * {@code (3:16)}, only if the document gives a time on another line as well.
 */
final class NoteTimes {
  private static final int FEW = 2;

  /** No time in words is longer, the word {@code mark} behind it included. */
  private static final int LONGEST_TIME = 100;

  /** Words before a time that say when something is said, not how long. Lower case. */
  private static final Set<String> POINTERS =
      Set.of(
          ("at around about from near @ minute timestamp timecode um bei ab à vers hacia alle op"
                  + " rond")
              .split(" "));

  /** Those of them that stand in no list, and that a sentence does not do without. Lower case. */
  private static final Set<String> SENTENCE_POINTERS =
      Set.of("at", "around", "about", "from", "near", "until", "um", "bei", "ab", "vers", "hacia");

  /**
   * What a line says, without its times.
   *
   * @param startMs the first of its times
   * @param endMs {@link Times#NONE} if it gives none, or one before the start
   * @param text the words, markup and all
   * @param linked whether the time is a link
   * @param first whether the time stands before the words
   */
  record Timed(long startMs, long endMs, String text, boolean linked, boolean first) {
    Timed {
      endMs = endMs < startMs ? Times.NONE : endMs;
    }
  }

  private static final CharacterSet STARTS = CharacterSet.withDigits("[({<【（［!\\*_`");

  private static final String ADDRESS = "http";
  private static final CharacterSet BEHIND_DIGITS = CharacterSet.of(":;.\uFF1A\u2236hmosuHMOSU");

  /** What is left at the end of words behind which a time stood. */
  private static final CharacterSet LEFT_OVER = CharacterSet.of(" \t-–—|•·@(,:");

  private static final String BRACKETS = "([（<";

  /** What may stand first in brackets that are left without a time. */
  private static final CharacterSet AFTER_BRACKETS = CharacterSet.of(")]）>af@ \t\n\u000B\f\r");

  private static final CharacterSet BEHIND_NO_SPACE = CharacterSet.of(" .,;:?!");
  private static final Pattern EMPTY_BRACKETS =
      Pattern.compile("[(\\[]\\s*+(?:at|from|@)?+\\s*+[)\\]]");

  private final Map<String, Integer> recordings = new HashMap<>();
  private final @Nullable String known;

  /**
   * A time as it stands in a line.
   *
   * @param address that of the link which it is; null if it is none
   */
  private record Found(TimeMark mark, @Nullable String address) {}

  /**
   * The times of a line that has digits, and what was found out about them.
   *
   * <p>Lines are asked for again and again, as a quotation, as a paragraph and in its parts.
   */
  private static final class Marked {
    private final List<Found> all;
    private @Nullable Extent words;
    private @Nullable List<Found> ours;
    private @Nullable Timed timed;

    private static final Marked NOTHING = new Marked(List.of());

    private Marked(List<Found> all) {
      this.all = all;
    }

    static Marked of(String line) {
      List<Found> all = marks(line);
      return all.isEmpty() ? NOTHING : new Marked(all);
    }

    Extent words(String line) {
      Extent known = words;
      if (known == null) {
        known = Extent.of(line);
        words = known;
      }
      return known;
    }
  }

  /** The lines that have digits. */
  private final Map<String, Marked> marked = new HashMap<>();

  private int lines;
  private List<String> unseen;

  /**
   * @param text the lines that have digits
   * @param known the id or address of the recording, if the document says it
   */
  NoteTimes(List<String> text, @Nullable String known) {
    this.known = known;
    this.unseen = text;
  }

  /** Looks at all lines once, when a time is first asked for. */
  private void look() {
    List<String> text = unseen;
    unseen = List.of();
    for (String line : text) {
      Marked seen = marked.computeIfAbsent(line, Marked::of);
      boolean any = false;
      for (Found found : seen.all) {
        String recording = recording(found.address());
        if (recording != null && !recording.isEmpty()) {
          recordings.merge(recording, 1, Integer::sum);
        }
        any = any || mayBeOurs(line, seen, found.mark(), recording);
      }
      lines += any ? 1 : 0;
    }
  }

  private boolean mayBeOurs(String line, Marked seen, TimeMark mark, @Nullable String recording) {
    return isOfThis(line, mark, recording)
        || isInWords(mark)
        || isInside(line, mark)
        || seen.words(line).follow(mark)
        || seen.words(line).precede(line, mark);
  }

  /** Whether any line gives a time. */
  boolean isEmpty() {
    look();
    return lines == 0;
  }

  /** The first time of a line and what it says without its times; null if it gives none. */
  @Nullable Timed in(String line) {
    Marked seen = seen(line);
    return seen == null ? null : timed(line, seen);
  }

  private @Nullable Timed timed(String line, Marked seen) {
    List<Found> ours = ours(line, seen);
    if (seen.timed == null && !ours.isEmpty()) {
      seen.timed = timed(line, 0, line.length(), ours);
    }
    return seen.timed;
  }

  /** Whether a line gives a time. */
  boolean has(String line) {
    Marked seen = seen(line);
    return seen != null && !ours(line, seen).isEmpty();
  }

  /**
   * The parts of a line, each with its time: a time at the head of the line belongs to what follows
   * up to the next, one behind words to those before it. One part, or none, in most lines.
   */
  List<Timed> parts(String line) {
    Marked seen = seen(line);
    List<Found> ours = seen == null ? List.of() : ours(line, seen);
    if (seen == null || ours.size() < 2) {
      Timed whole = seen == null ? null : timed(line, seen);
      return whole == null ? List.of() : List.of(whole);
    }
    List<Timed> parts = new ArrayList<>(ours.size());
    boolean leads = leads(line, ours.getFirst().mark());
    int from = 0;
    for (int i = 0; i < ours.size(); i++) {
      boolean last = i + 1 == ours.size();
      int to =
          last
              ? line.length()
              : leads
                  ? ours.get(i + 1).mark().from()
                  : endOfSentence(line, ours.get(i).mark().end());
      Timed part = timed(line, from, to, List.of(ours.get(i)));
      if (!hasWords(part.text())) {
        // A second time of the same words.
        return List.of(timed(line, 0, line.length(), ours));
      }
      parts.add(part);
      from = to;
    }
    return parts;
  }

  /** Behind the brackets and marks that close a sentence. */
  private static int endOfSentence(String line, int from) {
    int at = from;
    while (at < line.length() && ")].,;!?\u3002".indexOf(line.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** What was found out about a line; null if it has no time. */
  private @Nullable Marked seen(String line) {
    Marked known = marked.get(line);
    if (known == null && LineHead.hasDigit(line)) {
      known = Marked.of(line);
      marked.put(line, known);
    }
    if (known == null || known.all.isEmpty()) {
      return null;
    }
    look();
    return known;
  }

  private List<Found> ours(String line, Marked seen) {
    List<Found> known = seen.ours;
    if (known != null) {
      return known;
    }
    List<Found> ours = new ArrayList<>(seen.all.size());
    for (Found found : seen.all) {
      TimeMark mark = found.mark();
      boolean is =
          found.address() != null
              ? isOfThis(line, mark, recording(found.address()))
              : isInWords(mark)
                  || seen.words(line).follow(mark)
                  || (lines >= FEW
                      && (isInside(line, mark) || seen.words(line).precede(line, mark)));
      if (is) {
        ours.add(found);
      }
    }
    seen.ours = ours;
    return ours;
  }

  /** Whether a time is no mark but part of a sentence, which it stays. */
  private static boolean isInWords(TimeMark mark) {
    return !mark.enclosed();
  }

  /** Whether brackets set a time apart from the words about it. */
  private static boolean isInside(String line, TimeMark mark) {
    return mark.enclosed() && "([（［【".indexOf(line.charAt(mark.from())) >= 0;
  }

  /** Whether a line may have a link to a player in it. */
  static boolean mayLink(String line) {
    return line.indexOf(']') >= 0 || line.indexOf('<') >= 0 || line.contains("http");
  }

  private static boolean leads(String line, TimeMark mark) {
    for (int i = 0; i < mark.from(); i++) {
      if (Character.isLetterOrDigit(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static Timed timed(String line, int from, int to, List<Found> times) {
    StringBuilder text = new StringBuilder(to - from);
    int at = from;
    for (Found found : times) {
      TimeMark mark = found.mark();
      if (!isInWords(mark) && isInSentence(line, mark)) {
        text.append(line, at, mark.from()).append(words(line, mark));
        at = mark.end();
      } else if (!isInWords(mark)) {
        text.append(line, at, mark.from()).append(mark.linkText());
        at = mark.end();
      }
    }
    text.append(line, at, to);
    TimeMark first = times.getFirst().mark();
    long end = first.endMs() == Times.NONE ? Times.NONE : first.endMs(25);
    boolean linked = times.getFirst().address() != null;
    return new Timed(first.startMs(25), end, tidy(text), linked, leads(line, first));
  }

  /**
   * Whether a sentence needs a time in it: {@code Later, at [21:23], she said}, unless it closes
   * what stands in brackets or signs a quotation.
   */
  private static boolean isInSentence(String line, TimeMark mark) {
    int end = mark.end();
    boolean word = mark.from() > 0 && line.charAt(mark.from() - 1) == ' ';
    if (!word || end == line.length() || !mark.linkText().isEmpty()) {
      return false;
    }
    boolean goesOn = end + 1 < line.length() && line.charAt(end + 1) == ' ';
    boolean sentence =
        line.charAt(end) == ' ' ? end + 1 < line.length() : ".,;?!".indexOf(line.charAt(end)) >= 0;
    return sentence
        && (goesOn || end + 1 == line.length() || line.charAt(end) == ' ')
        && SENTENCE_POINTERS.contains(wordBefore(line, mark.from()));
  }

  /** A time as it is read out: the text of a link, else what stands there. */
  private static String words(String line, TimeMark mark) {
    String written = line.substring(mark.from(), mark.end());
    int from = written.startsWith("[[") ? written.indexOf('|') : 0;
    int to = written.indexOf(written.startsWith("[[") ? "]]" : "](");
    return to < 0 || from < 0 ? written : written.substring(from + 1, to);
  }

  /** The times of a line that has a digit. */
  private static List<Found> marks(String line) {
    List<Found> marks = List.of();
    int address = line.indexOf(ADDRESS);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (address >= 0 && address < i) {
        address = line.indexOf(ADDRESS, i);
      }
      if (!STARTS.has(c) && i != address && (c < 0x80 || !Character.isDigit(c))) {
        continue;
      }
      if (Character.isDigit(c)) {
        if (i == 0 || line.charAt(i - 1) != ' ') {
          continue;
        }
        TimeMark mark = inWords(line, i);
        if (mark != null) {
          marks = with(marks, new Found(mark, address(line, mark)));
          i = mark.end() - 1;
        }
        continue;
      }
      if (c == 'h' && !isAddressStart(line, i)) {
        continue;
      }
      TimeMark mark = TimeMark.at(line, i);
      if (mark != null && mark.enclosed() && mark.startMs() >= 0 && !mark.timeOfDay()) {
        marks = with(marks, new Found(mark, address(line, mark)));
        i = mark.end() - 1;
      }
    }
    return marks;
  }

  private static List<Found> with(List<Found> marks, Found found) {
    List<Found> list = marks.isEmpty() ? new ArrayList<>(2) : marks;
    list.add(found);
    return list;
  }

  /**
   * The time that a sentence gives at a character, where no time of day and no length can be meant:
   * with minutes and seconds behind a word such as {@code at}, or with hours, or before {@code
   * into} or {@code mark}.
   */
  private static @Nullable TimeMark inWords(String line, int at) {
    if (!mayBeTime(line, at)) {
      return null;
    }
    boolean mentioned = POINTERS.contains(wordBefore(line, at));
    int near = Math.min(line.length(), at + LONGEST_TIME);
    boolean marked = line.indexOf(" mark", at, near) > 0;
    TimeMark mark = mentioned || marked ? TimeMark.at(line, at) : null;
    if (mark == null || mark.enclosed() || mark.timeOfDay()) {
      return null;
    }
    boolean into =
        line.startsWith(" into the ", mark.end()) || line.startsWith(" in the rec", mark.end());
    if (line.startsWith(" mark", mark.end()) || (mentioned && into)) {
      return mark;
    }
    int numbers = 0;
    for (int i = mark.from(); i < mark.end(); i++) {
      boolean digit = Character.isDigit(line.charAt(i));
      numbers += digit && !Character.isDigit(line.charAt(i - 1)) ? 1 : 0;
    }
    boolean colons = line.charAt(mark.end() - 1) <= '9';
    return mentioned && numbers > (colons ? 2 : 1) ? mark : null;
  }

  /** Whether behind the digits at a character stands what times go on with. */
  private static boolean mayBeTime(String line, int at) {
    int end = at;
    while (end < line.length() && Character.isDigit(line.charAt(end))) {
      end++;
    }
    while (end < line.length()
        && (Character.isWhitespace(line.charAt(end)) || line.charAt(end) == '\u00A0')) {
      end++;
    }
    return end < line.length() && BEHIND_DIGITS.has(line.charAt(end));
  }

  private static String wordBefore(String line, int at) {
    int end = at - 1;
    int from = line.lastIndexOf(' ', end - 1) + 1;
    while (from < end
        && !Character.isLetterOrDigit(line.charAt(from))
        && line.charAt(from) != '@') {
      from++;
    }
    return end <= from || end - from > 12 ? "" : line.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isAddressStart(String line, int at) {
    return line.startsWith(ADDRESS, at)
        && (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)));
  }

  /** The address of a link; null if a mark is none. */
  private static @Nullable String address(String line, TimeMark mark) {
    String written = line.substring(mark.from(), mark.end());
    int link = written.indexOf("](");
    if (link >= 0) {
      int end = written.lastIndexOf(')');
      return end > link ? written.substring(link + 2, end) : null;
    }
    int wiki = written.indexOf("[[");
    if (wiki >= 0) {
      int bar = written.indexOf('|', wiki);
      int end = bar < 0 ? written.indexOf("]]", wiki) : bar;
      if (end >= 0) {
        return written.substring(wiki + 2, end);
      }
    }
    int href = written.indexOf("href=");
    if (href >= 0 && href + 5 < written.length()) {
      int end = written.indexOf(written.charAt(href + 5), href + 6);
      return end < 0 ? null : written.substring(href + 6, end);
    }
    int bare = written.indexOf("http");
    return bare >= 0 ? written.substring(bare) : null;
  }

  /** What stands before the id of a video of YouTube. */
  private static final String[] BEFORE_IDS = {"v=", "youtu.be/", "/embed/", "/live/", "/shorts/"};

  private static final String[] NO_IDS = {};

  /** Which recording a link leads to: the video's id, else the address without its time. */
  private static @Nullable String recording(@Nullable String address) {
    if (address == null) {
      return null;
    }
    for (String before : address.contains("youtu") ? BEFORE_IDS : NO_IDS) {
      int at = address.indexOf(before);
      int end = at + before.length() + 11;
      if (at >= 0 && end <= address.length()) {
        return address.substring(at + before.length(), end);
      }
    }
    int end = 0;
    while (end < address.length() && "?#".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    return address.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private boolean isOfThis(String line, TimeMark mark, @Nullable String recording) {
    if (recording == null) {
      return false;
    }
    String told = known;
    if (told != null && (told.contains(recording) || recording.contains(told))) {
      return true;
    }
    if (told != null && isVideo(told) && isVideo(recording)) {
      return false;
    }
    boolean bare = line.startsWith("http", mark.from());
    boolean timeAsText = mark.linkText().isEmpty() && !bare;
    boolean file = !recording.contains("://") && !isVideo(recording);
    boolean onlyFile = file && recordings.size() == 1;
    return timeAsText || onlyFile || recordings.getOrDefault(recording, 0) >= FEW;
  }

  private static boolean isVideo(String recording) {
    return recording.length() == 11 && recording.indexOf('.') < 0;
  }

  /** Where the first and last letters and the first and last letters or digits of a line are. */
  private record Extent(int firstLetter, int lastLetter, int first, int last) {
    static Extent of(String line) {
      int first = 0;
      while (first < line.length() && !Character.isLetterOrDigit(line.charAt(first))) {
        first++;
      }
      int firstLetter = first;
      while (firstLetter < line.length() && !Character.isLetter(line.charAt(firstLetter))) {
        firstLetter++;
      }
      int last = line.length() - 1;
      while (last >= 0 && !Character.isLetterOrDigit(line.charAt(last))) {
        last--;
      }
      int lastLetter = last;
      while (lastLetter >= 0 && !Character.isLetter(line.charAt(lastLetter))) {
        lastLetter--;
      }
      return new Extent(firstLetter, lastLetter, first, last);
    }

    /** Whether a mark stands at the head of a line, before words. */
    boolean follow(TimeMark mark) {
      return first >= mark.from() && lastLetter >= mark.end();
    }

    /** Whether a mark stands at the end of a line, behind words. */
    boolean precede(String line, TimeMark mark) {
      return last < mark.end()
          && "*_`".indexOf(line.charAt(mark.from())) < 0
          && firstLetter < mark.from();
    }
  }

  private static boolean hasWords(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetter(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The words without the brackets, dashes and spaces that stood about a time. */
  private static String tidy(StringBuilder raw) {
    String text = raw.toString();
    if (hasEmptyBracket(text)) {
      text = EMPTY_BRACKETS.matcher(text.replace("（）", "").replace("<>", "")).replaceAll("");
    }
    text = withoutSpaces(text);
    int end = text.length();
    while (end > 0 && LEFT_OVER.has(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Whether a bracket may hold nothing, or nothing but a word before times. */
  private static boolean hasEmptyBracket(String text) {
    for (int i = 0; i < BRACKETS.length(); i++) {
      int at = text.indexOf(BRACKETS.charAt(i));
      while (at >= 0 && at + 1 < text.length()) {
        if (AFTER_BRACKETS.has(text.charAt(at + 1))) {
          return true;
        }
        at = text.indexOf(BRACKETS.charAt(i), at + 1);
      }
    }
    return false;
  }

  /** A text without spaces before marks, and with one space where words had several between. */
  private static String withoutSpaces(String text) {
    int to = firstLooseSpace(text);
    if (to < 0) {
      return text;
    }
    char[] all = text.toCharArray();
    for (int at = to; at < all.length; at++) {
      if (!isLooseSpace(text, at)) {
        all[to++] = all[at];
        continue;
      }
      int end = at + 1;
      while (end < all.length && all[end] == ' ') {
        end++;
      }
      boolean beforeMark = end < all.length && BEHIND_NO_SPACE.has(all[end]);
      boolean behindWord = at > 0 && "\t\n\f\r".indexOf(text.charAt(at - 1)) < 0;
      // In front of words an indent stays.
      int spaces = beforeMark ? 0 : behindWord ? 1 : end - at;
      Arrays.fill(all, to, to + spaces, ' ');
      to += spaces;
      at = end - 1;
    }
    return new String(all, 0, to);
  }

  /** Most texts have none. */
  private static int firstLooseSpace(String text) {
    int at = text.indexOf(' ');
    while (at >= 0 && !isLooseSpace(text, at)) {
      at = text.indexOf(' ', at + 1);
    }
    return at;
  }

  /** Whether a space stands before a mark or another space. */
  private static boolean isLooseSpace(String text, int at) {
    return text.charAt(at) == ' '
        && at + 1 < text.length()
        && BEHIND_NO_SPACE.has(text.charAt(at + 1));
  }
}
