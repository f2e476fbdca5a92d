package dev.earmark.search.spoken;

import dev.earmark.query.ParsedQuery;
import dev.earmark.query.Query;
import dev.earmark.query.QueryParser;
import dev.earmark.schema.Schema;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suggests another query where words, or a phrase, are never or hardly ever said.
 *
 * <p>Each word of three letters or more that has no form in the index is replaced by the likeliest
 * word that has; the last one also by what it begins. A word in a few moments only is taken for
 * mistyped in those as well, if one of nearly the same letters is said far more often. In a phrase
 * that is never said, one word is replaced by a similar one that makes the phrase occur. Everything
 * else stays as typed. Not thread-safe; one a search.
 */
public final class DidYouMean {
  private static final int SHORTEST = 3;

  private static final int BEGUN = 8;

  /** A word in more moments than these is not taken for mistyped. */
  private static final int MOST_MISTYPED = 5;

  private static final int SHORTEST_MISTYPED = 5;

  /** The right word is said at least so many times as often. */
  private static final int TIMES_AS_OFTEN = 500;

  /** The same if it is also said beside a neighbour that the word has in the query. */
  private static final int TIMES_AS_OFTEN_THERE = 50;

  private static final int MOST_WORDS = 8;
  private static final int MOST_WORDS_IN_PHRASE = 12;
  private static final int CANDIDATES = 4;

  private final IndexStatistics index;
  private final Deadline deadline;

  /** Counts what a query would find. */
  public interface Count {
    long of(ParsedQuery query) throws IOException;
  }

  public DidYouMean(IndexStatistics index, Deadline deadline) {
    this.index = index;
    this.deadline = deadline;
  }

