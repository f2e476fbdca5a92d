package dev.earmark.mcp;

import dev.earmark.model.Timestamp;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, read as what they must be. */
final class Arguments {
  private final Map<String, Object> values;

  Arguments(@Nullable Map<String, Object> values) {
    this.values = values == null ? Map.of() : values;
  }

  /**
   * A text that must be there.
   *
   * @throws ArgumentException if it is missing or blank
   */
  String required(String name) {
    return text(name)
        .orElseThrow(() -> new ArgumentException("the argument \"" + name + "\" is missing"));
  }

  /** A text; empty if it is missing or blank. */
  Optional<String> text(String name) {
    Object value = values.get(name);
    return value == null || value.toString().isBlank()
        ? Optional.empty()
        : Optional.of(value.toString().strip());
  }

  /** One text or a list of them. */
  List<String> texts(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).filter(value -> !value.isBlank()).toList()
        : text(name).map(List::of).orElse(List.of());
  }

  /**
   * A whole number.
   *
   * @throws ArgumentException if it is none, or not from {@code least} to {@code most}
   */
  int number(String name, int usual, int least, int most) {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    try {
      double number = Double.parseDouble(value.toString());
      if (number >= least && number <= most) {
        return (int) number;
      }
    } catch (NumberFormatException e) {
      // Told below, as any other that is not right.
    }
    throw new ArgumentException(
        "\"%s\" must be a number from %d to %d, got %s".formatted(name, least, most, value));
  }

  /**
   * An instant of a recording: seconds, or a time such as 13:55.
   *
   * @throws ArgumentException if it is neither
   */
  Timestamp instant(String name) {
    String text = required(name);
    return Timestamp.tryParse(text)
        .orElseThrow(() ->
            new ArgumentException(
                "\"%s\" must be seconds or a time such as 13:55, got \"%s\""
                    .formatted(name, text)));
  }

  /**
   * A day.
   *
   * @throws ArgumentException if it is none
   */
  @Nullable LocalDate day(String name) {
    String text = text(name).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new ArgumentException(
          "\"%s\" must be a day such as 2026-02-13, got \"%s\"".formatted(name, text));
    }
  }
}
