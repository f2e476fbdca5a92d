package dev.earmark.search.spoken;

import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest.Near;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.text.FunctionWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds words that sound like a rare word of the query.
 *
 * <p>A recogniser that does not know a name writes something similar: Taku for Teku, Verscell for
 * Vercel, "type script" for TypeScript; and people mistype. So a word that is rare in the index,
 * and does not occur in the scope of the search (an episode, a speaker), is also searched in
 * similar forms that do. That it is said elsewhere does not prevent this. Frequent words are
 * excluded, since recognisers know them, and so are function words among the forms. The decision is
 * the same for all pages and counts of a search.
 *
 * <p>A form counts less the less similar it is; moments that have the word itself come first. Not
 * thread-safe; one a search.
 */
final class NearForms {
  /** No query has more names; scanning all words costs milliseconds. */
  static final int MOST_WORDS = 16;

  private static final int SHORTEST_WORD = 4;

  /** A word that more moments hold is frequent, as is one of more than one in so many moments. */
  private static final int FREQUENT = 20;

  private static final int FREQUENT_SHARE = 1_000;

  /** The same where what is asked for is narrowed: a word may be frequent elsewhere. */
  private static final int FREQUENT_SHARE_ELSEWHERE = 100;

  /** So many near forms of a word are searched. */
  private static final int MOST_FORMS = 20;

  private static final int MOST_PAIRS = 6;

  private final IndexStatistics index;
  private final List<String> languages;
  private final Near wanted;
  private SpokenQuery scope;
  private boolean narrowed;
  private boolean question;
  private final @Nullable String episode;
  private @Nullable EpisodeWords episodeWords;
  private final float weight;
  private final Expansions expansions;
  private final List<SpokenQuery> instead = new ArrayList<>();
  private final List<SpokenQuery> exact = new ArrayList<>();

  /** The words asked about that were not looked for so. */
  private final List<SpokenQuery> said = new ArrayList<>();

  private final SpokenQuery.Builder nearOnly = new SpokenQuery.Builder();
  private List<List<String>> pairs = List.of();
  private int looked;
  private @Nullable String cutAt;
  private boolean any;
  private boolean offered;

  /** A form to search beside a word, and how much an occurrence counts. */
  record Form(String word, float weight) {}

  NearForms(
      IndexStatistics index,
      List<String> languages,
      Expansions expansions,
      Near wanted,
      Scope scope,
      RankingParameters parameters) {
    this.wanted = wanted;
    this.scope = scope.query();
    this.episode = scope.episode();
    this.narrowed = scope.isNarrow();
    this.index = index;
    this.languages = languages;
    this.expansions = expansions;
    this.weight = (float) parameters.nearForm();
  }

  /**
   * The near forms of a word; none if the word is found often enough as it is.
   *
   * @param forms the terms that are the word itself in its forms
   * @param others what else is the word itself, such as two words that are it written apart
   * @param own tells whether a word is such a form
   */
  List<Form> of(String word, List<String> forms, List<SpokenQuery> others, WordTest own)
      throws IOException {
    pairs = List.of();
    SpokenQuery exactly = exactly(forms, others);
    if (!maySound(word) || !mayBeNear(forms, others, exactly)) {
      said.add(exactly);
      return List.of();
    }
    if (looked >= MOST_WORDS) {
      cutAt = cutAt == null ? word : cutAt;
      return List.of();
    }
    if (!expansions.mayLook(word)) {
      return List.of();
    }
    looked++;
    List<Form> near = new ArrayList<>();
    for (SaidWords.Near one : expansions.take(word, alike(word))) {
      if (own.test(one.word(), one.word()) == null && !isFunctionWord(one.word())) {
        near.add(new Form(one.word(), weight * one.likeness()));
      }
    }
    List<SpokenQuery> asPhrases = new ArrayList<>();
    List<List<String>> pairsSaid = new ArrayList<>();
    for (List<String> pair : apart(word)) {
      SpokenQuery row = new SpokenQuery.Row(pair, 0);
      if (!others.contains(row) && isSaid(row)) {
        pairsSaid.add(pair);
        asPhrases.add(row);
      }
    }
    pairs = pairsSaid;
    if (near.isEmpty() && asPhrases.isEmpty()) {
      return near;
    }
    any = true;
    SpokenQuery.Builder nearly = new SpokenQuery.Builder();
    nearly.should(anyOf(near.stream().map(Form::word).toList()));
    asPhrases.forEach(nearly::should);
    instead.addAll(asPhrases);
    nearOnly.should(new SpokenQuery.Builder().filter(nearly.build()).mustNot(exactly).build());
    exact.add(exactly);
    return near;
  }

  /**
   * Tells which words are asked about next: a hint.
   *
   * @param words with the terms that each is itself
   */
  void lookUp(Map<String, List<String>> words) throws IOException {
    List<String> rare = new ArrayList<>();
    for (Map.Entry<String, List<String>> word : words.entrySet()) {
      if (maySound(word.getKey()) && rare.size() < MOST_WORDS && episode == null) {
        int most = 0;
        for (String form : word.getValue()) {
          most = Math.max(most, index.frequency(form));
        }
        if (most <= (wanted == Near.TRUE ? frequent() : 0)) {
          rare.add(word.getKey());
        }
      }
    }
    if (rare.size() > 1 && wanted != Near.FALSE) {
      NearWords.of(index).lookUp(rare);
    }
  }

  private static boolean maySound(String word) {
    return word.length() >= SHORTEST_WORD && WordList.isPlain(word);
  }

