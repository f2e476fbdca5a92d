package dev.earmark.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Splits a text into words, and folds each for searching.
 *
 * <p>This is the one definition of a word. Positions in the index, times in a {@code TimeMap},
 * queries and alignment all rely on it, so the <em>n</em>-th word is the same everywhere. The rules
 * follow Unicode text segmentation (UAX #29), except:
 *
 * <ul>
 *   <li>letters and digits are separate words: {@code DevNet2} is {@code DevNet}, {@code 2};
 *   <li>an apostrophe between letters is part of the word: {@code don't}; a hyphen never is;
 *   <li>a mark between digits is part of the number: {@code 3.5}, {@code 10,000};
 *   <li>in scripts without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) each character is a word,
 *       so that phrases are found however a reader divides them;
 *   <li>letters that are spelled out, with stops or low lines between, are one word: {@code A.I.}
 *       is said and typed {@code AI};
 *   <li>{@code C++}, {@code C#} and {@code F#} keep their signs.
 * </ul>
 *
 * <p>Folding removes what people type differently: case, accents, full width, apostrophes, grouping
 * marks and the marks between spelled letters. It never merges different letters of scripts whose
 * marks are letters.
 *
 * <p>Immutable and thread-safe.
 */
public final class Words {
  private final CharSequence text;
  private final int[] starts;
  private final int[] ends;
  private final int count;

  private Words(CharSequence text, int[] starts, int[] ends, int count) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    this.count = count;
  }

  /** Splits a text into words; linear in its length. */
  public static Words of(CharSequence text) {
    int[] starts = new int[Math.max(4, text.length() / 5)];
    int[] ends = new int[starts.length];
    int count = 0;
    int at = 0;
    int length = text.length();
    while (at < length) {
      int start = at;
      int type = typeAt(text, at);
      at += width(text, at);
      if (type == NONE || type == MARK) {
        continue;
      }
      at = type == ALONE ? endOfMarks(text, at) : endOfRun(text, start, at, type);
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = start;
      ends[count++] = at;
    }
    return new Words(text, starts, ends, count);
  }

  private static final int NONE = 0;
  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int ALONE = 3;
  private static final int MARK = 4;

  private static int width(CharSequence text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? Character.charCount(Character.codePointAt(text, at))
        : 1;
  }

  private static int typeAt(CharSequence text, int at) {
    char c = text.charAt(at);
    if (c < 0x80) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        return LETTER;
      }
      return c >= '0' && c <= '9' ? DIGIT : NONE;
    }
    return typeOf(Character.codePointAt(text, at));
  }

  private static int typeOf(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER ->
          isUnspaced(codePoint) ? ALONE : LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER -> DIGIT;
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          MARK;
      default -> NONE;
    };
  }

  private static boolean isUnspaced(int codePoint) {
    if (codePoint < 0x0E00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
      // The long-vowel mark is common to both kana; alone it is a word of its own in neither.
      default -> codePoint == 0x30FC;
    };
  }

  private static int endOfMarks(CharSequence text, int at) {
    while (at < text.length() && text.charAt(at) >= 0x80 && typeAt(text, at) == MARK) {
      at += width(text, at);
    }
    return at;
  }

  private static int endOfRun(CharSequence text, int start, int at, int type) {
    int length = text.length();
    while (at < length) {
      int next = typeAt(text, at);
      if (next == type || next == MARK) {
        at += width(text, at);
      } else if (next == NONE
          && at + 1 < length
          && joins(text.charAt(at), type)
          && typeAt(text, at + 1) == type) {
        at++;
      } else {
        break;
      }
    }
    if (type == LETTER && at - start == 1) {
      int end = endOfSpelled(text, at);
      at = end > at ? end : endOfSigns(text, at);
    }
    return at;
  }

  private static boolean joins(char c, int type) {
    return type == LETTER
        ? isApostrophe(c)
        : c == '.' || c == ',' || c == '\u066B' || c == '\u066C';
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '\u2019' || c == '\u2018' || c == '\u02BC' || c == '\uFF07';
  }

  /** After a single letter: the end of the single letters that follow it, each behind a mark. */
  private static int endOfSpelled(CharSequence text, int at) {
    while (at + 1 < text.length() && isSpelling(text.charAt(at)) && isAlone(text, at + 1)) {
      at += 2;
    }
    return at;
  }

  private static boolean isSpelling(char c) {
    return c == '.' || c == '_';
  }

  /** Whether a character is a letter behind which no letter, digit or mark of one follows. */
  private static boolean isAlone(CharSequence text, int at) {
    return width(text, at) == 1
        && typeAt(text, at) == LETTER
        && (at + 1 == text.length() || typeAt(text, at + 1) == NONE);
  }

  /** After a single letter: the end of {@code ++} or {@code #}, unless a word goes on behind it. */
  private static int endOfSigns(CharSequence text, int at) {
    int end = at;
    if (at + 1 < text.length() && text.charAt(at) == '+' && text.charAt(at + 1) == '+') {
      end = at + 2;
    } else if (at < text.length() && text.charAt(at) == '#') {
      end = at + 1;
    }
    boolean goesOn = end < text.length() && typeAt(text, end) != NONE;
    return goesOn ? at : end;
  }

  /** How many words there are. */
  public int count() {
    return count;
  }

  /** The first character of a word. */
  public int start(int word) {
    return starts[checked(word)];
  }

  /** The character after the last of a word. */
  public int end(int word) {
    return ends[checked(word)];
  }

  private int checked(int word) {
    if (word < 0 || word >= count) {
      throw new IndexOutOfBoundsException("word must be 0 to " + (count - 1) + ", got " + word);
    }
    return word;
  }

  /** A word as it stands in the text. */
  public String word(int word) {
    return text.subSequence(start(word), end(word)).toString();
  }

  /** A word as it is searched. */
  public String folded(int word) {
    return foldWord(text, start(word), end(word));
  }

  /** All words as they are searched, in order. */
  public String[] folded() {
    String[] all = new String[count];
    for (int i = 0; i < count; i++) {
      all[i] = folded(i);
    }
    return all;
  }

  /** The first word that ends after the character; {@link #count()} if there is none. */
  public int firstWordFrom(int character) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > character) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * A name or value as it is compared: its folded words with one space between, or, if it has no
   * word at all, the text in lower case.
   */
  public static String fold(String text) {
    Words words = of(text);
    return words.count == 0
        ? text.strip().toLowerCase(Locale.ROOT)
        : String.join(" ", words.folded());
  }

  private static String foldWord(CharSequence text, int start, int end) {
    int asItIs = start;
    while (asItIs < end && isFolded(text.charAt(asItIs))) {
      asItIs++;
    }
    if (asItIs == end) {
      return text.subSequence(start, end).toString();
    }
    char[] folded = new char[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && !isApostrophe(c)) {
        return foldUnicode(text.subSequence(start, end).toString());
      }
      if (c >= 'A' && c <= 'Z') {
        folded[length++] = (char) (c + ('a' - 'A'));
      } else if (c == ',') {
        if (!groups(text, i, end)) {
          folded[length++] = '.';
        }
      } else if (!isApostrophe(c) && !(isSpelling(c) && length > 0 && folded[length - 1] > '9')) {
        folded[length++] = c;
      }
    }
    return new String(folded, 0, length);
  }

  /** Whether a character of a word stays what it is, as most do. */
  private static boolean isFolded(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /**
   * Whether a comma in a number groups thousands, as in {@code 10,000}, rather than mark decimals.
   */
  private static boolean groups(CharSequence text, int comma, int end) {
    int digits = 0;
    for (int i = comma + 1; i < end && Character.isDigit(text.charAt(i)); i++) {
      digits++;
    }
    return digits == 3;
  }

  private static String foldUnicode(String word) {
    String decomposed = Normalizer.normalize(word, Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(decomposed.length());
    boolean recompose = false;
    int base = 0;
    for (int i = 0; i < decomposed.length(); ) {
      int c = decomposed.codePointAt(i);
      i += Character.charCount(c);
      if (c >= 0x300 && c <= 0x36F) {
        // Cyrillic short i is a letter of its own, not an accented one.
        if (c == 0x306 && (base == 0x438 || base == 0x418)) {
          folded.appendCodePoint(c);
          recompose = true;
        }
        continue;
      }
      base = c;
      if (Character.getType(c) == Character.FORMAT
          || (c >= 0x64B && c <= 0x652)
          || c == 0x640
          || (c < 0x10000 && isApostrophe((char) c))) {
        continue;
      }
      recompose |= c > 0x36F;
      switch (c) {
        case 0xDF, 0x1E9E -> folded.append("ss");
        case 0xE6, 0xC6 -> folded.append("ae");
        case 0x153, 0x152 -> folded.append("oe");
        case 0xF8, 0xD8 -> folded.append('o');
        case 0x111, 0x110, 0xF0, 0xD0 -> folded.append('d');
        case 0xFE, 0xDE -> folded.append("th");
        case 0x142, 0x141 -> folded.append('l');
        case 0x131 -> folded.append('i');
        case 0x3C2 -> folded.append('\u03C3');
        case ',' -> {
          if (!groups(decomposed, i - 1, decomposed.length())) {
            folded.append('.');
          }
        }
        case '.', '_' -> {
          if (!folded.isEmpty() && !Character.isLetter(folded.codePointBefore(folded.length()))) {
            folded.appendCodePoint(c);
          }
        }
        default -> folded.appendCodePoint(Character.toLowerCase(c));
      }
    }
    String result = folded.toString();
    return recompose ? Normalizer.normalize(result, Normalizer.Form.NFC) : result;
  }
}
