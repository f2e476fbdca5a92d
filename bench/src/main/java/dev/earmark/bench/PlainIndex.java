package dev.earmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.schema.Field;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same moments in an index as OpenSearch makes one by itself: its analyzer of English, its
 * {@code match} and {@code match_phrase}, with the facets and a page of twenty, in one request.
 * What Earmark costs in a cluster is told beside this. Thread-safe.
 */
final class PlainIndex implements Contender {
  private static final int PAGE = 20;
  private static final int VALUES = 1_000;
  private static final int TOGETHER = 1_000;
  private static final int SENDERS = 4;
  private static final String BODY = "body";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OpenSearchClient client;
  private final String name;

  private PlainIndex(OpenSearchClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** Makes an empty index. */
  static PlainIndex make(OpenSearchClient client, String name, int shards) {
    ObjectNode index = MAPPER.createObjectNode();
    index
        .putObject("settings")
        .put("index.number_of_shards", shards)
        .put("index.auto_expand_replicas", "0-1")
        .put("index.codec", "default")
        .put("index.refresh_interval", "-1");
    ObjectNode properties = index.putObject("mappings").putObject("properties");
    properties.putObject(BODY).put("type", "text").put("analyzer", "english");
    properties.putObject(Schema.START).put("type", "long");
    for (Field facet : Schema.facets()) {
      properties.putObject(facet.name()).put("type", "keyword");
    }
    var unused = client.ask("PUT", "/" + name, index);
    return new PlainIndex(client, name);
  }

  /** Writes all moments of an index. */
  void fill(SearchEngine from) throws IOException {
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<EpisodeEntry> some = new ArrayList<>();
      int moments = 0;
      for (EpisodeEntry entry : from.episodes()) {
        some.add(entry);
        moments += entry.moments();
        if (moments >= TOGETHER) {
          List<EpisodeEntry> batch = List.copyOf(some);
          sent.add(senders.submit(() -> write(from, batch)));
          some.clear();
          moments = 0;
        }
      }
      sent.add(senders.submit(() -> write(from, some)));
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("writing was interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("the plain index cannot be written", e);
    }
    var unused = client.ask("POST", "/" + name + "/_refresh", null);
  }

  private boolean write(SearchEngine from, List<EpisodeEntry> episodes) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (EpisodeEntry entry : episodes) {
      for (StoredMoment moment : from.moments(entry.episode().id())) {
        lines.writeBytes("{\"index\":{}}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        lines.writeBytes(MAPPER.writeValueAsBytes(document(entry, moment)));
        lines.write('\n');
      }
    }
    if (lines.size() > 0 && client.bulk(name, lines.toByteArray()).path("errors").asBoolean()) {
      throw new IOException("OpenSearch refuses some of the plain documents");
    }
    return true;
  }

  private static ObjectNode document(EpisodeEntry entry, StoredMoment stored) {
    IndexedMoment moment =
        new IndexedMoment(
            entry.episode(),
            stored.source(),
            stored.format(),
            stored.language(),
            stored.ordinal(),
            stored.position(),
            stored.moment());
    ObjectNode document = MAPPER.createObjectNode();
    document.put(BODY, stored.moment().text());
    stored.moment().anchor().span().ifPresent(span -> document.put(Schema.START, span.startMs()));
    for (Field facet : Schema.facets()) {
      ArrayNode values = document.putArray(facet.name());
      facet.values().apply(moment).forEach(value -> values.add(value.toString()));
    }
    return document;
  }

  @Override
  public long search(Ask ask) {
    ObjectNode search = MAPPER.createObjectNode();
    search.put("size", PAGE).put("track_total_hits", true);
    ObjectNode bool = search.putObject("query").putObject("bool");
    ObjectNode must = bool.putArray("must").addObject();
    String words = String.join(" ", ask.words());
    if (ask.kind().phrase) {
      must.putObject("match_phrase").put(BODY, words);
    } else {
      must.putObject("match")
          .putObject(BODY)
          .put("query", words)
          .put("operator", ask.kind() == Ask.Kind.ALL_OF_TWO ? "and" : "or");
    }
    ArrayNode filter = bool.putArray("filter");
    if (ask.episode() != null) {
      filter.addObject().putObject("term").put(Schema.EPISODE, ask.episode());
    }
    if (ask.speaker() != null) {
      filter.addObject().putObject("term").put(EarmarkContender.SPEAKER, ask.speaker());
    }
    ObjectNode facets = search.putObject("aggs");
    for (Field facet : Schema.facets()) {
      facets
          .putObject(facet.name())
          .putObject("terms")
          .put("field", facet.name())
          .put("size", VALUES);
    }
    JsonNode answer = client.ask("POST", "/" + name + "/_search", search);
    return answer.at("/hits/total/value").asLong();
  }

  /** Takes the index away. */
  @Override
  public void close() {
    var unused = client.ask("DELETE", "/" + name, null);
  }
}
