package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import java.util.Set;

/**
 * How the fields of {@link Schema#FIELDS} lie in OpenSearch: the settings and the mapping of an
 * index, made by going through the declarations, and the names of what is not declared there
 * because it is OpenSearch's own.
 *
 * <p>A document is a moment, or the entry of an episode; all of an episode lie on one shard, since
 * its id is their routing. A moment has
 *
 * <ul>
 *   <li>{@link Schema#TEXT_FIELD}: its words as {@link OpenSearchTerms} writes them, then up to
 *       {@value EpisodeLines#CONTINUATION} words that are said after it, marked as such. So a
 *       phrase that begins here is found here and nowhere else, however many moments it runs over:
 *       its first word is one of the moment's own, the others are that or marked;
 *   <li>{@link #STEMS}: the stems of its own words where they differ from the word;
 *   <li>{@link #AROUND}: the stems of what is said in and around it, and how much of each. What
 *       matches is decided by its own words; this only ranks;
 *   <li>{@link #HEARD}: what was heard where more or fewer words are right;
 *   <li>{@link Schema#CONTEXT_FIELD}: the words it stands under;
 *   <li>for every key and name the value as it is shown, and for names under {@link #folded} as it
 *       is compared; numbers as they are; {@link #WORDS}, how many words it has;
 *   <li>{@link Schema#BODY}: the moment itself, to be shown.
 * </ul>
 *
 * <p>An entry has {@link #ENTRY}, the id of the episode, {@link #ENTRY_JSON}, {@link #PICTURES}
 * where it names any, and {@link #ALTERNATIVES} where there are transcripts that are not searched;
 * no moment has these, and no entry anything else. A picture that episodes name is a document as
 * well: {@link #ARTWORK}, its id, and {@link #THUMBNAIL}, its bytes. So is each word that is said
 * somewhere: {@link #WORD}, {@link #SOUND}, its phones, and {@link #OFTEN}. It stays when nobody
 * says it any more, so who finds it asks how many moments have it.
 */
public final class Mapping {
  public static final String STEMS = "stems";

  /** The stems that are said in and around a moment; {@link Surroundings} says how much each. */
  public static final String AROUND = "around";

  /** A moment has around it what is said so many words before and after, or more. */
  public static final int AROUND_WORDS = 200;

  /** The first term of each stretch of heard words, each once, to be listed. */
  public static final String HEARD = "heard";

  public static final String WORDS = "words";

  public static final String ENTRY = "entry";
  public static final String ENTRY_JSON = "entryJson";

  /** The moments of the alternatives, encoded; read only when one is asked for. */
  public static final String ALTERNATIVES = "alternatives";

  public static final String ARTWORK = "artwork";

  /** The ids of the pictures that an episode names. */
  static final String PICTURES = "pictures";

  /** A word, as a term of the text. */
  public static final String WORD = "word";

  public static final String SOUND = "sound";

  /** How many moments had the word of the episode with which it was written: a hint. */
  public static final String OFTEN = "often";

  /** The bytes of a picture. */
  public static final String THUMBNAIL = "thumbnail";

  /**
   * How text is analysed: terms with {@link OpenSearchTerms#BESIDE} before them stand at one place.
   */
  public static final String ANALYZER = "spoken";

  /** Numbers of which ranges are asked for; others are read, sorted by and summed up only. */
  private static final Set<String> RANGES = Set.of(Schema.DATE, Schema.START);

  /** Parts the terms that stand at one place. */
  private static final String BESIDE = "beside";

  /** Parts a term from how often it is to count. */
  private static final String COUNTED = "counted";

  /** How words of the moment score: how often counts little, and length as usual. */
  private static final String OWN_SIMILARITY = "own";

  /** How what is said in and around a moment scores: as it is written, in steps. */
  private static final String AROUND_SIMILARITY = "around";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Mapping() {}

  /** What OpenSearch calls a moment. */
  public static String momentId(String episodeId, int ordinal) {
    return EpisodeLines.momentId(episodeId, ordinal);
  }

  /** What a hit has in a field that is stored, if that was asked for. */
  public static JsonNode stored(JsonNode hit, String field) {
    return hit.path("fields").path(field).path(0);
  }

  /** The field in which the values of a field are looked up: for names, as they are folded. */
  public static String lookedUp(Field field) {
    return field.type() == FieldType.NAME ? folded(field.name()) : field.name();
  }

  private static String folded(String name) {
    return name + "_folded";
  }

