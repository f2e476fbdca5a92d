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
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.WordList;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
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

  private final Supplier<Session> sessions;
  private final Supplier<Dsl> dsls;

  /** Asks as one search does. */
  OpenSearchIndexStatistics(Session session, Dsl dsl) {
    this(() -> session, () -> dsl);
  }

  /** Asks each time with what is supplied. */
  OpenSearchIndexStatistics(Supplier<Session> sessions, Supplier<Dsl> dsls) {
    this.sessions = sessions;
    this.dsls = dsls;
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

  @Override
  public FieldSize size(String field) {
    Session session = sessions.get();
    return session.fact("size of " + field, FieldSize.class, () -> size(session, field));
  }

  private static FieldSize size(Session session, String field) {
    boolean text = field.equals(Schema.TEXT_FIELD);
    boolean context = field.equals(Schema.CONTEXT_FIELD);
    String counted = text ? Mapping.TERMS : context ? Mapping.CONTEXT_TERMS : field;
    ObjectNode search =
        Session.counting(
            text || context
                ? Dsl.range(counted, 1, Long.MAX_VALUE)
                : Json.object("exists", Json.object("field", field)));
    String sum = text || context ? "sum" : "value_count";
    search.set("aggs", Json.object("terms", Json.object(sum, Json.object("field", counted))));
    JsonNode answer = session.ask(search);
    return new FieldSize(Session.total(answer), answer.at("/aggregations/terms/value").asLong());
  }

  private static int bounded(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  @Override
  public int frequency(String field, String term) {
    SpokenQuery.Term counted = new SpokenQuery.Term(field, term);
    Integer known = known(counted);
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
    lookUp(terms.stream().map(Leaves::textTerm).toList());
  }

  /** Finds out what the leaves of a query weigh. */
  void lookUp(Leaves leaves) {
    lookUp(leaves.weighed());
  }

  private void lookUp(List<SpokenQuery.Term> terms) {
    List<SpokenQuery.Term> unknown =
        terms.stream().distinct().filter(term -> known(term) == null).toList();
    if (unknown.isEmpty()) {
      return;
    }
    List<ObjectNode> searches = new ArrayList<>();
    for (SpokenQuery.Term term : unknown) {
      searches.add(
          Session.counting(
              Dsl.term(
                  Dsl.field(term.field(), term.term()), Dsl.written(term.field(), term.term()))));
    }
    Session session = sessions.get();
    List<JsonNode> answers = session.askAll(searches);
    for (int i = 0; i < answers.size() && !session.isLate(); i++) {
      snapshot().remember(unknown.get(i), bounded(Session.total(answers.get(i))));
    }
  }

  private ObjectNode filter(SpokenQuery query, Session session) throws IOException {
    Dsl dsl = dsls.get();
    PhraseVerifier.find(query, dsl, session);
    return Dsl.all(List.of(Dsl.moments(), dsl.filter(query)));
  }

  @Override
  public int count(SpokenQuery query) throws IOException {
    Session session = sessions.get();
    ObjectNode filter = filter(query, session);
    return bounded(session.count(filter));
  }

  @Override
  public boolean hasAtLeast(int wanted, SpokenQuery query) throws IOException {
    Session session = sessions.get();
    ObjectNode search =
        Json.object("size", 0, "track_total_hits", wanted, "query", filter(query, session));
    return Session.total(session.ask(search)) >= wanted;
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
  private record Names(String field, String having) {}

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
    Keys buckets =
        session.fact(
            new Names(field, having.toString()),
            Keys.class,
            () -> {
              ObjectNode search =
                  Json.object("size", 0, "track_total_hits", false, "query", having);
              search.set("aggs", Json.object("names", values(lookedUp(field), MOST_NAMES)));
              return Keys.of(session.ask(search).at("/aggregations/names/buckets"));
            });
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
