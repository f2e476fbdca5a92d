package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Numerals;
import dev.earmark.text.Numerals.Amount;
import dev.earmark.text.Words;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Amounts written at random are found wherever any way of writing them stands, and nowhere else.
 */
class AmountsTest {
  private static final int MOMENTS = 120;
  private static final List<String> FRACTIONS = List.of("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞".split(""));
  private static final List<String> AROUND =
      List.of("harbour", "lantern", "orchard", "gravel", "velvet", "anchor", "meadow");
  private static final List<String> UNITS = List.of("", "", "%", "$", "€");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr"})
  void areFoundHoweverTheyAreWritten(String language) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Numerals numerals = Numerals.in(language);
    List<Amount> amounts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      long value = random.nextInt(2, random.nextBoolean() ? 100 : 3_000);
      long scale = random.nextInt(5) == 0 ? 1_000_000 : 1;
      amounts.add(
          new Amount(BigDecimal.valueOf(value * scale), UNITS.get(random.nextInt(UNITS.size()))));
    }
    List<List<String>> said = new ArrayList<>();
    Set<Amount> among = new LinkedHashSet<>();
    StringBuilder cues = new StringBuilder("WEBVTT\nLanguage: " + language + "\n\n");
    for (int i = 0; i < MOMENTS; i++) {
      Amount amount = amounts.get(random.nextInt(amounts.size()));
      among.add(amount);
      String text = word(random) + ' ' + text(numerals, amount, random) + ' ' + word(random);
      said.add(List.of(Words.of(text).folded()));
      // Far enough apart that no two are one moment; the words around are no numbers.
      cues.append(
          "%02d:%02d:00.000 --> %02d:%02d:05.000\n%s.\n\n"
              .formatted(i / 60, i % 60, i / 60, i % 60, text));
    }
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("talk.vtt"), cues);
    Corpora.index(folder.resolve("index"), corpus);
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      for (Amount amount : among) {
        String written = text(numerals, amount, random);
        List<String> typed = List.of(Words.of(written).folded());
        for (String query : List.of(written, '"' + written + '"')) {
          if (amount.unit().isEmpty() && !query.startsWith("\"")) {
            // As a word it is also met in its other forms.
            continue;
          }
          Set<Long> minutes = new TreeSet<>();
          for (int i = 0; i < said.size(); i++) {
            boolean literally = query.startsWith("\"") && has(said.get(i), Set.of(typed));
            if (literally || hasWhole(said.get(i), amount, numerals)) {
              minutes.add((long) i);
            }
          }
          SearchPage page =
              engine.search(SearchRequest.of(query).withLimit(SearchRequest.MOST_HITS));
          Set<Long> found = new TreeSet<>();
          page.hits()
              .forEach(hit ->
                  hit.moment()
                      .moment()
                      .anchor()
                      .from()
                      .ifPresent(from -> found.add(from.millis() / 60_000)));
          assertThat(found).as("%s, -Dseed=%d", query, seed).isEqualTo(minutes);
        }
      }
    }
  }

  /** Whether an amount is said in any way: as a word, or in a row that ends no larger one. */
  private static boolean hasWhole(List<String> words, Amount amount, Numerals numerals) {
    return numerals.written(amount).stream()
        .anyMatch(row ->
            has(words, Set.of(row)) && (row.size() == 1 || !has(words, numerals.inLarger(row))));
  }

  private static boolean has(List<String> words, Set<List<String>> rows) {
    return rows.stream().anyMatch(row -> Collections.indexOfSubList(words, row) >= 0);
  }

  private static String word(Random random) {
    return AROUND.get(random.nextInt(AROUND.size()));
  }

  /** One of the ways to write an amount, with its signs beside the digits as people set them. */
  private static String text(Numerals numerals, Amount amount, Random random) {
    List<List<String>> ways = List.copyOf(numerals.written(amount));
    List<String> way = ways.get(random.nextInt(ways.size()));
    String text = String.join(" ", way).replaceAll("([$€]) (?=[0-9])", "$1");
    // Words are folded; people write a fraction with its sign.
    for (String sign : FRACTIONS) {
      text = text.replace(Normalizer.normalize(sign, Normalizer.Form.NFKC), sign);
    }
    return text;
  }
}
