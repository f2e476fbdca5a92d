package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Numbers that decide an order stand in {@link RankingParameters} and nowhere else. A fraction in
 * what searches is taken for one unless it is listed here with what else it is.
 */
class RankingNumbersTest {
  /** Files that have fractions of another kind, and which kind. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("WordList.java", "how like one another two words must be to be near"),
          Map.entry("Phones.java", "how like one another two sounds are"),
          Map.entry("SpeakerStatistics.java", "how sure it must be that a word is typical"),
          Map.entry("PhraseCounter.java", "how common a word is that a phrase is not counted by"),
          Map.entry("Deadline.java", "the share of its time a request may spend"),
          Map.entry("Leaves.java", "the similarity of the mapping, undone"),
          Map.entry("ProfileReader.java", "the similarity of the mapping, undone"),
          Map.entry("TrendReader.java", "the similarity of the mapping, undone"),
          Map.entry("MomentSearch.java", "nanoseconds as hundredths of a millisecond"),
          Map.entry(
              "QuotationFinder.java", "how much of two texts is the same if they say the same"),
          Map.entry("EpisodeWords.java", "how like a word two words must be to be near it"));

  private static final Pattern FRACTION =
      Pattern.compile("(?<![\\w.])(\\d+\\.\\d+(?:[eE]-?\\d+)?|\\d+(?=[fF]\\b))");

  /** Neither of these weighs one thing against another. */
  private static final Set<String> HARMLESS = Set.of("0", "1", "0.0", "1.0");

  private static Set<String> fractions(Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      String code =
          Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", " ").replaceAll("//[^\n]*", " ");
      Matcher numbers = FRACTION.matcher(code);
      while (numbers.find()) {
        if (!HARMLESS.contains(numbers.group())
            && !OTHERWISE.containsKey(file.getFileName().toString())) {
          found.add(file.getFileName() + " " + numbers.group());
        }
      }
    }
    return found;
  }

  @Test
  void noneOutsideRankingParameters() throws IOException {
    String search = "src/main/java/dev/earmark/search/";
    for (String room :
        List.of(search + "spoken", search + "lucene", "opensearch/" + search + "opensearch")) {
      assertThat(fractions(Path.of(room)))
          .as("fractions in %s; what ranks belongs into RankingParameters", room)
          .isEmpty();
    }
  }

  @Test
  void theFormulasHaveOnlyWhatTheirPapersHave() throws IOException {
    assertThat(fractions(Path.of("src/main/java/dev/earmark/search/rank")))
        .filteredOn(found -> !found.startsWith("RankingParameters.java"))
        // The smoothing of an inverse document frequency, and a guard against rounding.
        .containsExactlyInAnyOrder(
            "Bm25.java 0.5", "PassageScore.java 0.5", "TermProximity.java 0.5");
  }
}
