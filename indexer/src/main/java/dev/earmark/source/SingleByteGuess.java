package dev.earmark.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Tells the single-byte encodings of Western, Central and Eastern Europe, of Turkish and of Arabic
 * apart, by the letters that the languages written in them have beside the 26 of English.
 *
 * <p>Each language is a model of one letter: how often each of its own letters comes among them.
 * The text is read in each encoding of the language, and the likeliest pair of language and
 * encoding wins (naive Bayes, as in Cavnar and Trenkle's and in ICU's detectors, of single
 * letters). A letter that the language does not have, a sign inside a word and a control character
 * cost much; what is the same in all costs nothing.
 *
 * <p>The percentage is the share of the winner in what all encodings that read the text otherwise
 * have. Letters of one text depend on each other, so each counts half.
 */
final class SingleByteGuess {
  private static final double STRANGE = Math.log(0.0004);
  private static final double SIGN_IN_WORD = Math.log(0.0002);
  private static final double CONTROL = Math.log(0.00001);
  private static final double NEUTRAL = Math.log(0.02);
  private static final double SHARE_OF_A_LETTER = 0.5;

  private static final char FIRST_NOT_LATIN = '\u0370';

  /** No more says more. */
  private static final int SAMPLE = 32 << 10;

  /**
   * A language.
   *
   * @param letters its letters beyond those of English, each with its weight among them
   * @param encodings in which it was written, the commonest first
   */
  private record Language(Map<Character, Double> letters, List<Charset> encodings) {}

  private static final List<Language> LANGUAGES = new ArrayList<>();

  private static void language(String encodings, String letters) {
    Map<Character, Double> weights = new HashMap<>();
    double sum = 0;
    String[] parts = letters.split(" ");
    for (String part : parts) {
      sum += Double.parseDouble(part.substring(1));
    }
    for (String part : parts) {
      weights.put(part.charAt(0), Math.log(0.97 * Double.parseDouble(part.substring(1)) / sum));
    }
    List<Charset> charsets = new ArrayList<>();
    for (String name : encodings.split(" ")) {
      if (Charset.isSupported(name)) {
        charsets.add(Charset.forName(name));
      }
    }
    LANGUAGES.add(new Language(weights, charsets));
  }

