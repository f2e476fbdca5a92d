package dev.earmark.search.spoken;

import dev.earmark.query.NotUnderstood;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.Query;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit.Why;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.SearchRequest.Match;
import dev.earmark.search.SearchRequest.Near;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.rank.TermProximity;
import dev.earmark.text.Elision;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans what to search for a query, given the statistics of an index.
 *
 * <p>Words without an operator are searched together ({@link SpokenQuery.Words}), each in all its
 * forms ({@link WordForms}). Their proximity is kept apart as evidence, since it costs more than
 * finding matches; engines evaluate it for the best hits only. Not thread-safe; one a search.
 */
public final class QueryPlanner {
  private static final int MOST_JOINED = 12;
  private static final int MOST_FUZZY_TERMS = 64;
  private static final int MOST_FUZZY_WORDS = 24;
  private static final int MOST_PREFIXES = 32;
  private static final int MOST_MESSAGES = 20;
  private static final int LONGEST_RUN = 16;
  private static final String TEXT = Schema.TEXT_FIELD;

  private final IndexStatistics index;
  private final Deadline deadline;
  private final RankingParameters parameters;
  private final Expansions expansions;
  private final NearForms near;
  private final Spellings spellings;
  private final WordForms wordForms;
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<List<Forms>> evidence = new ArrayList<>();
  private final Set<String> named = new LinkedHashSet<>();
  private final List<NotUnderstood> notUnderstood = new ArrayList<>();
  private final ParsedQuery query;
  private final Words text;

  /** Up to which word of the text parts have been told as they were typed. */
  private int toldTo;

  private final List<String> languages;
  private final Set<String> between = new LinkedHashSet<>();
  private final Match match;
  private final Scope scope;
  private @Nullable Matched matched;
  private @Nullable SpokenQuery looser;
  private @Nullable SpokenQuery meant;
  private @Nullable SpokenQuery company;
  private List<QueryPlan.Part> asked = List.of();
  private final List<SpokenQuery> tiers = new ArrayList<>();
  private int depth;
  private boolean question;
  private int prefixes;
  private int fuzzies;

  /**
   * A planner.
   *
   * @param query what was read
   * @param match how many of several words have to be met
   * @param near whether what is only near is looked for
   * @param scope what the request narrows the query to; {@link Filters#scope}
   */
  public QueryPlanner(
      ParsedQuery query,
      IndexStatistics index,
      Deadline deadline,
      Match match,
      Near near,
      Scope scope,
      RankingParameters parameters)
      throws IOException {
    this.parameters = parameters;
    this.match = match;
    this.scope = scope;
    this.index = index;
    this.deadline = deadline;
    this.expansions = new Expansions(deadline);
    this.query = query;
    this.text = Words.of(query.text());
    this.languages = QueryLanguages.of(query, scope, index);
    this.near = new NearForms(index, languages, expansions, near, scope, parameters);
    this.spellings = new Spellings(index, languages, text);
    this.wordForms = new WordForms(index, this.near, spellings, expansions, languages, parameters);
  }

  /** What is searched for the query. */
  public QueryPlan plan() throws IOException {
    SpokenQuery planned =
        query.query().isEmpty()
            ? query.text().isBlank() ? new SpokenQuery.All() : new SpokenQuery.None()
            : clauses(withoutElision(query.query(), false), false);
    if (near.cutAt() != null) {
      report(
          near.cutAt(),
          "only the first "
              + NearForms.MOST_WORDS
              + " words that are hardly ever said were also looked for as what sounds like them");
    }
    String cutAt = expansions.cutAt();
    if (cutAt != null) {
      report(cutAt, expansions.message());
    }
    List<SpokenQuery> exact = new ArrayList<>(near.exact());
    exact.addAll(tiers);
    return new QueryPlan(
        planned,
        exact,
        company,
        meant,
        question,
        List.copyOf(asked),
        List.copyOf(evidence),
        named.isEmpty() ? null : NamedSpeakers.said(named),
        near.nearOnly(),
        near.isOffered(),
        looser,
        matched,
        List.copyOf(patterns),
        Set.copyOf(between),
        List.copyOf(notUnderstood));
  }

