package dev.earmark.search.lucene;

import dev.earmark.index.lucene.SpokenTerms;
import dev.earmark.model.Words;
import dev.earmark.query.NotUnderstood;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.Query;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Turns a query tree into Lucene's, for one state of the index.
 *
 * <p>Words without a sign are asked for together ({@link SpokenWordsQuery}), each in all its forms
 * ({@link WordForms}). What they are worth more for standing close together is kept apart as
 * evidence, since it costs more to find out than which moments match; the engine asks for it where
 * it can change what is seen. Not thread-safe; one a search.
 */
final class QueryCompiler {
  private static final float CONTEXT = 0.3f;

  private static final float QUESTION_WORD = 0.1f;
  private static final float WORD_OF_NAME = 0.3f;
  private static final float NAMED_SPEAKER = 5;
  private static final int MOST_JOINED = 12;
  private static final int MOST_FUZZY_TERMS = 64;
  private static final int MOST_FUZZY_WORDS = 24;
  private static final int MOST_PREFIXES = 32;
  private static final int MOST_MESSAGES = 20;
  private static final int LONGEST_RUN = 16;
  private static final String TEXT = Schema.TEXT_FIELD;

  private final Snapshot snapshot;
  private final Deadline deadline;
  private final NearForms near;
  private final WordForms wordForms;
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<PairEvidence> evidence = new ArrayList<>();
  private final List<NotUnderstood> notUnderstood = new ArrayList<>();
  private Words text = Words.of("");
  private int prefixes;
  private int fuzzies;

  QueryCompiler(Snapshot snapshot, Deadline deadline) throws IOException {
    this.snapshot = snapshot;
    this.deadline = deadline;
    this.near = new NearForms(snapshot, deadline);
    this.wordForms = new WordForms(snapshot, near);
  }

  /** All moments. */
  static org.apache.lucene.search.Query allMoments() {
    return new FieldExistsQuery(Schema.ORDINAL);
  }

  CompiledQuery compile(ParsedQuery query) throws IOException {
    text = Words.of(query.text());
    org.apache.lucene.search.Query compiled =
        query.query().isEmpty() ? allMoments() : clauses(query.query(), false);
    if (near.cutAt() != null) {
      report(
          near.cutAt(),
          "only the first "
              + NearForms.MOST_WORDS
              + " words that are hardly ever said were also looked for as what sounds like them");
    }
    return new CompiledQuery(
        compiled,
        List.copyOf(evidence),
        near.nearOnly(),
        List.copyOf(patterns),
        List.copyOf(notUnderstood));
  }