  static {
    String western = "windows-1252 IBM850 x-MacRoman";
    String central = "windows-1250 ISO-8859-2 IBM852";
    // French, German, Spanish, Portuguese, Italian.
    language(western, "é55 à14 è10 ê8 ç5 ù2 ô3 î2 û2 â2 œ2 ï1 ë1");
    language(western, "ü30 ä30 ö15 ß12");
    language(western, "ó27 á21 í24 é14 ñ10 ú6 ü1 ¿4 ¡2");
    language(western, "ã24 ç17 á14 é14 ó9 ê9 í9 õ6 ú4 à4 â3 ô3");
    language(western, "è30 à30 ù12 ò16 ì8 é6");
    // Swedish and Finnish, Danish and Norwegian, Icelandic, Dutch, Catalan, Albanian, Estonian.
    language(western, "ä45 å30 ö30 é1");
    language(western, "ø32 å38 æ28 é2");
    language(western, "á18 ð22 í16 ó10 é9 þ12 ú6 ö8 ý3 æ7");
    language(western, "ë35 é35 ï15 è8 ö3 ü3");
    language(western, "à26 é22 ó18 è16 í10 ç6 ú5 ò4 ï3 ü2");
    language(western, "ë88 ç12");
    language(western, "ä32 õ30 ü22 ö10 š1 ž1");
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Bosnian, Slovene.
    language(central, "ł21 ą14 ę15 ó11 ż11 ś9 ć6 ń3 ź1");
    language(central, "í21 á16 ě11 é9 ř9 š7 č7 ž7 ý7 ů5 ú2 ť1 ď1 ň1 ó1");
    language(central, "á21 í14 é11 č13 ž12 š9 ý11 ú10 ľ4 ť7 ô2 ň2 ä1 ď2 ó1 ŕ1 ĺ1");
    language(central, "á34 é32 ó10 ö11 ő9 ü6 í6 ú2 ű2");
    language("windows-1250 ISO-8859-2 ISO-8859-16", "ă34 î17 ț20 ţ20 ș20 ş20 â14");
    language(central, "š24 č26 ž16 ć20 đ8");
    language(central, "č34 š32 ž22");
    // Turkish, Azerbaijani; Lithuanian; Latvian.
    language("windows-1254 ISO-8859-9", "ı37 ü16 ş13 ç9 ğ9 ö7 İ5 â1 î1");
    language("windows-1257 ISO-8859-13", "ė18 š14 ž10 ų15 į8 ū6 č5 ą9 ę4");
    language("windows-1257 ISO-8859-13", "ā38 ī18 ē17 š10 ū6 ņ6 ļ5 ž3 č3 ķ3 ģ2");
    // Arabic, Persian, Urdu.
    language(
        "windows-1256 ISO-8859-6",
        "ا130 ل115 ي70 م60 و58 ن58 ر44 ت42 ب36 ع34 ه30 د28 س26 ف28 ك22 ق24 ح20 أ22 ج14 ش12 ط10 خ9"
            + " ص10 ض7 ى9 ذ9 ث7 ئ4 غ5 ة32 ظ3 ء5 إ9 ؤ2 آ2 ،8 ؟2 ـ1 ً3 ُ1 َ1 ِ1 ّ2 ْ1 ٌ1 ٍ1");
    language(
        "windows-1256",
        "ا140 ي70 ر70 ن65 د62 ه55 م52 و55 ت42 ب36 س34 ل28 ز26 ش28 ك35 گ12 خ12 ع10 ف10 ق9 ج9 پ9 چ6"
            + " ح7 ط4 ص4 غ3 ض2 ذ2 ث1 ظ1 آ10 ئ2 أ1 ژ1 ،8 ؟2 ک35 ی70");
  }

  static {
    // Russian, Greek, Hebrew: the detector knows these well, but takes Arabic for them now and
    // then.
    language(
        "windows-1251 KOI8-R IBM866 ISO-8859-5",
        "о109 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14"
            + " й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ1 ё1 і3 ї1 є1 №1");
    language(
        "windows-1253",
        "α90 ο80 ι75 τ75 ε70 ν60 σ45 ρ42 η40 κ40 π38 υ38 ς36 μ33 λ26 ω18 γ17 δ17 χ12 θ11 φ8 ά20"
            + " ό18 ί20 έ18 ή14 ύ10 ώ10 β7 ξ5 ζ4 ψ2 ϊ1");
    language(
        "windows-1255",
        "י110 ו105 ה90 ל72 א65 ר57 ת52 ב50 ש46 מ46 נ36 ם32 ע32 ד28 ח25 ק22 ט13 פ20 ג13 ן15 כ22 ז12"
            + " צ11 ס16 ך8 ף3 ץ2");
  }

  /**
   * What was found.
   *
   * @param charset the likeliest
   * @param other the next that reads the text otherwise; the same if there is none
   * @param percent how sure that is, 50 to 99
   */
  record Guess(Charset charset, Charset other, int percent) {}

  private static final List<String> ARABIC = List.of("windows-1256", "ISO-8859-6");

  private SingleByteGuess() {}

  /** Whether the bytes are Arabic beyond doubt. */
  static boolean isArabic(Guess guess) {
    return ARABIC.contains(guess.charset().name()) && guess.percent() > 90;
  }

