package dev.earmark.search.spoken;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.Timestamp;
import dev.earmark.schema.HeardAs;
import dev.earmark.search.Hit;
import dev.earmark.search.Hit.Match;
import dev.earmark.search.Hit.Range;
import dev.earmark.search.Hit.Why;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the matches of a query in the text of a moment, and the time at which each is spoken.
 *
 * <p>A phrase may continue in the next moments; they are read only if one might. Not thread-safe;
 * one a search.
 */
public final class MatchFinder {
  private static final int SNIPPET_WORDS = 60;
  private static final int SNIPPET_BEFORE = 12;

  /** About how many different words the hits of a page have. */
  private static final int WORDS_OF_PAGE = 500;

  /** Gives the moment after another in its source, if its text goes on there. */
  public interface Following {
    @Nullable StoredMoment after(StoredMoment moment) throws IOException;
  }

  /**
   * A moment after another in its source.
   *
   * @param moments how many between the two have nothing that is looked for
   * @param words how many words those have
   */
  public record Ahead(StoredMoment moment, int moments, int words) {
    /** The very next moment, if there is one. */
    public static @Nullable Ahead next(@Nullable StoredMoment moment) {
      return moment == null ? null : new Ahead(moment, 0, 0);
    }
  }

  /** Gives the next moment after another in its source that may have what is looked for. */
  public interface Later {
    @Nullable Ahead after(StoredMoment moment) throws IOException;
  }

  /** So many moments after one are looked at for what it lacks. */
  public static final int MOST_FURTHER = 12;

  private final List<Pattern> patterns;
  private final Set<String> between;
  private final Map<String, LanguageWords> vocabularies = new HashMap<>();

  /**
   * A finder of patterns.
   *
   * @param between folded words that are marked where they stand among what is marked, not alone
   */
  public MatchFinder(List<Pattern> patterns, Set<String> between) {
    this.patterns = patterns;
    this.between = between;
  }

  /**
   * Where the words are said that a moment does not have, in the moments after it.
   *
   * @param found what was found in the moment itself
   * @param later gives the moments after another in its source
   * @param reach at most so many words after the moment
   */
  public List<Hit.Further> further(
      StoredMoment stored, Found found, Following following, Later later, int reach)
      throws IOException {
    Set<String> missing = new HashSet<>();
    patterns.forEach(pattern -> missing.add(pattern.name()));
    missing.removeAll(found.names());
    List<Hit.Further> further = new ArrayList<>();
    Ahead next = missing.isEmpty() ? null : later.after(stored);
    int words = 0;
    int moments = 0;
    while (next != null) {
      words += next.words();
      moments += next.moments();
      if (moments >= MOST_FURTHER || words > reach) {
        break;
      }
      StoredMoment moment = next.moment();
      Look look = look(moment, following);
      if (missing.removeAll(look.found().keySet())) {
        Found there = found(look);
        further.add(
            new Hit.Further(moment.id(), moment.moment().speaker(), there.atMs(), there.snippet()));
      }
      words += look.text().own();
      moments++;
      next = missing.isEmpty() ? null : later.after(moment);
    }
    return further;
  }

  /**
   * What was found in a moment.
   *
   * @param names the patterns that it has
   */
  public record Found(
      @Nullable Long atMs,
      Hit.Snippet snippet,
      List<Match> matches,
      @Nullable Why why,
      Set<String> names) {}

  /** A stretch of words that matches: from one word to another, both included. */
  private record Stretch(int first, int last, Why why, boolean phrase) {}

  /** What is found of a text, in the order of the patterns, and how each that is found is. */
  private record Look(RunningText text, List<Stretch> stretches, Map<String, Why> found) {}

  public Found find(StoredMoment stored, Following following) throws IOException {
    return found(look(stored, following));
  }

