package dev.earmark.source.head;

import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.time.CaptionTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be a speaker's name at the head of a line of a caption.
 *
 * <p>One line does not tell; {@code form} and {@code likely} say how much proof the rest of the
 * source must give.
 *
 * @param name the name, with no mark, role or title about it
 * @param key by this two ways of writing one name are the same
 * @param from where the head starts, marks such as {@code >>} included
 * @param end where the words start
 * @param form how the name is set apart from the words
 * @param likely whether it is written as names are
 * @param certain whether it is a name whatever the rest of the source looks like
 */
public record CaptionHead(
    String name, String key, int from, int end, Form form, boolean likely, boolean certain) {

  /** How a name is set apart from the words. */
  public enum Form {
    /** {@code Name: words}. */
    COLON,
    /** {@code [Name] words}. */
    BRACKET,
    /** {@code Name – words}, {@code Name | words}, {@code Name> words}. */
    DASH,
    /** The name on a line of its own, the words below. */
    ALONE
  }

  private static final int LONGEST = 90;
  private static final int LONGEST_ALONE = 45;
  private static final String LABEL = "SPEAKER_";
  private static final String OPEN = "[(<{【（［";

  /** What may stand before a caption, or a line of it, of somebody else. */
  private static final CharacterSet MARKS = CharacterSet.of("-\u2010\u2013\u2014\u2022");

  private static final CharacterSet SENTENCE_ENDS = CharacterSet.of("?!;。");
  private static final CharacterSet CLAUSE_ENDS = CharacterSet.of("?!;:.,。");

  /** What stands in brackets and is a sound, or the way something is said. Lower case. */
  private static final Set<String> SOUNDS =
      Set.of(
          ("music laughter laughs laughing applause cheering cheers clapping silence inaudible"
                  + " unintelligible crosstalk noise coughs sighs gasps beep static pause chuckles"
                  + " indistinct singing crying screaming whispering whispers phone ringing"
                  + " musik musique música musica applaus applausi rires risas risate gelächter"
                  + " музыка смех аплодисменты 音楽 拍手 笑 掌声 音乐 笑声 blank_audio foreign")
              .split(" "));

  /**
   * The head of the line that starts at a character of a text, or null.
   *
   * @param alone whether a name may stand on a line of its own here
   */
  public static @Nullable CaptionHead at(String text, int lineStart, boolean alone) {
    int lineEnd = text.indexOf('\n', lineStart);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    int from = afterMarks(text, lineStart, lineEnd);
    if (from >= lineEnd) {
      return null;
    }
    CaptionHead head = bracket(text, lineStart, from, lineEnd);
    if (head == null && text.startsWith(LABEL, from)) {
      head = label(text, lineStart, from, lineEnd);
    }
    int limit = Math.min(lineEnd, from + LONGEST);
    int mark = head == null ? firstMark(text, from + 1, limit) : limit;
    if (mark < limit) {
      head = colon(text, lineStart, from, mark, limit);
      if (head == null) {
        head = dash(text, lineStart, from, mark, limit);
      }
    }
    if (head == null && alone && lineEnd < text.length() && lineEnd - from <= LONGEST_ALONE) {
      head = named(text, lineStart, from, lineEnd, lineEnd + 1, Form.ALONE);
    }
    return head;
  }

  /** Whether the first line of a text is one of several, and short enough for a name. */
  public static boolean mayStandAlone(String text) {
    int lineEnd = text.indexOf('\n');
    return lineEnd > 0 && lineEnd - afterMarks(text, 0, lineEnd) <= LONGEST_ALONE;
  }

  /** Whether the first line of a text may be a label of a tool, all of which have a number. */
  public static boolean mayBeLabel(String text) {
    int lineEnd = text.indexOf('\n');
    for (int i = 0; i < Math.min(lineEnd, LONGEST); i++) {
      if (CaptionTime.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The first character behind marks of a change of speaker and of direction of writing. */
  public static int afterMarks(String text, int from, int to) {
    int at = from;
    int signs = 0;
    while (at < to) {
      char c = text.charAt(at);
      boolean sign = c == '>' || c == '\uFF1E';
      boolean dash = signs == 0 && MARKS.has(c);
      if (sign || dash) {
        signs++;
      } else if (!Character.isWhitespace(c) && !LineHead.isDirection(c)) {
        break;
      }
      if (signs > 3) {
        break;
      }
      at++;
    }
    return at;
  }

  /** {@code SPEAKER_01 words}: no colon is needed behind what no sentence has. */
  private static @Nullable CaptionHead label(String text, int start, int from, int lineEnd) {
    int end = from + LABEL.length();
    while (end < lineEnd && Character.isDigit(text.charAt(end))) {
      end++;
    }
    boolean apart = end < lineEnd && text.charAt(end) == ' ';
    return apart && end > from + LABEL.length()
        ? named(text, start, from, end, end + 1, Form.BRACKET)
        : null;
  }

  private static @Nullable CaptionHead bracket(String text, int start, int from, int lineEnd) {
    char first = text.charAt(from);
    int kind = Character.isLetter(first) ? -1 : OPEN.indexOf(first);
    if (kind < 0) {
      return null;
    }
    char close = "])>}】）］".charAt(kind);
    int end = text.indexOf(close, from, Math.min(lineEnd, from + LONGEST + 1));
    if (end < 0) {
      return null;
    }
    int behind = end + 1;
    boolean colon = behind < lineEnd && isColon(text.charAt(behind));
    String inside = text.substring(from + 1, end).strip();
    if (isSound(inside)) {
      return null;
    }
    return named(
        text, start, from + 1, end, colon ? behind + 1 : behind, colon ? Form.COLON : Form.BRACKET);
  }

  static boolean isSound(String inside) {
    for (String word : inside.toLowerCase(java.util.Locale.ROOT).split("[^\\p{L}_]+")) {
      if (SOUNDS.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Which characters of ASCII neither end a name nor a sentence. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = c != '\t' && "?!;:.,-|/>".indexOf(c) < 0;
    }
  }

  /** The first character that may end a name or a sentence: most lines of captions have none. */
  private static int firstMark(String text, int from, int limit) {
    int at = from;
    while (at < limit) {
      char c = text.charAt(at);
      if (c < PLAIN.length ? !PLAIN[c] : !Character.isLetter(c)) {
        return at;
      }
      at++;
    }
    return limit;
  }

  private static @Nullable CaptionHead colon(
      String text, int start, int from, int first, int limit) {
    for (int i = first; i < limit; i++) {
      char c = text.charAt(i);
      if (isColon(c)) {
        boolean apart =
            c != ':'
                || i + 1 == text.length()
                || Character.isWhitespace(text.charAt(i + 1))
                || LineHead.isDirection(text.charAt(i + 1));
        // A time in brackets behind a name has colons of its own.
        boolean inside = isInside(text, from, i, '[', ']') || isInside(text, from, i, '(', ')');
        if (!apart && !inside) {
          return null;
        }
        if (apart && !inside) {
          return named(text, start, from, i, i + 1, Form.COLON);
        }
      }
      if (SENTENCE_ENDS.has(c)) {
        return null;
      }
    }
    return null;
  }

  /** Whether a bracket that opens behind a character is still open at another. */
  private static boolean isInside(String text, int from, int at, char open, char close) {
    for (int i = at; i > from; i--) {
      char c = text.charAt(i);
      if (c == open || c == close) {
        return c == open;
      }
    }
    return false;
  }

  private static @Nullable CaptionHead dash(
      String text, int start, int from, int first, int limit) {
    for (int i = first; i + 1 < limit; i++) {
      char c = text.charAt(i);
      if (c < PLAIN.length ? PLAIN[c] : Character.isLetterOrDigit(c)) {
        continue;
      }
      boolean spaced = text.charAt(i - 1) == ' ' && text.charAt(i + 1) == ' ';
      boolean mark = (spaced && "-\u2013\u2014|/".indexOf(c) >= 0) || c == '\t';
      mark |= (c == '>' || c == '|') && text.charAt(i + 1) == ' ';
      if (mark) {
        return named(text, start, from, i, i + 1, Form.DASH);
      }
      if (CLAUSE_ENDS.has(c)) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable CaptionHead named(
      String text, int start, int from, int to, int behind, Form form) {
    String written = LineHead.withoutDirection(text.substring(from, to));
    String name = SpeakerName.of(written);
    if (name == null) {
      return null;
    }
    int end = behind;
    while (end < text.length()
        && (Character.isWhitespace(text.charAt(end)) || LineHead.isDirection(text.charAt(end)))) {
      end++;
    }
    if (end == text.length()) {
      return null;
    }
    boolean label = SpeakerName.isLabel(name);
    boolean bracketed = from > 0 && form == Form.COLON && OPEN.indexOf(text.charAt(from - 1)) >= 0;
    boolean likely = SpeakerName.looksLikeName(name) && !isList(written);
    boolean certain = (label && form != Form.DASH) || (bracketed && likely);
    return new CaptionHead(name, SpeakerName.key(name), start, end, form, likely, certain);
  }

  /** Whether names, or words, are listed rather than one name given last name first. */
  private static boolean isList(String written) {
    return written.indexOf(',') > 0 && !SpeakerName.isTitled(written);
  }

  private static boolean isColon(char c) {
    return c == ':' || c == '\uFF1A' || c == '\uFE55';
  }
}
