package dev.earmark.source.syntax;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a JSON source that a format asks for, one value at a time.
 *
 * <p>A part is named by its path, as in {@link JsonShape}: {@code segments[]} is each element of
 * the list {@code segments}, {@code metadata.language} one value. Everything else is skipped
 * without being built. A document that breaks off or is damaged keeps all values before the damage,
 * with a problem; only one value is in memory at a time. Nesting, the length of a text and of a
 * number are bounded.
 */
public final class JsonReader {
  private static final int MAX_NESTING = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING)
                .maxStringLength(RawSource.MAX_BYTES)
                .build());
  }

  /** Takes one value, with the line it begins at. */
  @FunctionalInterface
  public interface Handler {
    void accept(JsonNode value, int line);
  }

  /** A place in the document on the way to a part that is asked for. */
  private static final class Place {
    private final Map<String, Place> keys = new HashMap<>();
    private @Nullable Place element;
    private @Nullable Handler handler;
  }

  private final RawSource source;
  private final ProblemLog problems;
  private final Place root = new Place();

  public JsonReader(RawSource source, ProblemLog problems) {
    this.source = source;
    this.problems = problems;
  }

  public static JsonParser parser(String text) throws IOException {
    return MAPPER.createParser(text);
  }

  /**
   * The value that a text is.
   *
   * @throws JsonProcessingException if it is no JSON
   */
  public static JsonNode value(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /** Asks for a part. */
  public JsonReader on(String path, Handler handler) {
    Place place = root;
    int from = 0;
    while (from <= path.length()) {
      int dot = path.indexOf('.', from);
      String key = path.substring(from, dot < 0 ? path.length() : dot);
      from = dot < 0 ? path.length() + 1 : dot + 1;
      int lists = 0;
      while (key.endsWith("[]")) {
        key = key.substring(0, key.length() - 2);
        lists++;
      }
      if (!key.isEmpty()) {
        place = place.keys.computeIfAbsent(key, unused -> new Place());
      }
      for (; lists > 0; lists--) {
        Place element = place.element == null ? new Place() : place.element;
        place.element = element;
        place = element;
      }
    }
    place.handler = handler;
    return this;
  }

  /**
   * Reads the document and hands over the parts in its order.
   *
   * @throws SourceException if the source does not even begin as JSON does
   */
  public void read() throws SourceException {
    String text = source.text();
    if (!JsonShape.looksLikeJson(text)) {
      throw new SourceException(
          1,
          text.isBlank()
              ? "the file is empty; a JSON object or list is needed"
              : "this is not JSON; it must begin with { or [");
    }
    try (JsonParser parser = parser(text)) {
      read(parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.warning(
          "json-damaged",
          line,
          "the JSON is damaged or cut off: " + e.getOriginalMessage(),
          "everything before this place was read");
    } catch (IOException e) {
      throw new SourceException(0, "the JSON cannot be read: " + e.getMessage());
    }
  }

  private void read(JsonParser parser) throws IOException {
    List<Place> open = new ArrayList<>();
    Place named = null;
    JsonToken token;
    while ((token = parser.nextToken()) != null) {
      if (token == JsonToken.FIELD_NAME) {
        named = open.getLast().keys.get(parser.currentName());
        continue;
      }
      if (token.isStructEnd()) {
        open.removeLast();
        continue;
      }
      Place place = root;
      if (!open.isEmpty()) {
        // Of a container that has just begun, the parser's context is its own, not the outer one.
        boolean inList =
            token.isStructStart()
                ? parser.getParsingContext().getParent().inArray()
                : parser.getParsingContext().inArray();
        place = inList ? open.getLast().element : named;
      }
      if (place == null) {
        parser.skipChildren();
      } else if (place.handler != null) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode value = MAPPER.readTree(parser);
        place.handler.accept(value, line);
      } else if (token.isStructStart()) {
        open.add(place);
      }
    }
  }
}