  private SpokenQuery clauses(Query.Clauses query, boolean negated) throws IOException {
    SpokenQuery.Builder all = new SpokenQuery.Builder();
    boolean positive = false;
    boolean may = false;
    boolean must = false;
    List<String> words = new ArrayList<>();
    List<Query.Phrase> quoted = new ArrayList<>();
    List<Meeting.Part> parts = new ArrayList<>();
    depth++;
    for (Query.Clause clause : negated ? query.clauses() : withRows(query.clauses())) {
      boolean not = clause.occur() == Query.Occur.MUST_NOT;
      boolean filter = Filters.isFilter(clause.query());
      positive |= !not;
      may |= clause.occur() == Query.Occur.MAY;
      if (clause.occur() == Query.Occur.MAY && clause.query() instanceof Query.Word word) {
        words.add(word.word());
        continue;
      }
      if (clause.occur() == Query.Occur.MUST && clause.query() instanceof Query.Phrase phrase) {
        quoted.add(phrase);
        continue;
      }
      must |= clause.occur() == Query.Occur.MUST && !filter;
      boolean unquoted = clause.occur() == Query.Occur.MAY && !negated;
      SpokenQuery part =
          unquoted && clause.query() instanceof Query.Phrase phrase
              ? joinedBySign(phrase)
              : plan(clause.query(), negated || not);
      if (filter && depth == 1) {
        near.narrow(not ? Meeting.not(part) : part);
      }
      if (clause.occur() == Query.Occur.MAY) {
        parts.add(new Meeting.Part(asTyped(clause.query()), part, 0));
      }
      var unused =
          switch (clause.occur()) {
            case MAY -> all.should(part);
            case MUST -> filter ? all.filter(part) : all.must(part);
            case MUST_NOT -> all.mustNot(part);
          };
    }
    // A phrase beside words is met where they are; alone, or beside what must match, it must, too.
    boolean together = !negated && !must;
    for (Query.Phrase phrase : quoted) {
      SpokenQuery part = plan(phrase, negated);
      if (together && may) {
        parts.add(new Meeting.Part(phrase.toString(), part, 0));
        all.should(part);
      } else {
        all.must(part);
        must = true;
      }
    }
    if (!words.isEmpty()) {
      all.should(words(words, negated, !parts.isEmpty(), parts));
    }
    depth--;
    if (!positive) {
      all.filter(new SpokenQuery.All());
    }
    if (may && !must) {
      // A filter narrows what the words find; it does not find in their place.
      all.least(1);
    }
    SpokenQuery.Bool anywhere = all.build();
    boolean alone = parts.size() == 1 && words.size() <= 1;
    return together && !parts.isEmpty() && !alone ? meeting(anywhere, parts) : anywhere;
  }

  /** A part of the query as it is told: what was typed as one word, {@code 2nd}, stays one. */
  private String asTyped(Query part) {
    if (part instanceof Query.Phrase phrase && phrase.slop() == 0) {
      List<String> words = phrase.words();
      // Parts come in the order in which they were typed, so nothing is read twice.
      for (int i = toldTo; i + words.size() <= text.count(); i++) {
        if (isAt(words, i)) {
          toldTo = i + words.size();
          String typed = query.text().substring(text.start(i), text.end(toldTo - 1));
          return typed.chars().noneMatch(Character::isWhitespace) ? typed : part.toString();
        }
      }
    }
    return part.toString();
  }

