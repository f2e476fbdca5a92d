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
 *   <li>{@code C++}, {@code C#} and {@code F#} keep their signs, {@code .NET} its stop;
 *   <li>a sign of per cent or a currency beside a number is a word: {@code 10 %} is two, as said;
 *   <li>what is elided is a word of its own: {@code l'école} is {@code l} and {@code école};
 *   <li>an emoji is a word.
 * </ul>
 *
 * <p>Folding removes what people type differently: case, accents, full width, apostrophes, grouping
 * marks, the marks between spelled letters, points of Hebrew and Arabic and variants of Arabic
 * letters; all digits become ASCII. It never merges different letters of scripts whose marks are
 * letters. Where folding would make another word, the mark stays: {@code U.S.} is not {@code us},
 * and {@code James's} is a form of {@code James}.
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
      char first = text.charAt(at);
      if (first < NO_WORD.length && NO_WORD[first]) {
        at++;
        continue;
      }
      int type = typeAt(text, at);
      if (type == NONE && first == '.' && beginsName(text, at)) {
        type = LETTER;
        at++;
      } else if (type == NONE && isUnit(text, at)) {
        type = ALONE;
      }
      at += width(text, at);
      if (type == NONE || type == MARK) {
        continue;
      }
      at = type == ALONE ? endOfAlone(text, start, at) : endOfRun(text, start, at, type);
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = start;
      ends[count++] = at;
    }
    return new Words(text, starts, ends, count);
  }

  /** Whether a text has a word: whether {@link #of} finds any, which is seldom gone through for. */
  public static boolean areIn(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && typeOfAscii(c) != NONE) {
        return true;
      }
    }
    return of(text).count > 0;
  }

  private static final int NONE = 0;
  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int ALONE = 3;
  private static final int MARK = 4;

  /** Which characters of ASCII are in no word, whatever stands beside them. */
  private static final boolean[] NO_WORD = new boolean[128];

  static {
    for (char c = 0; c < NO_WORD.length; c++) {
      NO_WORD[c] = typeAt(String.valueOf(c), 0) == NONE && ".%$".indexOf(c) < 0;
    }
  }

  private static int width(CharSequence text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? Character.charCount(Character.codePointAt(text, at))
        : 1;
  }

  private static int typeAt(CharSequence text, int at) {
    char c = text.charAt(at);
    if (c < 0x80) {
      return typeOfAscii(c);
    }
    return isSaraAm(text, at) ? ALONE : typeOf(Character.codePointAt(text, at));
  }

  private static int typeOfAscii(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return LETTER;
    }
    return c >= '0' && c <= '9' ? DIGIT : NONE;
  }

  private static int typeOf(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER ->
          isVoicing(codePoint) ? MARK : isUnspaced(codePoint) ? ALONE : LETTER;
      case Character.OTHER_SYMBOL -> isEmoji(codePoint) ? ALONE : NONE;
      case Character.MODIFIER_SYMBOL -> Character.isEmojiModifier(codePoint) ? MARK : NONE;
      case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER -> DIGIT;
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          MARK;
      default -> NONE;
    };
  }

  /** The marks of half-width kana are letters to Unicode. */
  private static boolean isVoicing(int codePoint) {
    return codePoint == 0xFF9E || codePoint == 0xFF9F;
  }

  private static boolean isUnspaced(int codePoint) {
    if (codePoint < 0x0E00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
      // The long-vowel mark is common to both kana; alone it is a word of its own in neither.
      default -> codePoint == 0x30FC || codePoint == 0xFF70;
    };
  }

  /** Signs of trade and the like are pictographs to Unicode, but nobody takes them for one. */
  private static boolean isEmoji(int codePoint) {
    return codePoint >= 0x203C && codePoint != 0x2122 && Character.isEmoji(codePoint);
  }

  private static int endOfAlone(CharSequence text, int start, int at) {
    if (text.charAt(start) == NIKHAHIT || text.charAt(start) == NIGGAHITA) {
      // Sara am in two characters.
      return endOfMarks(text, Math.min(text.length(), at + 1));
    }
    int end = endOfMarks(text, at);
    boolean longVowel =
        end < text.length()
            && isLongVowel(text.charAt(end))
            && (end + 1 == text.length() || !isKatakana(text.charAt(end + 1)))
            && start >= 2
            && isKatakana(text.charAt(start))
            && !isLongVowel(text.charAt(start))
            && isKatakana(text.charAt(start - 1))
            && isKatakana(text.charAt(start - 2));
    return longVowel ? end + 1 : end;
  }

  private static int endOfMarks(CharSequence text, int at) {
    while (at < text.length()
        && text.charAt(at) >= 0x80
        && typeAt(text, at) == MARK
        && !isSaraAm(text, at)) {
      at += width(text, at);
    }
    return at;
  }

  /** Whether a sign of per cent or of a currency stands beside a number. */
  private static boolean isUnit(CharSequence text, int at) {
    char c = text.charAt(at);
    boolean percent = c == '%' || c == '\uFF05' || c == '\u066A';
    if (!percent && Character.getType(c) != Character.CURRENCY_SYMBOL) {
      return false;
    }
    int before = at - 1;
    boolean open = before < 0 || typeAt(text, before) == NONE;
    if (before > 0 && Character.isSpaceChar(text.charAt(before))) {
      before--;
    }
    boolean behind = before >= 0 && typeAt(text, before) == DIGIT;
    boolean ahead = at + 1 < text.length() && typeAt(text, at + 1) == DIGIT;
    // A sign and digits inside a word are an escape of the web: %20.
    return behind || (ahead && (open || !percent));
  }

  private static final char NIKHAHIT = '\u0E4D';
  private static final char NIGGAHITA = '\u0ECD';

  /** Whether the two characters here are what Thai and Lao also write in one, sara am. */
  private static boolean isSaraAm(CharSequence text, int at) {
    char c = text.charAt(at);
    return at + 1 < text.length()
        && ((c == NIKHAHIT && text.charAt(at + 1) == '\u0E32')
            || (c == NIGGAHITA && text.charAt(at + 1) == '\u0EB2'));
  }

  private static boolean isKatakana(char c) {
    return (c >= '\u30A1' && c <= '\u30FC') || (c >= '\uFF66' && c <= '\uFF9F');
  }

  private static boolean isLongVowel(char c) {
    return c == '\u30FC' || c == '\uFF70';
  }

  private static int endOfRun(CharSequence text, int start, int at, int type) {
    int length = text.length();
    while (at < length) {
      char c = text.charAt(at);
      boolean ascii = c < 0x80;
      int next = ascii ? typeOfAscii(c) : typeAt(text, at);
      if (ascii && next == type) {
        // Most characters there are.
        at++;
      } else if (next == type || next == MARK) {
        at += width(text, at);
      } else if (next == NONE
          && at + 1 < length
          && joins(text, at, type)
          && typeAt(text, at + 1) == type) {
        if (type == LETTER && Elision.ends(text, start, at)) {
          return at;
        }
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

  private static boolean joins(CharSequence text, int at, int type) {
    char c = text.charAt(at);
    return type == LETTER
        ? isApostrophe(c) || isGershayim(text, at)
        : c == '.' || c == ',' || c == '\u066B' || c == '\u066C';
  }

  /** Whether a mark stands between letters of a Hebrew abbreviation. */
  private static boolean isGershayim(CharSequence text, int at) {
    char c = text.charAt(at);
    return c == '\u05F3'
        || c == '\u05F4'
        || (c == '"' && at > 0 && isHebrew(text.charAt(at - 1)) && isHebrew(text.charAt(at + 1)));
  }

  private static boolean isHebrew(char c) {
    return c >= '\u05D0' && c <= '\u05EA';
  }

  /**
   * Whether a stop begins a name such as {@code .NET}: behind a blank, all small or all capital.
   */
  private static boolean beginsName(CharSequence text, int stop) {
    if (stop > 0 && !Character.isWhitespace(text.charAt(stop - 1))) {
      return false;
    }
    int at = stop + 1;
    int capitals = 0;
    while (at < text.length() && typeAt(text, at) == LETTER) {
      capitals += Character.isUpperCase(text.charAt(at)) ? 1 : 0;
      at++;
    }
    int letters = at - stop - 1;
    return letters > 1 && (capitals == 0 || capitals == letters);
  }

  /** Whether a character is an apostrophe, straight, curly or wide. */
  public static boolean isApostrophe(char c) {
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

  /**
   * After a single letter: the end of {@code ++} or {@code #}, unless letters follow. Digits may:
   * {@code C++17}.
   */
  private static int endOfSigns(CharSequence text, int at) {
    int end = at;
    if (at + 1 < text.length() && text.charAt(at) == '+' && text.charAt(at + 1) == '+') {
      end = at + 2;
    } else if (at < text.length() && text.charAt(at) == '#') {
      end = at + 1;
    }
    int next = end == text.length() ? NONE : typeAt(text, end);
    return next == NONE || next == DIGIT ? end : at;
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
    if (isPlain(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    Words words = of(text);
    return words.count == 0
        ? text.strip().toLowerCase(Locale.ROOT)
        : String.join(" ", words.folded());
  }

  /**
   * Whether a text is nothing but letters of ASCII, capitals only at the beginnings of words, with
   * one space between words.
   */
  private static boolean isPlain(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean small = c >= 'a' && c <= 'z';
      if (!small && (before == ' ' ? c < 'A' || c > 'Z' : c != ' ')) {
        return false;
      }
      before = c;
    }
    return before != ' ';
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
      if (isApostrophe(c) && isPossessiveAfterS(text, i, end)) {
        folded[length++] = '\'';
        continue;
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
    return Initials.apart(text, start, end, new String(folded, 0, length));
  }

  /** Whether an s and an apostrophe stand before the last s of a word: {@code James's}. */
  private static boolean isPossessiveAfterS(CharSequence text, int apostrophe, int end) {
    return apostrophe + 2 == end
        && apostrophe > 0
        && (text.charAt(apostrophe + 1) | 0x20) == 's'
        && (text.charAt(apostrophe - 1) | 0x20) == 's';
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
    if (word.length() > 1 && isLongVowel(word.charAt(word.length() - 1))) {
      // Written and left out alike at the end of longer words.
      return foldUnicode(word.substring(0, word.length() - 1));
    }
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
      if (c < 0x10000 && isApostrophe((char) c)) {
        if (isPossessiveAfterS(decomposed, i - 1, decomposed.length())) {
          folded.append('\'');
        }
        continue;
      }
      c = ScriptFolding.fold(decomposed, i - Character.charCount(c), c);
      if (c == ScriptFolding.DROPPED) {
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
