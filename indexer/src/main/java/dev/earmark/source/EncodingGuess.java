package dev.earmark.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * The likeliest encoding of text that is not Unicode, judged by which letters stand beside which.
 *
 * <p>The statistics are those of Mozilla's detector. It tells the encodings of Cyrillic, Greek,
 * Hebrew, Thai, Chinese, Japanese and Korean apart within a sentence or two; those of Western and
 * Central Europe, Turkish and Arabic it does not; {@link SingleByteGuess} does.
 *
 * @param charset the likeliest
 * @param other the next that reads the text otherwise; null if the detector tells none
 * @param percent how sure that is; 0 if the detector does not say
 */
record EncodingGuess(Charset charset, @Nullable Charset other, int percent) {
  /** More text makes no surer. */
  private static final int SAMPLE = 256 << 10;

  private static final Set<String> TOLD_APART =
      Set.of(
          "WINDOWS-1251",
          "KOI8-R",
          "ISO-8859-5",
          "IBM866",
          "IBM855",
          "WINDOWS-1253",
          "ISO-8859-7",
          "WINDOWS-1255",
          "TIS620",
          "SHIFT_JIS",
          "EUC-JP",
          "EUC-KR",
          "EUC-TW",
          "BIG5",
          "GB18030",
          "ISO-2022-JP",
          "ISO-2022-KR",
          "HZ-GB-2312");

  /** The encodings of scripts whose words have no Latin letters in them. */
  private static final Set<String> WITHOUT_LATIN =
      Set.of(
          "WINDOWS-1251",
          "KOI8-R",
          "ISO-8859-5",
          "IBM866",
          "IBM855",
          "WINDOWS-1253",
          "ISO-8859-7",
          "WINDOWS-1255",
          "TIS620");

  static EncodingGuess of(byte[] bytes) {
    UniversalDetector detector = new UniversalDetector();
    int fed = 0;
    int from = 0;
    // Only lines that have such letters say something; in a large file they may come late.
    while (from < bytes.length && fed < SAMPLE) {
      int end = from;
      boolean foreign = false;
      while (end < bytes.length && bytes[end] != '\n') {
        foreign |= bytes[end] < 0;
        end++;
      }
      if (foreign) {
        int length = Math.min(SAMPLE - fed, Math.min(bytes.length, end + 1) - from);
        detector.handleData(bytes, from, length);
        fed += length;
      }
      from = end + 1;
    }
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    SingleByteGuess.Guess guess = SingleByteGuess.of(bytes);
    boolean latin = name != null && WITHOUT_LATIN.contains(name) && mixesLetters(bytes);
    if (name != null && TOLD_APART.contains(name) && !latin && !SingleByteGuess.isArabic(guess)) {
      return new EncodingGuess(charset(name), null, 0);
    }
    return new EncodingGuess(guess.charset(), guess.other(), guess.percent());
  }

  /** Whether most words with letters beyond ASCII have some of ASCII, too, as in Latin scripts. */
  private static boolean mixesLetters(byte[] bytes) {
    int mixed = 0;
    int words = 0;
    boolean latin = false;
    boolean foreign = false;
    for (int i = 0; i <= Math.min(bytes.length, SAMPLE); i++) {
      byte b = i < bytes.length ? bytes[i] : (byte) ' ';
      boolean letter = (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
      if (letter || b < 0) {
        latin |= letter;
        foreign |= b < 0;
        continue;
      }
      words += foreign ? 1 : 0;
      mixed += foreign && latin ? 1 : 0;
      latin = false;
      foreign = false;
    }
    return mixed * 2 > words;
  }

  private static Charset charset(String name) {
    return switch (name) {
      // The names that other programs give these: wider than the standards, as files are.
      case "SHIFT_JIS" -> named("windows-31j");
      case "EUC-KR" -> named("x-windows-949");
      case "TIS620" -> named("x-windows-874");
      case "ISO-8859-7" -> named("windows-1253");
      default -> named(name);
    };
  }

  private static Charset named(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
