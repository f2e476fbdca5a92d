package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.IndexStatistics;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.text.Stemmer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a snapshot that planning a query needs. Counts are exact; each takes a request to
 * all shards and is cached with the snapshot. As thread-safe as the sessions it is given: one
 * session serves one search, a new session each time serves several threads.
 */
final class OpenSearchIndexStatistics implements IndexStatistics {
  private static final int MOST_NAMES = 10_000;
  private static final int MOST_TAGS = 1_000;
  private static final int MOST_HEARD = 10_000;

  /** OpenSearch takes regular expressions of so many characters. */
  private static final int LONGEST_PATTERN = 1_000;

  /** Who guesses takes what is not known for a word that is said so often. */
  private static final int OFTEN = 1 << 28;

  /** So often is guessed; what is asked for after that is found out as it comes. */
  private static final int MOST_GUESSES = 4;

  private static final int MOST_LATELY = 10_000;

  private final Supplier<Session> sessions;
  private final Supplier<Dsl> dsls;

  /** What this search has found out beside what is remembered with the snapshot. */
  private final Map<There, Boolean> there = new HashMap<>();

  /** What was found out lately, since a snapshot does not remember all it is told. */
  private final Map<Object, Object> lately = new ConcurrentHashMap<>();

  private volatile @Nullable Basics basics;

  private @Nullable Guessed guesses;

  /** Asks as one search does. */
  OpenSearchIndexStatistics(Session session, Dsl dsl) {
    this(() -> session, () -> dsl);
  }

  /** Asks each time with what is supplied. */
  OpenSearchIndexStatistics(Supplier<Session> sessions, Supplier<Dsl> dsls) {
    this.sessions = sessions;
    this.dsls = dsls;
  }

  /** Whether so many moments match. */
  private record There(int wanted, SpokenQuery query) {}

  /** Words that may be said in a row, among what is remembered of a state. */
  private record InARow(List<String> words) {
    ObjectNode filter() {
      return Dsl.spans(words);
    }

    /** What has all the words, in a row or not: that is told sooner. */
    ObjectNode maybe() {
      List<ObjectNode> all = new ArrayList<>();
      for (String word : words) {
        all.add(all.isEmpty() ? Dsl.own(word) : Dsl.ownOrSaidNext(word));
      }
      return Dsl.all(all);
    }
  }

  /**
   * A plan that was made by guessing, and what was guessed: that words are said often, that nothing
   * is written in two words or two words in one, and that something has all of what is asked for.
   */
  final class Guessed {
    private final Set<SpokenQuery.Term> terms = new LinkedHashSet<>();
    private final Set<InARow> rows = new LinkedHashSet<>();
    private final Set<There> there = new LinkedHashSet<>();
    private final Set<Names> names = new LinkedHashSet<>();
    private final Map<SpokenQuery.Together, Meetings> meetings = new LinkedHashMap<>();

    /** Whether anything was guessed that only its own request can tell. */
    private boolean other;

    private @Nullable QueryPlan plan;

    QueryPlan plan() {
      return Objects.requireNonNull(plan);
    }

    /** Whether nothing was guessed. */
    boolean isCertain() {
      return !other && isAsked();
    }

    /** Whether what was guessed cannot be asked for in one request. */
    boolean isBeyondOneRequest() {
      return other && isAsked();
    }

    private boolean isAsked() {
      return terms.isEmpty()
          && rows.isEmpty()
          && there.isEmpty()
          && names.isEmpty()
          && meetings.isEmpty();
    }

    /** Asks for what was guessed. */
    List<ObjectNode> searches() {
      List<ObjectNode> searches = new ArrayList<>();
      if (terms.size() + rows.size() > 0) {
        searches.add(counting(terms, rows));
      }
      for (There one : there) {
        ObjectNode filter = Dsl.all(List.of(Dsl.moments(), dsls.get().filter(one.query())));
        searches.add(Json.object("size", 0, "track_total_hits", one.wanted(), "query", filter));
      }
      names.forEach(one -> searches.add(one.search()));
      meetings.values().forEach(one -> searches.add(one.search()));
      return searches;
    }

