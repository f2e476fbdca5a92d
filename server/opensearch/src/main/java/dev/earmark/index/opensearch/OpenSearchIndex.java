package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.schema.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which indices there are behind a name.
 *
 * <p>The name is an alias. Behind it lies {@code NAME-SCHEMA-NUMBER}, which says in its mapping
 * that Earmark made it, with which {@link Schema#VERSION}. An index of a newer schema is made
 * beside the one that is read, and the alias moves to it in one step when it holds all that the
 * other does.
 */
public final class OpenSearchIndex {
  /** Under this name, the mapping's {@code _meta} says that an index is Earmark's. */
  static final String OURS = "earmark";

  /**
   * How the fields of a schema lie in OpenSearch: raised when {@link Mapping} or {@link
   * EpisodeLines} fill them otherwise, so that an index has to be made anew.
   */
  static final int LAYOUT = 8;

  /** No schema has so many layouts. */
  private static final int MOST_LAYOUTS = 1_000;

  static final int PAGE = 500;

  private static final String TOTAL = "/hits/total/value";

  /** Shards that are coming have so long to come; what is lost needs somebody to mend it. */
  private static final long SHARDS_PATIENCE_S = 20;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private OpenSearchIndex() {}

  /**
   * An index of Earmark's.
   *
   * @param name what OpenSearch calls it
   * @param schema the version of the schema it was made with
   * @param layout how that lies in it; 1 if it does not say
   */
  public record Version(String name, int schema, int layout) {
    /** What this Earmark makes and reads. */
    static final int CURRENT = Schema.VERSION * MOST_LAYOUTS + LAYOUT;

    /** Schema and layout as one number: of two, the newer has the greater. */
    int generation() {
      return schema * MOST_LAYOUTS + layout;
    }

    boolean isCurrent() {
      return generation() == CURRENT;
    }

    static Version of(String name, JsonNode meta) {
      return new Version(name, meta.path("schema").asInt(), meta.path("layout").asInt(1));
    }

    /** Its number among those of its schema; 0 if its name has none. */
    int number() {
      String digits = name.substring(name.lastIndexOf('-') + 1);
      return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }
  }

  /**
   * The index that is read under the name that the client's settings say.
   *
   * @throws IndexException if there is none, it is not ours, or of another schema
   */
  public static Version forReading(OpenSearchClient client) {
    return readable(client.settings(), current(client));
  }

  /** The indices that are read together under the name, and those of them that are closed. */
  public record Read(List<String> open, List<String> closed) {
    public Read {
      open = List.copyOf(open);
      closed = List.copyOf(closed);
    }
  }

  /**
   * All indices that the name stands for: one, or several that somebody put under one alias.
   *
   * @throws IndexException if there is none, one is not ours, or of another schema
   */
  public static Read allForReading(OpenSearchClient client, OpenSearchClient.Patience patience) {
    List<Version> versions = versions(client, patience);
    if (versions.size() <= 1) {
      return new Read(
          List.of(readable(client.settings(), versions.stream().findFirst()).name()), List.of());
    }
    String path =
        "/_cat/indices/"
            + client.settings().index()
            + "?format=json&h=index,status&expand_wildcards=all";
    Set<String> closed = new HashSet<>();
    for (JsonNode index : client.ask("GET", path, null, patience)) {
      if (index.path("status").asText().equals("close")) {
        closed.add(index.path("index").asText());
      }
    }
    List<String> open = new ArrayList<>();
    for (Version version : versions) {
      if (!closed.contains(version.name())) {
        open.add(readable(client.settings(), Optional.of(version)).name());
      }
    }
    if (open.isEmpty()) {
      throw new IndexException(
          "all indices that "
              + client.settings().index()
              + " at "
              + client.settings().addresses()
              + " stands for are closed; open them with POST /NAME/_open");
    }
    return new Read(open.stream().sorted().toList(), closed.stream().sorted().toList());
  }

  private static Version readable(OpenSearchSettings settings, Optional<Version> found) {
    Version current =
        found.orElseThrow(() ->
            new IndexException(
                "there is no index "
                    + settings.index()
                    + " at "
                    + settings.addresses()
                    + "; make one with: ./earmark index PATH --engine opensearch --opensearch "
                    + settings.hosts().get(0)
                    + "/"
                    + settings.index()));
    if (!current.isCurrent()) {
      throw current.generation() > Version.CURRENT
          ? tooNew(settings, current)
          : new IndexException(
              named(settings, current)
                  + " has schema "
                  + current.schema()
                  + ", layout "
                  + current.layout()
                  + ", this Earmark reads "
                  + Schema.VERSION
                  + ", "
                  + LAYOUT
                  + "; run ./earmark index with all its PATHs once: a new index is built beside it,"
                  + " while an older Earmark can go on reading this one");
    }
    return current;
  }

  /**
   * The index behind the name, of whichever schema; empty if there is none.
   *
   * @throws IndexException if it is not ours
   */
  static Optional<Version> current(OpenSearchClient client) {
    List<Version> versions = versions(client, client.patience());
    if (versions.size() > 1) {
      throw new IndexException(
          "the name "
              + client.settings().index()
              + " at "
              + client.settings().addresses()
              + " stands for several indices ("
              + String.join(", ", versions.stream().map(Version::name).sorted().toList())
              + "), which are searched together; to write or check one, give the name that stands for"
              + " it alone");
    }
    return versions.stream().findFirst();
  }

  private static List<Version> versions(
      OpenSearchClient client, OpenSearchClient.Patience patience) {
    OpenSearchSettings settings = client.settings();
    JsonNode found = mappings(client, settings.index(), patience);
    List<Version> versions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> index : found.properties()) {
      JsonNode meta = index.getValue().at("/mappings/_meta/" + OURS);
      if (!meta.path("schema").isInt() || index.getKey().equals(settings.index())) {
        throw new IndexException(
            "the index "
                + index.getKey()
                + " at "
                + settings.addresses()
                + " was not made by Earmark and is left alone; name another: --opensearch "
                + settings.hosts().get(0)
                + "/NAME");
      }
      versions.add(Version.of(index.getKey(), meta));
    }
    return versions;
  }

  private static JsonNode mappings(
      OpenSearchClient client, String name, OpenSearchClient.Patience patience) {
    try {
      return client.ask("GET", "/" + name + "/_mapping", null, patience);
    } catch (OpenSearchException e) {
      if (e.status() == 404) {
        return MAPPER.createObjectNode();
      }
      throw e;
    }
  }

  /** All indices of Earmark's that were made for the name, newest last. */
  static List<Version> all(OpenSearchClient client) {
    String name = client.settings().index();
    List<Version> versions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> index :
        mappings(client, name + "-*", client.patience()).properties()) {
      JsonNode meta = index.getValue().at("/mappings/_meta/" + OURS);
      // Another name may begin like ours: podcasts-1-1 is not of podcasts-1.
      if (meta.path("schema").isInt() && index.getKey().matches("\\Q" + name + "\\E-\\d+-\\d+")) {
        versions.add(Version.of(index.getKey(), meta));
      }
    }
    versions.sort(Comparator.comparingInt(Version::generation).thenComparingInt(Version::number));
    return versions;
  }

  /**
   * Makes an index of this schema.
   *
   * @param visible whether the name stands for it from the start
   */
  static Version create(OpenSearchClient client, boolean visible) {
    OpenSearchSettings settings = client.settings();
    int number =
        all(client).stream()
                .filter(version -> version.schema() == Schema.VERSION)
                .mapToInt(Version::number)
                .max()
                .orElse(0)
            + 1;
    String name = settings.index() + "-" + Schema.VERSION + "-" + number;
    Integer shards = settings.shards();
    ObjectNode index = Mapping.index(shards == null ? OpenSearchSettings.DEFAULT_SHARDS : shards);
    if (visible) {
      index.putObject("aliases").putObject(settings.index());
    }
    try {
      client.ask("PUT", "/" + name, index);
    } catch (OpenSearchException e) {
      // An attempt whose answer was lost may have made it.
      if (!e.type().equals("resource_already_exists_exception")) {
        throw e;
      }
    }
    return new Version(name, Schema.VERSION, LAYOUT);
  }

  /**
   * Sees that an index has as many shards as the settings say, if they say.
   *
   * @throws IndexException if it has another number, which stays as it was made
   */
  static void requireDivision(OpenSearchClient client, Version version) {
    Integer wanted = client.settings().shards();
    if (wanted == null) {
      return;
    }
    String path = "/" + version.name() + "/_settings/index.number_of_shards";
    int there =
        client
            .ask("GET", path, null)
            .at("/" + version.name() + "/settings/index/number_of_shards")
            .asInt();
    if (there != wanted) {
      throw new IndexException(
          named(client.settings(), version)
              + " has "
              + there
              + (there == 1 ? " shard" : " shards")
              + ", not "
              + wanted
              + ", and cannot be divided again; leave --shards out, or name another index and index"
              + " all PATHs into that");
    }
  }

  /**
   * Gives an index the fields that it lacks.
   *
   * @throws IndexException if it has one that is otherwise
   */
  static void complete(OpenSearchClient client, Version version) {
    try {
      client.ask("PUT", "/" + version.name() + "/_mapping", Mapping.mappings());
    } catch (OpenSearchException e) {
      if (e.status() != 400) {
        throw e;
      }
      throw new IndexException(
          named(client.settings(), version)
              + " has a field that Earmark needs otherwise ("
              + e.reason()
              + "); it was changed by somebody: name another index, or delete this one and index"
              + " anew",
          e);
    }
  }

  /** Lets the name stand for another index, in one step. */
  static void move(OpenSearchClient client, Version from, Version to) {
    ObjectNode body = MAPPER.createObjectNode();
    var actions = body.putArray("actions");
    String alias = client.settings().index();
    actions.addObject().putObject("remove").put("index", from.name()).put("alias", alias);
    actions.addObject().putObject("add").put("index", to.name()).put("alias", alias);
    client.ask("POST", "/_aliases", body);
  }

  static void delete(OpenSearchClient client, Version version) {
    try {
      client.ask("DELETE", "/" + version.name(), null);
    } catch (OpenSearchException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  /**
   * Sees that every shard of an index is there, and waits a little for those that are coming.
   *
   * @throws IndexException if one is missing
   */
  public static void requireShards(OpenSearchClient client, Version version) {
    long seconds = Math.min(SHARDS_PATIENCE_S, client.settings().patience().toSeconds());
    try {
      var unused =
          client.ask(
              "GET",
              "/_cluster/health/"
                  + version.name()
                  + "?wait_for_status=yellow&timeout="
                  + seconds
                  + "s",
              null);
    } catch (OpenSearchException e) {
      if (e.status() != 408) {
        throw e;
      }
      JsonNode shards =
          client.ask(
              "GET", "/_cat/shards/" + version.name() + "?format=json&h=shard,prirep,state", null);
      int all = 0;
      int missing = 0;
      for (JsonNode shard : shards) {
        if (shard.path("prirep").asText().equals("p")) {
          all++;
          missing += shard.path("state").asText().equals("STARTED") ? 0 : 1;
        }
      }
      throw new IndexException(
          named(client.settings(), version)
              + " lacks "
              + missing
              + " of its "
              + all
              + " shards, so that answers would be wrong; bring the nodes back that hold them"
              + " (GET /_cluster/allocation/explain says why they are missing)",
          e);
    }
  }

  /** The episodes of which a search sees the entries, by id, in the order of the ids. */
  public static Map<String, EpisodeEntry> episodes(OpenSearchClient client, String index) {
    try (PointInTime state = PointInTime.open(client, index)) {
      return episodes(state);
    }
  }

  static Map<String, EpisodeEntry> episodes(PointInTime state) {
    Map<String, EpisodeEntry> episodes = new TreeMap<>();
    pages(state::search, Mapping.ENTRY, Mapping.ENTRY_JSON, OpenSearchIndex::entry)
        .flatMap(List::stream)
        .forEach(entry -> episodes.put(entry.episode().id(), entry));
    return episodes;
  }

  /** The entries that a search sees, a page after another, in the order of their ids. */
  static Stream<List<EpisodeEntry>> entries(OpenSearchClient client, String index) {
    return pages(
        search -> whole(client, index, "", search),
        Mapping.ENTRY,
        Mapping.ENTRY_JSON,
        OpenSearchIndex::entry);
  }

  private static EpisodeEntry entry(JsonNode hit) {
    return EntryJson.read(Mapping.stored(hit, Mapping.ENTRY_JSON).asText());
  }

  /** The ids of the pictures that are there, a page after another. */
  static Stream<List<String>> pictures(OpenSearchClient client, String index) {
    return pages(
        search -> whole(client, index, "", search),
        Mapping.ARTWORK,
        Mapping.ARTWORK,
        hit -> hit.at("/sort/0").asText());
  }

  /** Reads the documents that have a field, a page after another, in the order of the field. */
  private static <T> Stream<List<T>> pages(
      Function<ObjectNode, JsonNode> asked,
      String field,
      String stored,
      Function<JsonNode, T> reader) {
    ObjectNode search = MAPPER.createObjectNode();
    search.put("size", PAGE).put("track_total_hits", false);
    search.putArray("stored_fields").add(stored);
    search.putObject("query").putObject("exists").put("field", field);
    ObjectNode sort = search.putArray("sort").addObject().putObject(field);
    sort.put("order", "asc").put("unmapped_type", "keyword");
    return Stream.iterate(
            asked.apply(search).at("/hits/hits"),
            hits -> !hits.isEmpty(),
            hits ->
                hits.size() < PAGE
                    ? MAPPER.createArrayNode()
                    : asked
                        .apply(search.set("search_after", hits.get(hits.size() - 1).get("sort")))
                        .at("/hits/hits"))
        .map(hits -> StreamSupport.stream(hits.spliterator(), false).map(reader).toList());
  }

  /** How many episodes an index has an entry of. */
  static int episodesOf(OpenSearchClient client, String index) {
    ObjectNode search = MAPPER.createObjectNode();
    search.put("size", 0).put("track_total_hits", true);
    search.putObject("query").putObject("exists").put("field", Mapping.ENTRY);
    return (int) Math.min(Integer.MAX_VALUE, whole(client, index, "", search).at(TOTAL).asLong());
  }

  /** The entries of some episodes, in no order; of those that an index does not have none. */
  static List<EpisodeEntry> entries(
      OpenSearchClient client, String index, Collection<String> episodes) {
    List<EpisodeEntry> entries = new ArrayList<>();
    ObjectNode search = having(Mapping.ENTRY, episodes);
    search.putArray("stored_fields").add(Mapping.ENTRY_JSON);
    whole(client, index, "", search).at("/hits/hits").forEach(hit -> entries.add(entry(hit)));
    return entries;
  }

  /** Those of some pictures, at most {@value #PAGE}, that an episode names. */
  static Set<String> named(OpenSearchClient client, String index, Collection<String> pictures) {
    ObjectNode search = having(Mapping.PICTURES, pictures).put("size", 0);
    // An episode may name other pictures, too; only those asked about are counted.
    ObjectNode terms = search.putObject("aggs").putObject("named").putObject("terms");
    terms.put("field", Mapping.PICTURES).put("size", pictures.size());
    pictures.forEach(terms.putArray("include")::add);
    Set<String> named = new HashSet<>();
    whole(client, index, "", search)
        .at("/aggregations/named/buckets")
        .forEach(bucket -> named.add(bucket.path("key").asText()));
    return named;
  }

  /** Documents that have one of some values of a field. */
  private static ObjectNode having(String field, Collection<String> values) {
    ObjectNode search = MAPPER.createObjectNode();
    search.put("size", values.size()).put("track_total_hits", false);
    ArrayNode wanted = search.putObject("query").putObject("terms").putArray(field);
    values.forEach(wanted::add);
    return search;
  }

  /** How many moments of an episode a search sees, or more: one above the highest number. */
  static int moments(OpenSearchClient client, String index, String episodeId) {
    ObjectNode search = MAPPER.createObjectNode();
    search.put("size", 1).put("track_total_hits", false).put("_source", false);
    search.putArray("docvalue_fields").add(Schema.ORDINAL);
    search.putObject("query").putObject("term").put(Schema.EPISODE, Schema.label(episodeId));
    search.putArray("sort").addObject().put(Schema.ORDINAL, "desc");
    String routing = "&routing=" + URLEncoder.encode(episodeId, StandardCharsets.UTF_8);
    return whole(client, index, routing, search).at("/hits/hits/0/sort/0").asInt(-1) + 1;
  }

  /** What all shards that are asked find; waits a little for one that has just been lost. */
  private static JsonNode whole(
      OpenSearchClient client, String index, String routing, ObjectNode search) {
    String path = "/" + index + "/_search?allow_partial_search_results=false" + routing;
    long deadline = System.nanoTime() + client.settings().patience().toNanos();
    Backoff backoff = new Backoff();
    while (true) {
      try {
        return client.ask("POST", path, search);
      } catch (OpenSearchException e) {
        if (!e.isLostNode() || System.nanoTime() > deadline) {
          throw e;
        }
        backoff.pause(deadline);
      }
    }
  }

  /** Shows readers all that is written, on every shard. */
  static void refresh(OpenSearchClient client, Version version) {
    long deadline = System.nanoTime() + client.settings().patience().toNanos();
    Backoff backoff = new Backoff();
    while (true) {
      JsonNode shards =
          client.ask("POST", "/" + version.name() + "/_refresh", null).path("_shards");
      if (shards.path("failed").asInt() == 0) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IndexException(
            named(client.settings(), version)
                + " does not show all that is written: "
                + OpenSearchException.reasonOf(shards.at("/failures/0/reason"))
                + "; see why with GET /_cluster/allocation/explain, then run the same again");
      }
      backoff.pause(deadline);
    }
  }

  /** Sets how often an index shows what is new by itself; null for as often as it is wont to. */
  static void refreshEvery(OpenSearchClient client, Version version, @Nullable String interval) {
    ObjectNode settings = MAPPER.createObjectNode();
    settings.putObject("index").put("refresh_interval", interval);
    client.ask("PUT", "/" + version.name() + "/_settings", settings);
  }

  static IndexException tooNew(OpenSearchSettings settings, Version version) {
    return new IndexException(
        named(settings, version)
            + " was made by a newer Earmark (schema "
            + version.schema()
            + ", layout "
            + version.layout()
            + "; this one has "
            + Schema.VERSION
            + ", "
            + LAYOUT
            + "); use that one, or name another index");
  }

  static String named(OpenSearchSettings settings, Version version) {
    return "the index " + version.name() + " at " + settings.addresses();
  }
}