  private org.apache.lucene.search.Query clauses(Query.Clauses query, boolean negated)
      throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean positive = false;
    boolean may = false;
    boolean must = false;
    List<String> words = new ArrayList<>();
    for (Query.Clause clause : query.clauses()) {
      boolean not = clause.occur() == Query.Occur.MUST_NOT;
      boolean filter = FieldFilters.isFilter(clause.query());
      positive |= !not;
      may |= clause.occur() == Query.Occur.MAY;
      must |= clause.occur() == Query.Occur.MUST && !filter;
      if (clause.occur() == Query.Occur.MAY && clause.query() instanceof Query.Word word) {
        words.add(word.word());
        continue;
      }
      BooleanClause.Occur occur =
          switch (clause.occur()) {
            case MAY -> BooleanClause.Occur.SHOULD;
            case MUST -> filter ? BooleanClause.Occur.FILTER : BooleanClause.Occur.MUST;
            case MUST_NOT -> BooleanClause.Occur.MUST_NOT;
          };
      boolean unquoted = clause.occur() == Query.Occur.MAY && !negated;
      all.add(
          unquoted && clause.query() instanceof Query.Phrase phrase
              ? joinedBySign(phrase)
              : compile(clause.query(), negated || not),
          occur);
    }
    if (!words.isEmpty()) {
      all.add(words(words, negated), BooleanClause.Occur.SHOULD);
    }
    if (!positive) {
      all.add(allMoments(), BooleanClause.Occur.FILTER);
    }
    if (may && !must) {
      // A filter narrows what the words find; it does not find in their place.
      all.setMinimumNumberShouldMatch(1);
    }
    return all.build();
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
      case Query.FieldIs field -> FieldFilters.field(field, snapshot.getIndexReader());
      case Query.Dates dates -> FieldFilters.dates(dates);
      case Query.Times times -> FieldFilters.times(times);
    };
  }

  private org.apache.lucene.search.Query prefix(Query.Prefix prefix, boolean negated)
      throws IOException {
    if (++prefixes > MOST_PREFIXES) {
      cut(prefix, prefix.prefix(), "beginnings of words", MOST_PREFIXES);
      return words(List.of(prefix.prefix()), negated);
    }
    mark(negated, new Pattern(List.of(new WordTest.BeginsWith(prefix.prefix())), 0, prefix + ""));
    return new PrefixQuery(new Term(TEXT, prefix.prefix()));
  }

  private void cut(Query part, String word, String what, int most) {
    report(
        word,
        "only the first "
            + most
            + " "
            + what
            + " were read as such; "
            + part
            + " was searched as a word");
  }

  /** Reports something about a word, where that first stands in the query. */
  private void report(String word, String message) {
    if (notUnderstood.size() >= MOST_MESSAGES) {
      return;
    }
    for (int i = 0; i < text.count(); i++) {
      if (text.folded(i).equals(word)) {
        notUnderstood.add(new NotUnderstood(text.start(i), text.end(i), message));
        return;
      }
    }
    notUnderstood.add(new NotUnderstood(0, 0, message));
  }

  private void mark(boolean negated, Pattern pattern) {
    if (!negated) {
      patterns.add(pattern);
    }
  }

  /** Any of some words, ranked together. */
  private org.apache.lucene.search.Query words(List<String> words, boolean negated)
      throws IOException {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(words));
    NamedSpeakers speakers = NamedSpeakers.in(words, snapshot.getIndexReader());
    List<org.apache.lucene.search.Query> instead = new ArrayList<>();
    List<SpokenWordsQuery.Forms> forms = weighed(distinct, speakers, negated, instead);
    SpokenWordsQuery any = new SpokenWordsQuery(TEXT, forms);
    if (negated) {
      return any;
    }
    markJoined(words);
    BooleanQuery.Builder ranked =
        new BooleanQuery.Builder().add(near.orInstead(any, instead), BooleanClause.Occur.MUST);
    near.ahead().forEach(query -> ranked.add(query, BooleanClause.Occur.SHOULD));
    for (String word : distinct) {
      // A title or heading that has the word lifts the moments under it; alone it matches none.
      ranked.add(
          new BoostQuery(
              new TermQuery(new Term(Schema.CONTEXT_FIELD, WordForms.bounded(word))), CONTEXT),
          BooleanClause.Occur.SHOULD);
    }
    for (String name : speakers.names()) {
      ranked.add(
          new BoostQuery(
              new ConstantScoreQuery(new TermQuery(NamedSpeakers.saidBy(name))), NAMED_SPEAKER),
          BooleanClause.Occur.SHOULD);
    }
    if (distinct.size() > 1) {
      List<SpokenWordsQuery.Forms> inOrder =
          words.stream().map(word -> forms.get(distinct.indexOf(word))).toList();
      evidence.add(new PairEvidence(TEXT, inOrder, snapshot));
    }
    return ranked.build();
  }

  /**
   * Words with their forms and their weights: those that make a question and those that name a
   * speaker count less, unless there are no others.
   *
   * @param instead takes what may match in place of a word
   */
  private List<SpokenWordsQuery.Forms> weighed(
      List<String> words,
      NamedSpeakers speakers,
      boolean negated,
      List<org.apache.lucene.search.Query> instead)
      throws IOException {
    boolean nothingElse =
        words.stream()
            .allMatch(word -> speakers.words().contains(word) || QuestionWords.contains(word));
    List<SpokenWordsQuery.Forms> forms = new ArrayList<>();
    for (String word : words) {
      float weight = 1;
      if (!nothingElse && speakers.words().contains(word)) {
        weight = WORD_OF_NAME;
      } else if (!nothingElse && QuestionWords.contains(word)) {
        weight = QUESTION_WORD;
      }
      WordForms.Found found = wordForms.of(word, !negated);
      forms.add(found.forms().weighing(weight));
      if (!negated) {
        patterns.addAll(found.patterns());
        instead.addAll(found.instead());
      }
    }
    return forms;
  }

  /** Words that stand side by side in the query and may be said as one. */
  private void markJoined(List<String> words) throws IOException {
    for (int i = 0; i + 1 < words.size() && i < MOST_JOINED; i++) {
      String joined = near.joined(words.get(i), words.get(i + 1));
      if (joined != null) {
        WordTest test = new WordTest.NearlyOneOf("", Map.of(joined, 1f));
        mark(false, new Pattern(List.of(test), 0, words.get(i) + ' ' + words.get(i + 1)));
      }
    }
  }

  private org.apache.lucene.search.Query phrase(Query.Phrase phrase, boolean negated) {
    mark(negated, pattern(phrase.words(), phrase.slop(), phrase.toString(), Why.EXACT));
    return row(phrase.words(), phrase.slop());
  }

  private static Pattern pattern(List<String> words, int slop, String name, Why as) {
    List<WordTest> tests = new ArrayList<>();
    words.forEach(word -> tests.add(new WordTest.Exactly(WordForms.bounded(word))));
    return new Pattern(tests, slop, name, as);
  }

  private org.apache.lucene.search.Query row(List<String> words, int slop) {
    List<String> bounded = words.stream().map(WordForms::bounded).toList();
    return bounded.size() == 1
        ? new TermQuery(new Term(TEXT, bounded.getFirst()))
        : new SpokenPhraseQuery(TEXT, bounded, slop, deadline);
  }

  /**
   * What was typed as one and is several words: joined by a hyphen, letters and digits, or in a
   * script without spaces. It is meant as they stand; if that is never said, hyphenated words are
   * words like any others, and of what has no spaces the longest rows that are said are near it.
   */
  private org.apache.lucene.search.Query joinedBySign(Query.Phrase phrase) throws IOException {
    if (phrase.words().size() < 2 || snapshot.hasAtLeast(1, row(phrase.words(), 0))) {
      return phrase(phrase, false);
    }
    if (phrase.words().stream().noneMatch(QueryCompiler::isUnspaced)) {
      return words(phrase.words(), false);
    }
    List<List<String>> rows = rowsSaid(phrase.words());
    if (rows.isEmpty()) {
      return phrase(phrase, false);
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (List<String> row : rows) {
      patterns.add(pattern(row, 0, phrase.toString(), Why.FUZZY));
      any.add(row(row, 0), BooleanClause.Occur.SHOULD);
      near.nearly(row(row, 0));
    }
    return any.build();
  }

  /** Whether a word is a character of a script that sets no spaces between words. */
  private static boolean isUnspaced(String word) {
    int first = word.codePointAt(0);
    return first >= 0x0E00 && word.length() == Character.charCount(first);
  }

  /** The rows of words that are said, from left to right the longest each: as a reader would. */
  private List<List<String>> rowsSaid(List<String> words) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    int from = 0;
    while (from < words.size() && rows.size() < MOST_JOINED && !deadline.hasPassed()) {
      int to = from;
      while (to < words.size()
          && to - from < LONGEST_RUN
          && snapshot.hasAtLeast(1, row(words.subList(from, to + 1), 0))) {
        to++;
      }
      if (to - from > 1 || (to > from && !isUnspaced(words.get(from)))) {
        rows.add(List.copyOf(words.subList(from, to)));
      }
      from = Math.max(to, from + 1);
    }
    return rows;
  }

  private org.apache.lucene.search.Query fuzzy(Query.Fuzzy fuzzy, boolean negated)
      throws IOException {
    if (++fuzzies > MOST_FUZZY_WORDS) {
      cut(fuzzy, fuzzy.word(), "words with ~", MOST_FUZZY_WORDS);
      return words(List.of(fuzzy.word()), negated);
    }
    Map<String, Float> forms = fuzzyForms(fuzzy);
    mark(
        negated,
        new Pattern(List.of(new WordTest.NearlyOneOf(fuzzy.word(), forms)), 0, fuzzy.toString()));
    if (!negated) {
      near.asked(fuzzy.word(), forms.keySet());
    }
    if (forms.isEmpty()) {
      return new MatchNoDocsQuery("no word is near " + fuzzy.word());
    }
    SynonymQuery.Builder any = new SynonymQuery.Builder(TEXT);
    forms.forEach(
        (word, boost) -> any.addTerm(new Term(TEXT, word), Math.max(0.05f, Math.min(1f, boost))));
    return any.build();
  }

  /** The words nearest to one, and how near each is. */
  private Map<String, Float> fuzzyForms(Query.Fuzzy fuzzy) throws IOException {
    Map<String, Float> forms = new LinkedHashMap<>();
    Terms terms = MultiTerms.getTerms(snapshot.getIndexReader(), TEXT);
    if (terms == null) {
      return forms;
    }
    FuzzyTermsEnum each =
        new FuzzyTermsEnum(
            terms, new Term(TEXT, WordForms.bounded(fuzzy.word())), fuzzy.edits(), 1, true);
    List<Map.Entry<String, Float>> all = new ArrayList<>();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      String word = term.utf8ToString();
      if (SpokenTerms.isWord(word)) {
        all.add(Map.entry(word, each.getBoost()));
      }
    }
    all.sort(Map.Entry.<String, Float>comparingByValue().reversed());
    all.stream().limit(MOST_FUZZY_TERMS).forEach(e -> forms.put(e.getKey(), e.getValue()));
    if (all.size() > MOST_FUZZY_TERMS) {
      report(
          fuzzy.word(),
          fuzzy
              + " is near "
              + all.size()
              + " words; the nearest "
              + MOST_FUZZY_TERMS
              + " were searched");
    }
    return forms;
  }

  /** The weaker of two reasons. */
  static Why weaker(Why a, Why b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