    /** Takes note of the answers to its searches. */
    void take(List<JsonNode> answers) {
      Session session = sessions.get();
      if (session.isLate()) {
        return;
      }
      int at = 0;
      if (terms.size() + rows.size() > 0) {
        remember(List.copyOf(terms), List.copyOf(rows), answers.get(at++), session);
      }
      for (There one : there) {
        OpenSearchIndexStatistics.this.there.put(
            one, Session.total(answers.get(at++)) >= one.wanted());
      }
      for (Names one : names) {
        Keys keys = Keys.of(answers.get(at++).at("/aggregations/names/buckets"));
        if (session.isWhole()) {
          remember(one, keys);
        }
      }
      for (Map.Entry<SpokenQuery.Together, Meetings> one : meetings.entrySet()) {
        dsls.get().known(one.getKey(), one.getValue().moments(answers.get(at++), session));
        if (one.getValue().any()) {
          dsls.get().somewhere(one.getKey());
        } else if (session.isWhole()) {
          dsls.get().nowhere(one.getKey());
        }
      }
    }
  }

  /** Makes a plan. */
  interface Planning {
    QueryPlan plan() throws IOException;
  }

  /** Makes a plan without asking the cluster: what is not known is guessed. */
  Guessed guess(Planning planning) throws IOException {
    Guessed made = new Guessed();
    guesses = made;
    try {
      made.plan = planning.plan();
    } finally {
      guesses = null;
    }
    return made;
  }

  /**
   * A plan that needs few requests: it is made by guessing first, then what was guessed is found
   * out in one request, until nothing is guessed any more.
   */
  QueryPlan planned(Planning planning) throws IOException {
    Session session = sessions.get();
    for (int i = 0; i < MOST_GUESSES && !session.isLate(); i++) {
      Guessed guessed = guess(planning);
      if (guessed.isCertain()) {
        return guessed.plan();
      }
      if (guessed.isBeyondOneRequest()) {
        break;
      }
      guessed.take(session.askAll(guessed.searches()));
    }
    return planning.plan();
  }

  /**
   * Counts what has each of some terms and of some rows, in this order, in one search. It finds
   * only what has any of them, as far as a query can say so: each document that is found is held
   * against all of them.
   */
  private static ObjectNode counting(Collection<SpokenQuery.Term> terms, Collection<InARow> rows) {
    List<ObjectNode> filters = new ArrayList<>();
    Map<String, List<String>> byField = new LinkedHashMap<>();
    for (SpokenQuery.Term term : terms) {
      String field = Dsl.field(term.field(), term.term());
      String written = Dsl.written(term.field(), term.term());
      filters.add(Dsl.term(field, written));
      byField.computeIfAbsent(field, key -> new ArrayList<>()).add(written);
    }
    rows.forEach(row -> filters.add(row.filter()));
    ObjectNode search = Json.object("size", 0, "track_total_hits", false);
    if (rows.stream().mapToInt(row -> 2 * row.words().size()).sum() <= Dsl.MOST_PARTS) {
      List<ObjectNode> any = new ArrayList<>();
      byField.forEach((field, written) -> any.add(Dsl.terms(field, written)));
      rows.forEach(row -> any.add(row.maybe()));
      search.set("query", Dsl.any(any));
    }
    search.set(
        "aggs",
        Json.object(
            "counted", Json.object("filters", Json.object("filters", Json.array(filters)))));
    return search;
  }

  private void remember(
      List<SpokenQuery.Term> terms, List<InARow> rows, JsonNode answer, Session session) {
    JsonNode counted = answer.at("/aggregations/counted/buckets");
    if (session.isLate() || counted.size() < terms.size() + rows.size()) {
      return;
    }
    int at = 0;
    for (SpokenQuery.Term term : terms) {
      int moments = bounded(counted.path(at++).path("doc_count").asLong());
      remember(term, moments);
      if (moments == 0 && term.field().equals(Schema.TEXT_FIELD)) {
        dsls.get().neverSaid(term.term());
      }
    }
    for (InARow row : rows) {
      remember(row, counted.path(at++).path("doc_count").asLong() > 0);
    }
  }

  private void find(List<SpokenQuery.Term> terms, List<InARow> rows) {
    Session session = sessions.get();
    remember(terms, rows, session.ask(counting(terms, rows)), session);
  }

  private Snapshot snapshot() {
    return sessions.get().snapshot();
  }

  @Override
  public int documents() {
    return basics().documents();
  }

