package dev.earmark.source.head;

import dev.earmark.source.time.Stamp;
import dev.earmark.source.time.Times;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a turn in a transcript written as text: who speaks, when, and the first words.
 *
 * <p>Read are {@code Name: words}, {@code **Name:** words}, {@code Name: 00:00:19}, {@code Name
 * (00:12:34): words}, {@code Name – 00:02:46:}, {@code [00:12:34] Name: words}, {@code \[04:33\]
 * words} and a time alone. Whether {@code Name: words} is a turn at all, and not a line such as
 * {@code Note: …}, is for the reader of the whole document to say.
 *
 * @param style how it is written
 * @param speaker null if it only gives a time
 * @param stampMs {@link Times#NONE} if it has no time
 * @param untilMs a second time, as in {@code [21:02] to [22:31]}; else no time
 * @param rest the words after it, markup and all; may be empty
 */
public record TurnHead(
    Style style, @Nullable String speaker, long stampMs, long untilMs, String rest) {

  /** How a turn's beginning is written. */
  public enum Style {
    /** A name and a colon, nothing else to tell it from a sentence. */
    PLAIN,
    /** A name in bold. */
    BOLD,
    /** A name with a time of its own. */
    TIMED,
    /** A time and no name. */
    STAMP
  }

  private static final int LONGEST_NAME = 60;
  private static final int MOST_WORDS = 6;

  /** Small words inside names. */
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "der", "den", "de", "da", "di", "la", "le", "del", "dos", "bin", "al", "el",
          "of", "the", "and", "to", "from", "ter", "zu", "y", "e");

  /** What stands before a colon and is nobody's name. */
  private static final Set<String> NO_NAMES =
      Set.of(
          "note",
          "notes",
          "update",
          "edit",
          "source",
          "sources",
          "slides",
          "video",
          "audio",
          "link",
          "links",
          "date",
          "time",
          "start time",
          "end time",
          "title",
          "location",
          "agenda",
          "topic",
          "topics",
          "summary",
          "reference",
          "references",
          "example",
          "warning",
          "duration",
          "length",
          "ps",
          "todo",
          "http",
          "https",
          "language",
          "category",
          "tags",
          "speaker",
          "speakers",
          "host",
          "guest",
          "paper",
          "website",
          "twitter",
          "email");

  public boolean hasStamp() {
    return stampMs >= 0;
  }

  /** The beginning of a turn in a line, or null if the line begins none. */
  public static @Nullable TurnHead of(String line) {
    if (line.isBlank() || line.startsWith("    ") || line.startsWith("\t")) {
      return null;
    }
    String text = line.strip();
    char first = text.charAt(0);
    if (first == '#' || first == '>' || first == '|' || first == '<') {
      return null;
    }
    Stamp lead = stamp(text, 0);
    if (lead == null) {
      return first == '*' ? bold(text) : plain(text, false);
    }
    String rest = text.substring(lead.end()).strip();
    TurnHead named =
        rest.startsWith("**") ? bold(rest) : rest.isEmpty() ? null : plain(rest, false);
    if (named != null && !named.hasStamp()) {
      return new TurnHead(Style.TIMED, named.speaker(), lead.millis(), Times.NONE, named.rest());
    }
    return lead.bracketed() || rest.isEmpty() ? withRest(Style.STAMP, null, lead, rest) : null;
  }

  /** The stamp at this place, which may be in bold. */
  private static @Nullable Stamp stamp(String text, int at) {
    boolean bold = text.startsWith("**", at);
    Stamp stamp = Stamp.at(text, bold ? at + 2 : at, Stamp.FourParts.FRAMES);
    if (stamp == null || !bold) {
      return stamp;
    }
    return text.startsWith("**", stamp.end()) ? stamp.withEnd(stamp.end() + 2) : null;
  }

  /** Takes {@code to [22:31]} off the rest. */
  private static TurnHead withRest(
      Style style, @Nullable String speaker, Stamp stamp, String rest) {
    String after = rest;
    for (String to : new String[] {"to ", "- ", "\u2013 ", "until "}) {
      if (after.startsWith(to)) {
        String end = after.substring(to.length()).strip();
        Stamp until = Stamp.at(end, 0, Stamp.FourParts.FRAMES);
        if (until != null && until.end() == end.length()) {
          return new TurnHead(style, speaker, stamp.millis(), until.millis(), "");
        }
      }
    }
    return new TurnHead(style, speaker, stamp.millis(), Times.NONE, after);
  }

  private static @Nullable TurnHead bold(String text) {
    int close = text.startsWith("**") ? text.indexOf("**", 2) : -1;
    if (close < 0 || close > LONGEST_NAME + 20) {
      return null;
    }
    String name = text.substring(2, close).strip();
    String after = text.substring(close + 2);
    boolean colon = name.endsWith(":") || after.startsWith(":");
    while (name.endsWith(":")) {
      name = name.substring(0, name.length() - 1).strip();
    }
    after = (after.startsWith(":") ? after.substring(1) : after).strip();
    TurnHead inside = name.isEmpty() ? null : plain(name + ":", true);
    if (inside != null && inside.hasStamp()) {
      return new TurnHead(Style.TIMED, inside.speaker(), inside.stampMs(), Times.NONE, after);
    }
    String speaker = name(name, false);
    if (speaker == null) {
      return null;
    }
    Stamp stamp = stamp(after, 0);
    if (stamp != null) {
      String rest = afterStamp(after, stamp);
      if (stamp.bracketed() || rest.isEmpty()) {
        return withRest(stamp.bracketed() ? Style.BOLD : Style.TIMED, speaker, stamp, rest);
      }
    }
    return colon ? new TurnHead(Style.BOLD, speaker, Times.NONE, Times.NONE, after) : null;
  }

  private static @Nullable TurnHead plain(String text, boolean insideBold) {
    int last = Math.min(text.length(), LONGEST_NAME + 20);
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '\uFF1A') {
        return afterColon(text, i);
      }
      boolean bracket = c == '[' || c == '(' || c == '\\';
      boolean spaced = c == ' ' && i + 1 < last && Character.isDigit(text.charAt(i + 1));
      if (bracket || spaced) {
        Stamp stamp = Stamp.at(text, spaced ? i + 1 : i, Stamp.FourParts.FRAMES);
        if (stamp != null) {
          return beforeStamp(text, i, stamp, insideBold);
        }
      }
      if ((c == '.' && i > 4) || c == '?' || c == '!' || c == ',' || c == ';') {
        return null;
      }
    }
    return null;
  }

  private static @Nullable TurnHead afterColon(String text, int colon) {
    String after = text.substring(colon + 1);
    Stamp stamp = Stamp.at(after.strip(), 0, Stamp.FourParts.FRAMES);
    if (stamp != null) {
      String rest = afterStamp(after.strip(), stamp);
      String speaker = name(text.substring(0, colon), true);
      if (speaker != null && (stamp.bracketed() || rest.isEmpty())) {
        return withRest(Style.TIMED, speaker, stamp, rest);
      }
    }
    boolean spaced =
        after.isEmpty() || Character.isWhitespace(after.charAt(0)) || text.charAt(colon) > 0x7F;
    String speaker = spaced ? name(text.substring(0, colon), false) : null;
    return speaker == null || !isCapitalised(speaker)
        ? null
        : new TurnHead(Style.PLAIN, speaker, Times.NONE, Times.NONE, after.strip());
  }

  /** {@code Name (0:46): words}, {@code Name – 0:46:} and {@code Name 0:46}. */
  private static @Nullable TurnHead beforeStamp(
      String text, int end, Stamp stamp, boolean insideBold) {
    String before = text.substring(0, end).strip();
    boolean dash = false;
    while (!before.isEmpty() && "-\u2013\u2014|".indexOf(before.charAt(before.length() - 1)) >= 0) {
      before = before.substring(0, before.length() - 1).strip();
      dash = true;
    }
    String speaker = name(before, true);
    if (speaker == null || !isCapitalised(speaker)) {
      return null;
    }
    String after = text.substring(stamp.end()).strip();
    boolean colon = after.startsWith(":");
    String rest = afterStamp(text, stamp);
    boolean clear = colon || dash || rest.isEmpty() || insideBold;
    return clear ? withRest(Style.TIMED, speaker, stamp, rest) : null;
  }

  private static String afterStamp(String text, Stamp stamp) {
    String after = text.substring(stamp.end()).strip();
    return after.startsWith(":") ? after.substring(1).strip() : after;
  }

  /** A name without the brackets and marks around it, or null if this can be no name. */
  private static @Nullable String name(String text, boolean timed) {
    String name = text.strip();
    if (name.length() > 2 && name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1).strip();
    }
    while (!name.isEmpty() && "*_:-\u2013\u2014".indexOf(name.charAt(name.length() - 1)) >= 0) {
      name = name.substring(0, name.length() - 1).strip();
    }
    while (name.startsWith("*")) {
      name = name.substring(1).strip();
    }
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || NO_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      return null;
    }
    char first = name.charAt(0);
    if (!Character.isLetter(first) && !(timed && Character.isDigit(first)) && first != '@') {
      return null;
    }
    int words = 1;
    boolean letter = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ' ') {
        words++;
      } else if (Character.isLetter(c)) {
        letter = true;
      } else if (c == '.') {
        // After an initial or a title, as in "J. Lopp" and "Dr. Back".
        if (i == 0 || !Character.isLetter(name.charAt(i - 1)) || i > 4 + name.lastIndexOf(' ', i)) {
          return null;
        }
      } else if ("?!;,\"<>{}|=/\\\u201C\u201D\u3002\uFF0C".indexOf(c) >= 0) {
        return null;
      }
    }
    return letter && words <= MOST_WORDS ? name : null;
  }

  /** Whether each word begins as in a name: with a capital, a digit, or in a script without. */
  private static boolean isCapitalised(String name) {
    int from = 0;
    while (from < name.length()) {
      int space = name.indexOf(' ', from);
      int to = space < 0 ? name.length() : space;
      if (to > from && Character.isLowerCase(name.charAt(from))) {
        if (from == 0 || !PARTICLES.contains(name.substring(from, to))) {
          return false;
        }
      }
      from = to + 1;
    }
    return true;
  }
}
