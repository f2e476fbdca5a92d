package dev.earmark.search.spoken;

import dev.earmark.schema.Schema;
import dev.earmark.search.Hit.Why;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Expands a word, in order of decreasing weight: the word itself, words with the same stem in a
 * language of the index, compounds that contain it, and similar words if it is rare. A moment with
 * all parts of a compound matches the compound.
 *
 * <p>Frequencies of all forms are added before scoring, so having two forms of a common word is no
 * advantage. Not thread-safe; one a search.
 */
public final class WordForms {
  /** So many words that begin as the one being typed are ranked as words; the rest match, too. */
  private static final int MOST_COMPLETIONS = 20;

  private final IndexStatistics index;
  private final List<String> languages;
  private final boolean manyLanguages;
  private final Compounds compounds;
  private final NearForms near;
  private final Spellings spellings;
  private final RankingParameters parameters;
  private final Expansions expansions;
  private final Map<String, Stemmer> stemmers = new LinkedHashMap<>();

  /**
   * The forms of a word.
   *
   * @param forms what is looked for
   * @param patterns what of it is marked
   * @param instead what may match in its place and ranks by itself
   * @param alternatives all that may match in its place
   */
  record Found(
      Forms forms,
      List<Pattern> patterns,
      List<SpokenQuery> instead,
      List<SpokenQuery> alternatives) {}

  WordForms(
      IndexStatistics index,
      NearForms near,
      Spellings spellings,
      Expansions expansions,
      List<String> queryLanguages,
      RankingParameters parameters)
      throws IOException {
    this.parameters = parameters;
    this.index = index;
    this.languages = queryLanguages;
    this.manyLanguages = index.languages().size() > 1;
    this.compounds = Compounds.of(index);
    this.near = near;
    this.spellings = spellings;
    this.expansions = expansions;
  }

  /** The terms of a word itself, in any form. */
  List<String> own(String word) {
    List<String> terms = new ArrayList<>(List.of(SpokenTerms.bounded(word)));
    stems(word)
        .forEach((language, stem) ->
            terms.add(SpokenTerms.bounded(SpokenTerms.stemTerm(language, stem))));
    return terms;
  }

  /** The stem of a word by language. */
  private Map<String, String> stems(String word) {
    Map<String, String> stems = new LinkedHashMap<>();
    for (String language : languages) {
      stems.put(language, stemmers.computeIfAbsent(language, Stemmer::forLanguage).stem(word));
    }
    return stems;
  }

  /**
   * The terms of other words that share a stem with a word, each in text of its language.
   *
   * <p>A word that is its own stem has no term for it. Where texts of other languages have that
   * word, too, it is asked for with the language.
   *
   * @param instead takes what has to be asked for so
   */
  private Set<String> otherForms(String word, Map<String, String> stems, List<SpokenQuery> instead)
      throws IOException {
    Set<String> others = new LinkedHashSet<>();
    for (Map.Entry<String, String> one : stems.entrySet()) {
      String stem = one.getValue();
      others.add(SpokenTerms.stemTerm(one.getKey(), stem));
      others.add(SpokenTerms.stemTerm(one.getKey(), word));
      if (stem.equals(word) || index.frequency(SpokenTerms.bounded(stem)) == 0) {
        continue;
      }
      SpokenQuery said = new SpokenQuery.Term(Schema.TEXT_FIELD, SpokenTerms.bounded(stem));
      SpokenQuery spoken = inLanguage(one.getKey());
      if (!manyLanguages
          || !index.hasAtLeast(1, new SpokenQuery.Builder().filter(said).mustNot(spoken).build())) {
        others.add(stem);
      } else {
        SpokenQuery here = new SpokenQuery.Builder().filter(said).filter(spoken).build();
        if (index.hasAtLeast(1, here)) {
          instead.add(here);
        }
      }
    }
    others.remove(word);
    return others;
  }

  /** Where a number is said that way, in its language. */
  SpokenQuery said(Spellings.Numeral numeral) throws IOException {
    SpokenQuery row = spellings.whole(numeral.words());
    return manyLanguages
        ? new SpokenQuery.Builder().filter(row).filter(inLanguage(numeral.language())).build()
        : row;
  }

  private SpokenQuery inLanguage(String language) throws IOException {
    return new SpokenQuery.AnyTerm(
        "lang",
        index.languageTags().stream()
            .filter(tag -> Stemmer.primary(tag).equals(language))
            .toList());
  }