  /**
   * What every plan needs of a state, found out in one request.
   *
   * @param wordsOfMoment how many words a moment has, on the mean
   * @param names the folded names of fields that have few enough to be all listed
   */
  private record Basics(
      int documents,
      double wordsOfMoment,
      List<String> tags,
      List<String> heard,
      Map<String, List<String>> names) {
    /** The fields in which names are looked for that somebody writes. */
    private static final List<String> NAMED = List.of("speaker", Schema.TOPIC, "show");

    private static ObjectNode search() {
      ObjectNode search =
          Json.object("size", 0, "track_total_hits", true, "query", Dsl.momentsAndEntries());
      ObjectNode aggregations = Json.object();
      aggregations.set("tags", values("lang", MOST_TAGS));
      aggregations.set("heard", values(Mapping.HEARD, MOST_HEARD));
      aggregations.set("words", Json.object("avg", Json.object("field", Mapping.WORDS)));
      NAMED.forEach(field -> aggregations.set(field, values(lookedUp(field), MOST_NAMES)));
      search.set("aggs", aggregations);
      return search;
    }

    static Basics of(JsonNode answer) {
      JsonNode aggregations = answer.path("aggregations");
      Map<String, List<String>> names = new HashMap<>();
      for (String field : NAMED) {
        JsonNode counted = aggregations.path(field);
        if (counted.path("sum_other_doc_count").asLong() == 0) {
          names.put(field, Keys.of(counted.path("buckets")).keys());
        }
      }
      return new Basics(
          bounded(Session.total(answer)),
          aggregations.at("/words/value").asDouble(),
          Keys.of(aggregations.at("/tags/buckets")).keys(),
          Keys.of(aggregations.at("/heard/buckets")).keys(),
          Map.copyOf(names));
    }
  }

  private Basics basics() {
    Basics known = basics;
    if (known == null) {
      Session session = sessions.get();
      known =
          session.fact(Basics.class, Basics.class, () -> Basics.of(session.ask(Basics.search())));
      basics = session.isWhole() ? known : null;
    }
    return known;
  }

  private @Nullable Object fact(Object name) {
    Object known = lately.get(name);
    return known == null ? snapshot().known(name) : known;
  }

  private void remember(Object name, Object fact) {
    if (lately.size() >= MOST_LATELY) {
      lately.clear();
    }
    lately.put(name, fact);
    snapshot().remember(name, fact);
  }

  /** How many words a moment has, on the mean. */
  double wordsOfMoment() {
    return basics().wordsOfMoment();
  }

