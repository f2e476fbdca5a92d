package dev.earmark.bench;

import dev.earmark.schema.Schema;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that a recogniser misheard, asked for as they are written.
 *
 * <p>A name is a word that is never written without its capital, and not at the beginning of a
 * sentence only. In one talk each, all places where it is said are written as {@link Mishearing}
 * hears it; asked for the name, the places are the right answer.
 *
 * @param names each with the talk it was misheard in, and how
 * @param talks the talks, misheard names in place
 * @param said names that are said as they are written, and words that are frequent
 */
record MisheardNames(List<Name> names, Map<String, String> talks, List<String> said) {
  private static final int MOST_NAMES = 400;
  private static final int MOST_SAID = 200;
  private static final int SHORTEST = 5;
  private static final int DEPTH = 100;
  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}{5,20}(?![\\p{L}\\p{N}])");

  /**
   * A misheard name.
   *
   * @param elsewhere whether other talks have it as it is written
   */
  record Name(String name, String heard, String talk, boolean elsewhere) {}

  /** Makes names misheard in some talks, the same whenever asked. */
  static MisheardNames of(List<TimedTalk> all) {
    Map<String, Map<String, Integer>> talksWith = new TreeMap<>();
    Set<String> words = new HashSet<>();
    for (TimedTalk talk : all) {
      Matcher word = WORD.matcher(talk.text());
      while (word.find()) {
        String found = word.group();
        if (found.equals(found.toLowerCase(Locale.ROOT))) {
          words.add(found);
        } else if (Character.isUpperCase(found.charAt(0)) && isInside(talk.text(), word.start())) {
          talksWith
              .computeIfAbsent(found.toLowerCase(Locale.ROOT), name -> new TreeMap<>())
              .merge(talk.id(), 1, Integer::sum);
        }
      }
    }
    talksWith.keySet().removeAll(words);
    Map<String, String> talks = new HashMap<>();
    all.forEach(talk -> talks.put(talk.id(), talk.text()));
    Random random = new Random(19);
    Mishearing mishearing = new Mishearing(19);
    List<Map.Entry<String, Map<String, Integer>>> candidates =
        new ArrayList<>(talksWith.entrySet());
    java.util.Collections.shuffle(candidates, random);
    List<Name> names = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (Map.Entry<String, Map<String, Integer>> candidate : candidates) {
      String name = candidate.getKey();
      List<String> in = List.copyOf(candidate.getValue().keySet());
      if (name.length() < SHORTEST) {
        continue;
      }
      if (names.size() == MOST_NAMES) {
        if (said.size() < MOST_SAID) {
          said.add(name);
        }
        continue;
      }
      String talk = in.get(random.nextInt(in.size()));
      String heard = mishearing.of(name);
      Pattern whole =
          Pattern.compile("(?iu)(?<![\\p{L}\\p{N}])" + name + "(?=s?(?![\\p{L}\\p{N}]))");
      talks.compute(talk, (id, text) -> whole.matcher(text == null ? "" : text).replaceAll(heard));
      names.add(new Name(name, heard, talk, in.size() > 1));
    }
    return new MisheardNames(names, talks, said);
  }

  /** Whether something stands in a sentence, behind another word. */
  private static boolean isInside(String text, int at) {
    return at > 1
        && text.charAt(at - 1) == ' '
        && (Character.isLowerCase(text.charAt(at - 2)) || text.charAt(at - 2) == ',');
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> talk : talks.entrySet()) {
      Files.writeString(folder.resolve(talk.getKey() + ".md"), talk.getValue());
    }
  }

  /** Asks for all names. */
  void report(Report report, SearchEngine engine) throws IOException {
    Report.Table table =
        report.table(
            "Misheard names", "names", "first", "in ten", "over the corpus first", "in ten");
    for (boolean elsewhere : new boolean[] {false, true}) {
      MomentMeasure inside = new MomentMeasure();
      MomentMeasure anywhere = new MomentMeasure();
      for (Name name : names) {
        if (name.elsewhere() == elsewhere && isSpoken(engine, name)) {
          inside.add(rank(engine, name, true));
          anywhere.add(rank(engine, name, false));
        }
      }
      table.row(
          elsewhere ? "said as written in another talk" : "said in one talk only",
          inside.questions(),
          inside.successAtOne(),
          inside.successAtTen(),
          anywhere.successAtOne(),
          anywhere.successAtTen());
    }
    int above = 0;
    int listed = 0;
    for (String name : said) {
      SearchPage page = engine.search(SearchRequest.of(name).withNear(SearchRequest.Near.TRUE));
      boolean near = false;
      for (Hit hit : page.hits()) {
        above += near && hit.why() == Hit.Why.EXACT ? 1 : 0;
        near |= hit.why() == Hit.Why.FUZZY;
      }
      listed += engine.search(SearchRequest.of(name)).listsNear() ? 1 : 0;
    }
    report
        .table("Names said as written", "names", "with near hits listed", "exact hits below near")
        .row("all", said.size(), listed, above);
  }

  /** Whether what was heard stands in what is said, and not only in a list of names above it. */
  private static boolean isSpoken(SearchEngine engine, Name name) throws IOException {
    SearchRequest heard =
        SearchRequest.of('"' + name.heard() + '"').withFilter(Schema.EPISODE, name.talk());
    return engine.search(heard).total() > 0;
  }

  private static int rank(SearchEngine engine, Name name, boolean inTalk) throws IOException {
    SearchRequest request = SearchRequest.of(name.name()).withLimit(DEPTH);
    if (inTalk) {
      request = request.withFilter(Schema.EPISODE, name.talk());
    }
    String heard = ' ' + name.heard() + ' ';
    int rank = 0;
    for (Hit hit : engine.search(request).hits()) {
      if (hit.why() == Hit.Why.EXACT) {
        continue; // The name where it was heard as it is.
      }
      rank++;
      String text =
          ' '
              + hit.moment()
                  .moment()
                  .text()
                  .toLowerCase(Locale.ROOT)
                  .replaceAll("[^\\p{L}\\p{N}]+", " ")
              + ' ';
      if (hit.episode().id().equals(name.talk()) && text.contains(heard)) {
        return rank;
      }
    }
    return 0;
  }
}
