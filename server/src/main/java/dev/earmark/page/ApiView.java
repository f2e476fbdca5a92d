package dev.earmark.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.describe.Operation;
import dev.earmark.describe.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The API as a page on which it can be tried: a form for each operation.
 *
 * @param operations in the order in which routes were added
 */
public record ApiView(List<Form> operations) {
  /** How many fields a form shows before the rest is folded away. */
  private static final int FIRST = 4;

  /**
   * One operation.
   *
   * @param name by which clients call it
   * @param method in capital letters
   * @param fields those to fill in first
   * @param more the others
   * @param body an example of the JSON it reads; null if it reads none
   * @param token whether the secret of the server is asked for
   */
  public record Form(
      String name,
      String method,
      String path,
      String summary,
      List<Field> fields,
      List<Field> more,
      @Nullable String body,
      boolean token) {

    /** Whether a browser can send it without a script. */
    public boolean plain() {
      return method.equals("GET");
    }
  }

  /**
   * One parameter.
   *
   * @param id of its element
   * @param input the type of the element; {@code select} if it is one of a few values
   * @param usual what is meant where it is left out; empty if nothing
   * @param values to choose from; empty unless it is one of a few
   */
  public record Field(
      String id,
      String name,
      String description,
      String input,
      boolean required,
      String usual,
      @Nullable String least,
      @Nullable String most,
      List<String> values) {}

  static ApiView of(Collection<Operation> operations) {
    return new ApiView(operations.stream().map(ApiView::form).toList());
  }

  private static Form form(Operation operation) {
    List<Field> fields = new ArrayList<>();
    operation.parameters().forEach(parameter -> fields.add(field(operation.name(), parameter)));
    long shown = Math.max(FIRST, fields.stream().filter(Field::required).count());
    Class<?> body = operation.body();
    return new Form(
        operation.name(),
        operation.method().toUpperCase(Locale.ROOT),
        operation.path(),
        operation.summary(),
        fields.stream().limit(shown).toList(),
        fields.stream().skip(shown).toList(),
        body == null ? null : example(body),
        operation.isGuarded());
  }

  /** The fields of a record, to be filled in. */
  private static String example(Class<?> body) {
    return Arrays.stream(body.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> "  \"" + name + "\": null")
        .collect(Collectors.joining(",\n", "{\n", "\n}"));
  }

  private static Field field(String operation, Parameter parameter) {
    JsonNode schema = parameter.schema();
    List<String> values = new ArrayList<>();
    schema.path("enum").forEach(value -> values.add(value.asText()));
    if (schema.path("type").asText().equals("boolean")) {
      values.addAll(List.of("true", "false"));
    }
    return new Field(
        operation + "-" + parameter.name(),
        parameter.name(),
        parameter.description(),
        !values.isEmpty()
            ? "select"
            : schema.path("type").asText().equals("integer")
                ? "number"
                : schema.path("format").asText().equals("date") ? "date" : "text",
        parameter.required(),
        schema.path("default").asText(),
        schema.has("minimum") ? schema.path("minimum").asText() : null,
        schema.has("maximum") ? schema.path("maximum").asText() : null,
        values);
  }
}