  /** What a new index is made with, but for its aliases. */
  static ObjectNode index(int shards) {
    ObjectNode index = MAPPER.createObjectNode();
    ObjectNode settings = index.putObject("settings");
    settings.put("index.number_of_shards", shards);
    // One copy where there is a second node, none where nothing could hold it.
    settings.put("index.auto_expand_replicas", "0-1");
    // LZ4. Deflate, best_compression, takes a third of a node's time, most of it for the copy of
    // each document that OpenSearch keeps for a while.
    settings.put("index.codec", "default");
    ObjectNode analysis = settings.putObject("analysis");
    ObjectNode analyzers = analysis.putObject("analyzer");
    analyzer(analyzers, ANALYZER, BESIDE);
    analyzer(analyzers, AROUND, COUNTED);
    ObjectNode filters = analysis.putObject("filter");
    filters
        .putObject(COUNTED)
        .put("type", "delimited_term_freq")
        .put("delimiter", String.valueOf(OpenSearchTerms.COUNTED));
    ObjectNode parts = filters.putObject(BESIDE);
    parts.put("type", "pattern_capture");
    parts.put("preserve_original", false);
    parts.putArray("patterns").add(OpenSearchTerms.BESIDE + "([^" + OpenSearchTerms.BESIDE + "]+)");
    ObjectNode similarity = settings.putObject("similarity");
    similarity.putObject(OWN_SIMILARITY).put("type", "BM25").put("k1", 0.6).put("b", 0.75);
    ObjectNode around = similarity.putObject(AROUND_SIMILARITY).put("type", "scripted");
    around.putObject("weight_script").put("source", Surroundings.WEIGHT);
    around.putObject("script").put("source", Surroundings.SCORE);
    index.set("mappings", mappings());
    return index;
  }

  private static void analyzer(ObjectNode analyzers, String name, String filter) {
    ObjectNode analyzer = analyzers.putObject(name);
    analyzer.put("type", "custom");
    analyzer.put("tokenizer", "whitespace");
    analyzer.putArray("filter").add(filter);
  }

  /** The mapping of all fields, and whose it is. */
  static ObjectNode mappings() {
    ObjectNode mappings = MAPPER.createObjectNode();
    mappings.put("dynamic", "strict");
    mappings
        .putObject("_meta")
        .putObject(OpenSearchIndex.OURS)
        .put("schema", Schema.VERSION)
        .put("layout", OpenSearchIndex.LAYOUT);
    mappings.putObject("_routing").put("required", true);
    // What is read back is stored by itself; to keep a part of the source, OpenSearch would take
    // each document apart and write it anew.
    mappings.putObject("_source").put("enabled", false);
    ObjectNode properties = mappings.putObject("properties");
    for (Field field : Schema.FIELDS) {
      add(properties, field);
    }
    var unused = text(properties, STEMS, "docs");
    properties
        .putObject(AROUND)
        .put("type", "text")
        .put("analyzer", AROUND)
        .put("index_options", "freqs")
        .put("norms", false)
        .put("similarity", AROUND_SIMILARITY);
    properties.putObject(WORD).put("type", "keyword");
    properties.putObject(SOUND).put("type", "keyword").put("doc_values", false);
    number(properties, OFTEN).put("index", false);
    properties.putObject(HEARD).put("type", "keyword");
    number(properties, WORDS).put("index", false);
    properties.putObject(ENTRY).put("type", "keyword");
    properties.putObject(ALTERNATIVES).put("type", "binary").put("store", true);
    properties.putObject(ARTWORK).put("type", "keyword");
    properties.putObject(PICTURES).put("type", "keyword");
    properties.putObject(THUMBNAIL).put("type", "binary").put("store", true);
    properties
        .putObject(ENTRY_JSON)
        .put("type", "keyword")
        .put("index", false)
        .put("doc_values", false)
        .put("store", true);
    return mappings;
  }

  private static void add(ObjectNode properties, Field field) {
    switch (field.type()) {
      case TEXT -> {
        var unused = text(properties, field.name(), "positions").put("norms", true);
      }
      case CONTEXT -> {
        var unused = text(properties, field.name(), "freqs");
      }
      case KEY -> properties.putObject(field.name()).put("type", "keyword");
      case NAME -> {
        properties.putObject(field.name()).put("type", "keyword").put("index", false);
        properties.putObject(folded(field.name())).put("type", "keyword");
      }
      case NUMBER -> number(properties, field.name()).put("index", RANGES.contains(field.name()));
      case STORED -> properties.putObject(field.name()).put("type", "binary").put("store", true);
    }
  }

  private static ObjectNode number(ObjectNode properties, String name) {
    return properties.putObject(name).put("type", "long");
  }

  private static ObjectNode text(ObjectNode properties, String name, String options) {
    return properties
        .putObject(name)
        .put("type", "text")
        .put("analyzer", ANALYZER)
        .put("index_options", options)
        .put("similarity", OWN_SIMILARITY)
        .put("norms", false);
  }
}
