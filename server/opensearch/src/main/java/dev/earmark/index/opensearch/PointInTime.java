package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One state of an index, to ask of it several times. Not thread-safe. */
final class PointInTime implements AutoCloseable {
  /** The cluster keeps the state so long after each question. */
  private static final String KEPT = "2m";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final OpenSearchClient client;
  private String id;

  private PointInTime(OpenSearchClient client, String id) {
    this.client = client;
    this.id = id;
  }

  /** Holds on to the state that searches see now. */
  static PointInTime open(OpenSearchClient client, String index) {
    String path =
        "/" + index + "/_search/point_in_time?allow_partial_pit_creation=false&keep_alive=" + KEPT;
    return new PointInTime(client, client.ask("POST", path, null).path("pit_id").asText());
  }

  /** What all shards together find; one that is missing is an error. */
  JsonNode search(ObjectNode search) {
    search.put("track_total_hits", false);
    search.putObject("pit").put("id", id).put("keep_alive", KEPT);
    JsonNode answer = client.ask("POST", "/_search?allow_partial_search_results=false", search);
    id = answer.path("pit_id").asText(id);
    return answer;
  }

  @Override
  public void close() {
    ObjectNode body = MAPPER.createObjectNode();
    body.putArray("pit_id").add(id);
    client.ask("DELETE", "/_search/point_in_time", body);
  }
}
