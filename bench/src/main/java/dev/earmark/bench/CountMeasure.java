package dev.earmark.bench;

import dev.earmark.index.StoredMoment;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Whether the count of a search for several words is that of the places where they come together.
 *
 * <p>Queries are words that stand near each other somewhere. Beside the total of each stand the
 * places where all of them are said within ten seconds, and within 120, found by reading every
 * word: a place is a shortest stretch that has them all, and no two places share a word.
 */
final class CountMeasure {
  private static final int QUERIES = 40;
  private static final int APART = 12;
  private static final long CLOSE_MS = 10_000;
  private static final long LOOSE_MS = 120_000;

  private CountMeasure() {}

  /** A stem and when it is said. */
  private record Said(String stem, long ms) {}

  static void report(Report report, SearchEngine engine, List<Meeting> meetings)
      throws IOException {
    Stemmer stemmer = Stemmer.forLanguage("en");
    List<List<Said>> spoken = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    for (Meeting meeting : meetings) {
      List<Said> said = new ArrayList<>();
      List<String> text = new ArrayList<>();
      for (StoredMoment moment : engine.moments(meeting.id())) {
        var span = moment.moment().anchor().span().orElseThrow();
        Words words = Words.of(moment.moment().text());
        for (int i = 0; i < words.count(); i++) {
          long ms = span.startMs() + (span.endMs() - span.startMs()) * i / words.count();
          said.add(new Said(stemmer.stem(words.folded(i)), ms));
          text.add(words.folded(i));
        }
      }
      spoken.add(said);
      texts.add(text);
    }
    Report.Table table =
        report.table(
            "Counts of words that come together",
            "queries",
            "within both",
            "median total / places");
    Random random = new Random(19);
    for (int size : new int[] {2, 3}) {
      int within = 0;
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        List<String> query = query(texts, size, random);
        Set<String> stems = new LinkedHashSet<>();
        query.forEach(word -> stems.add(stemmer.stem(word)));
        long close = 0;
        long loose = 0;
        for (List<Said> said : spoken) {
          close += places(said, stems, CLOSE_MS);
          loose += places(said, stems, LOOSE_MS);
        }
        long total = engine.search(SearchRequest.of(String.join(" ", query))).total();
        within += total >= close && total <= loose ? 1 : 0;
        ratios.add((double) total / loose);
      }
      ratios.sort(null);
      table.row(size + " words", QUERIES, within, ratios.get(QUERIES / 2));
    }
  }

  /** Words near each other somewhere, none of grammar. */
  private static List<String> query(List<List<String>> texts, int size, Random random) {
    while (true) {
      List<String> text = texts.get(random.nextInt(texts.size()));
      int from = random.nextInt(text.size());
      List<String> near = text.subList(from, Math.min(text.size(), from + APART));
      Set<String> words = new LinkedHashSet<>(near);
      words.removeAll(FunctionWords.in(near, List.of("en")));
      words.removeIf(word -> word.length() < 4 || !word.chars().allMatch(Character::isLetter));
      if (words.size() >= size) {
        return List.copyOf(words).subList(0, size);
      }
    }
  }

  private static long places(List<Said> said, Set<String> stems, long reachMs) {
    Map<String, Integer> last = new HashMap<>();
    long places = 0;
    for (int i = 0; i < said.size(); i++) {
      if (!stems.contains(said.get(i).stem())) {
        continue;
      }
      last.put(said.get(i).stem(), i);
      if (last.size() == stems.size()) {
        int first = last.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
        if (said.get(i).ms() - said.get(first).ms() <= reachMs) {
          places++;
          last.clear();
        }
      }
    }
    return places;
  }
}
