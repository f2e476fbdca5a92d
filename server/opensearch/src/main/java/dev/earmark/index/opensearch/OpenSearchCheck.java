package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an index in a cluster: that every episode is there whole and once. The files are
 * OpenSearch's to verify. Reads only, one state.
 */
public final class OpenSearchCheck {
  private static final int FAULTS_KEPT = 100;
  private static final int PAGE = 1_000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private OpenSearchCheck() {}

  /**
   * What was found.
   *
   * @param episodes how many have an entry
   * @param moments how many there are of them
   * @param faults what is wrong, bounded; empty if the index is sound
   */
  public record Result(int episodes, long moments, List<String> faults) {}

  /**
   * Checks what searches see of an index.
   *
   * @throws IndexException if there is none, or a part of it is missing
   */
  public static Result of(OpenSearchSettings settings) {
    try (OpenSearchClient client = OpenSearchClient.open(settings)) {
      OpenSearchIndex.Version version = OpenSearchIndex.forReading(client);
      OpenSearchIndex.requireShards(client, version);
      try (PointInTime state = PointInTime.open(client, version.name())) {
        return of(state);
      }
    }
  }

  private static Result of(PointInTime state) {
    List<String> faults = new ArrayList<>();
    Map<String, EpisodeEntry> entries = OpenSearchIndex.episodes(state);
    int episodes = entries.size();
    long moments = 0;
    ObjectNode search = MAPPER.createObjectNode();
    search.put("size", 0);
    ObjectNode episode = search.putObject("aggs").putObject("episodes");
    ObjectNode pages = episode.putObject("composite").put("size", PAGE);
    pages
        .putArray("sources")
        .addObject()
        .putObject("id")
        .putObject("terms")
        .put("field", Schema.EPISODE);
    episode.putObject("aggs").putObject("highest").putObject("max").put("field", Schema.ORDINAL);
    JsonNode found;
    do {
      found = state.search(search).at("/aggregations/episodes");
      for (JsonNode bucket : found.path("buckets")) {
        String id = bucket.at("/key/id").asText();
        long count = bucket.path("doc_count").asLong();
        moments += count;
        compare(id, entries.remove(id), count, bucket.at("/highest/value").asLong(), faults);
      }
      pages.set("after", found.path("after_key"));
    } while (found.path("buckets").size() == PAGE);
    entries.values().stream()
        .filter(entry -> entry.moments() > 0)
        .forEach(entry ->
            add(
                faults,
                entry.episode().id() + " has " + entry.moments() + " moments, but 0 are there"));
    return new Result(episodes, moments, faults);
  }

  private static void compare(
      String id, @Nullable EpisodeEntry entry, long count, long highest, List<String> faults) {
    if (entry == null) {
      add(faults, id + " has moments and no entry: its indexing was broken off; index it again");
    } else if (entry.fingerprint().isEmpty()) {
      add(faults, id + " is half written: its indexing was broken off; index it again");
    } else if (entry.moments() != count || highest != count - 1) {
      add(
          faults,
          id
              + " has "
              + entry.moments()
              + " moments, but "
              + count
              + " are there, the last with number "
              + highest);
    }
  }

  private static void add(List<String> faults, String fault) {
    if (faults.size() < FAULTS_KEPT) {
      faults.add(fault);
    }
  }
}
