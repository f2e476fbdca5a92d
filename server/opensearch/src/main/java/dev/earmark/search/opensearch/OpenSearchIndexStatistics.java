package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchTerms;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.IndexStatistics;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.WordList;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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

  private final Supplier<Session> sessions;
  private final Supplier<Dsl> dsls;

  /** What this search has found out beside what is remembered with the snapshot. */
  private final Map<There, Boolean> there = new HashMap<>();

  private @Nullable Guesses guesses;

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

  /** What was not known while a plan was made by guessing. */
  private static final class Guesses {
    private final Set<SpokenQuery.Term> terms = new LinkedHashSet<>();
    private final Set<There> there = new LinkedHashSet<>();
    private final Set<Names> names = new LinkedHashSet<>();

    /** Whether anything was guessed that only its own request can tell. */
    private boolean other;

    boolean isEmpty() {
      return terms.isEmpty() && there.isEmpty() && names.isEmpty();
    }
  }

  /** Makes a plan. */
  interface Planning {
    QueryPlan plan() throws IOException;
  }

  /**
   * A plan that needs few requests: it is made by guessing first, then what was guessed is found
   * out in one request, until nothing is guessed any more.
   */
  QueryPlan planned(Planning planning) throws IOException {
    for (int i = 0; i < MOST_GUESSES && !sessions.get().isLate(); i++) {
      Guesses made = new Guesses();
      guesses = made;
      QueryPlan plan;
      try {
        plan = planning.plan();
      } finally {
        guesses = null;
      }
      if (made.isEmpty() && !made.other) {
        return plan;
      }
      if (made.isEmpty()) {
        break;
      }
      find(made);
    }
    return planning.plan();
  }

  /** Finds out in one request what was guessed. */
  private void find(Guesses made) {
    Session session = sessions.get();
    List<ObjectNode> searches = new ArrayList<>();
    made.terms.forEach(term -> searches.add(counting(term)));
    for (There one : made.there) {
      ObjectNode filter = Dsl.all(List.of(Dsl.moments(), dsls.get().filter(one.query())));
      searches.add(Json.object("size", 0, "track_total_hits", one.wanted(), "query", filter));
    }
    made.names.forEach(one -> searches.add(one.search()));
    List<JsonNode> answers = session.askAll(searches);
    if (session.isLate()) {
      return;
    }
    int at = 0;
    for (SpokenQuery.Term term : made.terms) {
      snapshot().remember(term, bounded(Session.total(answers.get(at++))));
    }
    for (There one : made.there) {
      there.put(one, Session.total(answers.get(at++)) >= one.wanted());
    }
    for (Names one : made.names) {
      Keys keys = Keys.of(answers.get(at++).at("/aggregations/names/buckets"));
      if (session.isWhole()) {
        snapshot().remember(one, keys);
      }
    }
  }

  private static ObjectNode counting(SpokenQuery.Term term) {
    return Session.counting(
        Dsl.term(Dsl.field(term.field(), term.term()), Dsl.written(term.field(), term.term())));
  }

  private Snapshot snapshot() {
    return sessions.get().snapshot();
  }

  @Override
  public int documents() {
    Session session = sessions.get();
    return session.fact(
        "documents", Integer.class, () -> bounded(session.count(Dsl.withoutPictures())));
  }

  private static int bounded(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  @Override
  public int frequency(String field, String term) {
    SpokenQuery.Term counted = new SpokenQuery.Term(field, term);
    Integer known = known(counted);
    Guesses guessing = guesses;
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

  /** How many moments have a term, if that is known already. */
  private @Nullable Integer known(SpokenQuery.Term term) {
    if (snapshot().known(term) instanceof Integer known) {
      return known;
    }
    boolean word = term.field().equals(Schema.TEXT_FIELD) && SpokenTerms.isWord(term.term());
    Vocabulary read = word ? snapshot().known(Vocabulary.class) : null;
    return read == null ? null : read.moments(OpenSearchTerms.word(term.term()));
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
    Guesses guessing = guesses;
    if (guessing != null) {
      guessing.terms.addAll(unknown);
      return;
    }
    List<ObjectNode> searches = unknown.stream().map(term -> counting(term)).toList();
    Session session = sessions.get();
    List<JsonNode> answers = session.askAll(searches);
    for (int i = 0; i < answers.size() && !session.isLate(); i++) {
      snapshot().remember(unknown.get(i), bounded(Session.total(answers.get(i))));
    }
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
    Guesses guessing = guesses;
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
    Guesses guessing = guesses;
    if (guessing != null) {
      if (isPlain(query, dsls.get())) {
        guessing.there.add(asked);
      } else {
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
  private static boolean isPlain(SpokenQuery query, Dsl dsl) {
    return switch (query) {
      case SpokenQuery.Bool bool ->
          Stream.of(bool.must(), bool.should(), bool.filter(), bool.mustNot())
              .flatMap(List::stream)
              .allMatch(part -> isPlain(part, dsl));
      case SpokenQuery.Boosted boosted -> isPlain(boosted.query(), dsl);
      case SpokenQuery.Constant constant -> isPlain(constant.query(), dsl);
      case SpokenQuery.Row row -> !dsl.isHidden(row);
      case SpokenQuery.Together together -> false;
      default -> true;
    };
  }

  @Override
  public List<String> languageTags() {
    Session session = sessions.get();
    Keys tags =
        session.fact(
            "tags",
            Keys.class,
            () -> {
              ObjectNode search = Json.object("size", 0, "track_total_hits", false);
              search.set("aggs", Json.object("tags", values("lang", MOST_TAGS)));
              return Keys.of(session.ask(search).at("/aggregations/tags/buckets"));
            });
    return tags.keys().stream().sorted().toList();
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
    Set<String> found = new LinkedHashSet<>(folded(field, Dsl.terms(lookedUp(field), names)));
    found.retainAll(Set.copyOf(names));
    return found;
  }

  @Override
  public List<String> namesWith(String field, Collection<String> words) {
    String longest = words.stream().max(Comparator.comparingInt(String::length)).orElse("");
    return folded(field, having(field, escaped(longest))).stream()
        .filter(name -> wordsOf(name).containsAll(words))
        .toList();
  }

  @Override
  public List<String> namesWithAny(String field, Collection<String> words) {
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
    return folded(field, Dsl.any(any)).stream()
        .filter(name -> wordsOf(name).stream().anyMatch(words::contains))
        .toList();
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
    Guesses guessing = guesses;
    if (guessing != null && snapshot().known(asked) == null) {
      guessing.names.add(asked);
      return new TreeSet<>();
    }
    Keys buckets =
        session.fact(
            asked,
            Keys.class,
            () -> Keys.of(session.ask(asked.search()).at("/aggregations/names/buckets")));
    return new TreeSet<>(buckets.keys());
  }

  @Override
  public List<Spelled> spelled(String word, int edits) throws IOException {
    return Vocabulary.of(snapshot()).spelled(word, edits);
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return sessions.get().moments(episodeId);
  }

  @Override
  public List<String> heard() {
    ObjectNode search = Json.object("size", 0, "track_total_hits", false);
    search.set("aggs", Json.object("heard", values(Mapping.HEARD, MOST_HEARD)));
    return Keys.of(sessions.get().ask(search).at("/aggregations/heard/buckets")).keys();
  }

  @Override
  public WordList readWords() throws IOException {
    return Vocabulary.of(snapshot()).plain();
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
