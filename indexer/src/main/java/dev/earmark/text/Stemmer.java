package dev.earmark.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArabicStemmer;
import org.tartarus.snowball.ext.ArmenianStemmer;
import org.tartarus.snowball.ext.BasqueStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.EstonianStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.GreekStemmer;
import org.tartarus.snowball.ext.HindiStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.IndonesianStemmer;
import org.tartarus.snowball.ext.IrishStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.LithuanianStemmer;
import org.tartarus.snowball.ext.NepaliStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;
import org.tartarus.snowball.ext.YiddishStemmer;

/**
 * Reduces folded words of one language to stems (Snowball, M. F. Porter; Korean by {@link
 * KoreanParticles}).
 *
 * <p>All stemmers of a language share a cache of {@value #REMEMBERED} slots: speech uses few words
 * often. A word has one slot, and loses it to the next word with the same slot. A stemmer is not
 * thread-safe; {@link #forLanguage} gives each caller its own.
 */
public final class Stemmer {
  static final int REMEMBERED = 1 << 16;

  private static final Map<String, Supplier<SnowballStemmer>> LANGUAGES =
      Map.ofEntries(
          Map.entry("en", EnglishStemmer::new),
          Map.entry("de", GermanStemmer::new),
          Map.entry("fr", FrenchStemmer::new),
          Map.entry("es", SpanishStemmer::new),
          Map.entry("pt", PortugueseStemmer::new),
          Map.entry("it", ItalianStemmer::new),
          Map.entry("nl", DutchStemmer::new),
          Map.entry("ru", RussianStemmer::new),
          Map.entry("sv", SwedishStemmer::new),
          Map.entry("da", DanishStemmer::new),
          Map.entry("no", NorwegianStemmer::new),
          Map.entry("nb", NorwegianStemmer::new),
          Map.entry("fi", FinnishStemmer::new),
          Map.entry("hu", HungarianStemmer::new),
          Map.entry("ro", RomanianStemmer::new),
          Map.entry("tr", TurkishStemmer::new),
          Map.entry("el", GreekStemmer::new),
          Map.entry("ar", ArabicStemmer::new),
          Map.entry("ca", CatalanStemmer::new),
          Map.entry("eu", BasqueStemmer::new),
          Map.entry("et", EstonianStemmer::new),
          Map.entry("ga", IrishStemmer::new),
          Map.entry("hi", HindiStemmer::new),
          Map.entry("hy", ArmenianStemmer::new),
          Map.entry("id", IndonesianStemmer::new),
          Map.entry("lt", LithuanianStemmer::new),
          Map.entry("ne", NepaliStemmer::new),
          Map.entry("sr", SerbianStemmer::new),
          Map.entry("ta", TamilStemmer::new),
          Map.entry("yi", YiddishStemmer::new));

  /** Languages of which beginnings are changed, too. */
  private static final Set<String> CHANGE_BEGINNINGS =
      Set.of("ar", "ga", "id", "nl", "sr", "ta", "tr", "yi");

  /** By language; a place is read and written without a lock, since what is there never changes. */
  private static final Map<String, @Nullable Known[]> REMEMBERED_STEMS = new ConcurrentHashMap<>();

  private static final @Nullable Known[] NONE = new Known[1];

  private final @Nullable SnowballStemmer snowball;
  private final @Nullable Known[] remembered;

  /** A word and its stem. */
  private record Known(String word, String stem) {}

  /** Whether a word and its stem begin with the same letter. */
  private final boolean keepsBeginning;

  private Stemmer(
      @Nullable SnowballStemmer snowball, @Nullable Known[] remembered, boolean keepsBeginning) {
    this.snowball = snowball;
    this.remembered = remembered;
    this.keepsBeginning = keepsBeginning;
  }

  /**
   * A stemmer for a language; one that changes nothing if there is none for it.
   *
   * @param language a BCP 47 tag; only its first part counts
   */
  public static Stemmer forLanguage(String language) {
    String primary = primary(language);
    Supplier<SnowballStemmer> supplier = LANGUAGES.get(primary);
    return supplier == null
        ? new Stemmer(null, NONE, true)
        : new Stemmer(
            supplier.get(),
            REMEMBERED_STEMS.computeIfAbsent(primary, of -> new Known[REMEMBERED]),
            !CHANGE_BEGINNINGS.contains(primary));
  }

  /** The first part of a language tag in lower case: {@code en} of {@code en-GB}. */
  public static String primary(String language) {
    int end = 0;
    while (end < language.length() && Character.isLetter(language.charAt(end))) {
      end++;
    }
    return language.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a folded word may have a stem, without finding out which it has; never wrong where it
   * says no.
   */
  public boolean mayHave(String word, String stem) {
    return !keepsBeginning || word.isEmpty() || stem.isEmpty() || word.charAt(0) == stem.charAt(0);
  }

  /** The stem of a folded word; the word itself if the language has no stemmer. */
  public String stem(String word) {
    if (!word.isEmpty() && KoreanParticles.isHangul(word.charAt(0))) {
      // By its script: Korean names stand in texts of other languages, too.
      return KoreanParticles.strip(word);
    }
    if (snowball == null || word.length() < 3 || Character.isDigit(word.charAt(0))) {
      return word;
    }
    int place = word.hashCode();
    place = (place ^ (place >>> 16)) & (remembered.length - 1);
    Known known = remembered[place];
    if (known == null || !known.word().equals(word)) {
      snowball.setCurrent(word);
      snowball.stem();
      known = new Known(word, snowball.getCurrent());
      if (word.length() <= SpokenTerms.LONGEST_WORD) {
        remembered[place] = known;
      }
    }
    return known.stem();
  }
}