  /**
   * A query with what is asked for behind each elided word in place of both: an école is an école
   * behind any article. A word without an operator keeps its article beside it, which matches
   * nothing by itself but stands in names: d'Alembert.
   */
  private Query.Clauses withoutElision(Query.Clauses query, boolean negated) {
    List<Query.Clause> clauses = new ArrayList<>();
    for (Query.Clause clause : query.clauses()) {
      boolean not = negated || clause.occur() == Query.Occur.MUST_NOT;
      if (clause.occur() == Query.Occur.MAY
          && clause.query() instanceof Query.Elided elided
          && elided.of() instanceof Query.Word
          && isElision(elided)
          && !FunctionWords.in(List.of(elided.first()), languages).isEmpty()) {
        clauses.add(new Query.Clause(Query.Occur.MAY, new Query.Word(elided.first())));
      }
      clauses.add(new Query.Clause(clause.occur(), withoutElision(clause.query(), not)));
    }
    return new Query.Clauses(clauses);
  }

  private Query withoutElision(Query query, boolean negated) {
    return switch (query) {
      case Query.Clauses all -> withoutElision(all, negated);
      case Query.AnyOf any ->
          new Query.AnyOf(
              any.options().stream().map(option -> withoutElision(option, negated)).toList());
      case Query.Elided elided when isElision(elided) -> {
        // Where it is said behind that very article, both are marked.
        mark(negated, elided(elided));
        yield elided.of();
      }
      case Query.Elided elided -> {
        Query.Phrase row = elided.row();
        if (!(elided.of() instanceof Query.Word || elided.of() instanceof Query.Phrase)) {
          report(
              row.words().getLast(),
              (elided.of() instanceof Query.Prefix ? '*' : '~')
                  + " is only read after a single word; searched as words");
        }
        yield row;
      }
      default -> query;
    };
  }

  /**
   * Whether the first word is elided grammar in a language of the query, and what stands behind it
   * is not grammar as well: {@code l'un}.
   */
  private boolean isElision(Query.Elided elided) {
    List<String> in =
        languages.stream().filter(one -> Elision.isElided(one, elided.first())).toList();
    return !in.isEmpty()
        && !(elided.of() instanceof Query.Word word
            && in.stream().anyMatch(one -> FunctionWords.of(one).contains(word.word())));
  }

  private static Pattern elided(Query.Elided elided) {
    Query.Phrase row = elided.row();
    String name = elided.of() instanceof Query.Word word ? word.word() : elided.of().toString();
    Pattern literal = pattern(row.words(), 0, name, Why.EXACT);
    return elided.of() instanceof Query.Prefix prefix
        ? new Pattern(
            List.of(literal.words().getFirst(), new WordTest.BeginsWith(prefix.prefix())), 0, name)
        : literal;
  }