  private static int bounded(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  @Override
  public int frequency(String field, String term) {
    SpokenQuery.Term counted = new SpokenQuery.Term(field, term);
    Integer known = known(counted);
    Guessed guessing = guesses;
    if (known == null && guessing != null) {
      guessing.terms.add(counted);
      return OFTEN;
    }
    if (known == null) {
      lookUp(List.of(counted));
      known = known(counted);
    }
    return known == null ? 0 : known;
  }

  @Override
  public int frequency(String term) {
    return frequency(Schema.TEXT_FIELD, term);
  }

  @Override
  public boolean isSaidAsOne(String joined) {
    SpokenQuery.Term counted = new SpokenQuery.Term(Schema.TEXT_FIELD, joined);
    Guessed guessing = guesses;
    if (guessing != null && known(counted) == null) {
      guessing.terms.add(counted);
      return false;
    }
    return frequency(joined) > 0;
  }

  /** How many moments have a term, if that is known already. */
  private @Nullable Integer known(SpokenQuery.Term term) {
    return fact(term) instanceof Integer known ? known : null;
  }

  @Override
  public boolean takesHints() {
    return true;
  }

  @Override
  public void lookUp(Collection<String> terms) {
    lookUp(terms.stream().map(term -> new SpokenQuery.Term(Schema.TEXT_FIELD, term)).toList());
  }

  private void lookUp(List<SpokenQuery.Term> terms) {
    List<SpokenQuery.Term> unknown =
        terms.stream().distinct().filter(term -> known(term) == null).toList();
    if (unknown.isEmpty()) {
      return;
    }
    Guessed guessing = guesses;
    if (guessing != null) {
      guessing.terms.addAll(unknown);
      return;
    }
    find(unknown, List.of());
  }

  @Override
  public List<List<String>> saidInARow(List<List<String>> rows, int most) {
    List<InARow> unknown = rows.stream().map(InARow::new).filter(row -> fact(row) == null).toList();
    Guessed guessing = guesses;
    if (guessing != null) {
      guessing.rows.addAll(unknown);
    } else if (!unknown.isEmpty()) {
      find(List.of(), unknown);
    }
    return rows.stream()
        .filter(row -> Boolean.TRUE.equals(fact(new InARow(row))))
        .limit(most)
        .toList();
  }

  /** What stands around words, in the languages of the index. */
  AroundTerms around() {
    return new AroundTerms(languages());
  }

  private ObjectNode filter(SpokenQuery query, Session session) throws IOException {
    Dsl dsl = dsls.get();
    PhraseVerifier.find(query, dsl, around(), session);
    return Dsl.all(List.of(Dsl.moments(), dsl.filter(query)));
  }

  @Override
  public int count(SpokenQuery query) throws IOException {
    Guessed guessing = guesses;
    if (guessing != null) {
      guessing.other = true;
      return OFTEN;
    }
    Session session = sessions.get();
    ObjectNode filter = filter(query, session);
    return bounded(session.count(filter));
  }

  @Override
  public boolean hasAtLeast(int wanted, SpokenQuery query) throws IOException {
    There asked = new There(wanted, query);
    Boolean known = there.get(asked);
    if (known != null) {
      return known;
    }
    if (wanted > 0 && dsls.get().isNowhere(query)) {
      return false;
    }
    if (wanted == 1 && dsls.get().isSomewhere(query)) {
      return true;
    }
    Guessed guessing = guesses;
    if (guessing != null) {
      if (isPlain(query, dsls.get())) {
        guessing.there.add(asked);
      } else if (!meet(query, guessing)) {
        guessing.other = true;
      }
      return true;
    }
    Session session = sessions.get();
    ObjectNode search =
        Json.object("size", 0, "track_total_hits", wanted, "query", filter(query, session));
    boolean isThere = Session.total(session.ask(search)) >= wanted;
    if (session.isWhole()) {
      there.put(asked, isThere);
    }
    return isThere;
  }

  /** Whether the cluster can be asked for a query as it is, with nothing looked for before. */
  static boolean isPlain(SpokenQuery query, Dsl dsl) {
    return switch (query) {
      case SpokenQuery.Bool bool -> parts(bool).allMatch(part -> isPlain(part, dsl));
      case SpokenQuery.Boosted boosted -> isPlain(boosted.query(), dsl);
      case SpokenQuery.Constant constant -> isPlain(constant.query(), dsl);
      case SpokenQuery.Row row -> !dsl.isHidden(row);
      case SpokenQuery.Together together ->
          dsl.isKnown(together) && together.parts().stream().allMatch(part -> isPlain(part, dsl));
      default -> true;
    };
  }

  private static Stream<SpokenQuery> parts(SpokenQuery.Bool bool) {
    return Stream.of(bool.must(), bool.should(), bool.filter(), bool.mustNot())
        .flatMap(List::stream);
  }

  /** Has those words looked for that come together in a query; whether it has some, and plain. */
  private boolean meet(SpokenQuery query, Guessed into) {
    Dsl dsl = dsls.get();
    return switch (query) {
      case SpokenQuery.Bool bool -> {
        boolean any = false;
        for (SpokenQuery part : parts(bool).toList()) {
          if (!isPlain(part, dsl)) {
            if (!meet(part, into)) {
              yield false;
            }
            any = true;
          }
        }
        yield any;
      }
      case SpokenQuery.Together together
          when together.parts().stream().allMatch(part -> isPlain(part, dsl)) -> {
        // What the parts weigh is known only when all frequencies are.
        if (into.terms.isEmpty() || together.weights().stream().distinct().count() == 1) {
          into.meetings.computeIfAbsent(together, one -> new Meetings(one, dsl, around()));
        }
        yield true;
      }
      default -> false;
    };
  }

  @Override
  public List<String> languageTags() {
    return basics().tags().stream().sorted().toList();
  }

  private static ObjectNode values(String field, int most) {
    return Json.object("terms", Json.object("field", field, "size", most));
  }

  @Override
  public List<String> languages() {
    return languageTags().stream().map(Stemmer::primary).distinct().toList();
  }

  /** Names a look for names among what is remembered of a state. */
  private record Names(String field, String having) {
    ObjectNode search() {
      ObjectNode search =
          Json.object("size", 0, "track_total_hits", false, "query", Json.read(having));
      search.set("aggs", Json.object("names", values(lookedUp(field), MOST_NAMES)));
      return search;
    }
  }

  /** The keys of buckets: of what is remembered the size is known, which of JSON it is not. */
  private record Keys(List<String> keys) {
    static Keys of(JsonNode buckets) {
      List<String> keys = new ArrayList<>();
      buckets.forEach(bucket -> keys.add(bucket.path("key").asText()));
      return new Keys(List.copyOf(keys));
    }
  }

  @Override
  public Set<String> names(String field, Collection<String> names) {
    List<String> all = basics().names().get(field);
    if (all != null) {
      Set<String> wanted = Set.copyOf(names);
      return new LinkedHashSet<>(all.stream().filter(wanted::contains).sorted().toList());
    }
    Set<String> found = new LinkedHashSet<>(folded(field, Dsl.terms(lookedUp(field), names)));
    found.retainAll(Set.copyOf(names));
    return found;
  }

  @Override
  public List<String> namesWith(String field, Collection<String> words) {
    String longest = words.stream().max(Comparator.comparingInt(String::length)).orElse("");
    return such(
        field, name -> wordsOf(name).containsAll(words), () -> having(field, escaped(longest)));
  }

  @Override
  public List<String> namesWithAny(String field, Collection<String> words) {
    return such(
        field,
        name -> wordsOf(name).stream().anyMatch(words::contains),
        () -> havingAny(field, words));
  }

  /**
   * The names for which something holds; only those that may be such are read if there are many.
   */
  private List<String> such(String field, Predicate<String> wanted, Supplier<ObjectNode> maybe) {
    List<String> all = basics().names().get(field);
    return (all == null ? folded(field, maybe.get()).stream() : all.stream().sorted())
        .filter(wanted)
        .toList();
  }

  private static ObjectNode havingAny(String field, Collection<String> words) {
    List<ObjectNode> any = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    for (String word : words) {
      if (pattern.length() + word.length() > LONGEST_PATTERN / 2 && !pattern.isEmpty()) {
        any.add(having(field, pattern.toString()));
        pattern.setLength(0);
      }
      pattern.append(pattern.isEmpty() ? "" : "|").append(escaped(word));
    }
    any.add(having(field, pattern.toString()));
    return Dsl.any(any);
  }

  private static Set<String> wordsOf(String name) {
    // Of a name with something behind it the name alone is there as well.
    return name.indexOf(Field.BEHIND) >= 0 ? Set.of() : new HashSet<>(List.of(name.split(" ")));
  }

  /** Matches moments whose name has a word that matches a pattern. */
  private static ObjectNode having(String field, String pattern) {
    return Json.object(
        "regexp",
        Json.object(lookedUp(field), Json.object("value", "(.* )?(" + pattern + ")( .*)?")));
  }

  private static String escaped(String word) {
    StringBuilder escaped = new StringBuilder();
    // A longer word is no name, and no pattern that a cluster takes.
    word.codePoints()
        .limit(LONGEST_PATTERN / 4)
        .forEach(letter -> {
          if (!Character.isLetterOrDigit(letter)) {
            escaped.append('\\');
          }
          escaped.appendCodePoint(letter);
        });
    return escaped.toString();
  }

  private static String lookedUp(String field) {
    return Mapping.lookedUp(Schema.field(field).orElseThrow());
  }

  /** The folded values of a field in the moments that match, in their order. */
  private SortedSet<String> folded(String field, ObjectNode having) {
    Session session = sessions.get();
    Names asked = new Names(field, having.toString());
    Guessed guessing = guesses;
    if (guessing != null && fact(asked) == null) {
      guessing.names.add(asked);
      return new TreeSet<>();
    }
    if (fact(asked) instanceof Keys known) {
      return new TreeSet<>(known.keys());
    }
    Keys found = Keys.of(session.ask(asked.search()).at("/aggregations/names/buckets"));
    if (session.isWhole()) {
      remember(asked, found);
    }
    return new TreeSet<>(found.keys());
  }

  @Override
  public List<Spelled> spelled(String word, int edits) throws IOException {
    return words().spelled(word, edits);
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return sessions.get().moments(episodeId);
  }

  @Override
  public List<String> heard() {
    return basics().heard();
  }

  @Override
  public ClusterWords words() throws IOException {
    Snapshot snapshot = snapshot();
    return snapshot.once(
        ClusterWords.class,
        () -> {
          Supplier<Session> each = () -> new Session(snapshot, Deadline.NONE, false);
          return new ClusterWords(each, new OpenSearchIndexStatistics(each, Dsl::new));
        });
  }

  @Override
  public <T> T once(Class<T> type, Maker<T> maker) throws IOException {
    Snapshot snapshot = snapshot();
    // Asks in a session of its own each time, since several threads may ask.
    return snapshot.once(
        type,
        () ->
            maker.from(
                new OpenSearchIndexStatistics(
                    () -> new Session(snapshot, Deadline.NONE, false), Dsl::new)));
  }
}
