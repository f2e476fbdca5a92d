package dev.earmark.search.spoken;

import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.schema.Schema;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits German compounds, and finds those that contain a word, by the words of a snapshot.
 *
 * <p>A word is split if all its parts are said in some form, with or without a linking element. The
 * split with the greatest geometric mean of frequencies wins, and none does if the whole is more
 * frequent than that (P. Koehn, K. Knight, <i>Empirical methods for compound splitting</i>, 2003).
 * The corpus is the only dictionary: names of a trade are split as its people speak, nothing has to
 * be indexed for it, and a growing index splits better.
 *
 * <p>Splits and look-ups are cached; looking for compounds takes one pass over the words.
 * Thread-safe.
 */
public final class Compounds {
  private static final String LANGUAGE = "de";
  private static final int SHORTEST_PART = 3;
  private static final int SHORTEST_COMPOUND = 7;
  private static final int LONGEST_COMPOUND = 40;
  private static final int SHORTEST_ASKED = 4;
  private static final int MOST_PARTS = 4;
  private static final int MOST_COMPOUNDS = 64;
  private static final int MOST_CANDIDATES = 1_000;
  private static final long BYTES_KEPT = 2 << 20;

  /** What may stand between two parts; it belongs to neither. */
  private static final List<String> LINKS = List.of("s", "es", "n", "en", "er", "ns", "ens", "e");

  /** Little words that stand in longer ones by chance, or as their beginning, and mean nothing. */
  private static final Set<String> NO_PARTS =
      Stream.of(
              "der die das den dem des ein eine einen einem einer eines und oder aber auch nicht",
              "nur noch schon sehr wenn weil dass damit also dann denn doch hier dort man sich sie",
              "wir ihr ich mich mir dich dir uns euch ihm ihn ihnen ist sind war waren wird werden",
              "wurde hat haben hatte sein seine kann muss mit von vor bei nach aus auf für über",
              "unter durch ohne gegen zum zur als wie was wer ver ent miss her hin ung heit keit",
              "lich isch bar sam los ende enden")
          .flatMap(line -> Stream.of(line.split(" ")))
          .map(Words::fold)
          .collect(Collectors.toUnmodifiableSet());

  private final IndexStatistics index;
  private final Cache<String, List<String>> parts = Footprint.cache(BYTES_KEPT);
  private final Cache<String, List<String>> compounds = Footprint.cache(BYTES_KEPT);
  private final Cache<String, Integer> frequencies = Footprint.cache(BYTES_KEPT);
  private volatile @Nullable Speech speech;

  /** Whether the language is spoken here, and what tells its moments from others, if any are. */
  private record Speech(boolean spoken, List<String> tags, boolean alone) {}

  private Compounds(IndexStatistics index) {
    this.index = index;
  }

  static Compounds of(IndexStatistics index) throws IOException {
    return index.once(Compounds.class, Compounds::new);
  }

  /** Whether a word may be a compound. */
  boolean mayBeMade(String word) throws IOException {
    return speech().spoken()
        && word.length() >= SHORTEST_COMPOUND
        && word.length() <= LONGEST_COMPOUND
        && WordList.isPlain(word);
  }

  /** Whether a word may be part of compounds. */
  boolean mayMake(String word) throws IOException {
    return speech().spoken() && word.length() >= SHORTEST_ASKED && WordList.isPlain(word);
  }

  /** The words a word is made of, in order; none if it is not made of others. */
  List<String> parts(String word) throws IOException {
    if (!mayBeMade(word)) {
      return List.of();
    }
    List<String> known = parts.getIfPresent(word);
    if (known == null) {
      known = split(word);
      parts.put(word, known);
    }
    return known;
  }

  /** The words that are said and made of this one and others, the most frequent first. */
  List<String> of(String word) throws IOException {
    if (!mayMake(word)) {
      return List.of();
    }
    List<String> known = compounds.getIfPresent(word);
    if (known == null) {
      Stemmer stemmer = Stemmer.forLanguage(LANGUAGE);
      String stem = stemmer.stem(word);
      Set<String> found = new LinkedHashSet<>();
      if (stem.length() >= SHORTEST_PART && !NO_PARTS.contains(word)) {
        for (String candidate : index.words().containing(stem, SHORTEST_PART, MOST_CANDIDATES)) {
          if (found.size() < MOST_COMPOUNDS
              && parts(candidate).stream().anyMatch(part -> stemmer.stem(part).equals(stem))) {
            found.add(candidate);
          }
        }
      }
      known = List.copyOf(found);
      compounds.put(word, known);
    }
    return known;
  }

