package dev.earmark.search.lucene;

import dev.earmark.index.lucene.SpokenTerms;
import dev.earmark.index.lucene.Stemmer;
import dev.earmark.model.Words;
import dev.earmark.query.NotUnderstood;
import dev.earmark.query.Query;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Turns a query tree into Lucene's, for one state of the index.
 *
 * <p>A word is asked for in its exact form and, less weighty, in every form that shares its stem in
 * one of the index's languages; the frequencies are added up before they are scored, so a moment is
 * not the better for holding two forms of a common word. Not thread-safe; one a search.
 */
final class QueryCompiler {
  private static final float OTHER_FORM = 0.8f;
  private static final float CONTEXT = 0.2f;
  private static final float PAIR = 0.3f;
  private static final float QUESTION_WORD = 0.1f;
  private static final float WORD_OF_NAME = 0.3f;
  private static final float NAMED_SPEAKER = 4;
  private static final int MOST_PAIRS = 12;
  private static final int MOST_FUZZY_TERMS = 64;
  private static final int MOST_FUZZY_WORDS = 24;
  private static final int MOST_PREFIXES = 32;
  private static final int MOST_MESSAGES = 20;
  private static final String TEXT = Schema.TEXT_FIELD;

  private final IndexReader reader;
  private final List<String> languages;
  private final NearForms near;
  private final Map<String, Stemmer> stemmers = new LinkedHashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<NotUnderstood> notUnderstood = new ArrayList<>();
  private int prefixes;
  private int fuzzies;

  QueryCompiler(Snapshot snapshot) throws IOException {
    this.reader = snapshot.getIndexReader();
    this.languages = snapshot.languages();
    this.near = new NearForms(snapshot);
  }

  /** All moments. */
  static org.apache.lucene.search.Query allMoments() {
    return new FieldExistsQuery(Schema.ORDINAL);
  }

  CompiledQuery compile(Query.Clauses query) throws IOException {
    org.apache.lucene.search.Query compiled =
        query.isEmpty() ? allMoments() : clauses(query, false);
    return new CompiledQuery(
        compiled, near.nearOnly(), List.copyOf(patterns), List.copyOf(notUnderstood));
  }