  private boolean isAt(List<String> words, int place) {
    for (int i = 0; i < words.size(); i++) {
      if (!text.folded(place + i).equals(words.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The clauses with words that are one in a row: an amount, {@code twenty twenty-four}, or letters
   * that are said as a word, {@code f b i}.
   */
  private List<Query.Clause> withRows(List<Query.Clause> clauses) throws IOException {
    List<Query.Clause> all = new ArrayList<>();
    for (int from = 0; from < clauses.size(); ) {
      int to = from;
      List<String> words = new ArrayList<>();
      List<Integer> ends = new ArrayList<>();
      while (to < clauses.size()
          && words.size() < MOST_JOINED
          && wordsOf(clauses.get(to)) != null) {
        words.addAll(wordsOf(clauses.get(to)));
        ends.add(words.size());
        to++;
      }
      int taken =
          words.isEmpty() ? 0 : Math.max(spellings.amount(words, 0), spellings.initials(words, 0));
      int amount = ends.indexOf(taken) + 1;
      if (amount > 1) {
        all.add(new Query.Clause(Query.Occur.MAY, new Query.Phrase(words.subList(0, taken), 0)));
        from += amount;
      } else {
        all.add(clauses.get(from++));
      }
    }
    return all;
  }

  /** The words of a clause that says no more than them; null if it says more. */
  private static @Nullable List<String> wordsOf(Query.Clause clause) {
    if (clause.occur() != Query.Occur.MAY) {
      return null;
    }
    return switch (clause.query()) {
      case Query.Word word -> List.of(word.word());
      case Query.Phrase phrase when phrase.slop() == 0 -> phrase.words();
      default -> null;
    };
  }

  /** Those moments of a query in which its parts come together. */
  private SpokenQuery meeting(SpokenQuery.Bool query, List<Meeting.Part> parts) throws IOException {
    Meeting meeting = new Meeting(parts, question, parameters);
    SpokenQuery any = Meeting.and(query, meeting.any());
    if (depth == 0 && scope.thenSome()) {
      company = Meeting.and(query, scope.query());
    }
    if (parts.size() == 1) {
      return any;
    }
    if (depth == 0) {
      asked = meeting.weighed();
    }
    SpokenQuery narrowest = any;
    Matched.Rule rule = Matched.Rule.ANY;
    if (match == Match.ALL) {
      rule = meeting.isLong() ? Matched.Rule.MUCH : Matched.Rule.ALL;
      narrowest = Meeting.and(query, meeting.enough());
      if (!isThere(Meeting.matching(query, meeting.enough()))) {
        // Where nothing has enough, what has most of the parts is the best there is.
        rule = Matched.Rule.SOME;
        narrowest = any;
        int none = parts.size();
        int some = 1;
        while (none - some > 1) {
          int middle = (none + some) / 2;
          if (isThere(Meeting.matching(query, meeting.atLeast(middle)))) {
            some = middle;
            narrowest = Meeting.and(query, meeting.atLeast(middle));
          } else {
            none = middle;
          }
        }
      }
    }
    if (depth == 0) {
      matched = meeting.told(rule);
      if (match == Match.ALL && scope.thenSome()) {
        meant = narrowest;
        if (rule != Matched.Rule.MUCH || !question) {
          // What has most of a long question need not be what answers it.
          tiers.add(scoped(narrowest));
        }
        return any;
      }
      looser = match == Match.ALL ? Meeting.matching(query, meeting.any()) : null;
    }
    return narrowest;
  }

  /** Whether a query finds anything within what is asked for. */
  private boolean isThere(SpokenQuery query) throws IOException {
    return index.hasAtLeast(1, scoped(query));
  }

  private SpokenQuery scoped(SpokenQuery query) {
    return new SpokenQuery.Builder().filter(query).filter(scope.query()).build();
  }

  private SpokenQuery plan(Query query, boolean negated) throws IOException {
    return switch (query) {
      case Query.Clauses clauses ->
          clauses.isEmpty() ? new SpokenQuery.None() : clauses(clauses, negated);
      case Query.AnyOf any -> {
        SpokenQuery.Builder or = new SpokenQuery.Builder();
        for (Query option : any.options()) {
          or.should(plan(option, negated));
        }
        yield or.build();
      }
      case Query.Word word -> words(List.of(word.word()), negated, false, new ArrayList<>());
      case Query.Elided elided -> plan(withoutElision(elided, negated), negated);
      case Query.Phrase phrase -> phrase(phrase, negated);
      case Query.Prefix prefix -> prefix(prefix, negated);
      case Query.Fuzzy fuzzy -> fuzzy(fuzzy, negated);
      case Query.FieldIs field -> Filters.field(field, index);
      case Query.Dates dates -> Filters.dates(dates);
      case Query.Times times -> Filters.times(times);
    };
  }

  private SpokenQuery prefix(Query.Prefix prefix, boolean negated) throws IOException {
    if (++prefixes > MOST_PREFIXES) {
      cut(prefix, prefix.prefix(), "beginnings of words", MOST_PREFIXES);
      return words(List.of(prefix.prefix()), negated, false, new ArrayList<>());
    }
    mark(negated, new Pattern(List.of(new WordTest.BeginsWith(prefix.prefix())), 0, prefix + ""));
    return new SpokenQuery.Prefix(prefix.prefix());
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

  /**
   * Words, ranked together.
   *
   * @param besideOthers whether the query asks for more than these words
   * @param parts takes each word that has to be met; those of grammar and those that only make a
   *     question do not, unless there are no others
   */
  private SpokenQuery words(
      List<String> words, boolean negated, boolean besideOthers, List<Meeting.Part> parts)
      throws IOException {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(words));
    Set<String> grammar = negated ? Set.of() : FunctionWords.in(distinct, languages);
    if (words.size() > 1 && grammar.size() == distinct.size() && !besideOthers) {
      // Words of grammar and no others are asked for as they stand.
      return phrase(new Query.Phrase(words, 0), false);
    }
    NamedSpeakers speakers = NamedSpeakers.in(words, index);
    boolean asking = QuestionWords.ask(distinct);
    if (asking && !negated) {
      question = true;
      near.ofQuestion();
    }
    lookUp(words);
    Set<String> content = content(distinct, grammar, speakers, asking, besideOthers);
    if (!asking && !negated && !speakers.names().isEmpty()) {
      List<String> name = words.stream().filter(speakers.words()::contains).distinct().toList();
      SpokenQuery heOrHisName =
          new SpokenQuery.Builder()
              .should(NamedSpeakers.said(speakers.names()))
              .should(Spellings.row(name, 0))
              .build();
      parts.add(new Meeting.Part(String.join(" ", name), heOrHisName, 0));
    }
    if (scope.thenSome() && depth == 1 && !negated && !besideOthers && words.size() > 1) {
      tiers.add(scoped(Spellings.row(words, 0)));
    }
    Map<String, List<SpokenQuery>> joined = negated ? Map.of() : joined(words);
    List<Forms> forms = new ArrayList<>();
    List<SpokenQuery> instead = new ArrayList<>();
    for (String word : distinct) {
      boolean isName = speakers.words().contains(word);
      boolean asks = QuestionWords.contains(word);
      float weight =
          content.contains(word)
              ? 1
              : isName
                  ? (float) parameters.wordOfName()
                  : asks ? (float) parameters.questionWord() : 1;
      boolean isContent = negated || content.contains(word);
      boolean begun = !negated && word.equals(query.begun()) && content.contains(word);
      WordForms.Found found =
          begun
              ? wordForms.ofBegun(word, !isName)
              : wordForms.of(word, !negated, !isName && isContent);
      forms.add(found.forms().weighing(weight));
      if (negated) {
        instead.addAll(found.instead());
      }
      if (!negated && content.contains(word)) {
        patterns.addAll(found.patterns());
        instead.addAll(found.instead());
        List<SpokenQuery> any = new ArrayList<>(found.alternatives());
        any.addAll(joined.getOrDefault(word, List.of()));
        instead.addAll(joined.getOrDefault(word, List.of()));
        String name = begun ? word + '…' : word;
        parts.add(new Meeting.Part(name, Meeting.anyOf(found.forms(), any), weight(word)));
      }
    }
    SpokenQuery.Words any = new SpokenQuery.Words(forms);
    if (negated) {
      SpokenQuery.Builder or = new SpokenQuery.Builder().should(any);
      instead.forEach(or::should);
      return instead.isEmpty() ? any : or.build();
    }
    grammar.stream().filter(word -> !content.contains(word)).forEach(between::add);
    SpokenQuery.Builder ranked = new SpokenQuery.Builder().must(near.orInstead(any, instead));
    for (String word : distinct) {
      // A title or heading that has the word lifts the moments under it; alone it matches none.
      ranked.should(
          new SpokenQuery.Boosted(
              new SpokenQuery.Term(Schema.CONTEXT_FIELD, SpokenTerms.bounded(word)),
              (float) parameters.title()));
    }
    if (!speakers.names().isEmpty()) {
      named.addAll(speakers.names());
      ranked.should(
          new SpokenQuery.Constant(
              NamedSpeakers.said(speakers.names()), (float) parameters.namedSpeaker()));
    }
    if (distinct.size() > 1) {
      List<Forms> inOrder = words.stream().map(word -> forms.get(distinct.indexOf(word))).toList();
      evidence.add(inOrder);
    }
    return ranked.build();
  }

  /** The words that say what is asked for; if all only make a question, those that name least. */
  private static Set<String> content(
      List<String> words,
      Set<String> grammar,
      NamedSpeakers speakers,
      boolean asking,
      boolean besideOthers) {
    Set<String> content = new LinkedHashSet<>(words);
    content.removeAll(grammar);
    Set<String> subject = new LinkedHashSet<>(content);
    boolean ofSomebody = asking || !speakers.names().isEmpty();
    subject.removeIf(
        word -> speakers.words().contains(word) || (ofSomebody && QuestionWords.contains(word)));
    if (!subject.isEmpty() || besideOthers) {
      return subject;
    }
    return content.isEmpty() ? new LinkedHashSet<>(words) : content;
  }

  /**
   * How much less often a word is said than it might be, in thousandths of its idf; 0 if it is
   * never said, which tells nothing of what sounds like it.
   */
  private int weight(String word) throws IOException {
    int moments = 0;
    for (String term : wordForms.own(word)) {
      moments = Math.max(moments, index.frequency(term));
    }
    return moments == 0
        ? 0
        : Math.max(
            1, Math.round(1000 * TermProximity.idf(moments, Math.max(moments, index.documents()))));
  }

  /** Tells what is going to be asked about words, so that it can be found out at once. */
  private void lookUp(List<String> words) throws IOException {
    if (!index.takesHints()) {
      return;
    }
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      terms.addAll(wordForms.own(words.get(i)));
      if (i + 1 < words.size() && i < MOST_JOINED) {
        terms.add(SpokenTerms.bounded(words.get(i) + words.get(i + 1)));
      }
    }
    index.lookUp(terms);
    Map<String, List<String>> own = new LinkedHashMap<>();
    for (String word : words) {
      own.put(word, wordForms.own(word));
    }
    near.lookUp(own);
  }

  /** Words that stand side by side in the query and may be said as one: for each of the two. */
  private Map<String, List<SpokenQuery>> joined(List<String> words) throws IOException {
    Map<String, List<SpokenQuery>> all = new LinkedHashMap<>();
    for (int i = 0; i + 1 < words.size() && i < MOST_JOINED; i++) {
      String joined = spellings.joined(words.get(i), words.get(i + 1));
      if (joined != null) {
        patterns.add(Spellings.pattern(List.of(joined), words.get(i)));
        patterns.add(Spellings.pattern(List.of(joined), words.get(i + 1)));
        SpokenQuery one = new SpokenQuery.Term(TEXT, joined);
        all.computeIfAbsent(words.get(i), word -> new ArrayList<>()).add(one);
        all.computeIfAbsent(words.get(i + 1), word -> new ArrayList<>()).add(one);
      }
    }
    return all;
  }

  private SpokenQuery phrase(Query.Phrase phrase, boolean negated) throws IOException {
    return phrase(phrase, negated, false);
  }

  private SpokenQuery phrase(Query.Phrase phrase, boolean negated, boolean bySign)
      throws IOException {
    Set<List<String>> ways =
        phrase.slop() == 0 ? spellings.ways(phrase.words(), bySign) : Set.of(phrase.words());
    SpokenQuery.Builder any = new SpokenQuery.Builder();
    for (List<String> way : ways) {
      mark(negated, pattern(way, phrase.slop(), phrase.toString(), Why.EXACT));
      any.should(asked(way, phrase, bySign));
    }
    List<Spellings.Numeral> numerals =
        phrase.words().size() == 1 ? spellings.numerals(phrase.words().getFirst()) : List.of();
    for (Spellings.Numeral numeral : numerals) {
      mark(negated, Spellings.pattern(numeral, phrase.toString()));
      any.should(wordForms.said(numeral));
    }
    return ways.size() + numerals.size() == 1 ? asked(phrase.words(), phrase, bySign) : any.build();
  }

  /** One of the ways of a phrase: within quotation marks it is the very words that stand there. */
  private SpokenQuery asked(List<String> way, Query.Phrase phrase, boolean bySign)
      throws IOException {
    boolean literal = way.equals(phrase.words()) && (!bySign || !spellings.areAmount(way));
    return literal || phrase.slop() > 0 ? Spellings.row(way, phrase.slop()) : spellings.whole(way);
  }

  private static Pattern pattern(List<String> words, int slop, String name, Why as) {
    List<WordTest> tests = new ArrayList<>();
    words.forEach(word -> tests.add(new WordTest.Exactly(SpokenTerms.bounded(word))));
    return new Pattern(tests, slop, name, as);
  }

  /**
   * What was typed as one and is several words: joined by a hyphen, letters and digits, or in a
   * script without spaces. It is meant as they stand; if that is never said, hyphenated words that
   * are no amount are words like any others, and of what has no spaces the longest rows that are
   * said are near it.
   */
  private SpokenQuery joinedBySign(Query.Phrase phrase) throws IOException {
    if (phrase.words().size() < 2 || spellings.areAmount(phrase.words())) {
      return phrase(phrase, false, true);
    }
    for (List<String> way : spellings.ways(phrase.words(), true)) {
      if (index.hasAtLeast(1, asked(way, phrase, true))) {
        return phrase(phrase, false, true);
      }
    }
    if (phrase.words().stream().noneMatch(QueryPlanner::isUnspaced)) {
      return words(phrase.words(), false, false, new ArrayList<>());
    }
    List<List<String>> rows = rowsSaid(phrase.words());
    if (rows.isEmpty()) {
      return phrase(phrase, false);
    }
    SpokenQuery.Builder any = new SpokenQuery.Builder();
    for (List<String> row : rows) {
      patterns.add(pattern(row, 0, phrase.toString(), Why.FUZZY));
      any.should(Spellings.row(row, 0));
      near.nearly(Spellings.row(row, 0));
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
          && index.hasAtLeast(1, Spellings.row(words.subList(from, to + 1), 0))) {
        to++;
      }
      if (to - from > 1 || (to > from && !isUnspaced(words.get(from)))) {
        rows.add(List.copyOf(words.subList(from, to)));
      }
      from = Math.max(to, from + 1);
    }
    return rows;
  }

  private SpokenQuery fuzzy(Query.Fuzzy fuzzy, boolean negated) throws IOException {
    if (++fuzzies > MOST_FUZZY_WORDS) {
      cut(fuzzy, fuzzy.word(), "words with ~", MOST_FUZZY_WORDS);
    }
    if (fuzzies > MOST_FUZZY_WORDS || !expansions.mayLook(fuzzy.word())) {
      return words(List.of(fuzzy.word()), negated, false, new ArrayList<>());
    }
    Map<String, Float> forms = fuzzyForms(fuzzy);
    mark(
        negated,
        new Pattern(List.of(new WordTest.NearlyOneOf(fuzzy.word(), forms)), 0, fuzzy.toString()));
    if (!negated) {
      near.asked(fuzzy.word(), forms.keySet());
    }
    if (forms.isEmpty()) {
      return new SpokenQuery.None();
    }
    Map<String, Float> weights = new LinkedHashMap<>();
    forms.forEach((word, nearness) ->
        weights.put(word, Math.max((float) parameters.leastFuzzy(), Math.min(1f, nearness))));
    return new SpokenQuery.Synonyms(weights);
  }

  /** The words nearest to one, and how near each is. */
  private Map<String, Float> fuzzyForms(Query.Fuzzy fuzzy) throws IOException {
    Map<String, Float> forms = new LinkedHashMap<>();
    List<IndexStatistics.Spelled> all =
        index.spelled(SpokenTerms.bounded(fuzzy.word()), fuzzy.edits());
    List<IndexStatistics.Spelled> nearest = all.subList(0, Math.min(MOST_FUZZY_TERMS, all.size()));
    expansions.take(fuzzy.word(), nearest).forEach(one -> forms.put(one.word(), one.nearness()));
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
