package dev.earmark.source;

import dev.earmark.model.ProblemLog;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a source and its name, before anybody knows what it is.
 *
 * <p>Text is decoded once: by its byte order mark, else as UTF-8, else as UTF-16 if every other
 * byte is zero, else in the encoding that {@link EncodingGuess} takes it for; unless somebody said
 * the encoding. Line ends are made {@code \n} and NUL becomes U+FFFD, as WebVTT asks. Safe to share
 * between threads.
 */
public final class RawSource {
  /** The largest source that is read, in bytes. */
  public static final int MAX_BYTES = 256 << 20;

  private static final int HEAD = 16 << 10;

  private final String name;
  private final byte[] bytes;
  private final @Nullable Charset stated;
  private volatile @Nullable EncodingGuess guess;
  private volatile @Nullable String text;
  private volatile @Nullable String head;
  private volatile @Nullable String lowerHead;
  private volatile @Nullable List<String> lines;
  private final Map<Class<?>, Object> looks = new ConcurrentHashMap<>(4);

  /**
   * @param name the file name with its extension, or the last part of an address
   * @param bytes the content; not copied, so it must not change
   */
  public RawSource(String name, byte[] bytes) {
    this(name, bytes, null);
  }

  /**
   * A source of which somebody says the encoding. What its bytes show to be UTF-8 is read as that
   * all the same, so that one word may be said of a whole folder.
   *
   * @param encoding null if nobody does
   */
  public RawSource(String name, byte[] bytes, @Nullable Charset encoding) {
    this.name = name;
    this.bytes = bytes;
    this.stated = encoding;
  }

  /**
   * Says in which encoding the text was read, where that was a guess, and how sure it is; also
   * where the text shows that it was read in a wrong one.
   */
  public void reportEncoding(ProblemLog problems) {
    EncodingGuess guessed = guess;
    if (text != null && isGarbled(text)) {
      problems.warning(
          "encoding-unknown",
          0,
          "much of the file is not text in the encoding it was read in",
          "say which it is in: encoding: NAME in episode.yaml or show.yaml, or --encoding NAME");
    } else if (guessed != null) {
      Charset other = guessed.other();
      String sure = guessed.percent() > 0 ? ", " + guessed.percent() + " % sure" : "";
      String otherwise =
          other == null || other.equals(guessed.charset()) || guessed.percent() > 95
              ? ""
              : " (else " + other.name() + ")";
      problems.notice(
          "encoding-guessed",
          0,
          "the file is not UTF-8",
          "taken for "
              + guessed.charset().name()
              + sure
              + otherwise
              + "; if it reads wrongly, say which it is: encoding: NAME in episode.yaml or"
              + " show.yaml, or --encoding NAME");
    }
    Charset said = stated;
    if (said != null && isUnicode() && !said.name().startsWith("UTF")) {
      problems.notice(
          "encoding-not-needed", 0, "the file is UTF-8, not " + said.name(), "read as UTF-8");
    }
  }

  /** Whether one in ten characters of the beginning stands for bytes that are no character. */
  private static boolean isGarbled(String text) {
    int length = Math.min(text.length(), HEAD);
    int replaced = 0;
    for (int i = 0; i < length; i++) {
      replaced += text.charAt(i) == '\uFFFD' ? 1 : 0;
    }
    return replaced * 10 > length;
  }