  /**
   * A query in place of another.
   *
   * @param exact how many moments match the query as it is
   * @param count counts what the query in its place would find
   * @return its text, or null if there is nothing to put right or nothing that would find more
   */
  public @Nullable String instead(ParsedQuery query, long exact, Count count) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    List<Query.Phrase> phrases = new ArrayList<>();
    gather(query.query(), words, phrases);
    Map<String, String> better = new HashMap<>();
    if (exact > 0 && QuestionWords.ask(words)) {
      // A question finds what has most of its words; one of them may well be said nowhere.
      return null;
    }
    List<String> typed = List.of(Words.of(query.text()).folded());
    String typedLast = lastWord(query.text());
    int looked = 0;
    for (String word : words) {
      int said = looked < MOST_WORDS && !deadline.isHalfway() ? said(word) : Integer.MAX_VALUE;
      if (said <= MOST_MISTYPED) {
        looked++;
        int at = typed.indexOf(word);
        String before = at > 0 ? typed.get(at - 1) : "";
        String after = at >= 0 && at + 1 < typed.size() ? typed.get(at + 1) : "";
        List<SaidWords.Near> begun =
            said == 0 && word.equals(typedLast)
                ? index.words().startingWith(word, BEGUN)
                : List.of();
        String instead =
            best(
                begun.isEmpty() ? candidates(word, said) : begun,
                TIMES_AS_OFTEN * said,
                before,
                after);
        if (instead != null) {
          better.put(word, instead);
        }
      }
    }
    String text = better.isEmpty() ? query.text() : replaced(query.text(), better);
    if (better.isEmpty()) {
      if (exact > 0 || phrases.isEmpty()) {
        return null;
      }
      text = withPhraseSaid(query.text(), phrases);
    }
    if (text == null || text.equals(query.text())) {
      return null;
    }
    ParsedQuery instead = QueryParser.parse(text);
    return filters(instead.query()).equals(filters(query.query())) && count.of(instead) > exact
        ? text
        : null;
  }

  /** Tells the index how often which words are said {@link #instead} is going to ask: a hint. */
  public void lookUp(ParsedQuery query) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    gather(query.query(), words, new ArrayList<>());
    List<String> all = new ArrayList<>();
    for (String word : words) {
      if (mayBeWrong(word)) {
        all.addAll(forms(word));
      }
    }
    index.lookUp(all);
  }

  /** Whether a word may be mistyped or misheard: not a word of grammar, which everybody knows. */
  private boolean mayBeWrong(String word) throws IOException {
    return word.length() >= SHORTEST
        && WordList.isPlain(word)
        && FunctionWords.in(List.of(word), index.languages()).isEmpty();
  }

  private static void gather(Query query, Set<String> words, List<Query.Phrase> phrases) {
    switch (query) {
      case Query.Clauses clauses -> {
        for (Query.Clause clause : clauses.clauses()) {
          if (clause.occur() != Query.Occur.MUST_NOT) {
            gather(clause.query(), words, phrases);
          }
        }
      }
      case Query.AnyOf any -> any.options().forEach(option -> gather(option, words, phrases));
      case Query.Word word -> words.add(word.word());
      case Query.Elided elided -> gather(elided.of(), words, phrases);
      case Query.Phrase phrase -> {
        words.addAll(phrase.words());
        phrases.add(phrase);
      }
      default -> {
        // Fields and ranges are not spelled; a prefix or a fuzzy word is meant as it is.
      }
    }
  }

  /** What a query narrows by, which a better spelling must not change. */
  private static List<String> filters(Query query) {
    List<String> found = new ArrayList<>();
    switch (query) {
      case Query.Clauses clauses ->
          clauses.clauses().forEach(clause -> found.addAll(filters(clause.query())));
      case Query.AnyOf any -> any.options().forEach(option -> found.addAll(filters(option)));
      case Query.FieldIs field -> found.add(field.toString());
      case Query.Dates dates -> found.add(dates.toString());
      case Query.Times times -> found.add(times.toString());
      default -> {
        // Nothing to narrow by.
      }
    }
    return found;
  }

  /**
   * How many moments have a word, counted by its most frequent form; a number above {@value
   * #MOST_MISTYPED} may be too low. A word that must not be replaced counts as said everywhere.
   */
  private int said(String word) throws IOException {
    if (!mayBeWrong(word)) {
      return Integer.MAX_VALUE;
    }
    int most = index.frequency(word);
    for (String term : most > MOST_MISTYPED ? List.<String>of() : forms(word)) {
      most = Math.max(most, index.frequency(term));
    }
    return most <= MOST_MISTYPED && (!Compounds.of(index).parts(word).isEmpty() || isName(word))
        ? Integer.MAX_VALUE
        : most;
  }

  /** The terms of a word in its forms. */
  private List<String> forms(String word) throws IOException {
    List<String> forms = new ArrayList<>(List.of(word));
    for (String language : index.languages()) {
      String stem = Stemmer.forLanguage(language).stem(word);
      forms.add(stem);
      forms.add(SpokenTerms.stemTerm(language, stem));
    }
    return forms;
  }

  /** The words that one may have been meant for, the likeliest first. */
  private List<SaidWords.Near> candidates(String word, int said) throws IOException {
    List<SaidWords.Near> spelled = index.words().spelledLike(word, CANDIDATES);
    if (said == 0) {
      return spelled.isEmpty()
          ? NearWords.of(index).alike(word).stream().limit(1).toList()
          : spelled;
    }
    List<Set<String>> function = index.languages().stream().map(FunctionWords::of).toList();
    return word.length() < SHORTEST_MISTYPED
        ? List.of()
        : spelled.stream()
            .filter(near -> near.moments() >= TIMES_AS_OFTEN_THERE * said)
            .filter(near -> function.stream().noneMatch(words -> words.contains(near.word())))
            .toList();
  }

  /**
   * Whether a word stands in a title or the name of a speaker or topic. People wrote those, so it
   * is right, and what is said like it may be the recogniser's mistake.
   */
  private boolean isName(String word) throws IOException {
    return index.frequency(Schema.CONTEXT_FIELD, word) > 0
        || !index.namesWith("speaker", List.of(word)).isEmpty()
        || !index
            .namesWith(Schema.TOPIC, List.of(Schema.field(Schema.TOPIC).orElseThrow().key(word)))
            .isEmpty();
  }

  /** The word that a text ends with; empty if something stands behind it. */
  private static String lastWord(String text) {
    Words words = Words.of(text);
    int last = words.count() - 1;
    return last < 0 || words.end(last) < text.stripTrailing().length() ? "" : words.folded(last);
  }

  /**
   * Of some words the one that is said most beside its neighbours in the query, or else the first.
   *
   * @param least how many moments have a word that is said beside neither; 0 for any
   * @param before the word before; empty if there is none
   * @param after the word behind
   */
  private @Nullable String best(List<SaidWords.Near> words, int least, String before, String after)
      throws IOException {
    String best =
        words.stream()
            .filter(near -> near.moments() >= least)
            .map(SaidWords.Near::word)
            .findFirst()
            .orElse(null);
    int most = 0;
    for (SaidWords.Near one : words) {
      int times = inARow(before, one.word()) + inARow(one.word(), after);
      if (times > most) {
        most = times;
        best = one.word();
      }
    }
    return best;
  }

  private int inARow(String first, String second) throws IOException {
    return first.isEmpty() || second.isEmpty() || deadline.isHalfway()
        ? 0
        : index.count(SpokenQuery.row(first, second));
  }

  /** A text with some of its words in place of others, the case of the first letter kept. */
  private static String replaced(String text, Map<String, String> better) {
    Words words = Words.of(text);
    StringBuilder result = new StringBuilder();
    int done = 0;
    for (int i = 0; i < words.count(); i++) {
      String instead = better.get(words.folded(i));
      if (instead != null) {
        result.append(text, done, words.start(i)).append(inCaseOf(words.word(i), instead));
        done = words.end(i);
      }
    }
    return result.append(text, done, text.length()).toString();
  }

  private static String inCaseOf(String typed, String word) {
    return Character.isUpperCase(typed.charAt(0))
        ? Character.toUpperCase(word.charAt(0)) + word.substring(1)
        : word;
  }

  private @Nullable String withPhraseSaid(String text, List<Query.Phrase> phrases)
      throws IOException {
    for (Query.Phrase phrase : phrases) {
      int size = phrase.words().size();
      if (deadline.isHalfway()) {
        return null;
      }
      if (size < 2 || size > MOST_WORDS_IN_PHRASE || said(phrase.words(), phrase.slop()) > 0) {
        continue;
      }
      int most = 0;
      int best = -1;
      String bestWord = "";
      for (int i = 0; i < size && !deadline.isHalfway(); i++) {
        String word = phrase.words().get(i);
        if (!mayBeWrong(word) || isName(word)) {
          continue;
        }
        int saidAlone = index.frequency(word);
        List<String> tried = new ArrayList<>(phrase.words());
        for (SaidWords.Near near : index.words().spelledLike(word, CANDIDATES)) {
          if (near.moments() < saidAlone) {
            // The word that is said more often is the right one of the two.
            continue;
          }
          tried.set(i, near.word());
          int times = said(tried, phrase.slop());
          if (times > most) {
            most = times;
            best = i;
            bestWord = near.word();
          }
        }
      }
      if (best >= 0) {
        return inPhrase(text, phrase.words(), best, bestWord);
      }
    }
    return null;
  }

  private int said(List<String> words, int slop) throws IOException {
    return index.count(new SpokenQuery.Row(words, slop));
  }

  private static @Nullable String inPhrase(
      String text, List<String> phrase, int at, String instead) {
    Words words = Words.of(text);
    List<String> folded = List.of(words.folded());
    int first = java.util.Collections.indexOfSubList(folded, phrase);
    if (first < 0) {
      return null;
    }
    int word = first + at;
    return text.substring(0, words.start(word))
        + inCaseOf(words.word(word), instead)
        + text.substring(words.end(word));
  }
}