  /** Said so often that hardly any is a name misheard: "wasm" is not offered every "was". */
  private boolean isFunctionWord(String word) {
    return languages.stream().anyMatch(language -> FunctionWords.of(language).contains(word));
  }

  /**
   * Takes note that the words are of a question. It has words that nobody says in answering it and
   * that are not misheard, so a word that is frequent anywhere is frequent there, too.
   */
  void ofQuestion() {
    question = true;
  }

  /** Takes note that the query itself narrows what is asked for. */
  void narrow(SpokenQuery filter) {
    scope = new SpokenQuery.Builder().filter(scope).filter(filter).build();
    narrowed = true;
  }

  /** The words like one that are said within what is asked for, the likest first. */
  private List<SaidWords.Near> alike(String word) throws IOException {
    List<SaidWords.Near> here = new ArrayList<>();
    EpisodeWords said = episodeWords();
    List<SaidWords.Near> alike =
        said == null ? NearWords.of(index).alike(word) : said.alike(word, MOST_FORMS);
    for (SaidWords.Near one : alike) {
      if (here.size() < MOST_FORMS && isSaid(term(one.word()))) {
        here.add(one);
      }
    }
    return here;
  }

  /** The pairs of words that are said in a row within what is asked for and may be one word. */
  private List<List<String>> apart(String word) throws IOException {
    EpisodeWords said = episodeWords();
    return said == null ? List.of() : said.pairsAlike(word, MOST_PAIRS);
  }

  /** The words of the one episode that is asked for; null if it is not one. */
  private @Nullable EpisodeWords episodeWords() throws IOException {
    if (episode != null && episodeWords == null) {
      episodeWords = new EpisodeWords(index.moments(episode));
    }
    return episodeWords;
  }

  private boolean isSaid(SpokenQuery query) throws IOException {
    return !narrowed
        || index.hasAtLeast(1, new SpokenQuery.Builder().filter(query).filter(scope).build());
  }

  /**
   * Whether near forms of a word are searched: not of a frequent one, which recognisers know, and
   * unless they are asked for only where the word itself is not said.
   */
  private boolean mayBeNear(List<String> forms, List<SpokenQuery> others, SpokenQuery exactly)
      throws IOException {
    int frequent = frequent();
    boolean found = !others.isEmpty();
    for (String form : forms) {
      int moments = index.frequency(form);
      if (wanted == Near.FALSE || moments > frequent) {
        return false;
      }
      found |= moments > 0;
    }
    boolean exact = found && isSaid(exactly);
    offered |= exact && wanted == Near.AUTO;
    return !exact || wanted == Near.TRUE;
  }

  /** A word that more moments hold is frequent. */
  private int frequent() throws IOException {
    int share = narrowed && !question ? FREQUENT_SHARE_ELSEWHERE : FREQUENT_SHARE;
    return Math.max(FREQUENT, index.documents() / share);
  }

  /** Whether near forms were left out because the words themselves are said. */
  boolean isOffered() {
    return offered;
  }

  /** The pairs of words that are searched in place of the word asked about last. */
  List<List<String>> pairs() {
    return pairs;
  }

  /** Takes note that a query itself asks for near forms, which then count as such. */
  void asked(String word, Collection<String> near) {
    nearOnly.should(new SpokenQuery.Builder().filter(anyOf(near)).mustNot(term(word)).build());
    any = true;
  }

  private static SpokenQuery exactly(List<String> forms, List<SpokenQuery> others) {
    if (others.isEmpty()) {
      return anyOf(forms);
    }
    SpokenQuery.Builder any = new SpokenQuery.Builder().should(anyOf(forms));
    others.forEach(any::should);
    return any.build();
  }

  private static SpokenQuery anyOf(Collection<String> words) {
    return new SpokenQuery.AnyTerm(Schema.TEXT_FIELD, List.copyOf(words));
  }

  private static SpokenQuery term(String word) {
    return new SpokenQuery.Term(Schema.TEXT_FIELD, word);
  }

  /** Takes note that what matches here is near to what was asked. */
  void nearly(SpokenQuery query) {
    nearOnly.should(query);
    any = true;
  }

  /** The first word that was not looked at because there were too many before it; or null. */
  @Nullable String cutAt() {
    return cutAt;
  }

  /**
   * What may match in place of the words asked about since the last call.
   *
   * @param others what else may
   */
  SpokenQuery orInstead(SpokenQuery words, List<SpokenQuery> others) {
    instead.addAll(others);
    if (instead.isEmpty()) {
      return words;
    }
    SpokenQuery.Builder or = new SpokenQuery.Builder().should(words);
    instead.forEach(or::should);
    instead.clear();
    return or.build();
  }

  /**
   * For each word that has near forms what has the word itself; and what has any of the others. So
   * what has nothing of the query itself comes last, and others are not counted: a long question
   * would be ordered by how many of its words a moment has.
   */
  List<SpokenQuery> exact() {
    if (exact.isEmpty()) {
      return List.of();
    }
    List<SpokenQuery> all = new ArrayList<>(exact);
    if (!said.isEmpty()) {
      SpokenQuery.Builder any = new SpokenQuery.Builder();
      said.forEach(any::should);
      all.add(any.build());
    }
    return all;
  }

  /** The moments in which a word is found nearly and not itself; null if none was looked for so. */
  @Nullable SpokenQuery nearOnly() {
    return any ? nearOnly.build() : null;
  }
}