  /** The likeliest encoding of bytes of which some are no ASCII. */
  static Guess of(byte[] bytes) {
    byte[] sample = sample(bytes);
    Map<Charset, Double> scores = new HashMap<>();
    Map<Charset, String> texts = new HashMap<>();
    for (Language language : LANGUAGES) {
      int rank = 0;
      for (Charset charset : language.encodings()) {
        String text = texts.computeIfAbsent(charset, key -> decoded(sample, key));
        // The commoner encoding of a language, where both read the same.
        double score = score(text, language.letters()) - 0.5 * rank++;
        scores.merge(charset, score, Math::max);
      }
    }
    Charset best = Charset.forName("windows-1252");
    double most = scores.getOrDefault(best, Double.NEGATIVE_INFINITY);
    for (Map.Entry<Charset, Double> entry : scores.entrySet()) {
      if (entry.getValue() > most + 1e-9) {
        best = entry.getKey();
        most = entry.getValue();
      }
    }
    Charset other = best;
    double next = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Charset, Double> entry : scores.entrySet()) {
      boolean otherwise = !Objects.equals(texts.get(entry.getKey()), texts.get(best));
      if (otherwise && entry.getValue() > next) {
        other = entry.getKey();
        next = entry.getValue();
      }
    }
    double odds = SHARE_OF_A_LETTER * (most - next);
    int percent = (int) Math.round(100 / (1 + Math.exp(-odds)));
    return new Guess(best, other, Math.max(50, Math.min(99, percent)));
  }

  private static String decoded(byte[] bytes, Charset charset) {
    CharBuffer text = charset.decode(ByteBuffer.wrap(bytes));
    return text.toString();
  }

  private static double score(String text, Map<Character, Double> letters) {
    double score = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      Double own = letters.get(c);
      boolean upper = own == null && Character.isUpperCase(c);
      if (upper) {
        own = letters.get(Character.toString(c).toLowerCase(Locale.ROOT).charAt(0));
      }
      boolean inWord = isLetter(text, i - 1) && isLetter(text, i + 1);
      if (own != null && c >= FIRST_NOT_LATIN && (isLatin(text, i - 1) || isLatin(text, i + 1))) {
        // No word is of two scripts.
        score += STRANGE;
        continue;
      }
      if (own != null) {
        // A capital in the middle of a word of small letters is one of another encoding.
        boolean odd = upper && i > 0 && Character.isLowerCase(text.charAt(i - 1));
        score += odd ? STRANGE : own;
      } else if (Character.isISOControl(c) || c == '\uFFFD') {
        score += CONTROL;
      } else if (Character.isLetter(c)) {
        score += STRANGE;
      } else {
        score += inWord && c != '\u2019' && c != '\u00AD' ? SIGN_IN_WORD : sign(c);
      }
    }
    return score;
  }

  /** Quotation marks, dashes and the like stand in any text; fractions and boxes in hardly any. */
  private static double sign(char c) {
    boolean usual =
        "\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB\u2013\u2014\u2026\u00A0\u2022\u20AC\u00B0\u00A7\u00A9\u00AE\u2122\u00BF\u00A1"
                .indexOf(c)
            >= 0;
    return usual ? NEUTRAL : STRANGE;
  }

  private static boolean isLatin(String text, int at) {
    return at >= 0
        && at < text.length()
        && (text.charAt(at) | 0x20) >= 'a'
        && (text.charAt(at) | 0x20) <= 'z';
  }

  private static boolean isLetter(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
  }

  /** The stretches about bytes that are no ASCII, bounded. */
  private static byte[] sample(byte[] bytes) {
    byte[] sample = new byte[Math.min(bytes.length, SAMPLE)];
    int length = 0;
    int from = 0;
    while (from < bytes.length && length < sample.length) {
      int end = from;
      boolean foreign = false;
      while (end < bytes.length && bytes[end] != '\n') {
        foreign |= bytes[end++] < 0;
      }
      int copied = foreign ? Math.min(sample.length - length, end - from) : 0;
      System.arraycopy(bytes, from, sample, length, copied);
      length += copied;
      if (copied > 0 && length < sample.length) {
        sample[length++] = '\n';
      }
      from = end + 1;
    }
    return Arrays.copyOf(sample, length);
  }
}
