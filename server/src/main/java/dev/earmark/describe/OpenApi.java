package dev.earmark.describe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Operations, written as a document of OpenAPI 3.1.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</a>
 */
public final class OpenApi {
  private static final String PROBLEM = "application/problem+json";
  private static final String TOKEN = "adminToken";

  private final ObjectMapper mapper;
  private final Schemas schemas;
  private final Class<?> problem;
  private final String tryAt;
  private final Map<String, String> descriptions;

  /**
   * A writer for an API whose answers a mapper writes.
   *
   * @param problem the record of what is answered when something is wrong
   * @param tryAt the page on which it can be tried
   * @param descriptions what fields mean whose records cannot say so, by {@code Schema.field}
   */
  public OpenApi(
      ObjectMapper mapper, Class<?> problem, String tryAt, Map<String, String> descriptions) {
    this.mapper = mapper;
    this.schemas = new Schemas(mapper, descriptions);
    this.problem = problem;
    this.tryAt = tryAt;
    this.descriptions = descriptions;
  }

  /**
   * The document.
   *
   * @throws IllegalStateException if an operation does not say what it does and answers, if two
   *     have one name, or if a description is of no field
   */
  public ObjectNode write(Collection<Operation> operations) {
    ObjectNode document = mapper.createObjectNode().put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Earmark").put("version", "1");
    info.put(
        "description",
        "Search what was said, and land on the second it was said. Times are milliseconds from the"
            + " start of the recording. A field that is required is never left out; one that is not"
            + " known is null.");
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    document.putArray("security");
    document
        .putObject("externalDocs")
        .put("url", tryAt)
        .put("description", "Try it in the browser");
    ObjectNode paths = document.putObject("paths");
    Set<String> names = new HashSet<>();
    boolean token = false;
    for (Operation operation : operations) {
      if (operation.id == null || operation.mediaTypes.isEmpty()) {
        throw new IllegalStateException(
            operation + " is not described; say what it does(…), takes(…) and answers(…)");
      }
      if (!names.add(operation.id)) {
        throw new IllegalStateException("two operations are called " + operation.id);
      }
      paths.withObjectProperty(operation.path).set(operation.method, operation(operation));
      token |= operation.token;
    }
    ObjectNode components = document.putObject("components");
    ObjectNode all = components.putObject("schemas");
    schemas.all().forEach(all::set);
    if (token) {
      ObjectNode scheme = components.putObject("securitySchemes").putObject(TOKEN);
      scheme.put("type", "http").put("scheme", "bearer");
    }
    Set<String> unknown = new TreeSet<>(descriptions.keySet());
    unknown.removeIf(key -> {
      String[] parts = key.split("\\.");
      return all.has(parts[0])
          && (parts.length == 1 || all.path(parts[0]).path("properties").has(parts[1]));
    });
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("there are descriptions of what is not answered: " + unknown);
    }
    return document;
  }

  private ObjectNode operation(Operation operation) {
    ObjectNode node = mapper.createObjectNode();
    node.put("operationId", operation.id).put("summary", operation.summary);
    if (operation.standard != null) {
      node.putObject("externalDocs").put("url", operation.standard);
    }
    if (operation.token) {
      node.putArray("security").addObject().putArray(TOKEN);
    }
    if (!operation.parameters.isEmpty()) {
      ArrayNode parameters = node.putArray("parameters");
      operation.parameters.forEach(parameter -> parameters.add(parameter.write()));
    }
    if (operation.body != null) {
      ObjectNode body = node.putObject("requestBody").put("required", true);
      content(body, "application/json").set("schema", schemas.reference(operation.body));
    }
    ObjectNode responses = node.putObject("responses");
    ObjectNode answer = responses.putObject("200").put("description", operation.answerDescription);
    for (String type : operation.mediaTypes) {
      ObjectNode media = content(answer, type);
      if (operation.answer != null && type.equals("application/json")) {
        media.set("schema", schemas.reference(operation.answer));
      } else if (type.matches(".*[/+]json(\\+.*)?")) {
        media.putObject("schema").putArray("type").add("object").add("array");
      } else {
        media.putObject("schema").put("type", "string");
      }
    }
    refusal(responses, "400", "A parameter is wrong: which, and what would be right");
    if (operation.parameters.stream().anyMatch(Parameter::inPath)) {
      refusal(responses, "404", "There is none of this name");
    }
    operation.refusals.forEach((status, why) -> refusal(responses, status.toString(), why));
    refusal(responses, "default", "What is wrong and what would be right");
    return node;
  }

  private void refusal(ObjectNode responses, String status, String why) {
    ObjectNode refusal = responses.putObject(status).put("description", why);
    content(refusal, PROBLEM).set("schema", schemas.reference(problem));
  }

  private static ObjectNode content(ObjectNode of, String mediaType) {
    return of.withObjectProperty("content").putObject(mediaType);
  }
}
