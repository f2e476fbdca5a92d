package dev.earmark.search.opensearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Builds JSON in one line. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /**
   * An object of names and values by turns; a value is a text, number, boolean, list or JSON, which
   * becomes a part of it.
   */
  static ObjectNode object(Object... namesAndValues) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.set((String) namesAndValues[i], tree(namesAndValues[i + 1]));
    }
    return object;
  }

  static ArrayNode array(Collection<?> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(value -> array.add(tree(value)));
    return array;
  }

  private static JsonNode tree(Object value) {
    return switch (value) {
      case JsonNode json -> json;
      case String text -> MAPPER.getNodeFactory().textNode(wellFormed(text));
      default -> MAPPER.valueToTree(value);
    };
  }

  /** A text without halves of letters, which are in no index. */
  private static String wellFormed(String text) {
    if (text.chars().noneMatch(letter -> Character.isSurrogate((char) letter))) {
      return text;
    }
    return text.codePoints()
        .map(letter ->
            letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE
                ? 0xFFFD
                : letter)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static ArrayNode array(Object... values) {
    return array(java.util.List.of(values));
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }
}