  /**
   * The forms of a word.
   *
   * @param all whether also those that are only like it; not for what must not match
   * @param mayBeMisheard whether also those that sound like it; not for the name of who is meant
   */
  Found of(String word, boolean all, boolean mayBeMisheard) throws IOException {
    Map<String, String> stems = stems(word);
    List<SpokenQuery> instead = new ArrayList<>();
    Set<String> others = otherForms(word, stems, instead);
    List<String> terms = new ArrayList<>(List.of(SpokenTerms.bounded(word)));
    List<Float> weights = new ArrayList<>(List.of(1f));
    add(others, (float) parameters.otherForm(), terms, weights);
    if (!all) {
      for (List<String> pair : spellings.apart(word)) {
        instead.add(new SpokenQuery.Row(pair, 0));
      }
      for (Spellings.Numeral numeral : spellings.numerals(word)) {
        instead.add(said(numeral));
      }
      return new Found(new Forms(terms, weights, 1), List.of(), instead, List.of());
    }
    List<String> own = List.copyOf(terms);
    List<String> within = compounds(word);
    add(within, (float) parameters.compound(), terms, weights);
    WordTest test = new WordTest.FormOfLanguage(word, stems, Set.copyOf(within));
    List<String> parts =
        compounds.mayBeMade(word) && expansions.mayLook(word) ? compounds.parts(word) : List.of();
    List<Pattern> patterns = new ArrayList<>();
    List<SpokenQuery> alternatives = new ArrayList<>(instead);
    for (List<String> pair : spellings.apart(word)) {
      SpokenQuery row = new SpokenQuery.Row(pair, 0);
      instead.add(row);
      alternatives.add(row);
      patterns.add(Spellings.pattern(pair, word));
    }
    for (Spellings.Numeral numeral : spellings.numerals(word)) {
      SpokenQuery said = said(numeral);
      if (index.hasAtLeast(1, said)) {
        instead.add(said);
        alternatives.add(said);
        patterns.add(Spellings.pattern(numeral, word));
      }
    }
    Set<String> nearly = new LinkedHashSet<>();
    if (parts.isEmpty() && mayBeMisheard) {
      for (NearForms.Form form : near.of(word, own, List.copyOf(instead), test)) {
        add(Set.of(form.word()), form.weight(), terms, weights);
        nearly.add(form.word());
      }
      for (List<String> pair : near.pairs()) {
        alternatives.add(new SpokenQuery.Row(pair, 0));
        patterns.add(
            new Pattern(
                pair.stream().<WordTest>map(WordTest.Exactly::new).toList(), 0, word, Why.FUZZY));
      }
    }
    if (!parts.isEmpty()) {
      SpokenQuery allParts = allOf(parts);
      instead.add(allParts);
      alternatives.add(allParts);
      for (String part : parts) {
        Set<String> forms = new LinkedHashSet<>(List.of(part, Compounds.stem(part)));
        WordTest form = new WordTest.AnyForm("", forms, Set.copyOf(compounds(part)));
        patterns.add(new Pattern(List.of(form), 0, word));
      }
    }
    patterns.addFirst(
        new Pattern(
            List.of(nearly.isEmpty() ? test : new WordTest.AnyFormOrNear(test, nearly)), 0, word));
    return new Found(new Forms(terms, weights, 1), patterns, instead, alternatives);
  }

  /**
   * The forms of a word that somebody may still be typing: its own, and the words that begin so.
   * What sounds like it is looked for only where nothing begins so.
   *
   * @param mayBeMisheard as in {@link #of}
   */
  Found ofBegun(String word, boolean mayBeMisheard) throws IOException {
    SpokenQuery completed = new SpokenQuery.Prefix(word);
    if (!index.hasAtLeast(1, completed)) {
      return of(word, true, mayBeMisheard);
    }
    Found found = of(word, true, false);
    List<String> terms = new ArrayList<>(found.forms().terms());
    List<Float> weights = new ArrayList<>(found.forms().weights());
    // The words said most are ranked as words are; the others are found all the same.
    Map<String, String> stems = stems(word);
    for (SaidWords.Near said : index.words().startingWith(word, MOST_COMPLETIONS)) {
      if (!said.word().equals(word) && !stems(said.word()).equals(stems)) {
        add(Set.of(said.word()), (float) parameters.otherForm(), terms, weights);
      }
    }
    List<Pattern> patterns = new ArrayList<>(found.patterns());
    patterns.add(new Pattern(List.of(new WordTest.BeginsWith(word)), 0, word));
    List<SpokenQuery> instead = new ArrayList<>(found.instead());
    instead.add(completed);
    List<SpokenQuery> alternatives = new ArrayList<>(found.alternatives());
    alternatives.add(completed);
    return new Found(
        new Forms(terms, weights, found.forms().importance()), patterns, instead, alternatives);
  }

  private List<String> compounds(String word) throws IOException {
    return compounds.mayMake(word) && expansions.mayLook(word)
        ? expansions.take(word, compounds.of(word))
        : List.of();
  }

  private static void add(
      Iterable<String> more, float weight, List<String> terms, List<Float> weights) {
    for (String term : more) {
      terms.add(SpokenTerms.bounded(term));
      weights.add(weight);
    }
  }

  /**
   * Moments that have all parts of a compound, be it in other compounds, ranked as if the parts
   * were words.
   */
  private SpokenQuery allOf(List<String> parts) throws IOException {
    SpokenQuery.Builder all = new SpokenQuery.Builder();
    List<Forms> words = new ArrayList<>();
    for (String part : parts) {
      List<String> terms = new ArrayList<>(Compounds.forms(part));
      terms.addAll(compounds(part));
      all.filter(new SpokenQuery.AnyTerm(Schema.TEXT_FIELD, terms));
      words.add(
          new Forms(
              terms,
              terms.stream().map(term -> 1f).toList(),
              (float) parameters.compoundParts() / parts.size()));
    }
    return all.must(new SpokenQuery.Words(words)).build();
  }
}