  private Look look(StoredMoment stored, Following following) throws IOException {
    RunningText text = new RunningText(stored, following);
    List<Stretch> stretches = new ArrayList<>();
    Map<String, Why> weakest = new HashMap<>();
    // A phrase begins once at a word, in however many ways it can be written.
    Set<String> begun = new HashSet<>();
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      List<Stretch> of = pattern.isPhrase() ? phrases(pattern, text) : words(i, text);
      for (Stretch stretch : of) {
        weakest.merge(pattern.name(), stretch.why(), MatchFinder::besideOthers);
        if (!stretch.phrase() || begun.add(pattern.name() + ' ' + stretch.first())) {
          stretches.add(stretch);
        }
      }
    }
    return new Look(text, stretches, weakest);
  }

  private Found found(Look look) {
    RunningText text = look.text();
    List<Stretch> stretches = look.stretches();
    Why why = null;
    for (Why one : look.found().values()) {
      why = why == null ? one : QueryPlanner.weaker(why, one);
    }
    stretches.sort(Comparator.comparingInt(Stretch::first).thenComparingInt(Stretch::last));
    List<Stretch> joined = joinNeighbours(stretches, text);
    List<Match> matches = new ArrayList<>();
    for (Stretch stretch : joined) {
      matches.add(match(stretch, text));
    }
    Long at =
        joined.isEmpty()
            ? text.moment().moment().anchor().from().map(Timestamp::millis).orElse(null)
            : matches.getFirst().atMs();
    return new Found(at, snippet(joined, text), matches, why, look.found().keySet());
  }

  /** The weaker of two reasons for one word; what is found itself need not be found nearly. */
  private static Why besideOthers(Why a, Why b) {
    if (a == Why.FUZZY || b == Why.FUZZY) {
      return a == Why.FUZZY ? b : a;
    }
    return QueryPlanner.weaker(a, b);
  }

  private static List<Stretch> words(int pattern, RunningText text) {
    List<Stretch> found = new ArrayList<>();
    for (int word = 0; word < text.own(); word++) {
      Why why = text.whys(word)[pattern];
      if (why != null) {
        found.add(new Stretch(word, word, why, false));
      }
    }
    return found;
  }

  /** The words of one language that were met, and for each pattern of one word why it is marked. */
  private final class LanguageWords {
    private final Map<String, @Nullable Why[]> whys = HashMap.newHashMap(WORDS_OF_PAGE);
    private final Stemmer stemmer;
    private final List<WordTest> tests;

    /** The stems that any pattern looks for. */
    private final Set<String> stems = new HashSet<>();

    LanguageWords(String language) {
      stemmer = Stemmer.forLanguage(language);
      tests = patterns.stream().map(pattern -> pattern.words().getFirst().in(language)).toList();
      tests.forEach(test -> stems.addAll(test.stems()));
    }

    /** Speech uses few words often, so each is looked into once. */
    @Nullable Why[] whys(String folded) {
      @Nullable Why[] known = whys.get(folded);
      if (known == null) {
        known = test(folded);
        whys.put(folded, known);
      }
      return known;
    }

    private @Nullable Why[] test(String folded) {
      String stem = mayHaveStem(folded) ? stemmer.stem(folded) : folded;
      @Nullable Why[] of = new Why[patterns.size()];
      for (int i = 0; i < of.length; i++) {
        if (!patterns.get(i).isPhrase()) {
          of[i] = tests.get(i).test(folded, stem);
        }
      }
      return of;
    }

    private boolean mayHaveStem(String folded) {
      for (String stem : stems) {
        if (stemmer.mayHave(folded, stem)) {
          return true;
        }
      }
      return false;
    }
  }

  private List<Stretch> phrases(Pattern pattern, RunningText text) throws IOException {
    return pattern.slop() == 0 ? rows(pattern, text) : windows(pattern, text);
  }

  private static List<Stretch> rows(Pattern pattern, RunningText text) throws IOException {
    List<Stretch> found = new ArrayList<>();
    for (int first = 0; first < text.own(); first++) {
      int length = 0;
      while (length < pattern.words().size()
          && text.has(first + length)
          && text.is(first + length, pattern.words().get(length))) {
        length++;
      }
      if (length == pattern.words().size()) {
        found.add(new Stretch(first, first + length - 1, pattern.as(), true));
      }
    }
    return found;
  }

  /** Smallest windows that hold all words, as the engines find them. */
  private static List<Stretch> windows(Pattern pattern, RunningText text) throws IOException {
    int reach = pattern.words().size() + pattern.slop();
    Map<String, Integer> needed = new HashMap<>();
    for (WordTest word : pattern.words()) {
      needed.merge(((WordTest.Exactly) word).word(), 1, Integer::sum);
    }
    List<Stretch> found = new ArrayList<>();
    for (int first = 0; first < text.own(); first++) {
      Map<String, Integer> missing = new HashMap<>(needed);
      if (text.terms(first).stream().noneMatch(needed::containsKey)) {
        continue;
      }
      int last = first;
      while (!missing.isEmpty() && last < first + reach && text.has(last)) {
        for (String term : text.terms(last)) {
          missing.computeIfPresent(term, (word, n) -> n == 1 ? null : n - 1);
        }
        last++;
      }
      if (missing.isEmpty() && isSmallest(needed, text, first, last)) {
        found.add(new Stretch(first, last - 1, Why.EXACT, true));
      }
    }
    return found;
  }

  /** Whether a window that holds all words no longer does without its first. */
  private static boolean isSmallest(
      Map<String, Integer> needed, RunningText text, int first, int end) {
    for (String opening : text.terms(first)) {
      int count = 0;
      for (int word = first; word < end; word++) {
        count += text.terms(word).contains(opening) ? 1 : 0;
      }
      if (count == needed.getOrDefault(opening, 0)) {
        return true;
      }
    }
    return false;
  }

  /** Single words that stand side by side are one match; a phrase takes the words inside it. */
  private List<Stretch> joinNeighbours(List<Stretch> stretches, RunningText text) {
    List<Stretch> joined = new ArrayList<>();
    int covered = -1;
    for (Stretch stretch : stretches) {
      Stretch last = joined.isEmpty() ? null : joined.getLast();
      boolean inside = !stretch.phrase() && stretch.last() <= covered;
      // What was heard for one word is found there, which may be found by itself as well.
      boolean again =
          last != null && stretch.first() == last.first() && stretch.last() == last.last();
      if (inside || again) {
        continue;
      }
      if (last != null && !stretch.phrase() && !last.phrase() && areJoined(last, stretch, text)) {
        joined.removeLast();
        joined.add(
            new Stretch(
                last.first(),
                Math.max(last.last(), stretch.last()),
                QueryPlanner.weaker(last.why(), stretch.why()),
                false));
      } else {
        joined.add(stretch);
      }
      covered = Math.max(covered, stretch.last());
    }
    return joined;
  }

  /** Whether two words stand side by side, or with nothing but such words between as join them. */
  private boolean areJoined(Stretch one, Stretch other, RunningText text) {
    for (int word = one.last() + 1; word < other.first(); word++) {
      if (!between.contains(text.folded(word))) {
        return false;
      }
    }
    return true;
  }

  private static Match match(Stretch stretch, RunningText text) {
    return new Match(
        text.startMs(stretch.first()),
        text.endMs(stretch.last()),
        text.between(stretch.first(), stretch.last()),
        text.moment().id(),
        text.start(stretch.first()));
  }

  private static Hit.Snippet snippet(List<Stretch> stretches, RunningText text) {
    int words = text.known();
    int first = 0;
    int last = words - 1;
    if (words > SNIPPET_WORDS) {
      int match = stretches.isEmpty() ? 0 : stretches.getFirst().first();
      int end = stretches.isEmpty() ? 0 : stretches.getFirst().last();
      first = Math.max(0, Math.min(match - SNIPPET_BEFORE, words - SNIPPET_WORDS));
      last = Math.min(words - 1, Math.max(first + SNIPPET_WORDS - 1, end));
    }
    int from = first == 0 ? 0 : text.start(first);
    int to = last >= words - 1 ? text.length() : text.end(last);
    String before = first == 0 ? "" : "… ";
    String after = to == text.length() ? "" : " …";
    List<Range> ranges = new ArrayList<>();
    for (Stretch stretch : stretches) {
      if (stretch.first() > last || stretch.last() < first) {
        continue;
      }
      int markFrom = text.start(Math.max(first, stretch.first())) - from + before.length();
      int markTo = text.end(Math.min(last, stretch.last())) - from + before.length();
      Range previous = ranges.isEmpty() ? null : ranges.getLast();
      if (previous != null && markFrom < previous.to()) {
        ranges.removeLast();
        ranges.add(new Range(previous.from(), Math.max(previous.to(), markTo)));
      } else {
        ranges.add(new Range(markFrom, markTo));
      }
    }
    return new Hit.Snippet(before + text.slice(from, to) + after, ranges);
  }

  /** The text of a moment and, as far as needed, of those that continue it. */
  private final class RunningText {
    private final StoredMoment moment;
    private final Following following;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder all = new StringBuilder();
    private int known;
    private boolean ended;
    private @Nullable List<@Nullable Why[]> whys;

    private record Part(
        StoredMoment moment,
        Words words,
        String[] folded,
        List<List<String>> heard,
        int firstWord,
        int offset) {}

    RunningText(StoredMoment moment, Following following) {
      this.moment = moment;
      this.following = following;
      add(moment);
    }

    private void add(StoredMoment next) {
      if (!all.isEmpty()) {
        all.append(' ');
      }
      Words words = Words.of(next.moment().text());
      String[] folded = words.folded();
      for (int i = 0; i < folded.length; i++) {
        if (folded[i].length() > SpokenTerms.LONGEST_WORD) {
          folded[i] = folded[i].substring(0, SpokenTerms.LONGEST_WORD);
        }
      }
      List<List<String>> heard = HeardAs.of(next.moment(), folded.length);
      parts.add(new Part(next, words, folded, heard, known, all.length()));
      all.append(next.moment().text());
      known += words.count();
    }

    StoredMoment moment() {
      return moment;
    }

    /** How many words the moment itself has. */
    int own() {
      return parts.getFirst().words().count();
    }

    /** How many words have been fetched. */
    int known() {
      return known;
    }

    /** Whether there is such a word; fetches what follows if need be. */
    boolean has(int word) throws IOException {
      while (word >= known && !ended) {
        StoredMoment next = following.after(parts.getLast().moment());
        if (next == null) {
          ended = true;
        } else {
          add(next);
        }
      }
      return word < known;
    }

    private Part part(int word) {
      for (int i = parts.size() - 1; i > 0; i--) {
        if (parts.get(i).firstWord() <= word) {
          return parts.get(i);
        }
      }
      return parts.getFirst();
    }

    String folded(int word) {
      Part part = part(word);
      return part.folded()[word - part.firstWord()];
    }

    /** For each pattern of one word why one of the moment's own words is marked. */
    @Nullable Why[] whys(int word) {
      if (whys == null) {
        LanguageWords vocabulary =
            vocabularies.computeIfAbsent(Stemmer.primary(moment.language()), LanguageWords::new);
        List<@Nullable Why[]> all = new ArrayList<>(own());
        for (int i = 0; i < own(); i++) {
          all.add(whys(vocabulary, i));
        }
        whys = all;
      }
      return whys.get(word);
    }

    /** Why a word is marked, for itself or for what was heard in its place. */
    private @Nullable Why[] whys(LanguageWords vocabulary, int word) {
      @Nullable Why[] whys = vocabulary.whys(folded(word));
      for (String heard : heard(word)) {
        @Nullable Why[] more = vocabulary.whys(heard);
        @Nullable Why[] both = whys.clone();
        for (int i = 0; i < both.length; i++) {
          if (both[i] == null || more[i] == Why.EXACT) {
            both[i] = more[i];
          }
        }
        whys = both;
      }
      return whys;
    }

    /** Whether a word, or what was heard in its place, passes a test. */
    boolean is(int word, WordTest test) {
      if (test.test(folded(word), folded(word)) != null) {
        return true;
      }
      for (String heard : heard(word)) {
        if (test.test(heard, heard) != null) {
          return true;
        }
      }
      return false;
    }

    /** A word and what was heard in its place. */
    Set<String> terms(int word) {
      Set<String> terms = new LinkedHashSet<>(List.of(folded(word)));
      terms.addAll(heard(word));
      return terms;
    }

    private List<String> heard(int word) {
      Part part = part(word);
      return part.heard().isEmpty() ? List.of() : part.heard().get(word - part.firstWord());
    }

    int start(int word) {
      Part part = part(word);
      return part.offset() + part.words().start(word - part.firstWord());
    }

    int end(int word) {
      Part part = part(word);
      return part.offset() + part.words().end(word - part.firstWord());
    }

    int length() {
      return all.length();
    }

    String slice(int from, int to) {
      return all.substring(from, to);
    }

    String between(int first, int last) {
      return all.substring(start(first), end(last));
    }

    @Nullable Long startMs(int word) {
      Part part = part(word);
      TimeMap times = part.moment().moment().times();
      return times == null
          ? part.moment().moment().anchor().from().map(Timestamp::millis).orElse(null)
          : Long.valueOf(times.startOf(word - part.firstWord()));
    }

    @Nullable Long endMs(int word) {
      Part part = part(word);
      TimeMap times = part.moment().moment().times();
      return times == null
          ? part.moment()
              .moment()
              .anchor()
              .span()
              .map(span -> span.end() == null ? null : span.endMs())
              .orElse(null)
          : Long.valueOf(times.endOf(word - part.firstWord()));
    }
  }
}