  /** Whether the bytes show that they are UTF-8: a mark, or letters that are so in no other. */
  private boolean isUnicode() {
    boolean foreign = false;
    for (int i = 0; i < bytes.length && !foreign; i++) {
      foreign = bytes[i] < 0;
    }
    if (!foreign) {
      return false;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  /** A source made of text. */
  public static RawSource ofText(String name, String text) {
    return new RawSource(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public String name() {
    return name;
  }

  /** The content; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether the name ends with one of these, whatever the case: {@code hasExtension("vtt")}. */
  public boolean hasExtension(String... extensions) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : extensions) {
      if (lower.endsWith("." + extension)) {
        return true;
      }
    }
    return false;
  }

  /** The whole content as text, with no byte order mark, line ends as {@code \n}. */
  public String text() {
    String known = text;
    if (known == null) {
      known = clean(decode(bytes.length));
      text = known;
    }
    return known;
  }

  /** The first 16 KiB or so of the text: enough to recognise a format by. */
  public String head() {
    String known = head;
    if (known == null) {
      known = bytes.length <= HEAD ? text() : clean(decode(HEAD));
      head = known;
    }
    return known;
  }

  /** The {@link #head} in lower case, for signs that are written in either. */
  public String lowerHead() {
    String known = lowerHead;
    if (known == null) {
      known = head().toLowerCase(Locale.ROOT);
      lowerHead = known;
    }
    return known;
  }

  /** The lines of the text, without their ends. */
  public List<String> lines() {
    List<String> known = lines;
    if (known == null) {
      known = linesOf(text());
      lines = known;
    }
    return known;
  }

  /** The lines of a text whose lines end with {@code \n}, without their ends. */
  public static List<String> linesOf(String text) {
    List<String> lines = new ArrayList<>(16 + text.length() / 32);
    int from = 0;
    int end = text.indexOf('\n');
    while (end >= 0) {
      lines.add(text.substring(from, end));
      from = end + 1;
      end = text.indexOf('\n', from);
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return Collections.unmodifiableList(lines);
  }

  /**
   * What a look at this source shows, which several formats share: looked once, then remembered.
   *
   * @param look must not ask this source for a look in turn
   */
  public <T> T look(Class<T> type, Function<RawSource, T> look) {
    return type.cast(looks.computeIfAbsent(type, unused -> look.apply(this)));
  }

  /** What a look showed, if somebody has looked; else null. */
  public <T> @Nullable T looked(Class<T> type) {
    return type.cast(looks.get(type));
  }

  private static String clean(String decoded) {
    String cleaned = decoded;
    if (!cleaned.isEmpty() && cleaned.charAt(0) == '\uFEFF') {
      cleaned = cleaned.substring(1);
    }
    if (cleaned.indexOf('\r') >= 0) {
      cleaned = cleaned.replace("\r\n", "\n").replace('\r', '\n');
    }
    return cleaned.indexOf('\0') >= 0 ? cleaned.replace('\0', '\uFFFD') : cleaned;
  }

  private String decode(int length) {
    if (stated == null) {
      // So are nearly all sources: valid UTF-8, where no byte is replaced. A zero would be of a
      // wider encoding.
      String decoded = new String(bytes, 0, length, StandardCharsets.UTF_8);
      boolean plain = decoded.indexOf('\uFFFD') < 0 && decoded.indexOf('\0') < 0;
      if (plain && escaped(decoded) == null) {
        return decoded;
      }
    }
    Charset said = stated;
    if (said != null && !isUnicode()) {
      return new String(bytes, 0, length, said);
    }
    if (length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
      return new String(bytes, 0, length, StandardCharsets.UTF_16BE);
    }
    if (length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
      return new String(bytes, 0, length, StandardCharsets.UTF_16LE);
    }
    Charset wide = wideCharset(bytes, length);
    if (wide != null) {
      return new String(bytes, 0, length, wide);
    }
    // The head may be cut inside a character: up to three bytes at its end do not count against it.
    int slack = length < bytes.length ? 3 : 0;
    for (int cut = 0; cut <= slack && cut < length; cut++) {
      try {
        String decoded =
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, 0, length - cut))
                .toString();
        Charset escaped = escaped(decoded);
        return escaped == null ? decoded : new String(bytes, 0, length - cut, escaped);
      } catch (CharacterCodingException notUtf8) {
        // One byte less may end at a character.
      }
    }
    return decodeLegacy(length);
  }

  /**
   * Text that is not valid UTF-8 throughout: UTF-8 with a few bad bytes stays UTF-8, with those
   * bytes replaced; otherwise it is in the encoding it is taken for.
   */
  private String decodeLegacy(int length) {
    String lenient = new String(bytes, 0, length, StandardCharsets.UTF_8);
    long bad = lenient.chars().filter(c -> c == 0xFFFD).count();
    long wideGood = lenient.chars().filter(c -> c >= 0x80 && c != 0xFFFD).count();
    if (wideGood > bad) {
      return lenient;
    }
    EncodingGuess known = guess;
    if (known == null) {
      known = EncodingGuess.of(bytes);
      guess = known;
    }
    return new String(bytes, 0, length, known.charset());
  }

  /** The encoding whose escapes (ISO 2022, RFC 1468 and 1557) a text has; null if it has none. */
  private static @Nullable Charset escaped(String decoded) {
    int escape = decoded.indexOf("\u001B$");
    // WebVTT is UTF-8, whatever its bytes look like.
    if (escape < 0 || decoded.startsWith("WEBVTT") || escape + 2 >= decoded.length()) {
      return null;
    }
    char set = decoded.charAt(escape + 2);
    String name = set == ')' ? "ISO-2022-KR" : "@B(".indexOf(set) >= 0 ? "ISO-2022-JP" : "";
    return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : null;
  }

  private static @Nullable Charset wideCharset(byte[] bytes, int length) {
    int pairs = Math.min(length, 2_000) / 2;
    if (pairs < 4) {
      return null;
    }
    int zeroFirst = 0;
    int zeroSecond = 0;
    for (int i = 0; i < pairs; i++) {
      zeroFirst += bytes[2 * i] == 0 ? 1 : 0;
      zeroSecond += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    // Line ends, digits and spaces have a zero byte whatever the script.
    if (zeroFirst > pairs / 10 && zeroSecond * 20 < zeroFirst) {
      return StandardCharsets.UTF_16BE;
    }
    if (zeroSecond > pairs / 10 && zeroFirst * 20 < zeroSecond) {
      return StandardCharsets.UTF_16LE;
    }
    return null;
  }
}
