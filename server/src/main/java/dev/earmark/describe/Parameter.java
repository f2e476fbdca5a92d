package dev.earmark.describe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of an operation.
 *
 * @param name as it stands in the address
 * @param description what it is for
 * @param inPath whether it is a part of the path rather than of the query
 * @param required whether it must be given
 * @param schema a JSON Schema of its value
 */
public record Parameter(
    String name, String description, boolean inPath, boolean required, ObjectNode schema) {

  /** A text. */
  public static Parameter text(String name, String description) {
    return of(name, description, schema("string"));
  }

  /** A day, such as {@code 2026-02-13}. */
  public static Parameter day(String name, String description) {
    return of(name, description, schema("string").put("format", "date"));
  }

  /** {@code true} or {@code false}. */
  public static Parameter flag(String name, String description) {
    return of(name, description, schema("boolean").put("default", false));
  }

  /** A number from 1 on. */
  public static Parameter number(String name, int usual, int most, String description) {
    return of(
        name,
        description,
        schema("integer").put("minimum", 1).put("maximum", most).put("default", usual));
  }

  /** One of a few values; {@code usual} is meant where it is left out. */
  public static Parameter choice(
      String name, @Nullable String usual, Collection<String> values, String description) {
    ObjectNode schema = schema("string");
    values.forEach(schema.putArray("enum")::add);
    return of(name, description, usual == null ? schema : schema.put("default", usual));
  }

  /** A text that may be given several times. */
  public static Parameter several(String name, String description) {
    ObjectNode schema = schema("array");
    schema.set("items", schema("string"));
    return of(name, description, schema);
  }

  /** The same as a part of the path. */
  public Parameter ofPath() {
    return new Parameter(name, description, true, true, schema);
  }

  /** The same, to be given always. */
  public Parameter always() {
    return new Parameter(name, description, inPath, true, schema);
  }

  private static Parameter of(String name, String description, ObjectNode schema) {
    return new Parameter(name, description, false, false, schema);
  }

  private static ObjectNode schema(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  ObjectNode write() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("in", inPath ? "path" : "query")
            .put("description", description);
    if (required) {
      node.put("required", true);
    }
    node.set("schema", schema);
    return node;
  }
}