  private org.apache.lucene.search.Query clauses(Query.Clauses query, boolean negated)
      throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean positive = false;
    List<String> words = new ArrayList<>();
    for (Query.Clause clause : query.clauses()) {
      boolean not = clause.occur() == Query.Occur.MUST_NOT;
      positive |= !not;
      if (clause.occur() == Query.Occur.MAY && clause.query() instanceof Query.Word word) {
        words.add(word.word());
        continue;
      }
      BooleanClause.Occur occur =
          switch (clause.occur()) {
            case MAY -> BooleanClause.Occur.SHOULD;
            case MUST ->
                isFilter(clause.query()) ? BooleanClause.Occur.FILTER : BooleanClause.Occur.MUST;
            case MUST_NOT -> BooleanClause.Occur.MUST_NOT;
          };
      all.add(compile(clause.query(), negated || not), occur);
    }
    if (!words.isEmpty()) {
      all.add(words(words, negated), BooleanClause.Occur.SHOULD);
    }
    if (!positive) {
      all.add(allMoments(), BooleanClause.Occur.FILTER);
    }
    return all.build();
  }

  private static boolean isFilter(Query query) {
    return query instanceof Query.FieldIs
        || query instanceof Query.Dates
        || query instanceof Query.Times;
  }

  private org.apache.lucene.search.Query compile(Query query, boolean negated) throws IOException {
    return switch (query) {
      case Query.Clauses clauses ->
          clauses.isEmpty() ? new MatchNoDocsQuery("nothing asked for") : clauses(clauses, negated);
      case Query.AnyOf any -> {
        BooleanQuery.Builder or = new BooleanQuery.Builder();
        for (Query option : any.options()) {
          or.add(compile(option, negated), BooleanClause.Occur.SHOULD);
        }
        yield or.build();
      }
      case Query.Word word -> words(List.of(word.word()), negated);
      case Query.Phrase phrase -> phrase(phrase, negated);
      case Query.Prefix prefix -> prefix(prefix, negated);
      case Query.Fuzzy fuzzy -> fuzzy(fuzzy, negated);
      case Query.FieldIs field -> field(field);
      case Query.Dates dates ->
          NumericDocValuesField.newSlowRangeQuery(
              Schema.DATE,
              dates.from() == null ? Long.MIN_VALUE : dates.from().toEpochDay(),
              dates.to() == null ? Long.MAX_VALUE : dates.to().toEpochDay());
      case Query.Times times ->
          NumericDocValuesField.newSlowRangeQuery(
              Schema.START,
              times.fromMs() == null ? Long.MIN_VALUE : times.fromMs(),
              times.toMs() == null ? Long.MAX_VALUE : times.toMs());
    };
  }

  private org.apache.lucene.search.Query prefix(Query.Prefix prefix, boolean negated)
      throws IOException {
    if (++prefixes > MOST_PREFIXES) {
      cut(prefix, "beginnings of words", MOST_PREFIXES);
      return words(List.of(prefix.prefix()), negated);
    }
    mark(negated, new Pattern(List.of(new WordTest.BeginsWith(prefix.prefix())), 0, prefix + ""));
    return new PrefixQuery(new Term(TEXT, prefix.prefix()));
  }

  private void cut(Query part, String what, int most) {
    if (notUnderstood.size() < MOST_MESSAGES) {
      notUnderstood.add(
          new NotUnderstood(
              0,
              0,
              "only the first "
                  + most
                  + " "
                  + what
                  + " were read as such; "
                  + part
                  + " was searched as a word"));
    }
  }

  private void mark(boolean negated, Pattern pattern) {
    if (!negated) {
      patterns.add(pattern);
    }
  }

  /**
   * Any of some words, ranked together; those that stand side by side in the query rank higher
   * where they do in speech (sequential dependence: D. Metzler, W. B. Croft, <i>A Markov random
   * field model for term dependencies</i>, 2005).
   */
  private org.apache.lucene.search.Query words(List<String> words, boolean negated)
      throws IOException {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(words));
    Set<String> speakers = NamedSpeakers.in(words, reader);
    SpokenWordsQuery any = new SpokenWordsQuery(TEXT, weighed(distinct, speakers, negated));
    if (negated) {
      return any;
    }
    markJoined(words);
    BooleanQuery.Builder ranked =
        new BooleanQuery.Builder().add(near.orInstead(any), BooleanClause.Occur.MUST);
    near.ahead().forEach(query -> ranked.add(query, BooleanClause.Occur.SHOULD));
    for (String word : distinct) {
      // A title or heading that has the word lifts the moments under it; alone it matches none.
      ranked.add(
          new BoostQuery(
              new ConstantScoreQuery(new TermQuery(new Term(Schema.CONTEXT_FIELD, bounded(word)))),
              CONTEXT),
          BooleanClause.Occur.SHOULD);
    }
    for (int i = 0; i + 1 < words.size() && i < MOST_PAIRS; i++) {
      ranked.add(
          new BoostQuery(
              new SpokenPhraseQuery(
                  TEXT, List.of(bounded(words.get(i)), bounded(words.get(i + 1))), 0),
              PAIR),
          BooleanClause.Occur.SHOULD);
    }
    for (String name : speakers) {
      ranked.add(
          new BoostQuery(
              new ConstantScoreQuery(new TermQuery(NamedSpeakers.saidBy(name))), NAMED_SPEAKER),
          BooleanClause.Occur.SHOULD);
    }
    return ranked.build();
  }

  /** Words that stand side by side in the query and may be said as one. */
  private void markJoined(List<String> words) throws IOException {
    for (int i = 0; i + 1 < words.size() && i < MOST_PAIRS; i++) {
      String joined = near.joined(words.get(i), words.get(i + 1));
      if (joined != null) {
        WordTest test = new WordTest.NearlyOneOf("", Map.of(joined, 1f));
        mark(false, new Pattern(List.of(test), 0, words.get(i) + ' ' + words.get(i + 1)));
      }
    }
  }

  /**
   * Words with their forms and their weights: those that make a question and those that name a
   * speaker count less, unless there are no others.
   */
  private List<SpokenWordsQuery.Forms> weighed(
      List<String> words, Set<String> speakers, boolean negated) throws IOException {
    Set<String> ofNames = new LinkedHashSet<>();
    speakers.forEach(name -> ofNames.addAll(List.of(name.split(" "))));
    boolean nothingElse =
        words.stream().allMatch(word -> ofNames.contains(word) || QuestionWords.contains(word));
    List<SpokenWordsQuery.Forms> forms = new ArrayList<>();
    for (String word : words) {
      float weight = 1;
      if (!nothingElse && ofNames.contains(word)) {
        weight = WORD_OF_NAME;
      } else if (!nothingElse && QuestionWords.contains(word)) {
        weight = QUESTION_WORD;
      }
      forms.add(forms(word, weight, negated));
    }
    return forms;
  }

  private SpokenWordsQuery.Forms forms(String word, float importance, boolean negated)
      throws IOException {
    Set<String> stems = new LinkedHashSet<>();
    Set<String> terms = new LinkedHashSet<>();
    for (String language : languages) {
      String stem = stemmers.computeIfAbsent(language, Stemmer::forLanguage).stem(word);
      stems.add(stem);
      terms.add(SpokenTerms.stemTerm(language, stem));
    }
    terms.addAll(stems);
    terms.remove(word);
    List<String> all = new ArrayList<>(List.of(bounded(word)));
    List<Float> weights = new ArrayList<>(List.of(1f));
    for (String term : terms) {
      all.add(bounded(term));
      weights.add(OTHER_FORM);
    }
    WordTest.AnyForm own = new WordTest.AnyForm(word, stems);
    if (!negated) {
      addNear(word, own, all, weights);
    }
    return new SpokenWordsQuery.Forms(all, weights, importance);
  }

  /** Adds the near forms of a word that is hardly ever said, and marks all that may be found. */
  private void addNear(String word, WordTest.AnyForm own, List<String> terms, List<Float> weights)
      throws IOException {
    List<NearForms.Form> forms = near.of(word, List.copyOf(terms), own);
    Set<String> nearly = new LinkedHashSet<>();
    for (NearForms.Form form : forms) {
      terms.add(form.word());
      weights.add(form.weight());
      nearly.add(form.word());
    }
    mark(
        false,
        new Pattern(
            List.of(nearly.isEmpty() ? own : new WordTest.AnyFormOrNear(own, nearly)), 0, word));
    for (List<String> pair : near.pairs()) {
      mark(
          false,
          new Pattern(
              pair.stream().<WordTest>map(WordTest.Exactly::new).toList(), 0, word, Why.FUZZY));
    }
  }

  private static String bounded(String word) {
    return word.length() <= SpokenTerms.LONGEST_WORD
        ? word
        : word.substring(0, SpokenTerms.LONGEST_WORD);
  }

  private org.apache.lucene.search.Query phrase(Query.Phrase phrase, boolean negated) {
    List<String> words = phrase.words().stream().map(QueryCompiler::bounded).toList();
    List<WordTest> tests = new ArrayList<>();
    words.forEach(word -> tests.add(new WordTest.Exactly(word)));
    mark(negated, new Pattern(tests, phrase.slop(), phrase.toString()));
    return words.size() == 1
        ? new TermQuery(new Term(TEXT, words.getFirst()))
        : new SpokenPhraseQuery(TEXT, words, phrase.slop());
  }

  private org.apache.lucene.search.Query fuzzy(Query.Fuzzy fuzzy, boolean negated)
      throws IOException {
    if (++fuzzies > MOST_FUZZY_WORDS) {
      cut(fuzzy, "words with ~", MOST_FUZZY_WORDS);
      return words(List.of(fuzzy.word()), negated);
    }
    Map<String, Float> near = new LinkedHashMap<>();
    Terms terms = MultiTerms.getTerms(reader, TEXT);
    if (terms != null) {
      FuzzyTermsEnum each =
          new FuzzyTermsEnum(terms, new Term(TEXT, bounded(fuzzy.word())), fuzzy.edits(), 1, true);
      List<Map.Entry<String, Float>> all = new ArrayList<>();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        String word = term.utf8ToString();
        if (SpokenTerms.isWord(word)) {
          all.add(Map.entry(word, each.getBoost()));
        }
      }
      all.sort(Map.Entry.<String, Float>comparingByValue().reversed());
      all.stream().limit(MOST_FUZZY_TERMS).forEach(e -> near.put(e.getKey(), e.getValue()));
      if (all.size() > MOST_FUZZY_TERMS) {
        notUnderstood.add(
            new NotUnderstood(
                0,
                0,
                fuzzy
                    + " is near "
                    + all.size()
                    + " words; the nearest "
                    + MOST_FUZZY_TERMS
                    + " were searched"));
      }
    }
    mark(
        negated,
        new Pattern(List.of(new WordTest.NearlyOneOf(fuzzy.word(), near)), 0, fuzzy.toString()));
    if (!negated) {
      this.near.asked(fuzzy.word(), near.keySet());
    }
    if (near.isEmpty()) {
      return new MatchNoDocsQuery("no word is near " + fuzzy.word());
    }
    SynonymQuery.Builder forms = new SynonymQuery.Builder(TEXT);
    near.forEach(
        (word, boost) -> forms.addTerm(new Term(TEXT, word), Math.max(0.05f, Math.min(1f, boost))));
    return forms.build();
  }

  private org.apache.lucene.search.Query field(Query.FieldIs is) throws IOException {
    Field field = Schema.field(is.field()).orElseThrow();
    if (field.type() != FieldType.NAME) {
      return new TermQuery(new Term(field.name(), is.value().toLowerCase(java.util.Locale.ROOT)));
    }
    String name = Words.fold(is.value());
    Term whole = new Term(field.name(), name);
    if (reader.docFreq(whole) > 0) {
      return new TermQuery(whole);
    }
    return new TermInSetQuery(field.name(), namesWith(field.name(), name));
  }

  /** The names that have all of some words, so that a first name is enough. */
  private List<BytesRef> namesWith(String field, String words) throws IOException {
    List<BytesRef> found = new ArrayList<>();
    Terms terms = MultiTerms.getTerms(reader, field);
    if (terms == null) {
      return found;
    }
    Set<String> wanted =
        Set.of(words.split(" ")).isEmpty()
            ? Set.of()
            : new LinkedHashSet<>(List.of(words.split(" ")));
    TermsEnum each = terms.iterator();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      if (new LinkedHashSet<>(List.of(term.utf8ToString().split(" "))).containsAll(wanted)) {
        found.add(BytesRef.deepCopyOf(term));
      }
    }
    return found;
  }

  /**
   * Moments of a facet's value, as a filter of the request chooses it: the whole value, as shown.
   */
  static Optional<org.apache.lucene.search.Query> chosen(String facet, String value) {
    return Schema.field(facet)
        .filter(Field::facet)
        .map(field ->
            new TermQuery(
                new Term(facet, field.type() == FieldType.NAME ? Words.fold(value) : value)));
  }

  /** The weaker of two reasons. */
  static Why weaker(Why a, Why b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
