package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.spoken.Footprint;
import dev.earmark.search.spoken.SpeakerStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the profiles of speakers and shows. */
final class ProfileReader {
  private static final long BYTES_KEPT = 8 << 20;
  private static final int MOST_VALUES = 10_000;
  private static final int COUNTED_TOGETHER = 200;

  private ProfileReader() {}

  /** The profiles that a snapshot remembers. */
  private static final class Profiles {
    private final Cache<String, Optional<SpeakerProfile>> byName = Footprint.cache(BYTES_KEPT);
  }

  /** What there is of a speaker, however case and accents are written. */
  static Optional<SpeakerProfile> speaker(Session session, String wanted) throws IOException {
    Cache<String, Optional<SpeakerProfile>> known =
        session.snapshot().once(Profiles.class, Profiles::new).byName;
    String folded = Schema.field(Schema.SPEAKER).orElseThrow().key(wanted);
    Optional<SpeakerProfile> profile = known.getIfPresent(folded);
    if (profile == null) {
      profile = read(session, wanted);
      if (session.isWhole()) {
        known.put(folded, profile);
      }
    }
    return profile;
  }

  private static ObjectNode named(String field, String name) {
    Field facet = Schema.field(field).orElseThrow();
    return Dsl.term(Mapping.lookedUp(facet), Schema.label(facet.key(name)));
  }

  private static Optional<SpeakerProfile> read(Session session, String wanted) throws IOException {
    ObjectNode theirs = named("speaker", wanted);
    SpeakerStatistics voice = new SpeakerStatistics();
    hear(session, theirs, Kind.SEGMENT, voice);
    if (voice.isEmpty()) {
      // All that is there of some is what others quote.
      hear(session, theirs, Kind.QUOTE, voice);
    }
    long all = session.count(theirs);
    if (all == 0) {
      return Optional.empty();
    }
    Map<String, Episode> episodes = new HashMap<>();
    EpisodeEntries.of(session, voice.episodes())
        .forEach((id, entry) -> episodes.put(id, entry.episode()));
    return Optional.of(
        voice.profile(
            wanted,
            (int) all,
            id -> {
              Episode episode = episodes.get(id);
              if (episode == null) {
                // An entry is written after its moments, and may lie in a part that did not answer.
                session.deadline().narrowed();
              }
              return episode;
            },
            words(session, Json.object("match_all", Json.object())),
            words -> frequencies(session, words)));
  }

  private static void hear(Session session, ObjectNode theirs, Kind kind, SpeakerStatistics voice) {
    session.each(
        Json.object(
            "query",
            Dsl.all(List.of(theirs, Dsl.term("kind", kind.id()))),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            Session.byPlace()),
        hit -> voice.add(Session.moment(hit), kind));
  }

  /** How many words some moments have. */
  private static long words(Session session, ObjectNode query) {
    ObjectNode search = Json.object("size", 0, "track_total_hits", false, "query", query);
    search.set(
        "aggs", Json.object("words", Json.object("sum", Json.object("field", Mapping.WORDS))));
    return session.ask(search).at("/aggregations/words/value").asLong();
  }

  /** How often words are said by everybody. */
  private static Map<String, Long> frequencies(Session session, Collection<String> words) {
    Map<String, Long> frequencies = new HashMap<>();
    List<String> all = List.copyOf(words);
    ObjectNode often = Json.object("often", Dsl.often());
    for (int from = 0; from < all.size(); from += COUNTED_TOGETHER) {
      List<String> some = all.subList(from, Math.min(all.size(), from + COUNTED_TOGETHER));
      List<ObjectNode> searches = new ArrayList<>();
      for (String word : some) {
        ObjectNode search = Session.counting(Dsl.intervals(List.of(word)));
        search.set("aggs", often);
        searches.add(search);
      }
      List<JsonNode> answers = session.askAll(searches);
      for (int i = 0; i < some.size() && i < answers.size(); i++) {
        frequencies.put(
            some.get(i), Math.round(answers.get(i).at("/aggregations/often/value").asDouble()));
      }
    }
    return frequencies;
  }

  /** The show of a name, however its case and accents are written; empty if there is none. */
  static Optional<ShowProfile> show(Session session, String wanted) throws IOException {
    ObjectNode its = named("show", wanted);
    ObjectNode search = Session.counting(its);
    ObjectNode sum = Json.object("sum", Json.object("field", Mapping.WORDS));
    search.set(
        "aggs",
        Json.object(
            "episodes",
            Json.object("terms", Json.object("field", Schema.EPISODE, "size", MOST_VALUES)),
            "said",
            Json.object(
                "filter",
                Dsl.term("kind", Kind.SEGMENT.id()),
                "aggs",
                Json.object(
                    "words",
                    sum,
                    "speakers",
                    Json.object(
                        "terms",
                        Json.object("field", "speaker", "size", MOST_VALUES),
                        "aggs",
                        Json.object("words", sum))))));
    JsonNode answer = session.ask(search);
    Set<String> ids = new LinkedHashSet<>();
    answer
        .at("/aggregations/episodes/buckets")
        .forEach(bucket -> ids.add(bucket.path("key").asText()));
    List<Episode> episodes = new ArrayList<>();
    for (EpisodeEntry entry : EpisodeEntries.of(session, ids).values()) {
      episodes.add(entry.episode());
    }
    if (episodes.isEmpty()) {
      return Optional.empty();
    }
    List<ShowProfile.Share> speakers = new ArrayList<>();
    for (JsonNode bucket : answer.at("/aggregations/said/speakers/buckets")) {
      speakers.add(
          new ShowProfile.Share(bucket.path("key").asText(), bucket.at("/words/value").asLong()));
    }
    return Optional.of(
        ShowProfile.of(
            wanted,
            (int) Session.total(answer),
            answer.at("/aggregations/said/words/value").asLong(),
            episodes,
            speakers));
  }
}
