package dev.earmark.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The description of the API, as OpenAPI.
 *
 * <p>In {@code openapi.json}, a parameter with {@code {facet}} in its name stands for one of each
 * facet of the {@link Schema}, so that a new facet is described without being written there.
 */
final class ApiDescription {
  private static final String FACET = "{facet}";
  private static final String MEANING = "{meaning}";
  private static final String JSON = read();

  private ApiDescription() {}

  static String json() {
    return JSON;
  }

  private static String read() {
    try (InputStream in = ApiDescription.class.getResourceAsStream("/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not on the class path");
      }
      JsonNode description = ApiJson.MAPPER.readTree(in);
      for (JsonNode path : description.path("paths")) {
        for (JsonNode operation : path) {
          if (operation.path("parameters") instanceof ArrayNode parameters) {
            ((ObjectNode) operation).set("parameters", withFacets(parameters));
          }
        }
      }
      return ApiJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(description);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode withFacets(ArrayNode parameters) {
    ArrayNode all = parameters.arrayNode();
    for (JsonNode parameter : parameters) {
      if (!parameter.path("name").asText().contains(FACET)) {
        all.add(parameter);
        continue;
      }
      for (Field facet : Schema.facets()) {
        ObjectNode one = parameter.deepCopy();
        one.put("name", filled(parameter.path("name").asText(), facet));
        one.put("description", filled(parameter.path("description").asText(), facet));
        all.add(one);
      }
    }
    return all;
  }

  private static String filled(String text, Field facet) {
    return text.replace(FACET, facet.name()).replace(MEANING, facet.meaning());
  }
}