  /** The terms that are a part in any of its forms. */
  static Set<String> forms(String part) {
    String stem = Stemmer.forLanguage(LANGUAGE).stem(part);
    return new LinkedHashSet<>(List.of(part, stem, SpokenTerms.stemTerm(LANGUAGE, stem)));
  }

  /** The stem of a part. */
  static String stem(String part) {
    return Stemmer.forLanguage(LANGUAGE).stem(part);
  }

  private List<String> split(String word) throws IOException {
    int length = word.length();
    // By where they end and how many they are: the best parts up to there.
    Split[][] best = new Split[length + 1][MOST_PARTS + 1];
    best[0][0] = new Split(null, "", 0);
    Stemmer stemmer = Stemmer.forLanguage(LANGUAGE);
    for (int end = SHORTEST_PART; end <= length; end++) {
      for (int start = 0; start <= end - SHORTEST_PART; start++) {
        boolean whole = start == 0 && end == length;
        if (whole || Arrays.stream(best[start]).allMatch(split -> split == null)) {
          continue;
        }
        String part = part(word.substring(start, end), end == length, stemmer);
        if (part == null) {
          continue;
        }
        double weight = Math.log(frequency(part, stemmer));
        for (int count = 0; count < MOST_PARTS; count++) {
          Split before = best[start][count];
          Split known = best[end][count + 1];
          if (before != null && (known == null || known.sum() < before.sum() + weight)) {
            best[end][count + 1] = new Split(before, part, before.sum() + weight);
          }
        }
      }
    }
    Split chosen = null;
    double most = Math.log(Math.max(1, frequency(word, stemmer)));
    for (int count = 2; count <= MOST_PARTS; count++) {
      Split split = best[length][count];
      // The whole gives way to parts as frequent; those to others only if they are more frequent.
      if (split != null
          && (chosen == null ? split.sum() / count >= most : split.sum() / count > most)) {
        most = split.sum() / count;
        chosen = split;
      }
    }
    return chosen == null ? List.of() : chosen.parts();
  }

  /** Parts up to some place: the last of them, those before it, the sum of their logarithms. */
  private record Split(@Nullable Split before, String part, double sum) {
    List<String> parts() {
      List<String> parts = new ArrayList<>();
      for (Split at = this; at.before() != null; at = at.before()) {
        parts.addFirst(at.part());
      }
      return parts;
    }
  }

  /** The most frequent word that a piece of another is, if need be without the link; or null. */
  private @Nullable String part(String piece, boolean last, Stemmer stemmer) throws IOException {
    String best = isPart(piece, stemmer) ? piece : null;
    if (!last) {
      for (String link : LINKS) {
        String without = piece.substring(0, Math.max(0, piece.length() - link.length()));
        if (piece.endsWith(link)
            && without.length() >= SHORTEST_PART
            && isPart(without, stemmer)
            && (best == null || frequency(without, stemmer) > frequency(best, stemmer))) {
          best = without;
        }
      }
    }
    return best;
  }

  private boolean isPart(String word, Stemmer stemmer) throws IOException {
    return !NO_PARTS.contains(word) && frequency(word, stemmer) > 0;
  }

  /** How many moments of the language have a word in some form. */
  private int frequency(String word, Stemmer stemmer) throws IOException {
    Integer known = frequencies.getIfPresent(word);
    if (known == null) {
      String stem = stemmer.stem(word);
      int other = index.frequency(SpokenTerms.stemTerm(LANGUAGE, stem));
      known = other + spoken(stem);
      frequencies.put(word, known);
    }
    return known;
  }

  private int spoken(String word) throws IOException {
    int anywhere = index.frequency(word);
    Speech known = speech();
    if (anywhere == 0 || known.alone()) {
      return anywhere;
    }
    return index.count(
        new SpokenQuery.Builder()
            .filter(new SpokenQuery.Term(Schema.TEXT_FIELD, word))
            .filter(new SpokenQuery.AnyTerm("lang", known.tags()))
            .build());
  }

  private Speech speech() throws IOException {
    Speech known = speech;
    if (known == null) {
      List<String> tags =
          index.languageTags().stream()
              .filter(tag -> Stemmer.primary(tag).equals(LANGUAGE))
              .toList();
      known = new Speech(!tags.isEmpty(), tags, index.languages().size() == 1);
      speech = known;
    }
    return known;
  }
}
