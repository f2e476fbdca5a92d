package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.search.Hit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form of a table that is written row by row. A cell is a text, a number, a boolean, a list of
 * texts, or null.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180: CSV</a>
 * @see <a href="https://jsonlines.org">JSON Lines</a>
 */
public enum TableForm {
  /**
   * Comma-separated values under a row of names; a list has "; " between its items.
   *
   * <p>A text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP's
   * page on CSV injection advises.
   */
  CSV("text/csv; charset=utf-8; header=present") {
    @Override
    public String head(List<String> columns) {
      return String.join(",", columns) + "\r\n";
    }

    @Override
    public String row(List<String> columns, List<? extends @Nullable Object> cells) {
      return cells.stream().map(TableForm::csv).collect(Collectors.joining(",")) + "\r\n";
    }
  },
  /** A JSON object a row, its names those of the columns. */
  JSONL("application/jsonl; charset=utf-8") {
    @Override
    public String head(List<String> columns) {
      return "";
    }

    @Override
    public String row(List<String> columns, List<? extends @Nullable Object> cells) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(columns.get(i), cells.get(i));
      }
      try {
        return MAPPER.writeValueAsString(object) + "\n";
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("cells are always JSON", e);
      }
    }
  };

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What a spreadsheet takes for the beginning of a formula, full-width signs too. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private final String mediaType;

  TableForm(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The name at the end of an address. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The form of this name. */
  public static Optional<TableForm> of(String id) {
    for (TableForm form : values()) {
      if (form.id().equals(id)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  /** What stands before the first row. */
  public abstract String head(List<String> columns);

  /** A row, with its end. */
  public abstract String row(List<String> columns, List<? extends @Nullable Object> cells);

  /** Writes a table of some rows a hit. */
  SearchWriter writer(List<String> columns, Function<Hit, String> rows) {
    return new SearchWriter() {
      @Override
      public String begin() {
        return head(columns);
      }

      @Override
      public String hit(Hit hit) {
        return rows.apply(hit);
      }

      @Override
      public String end() {
        return "";
      }
    };
  }

  private static String csv(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof Number || cell instanceof Boolean) {
      return cell.toString();
    }
    String text =
        cell instanceof Collection<?> items
            ? items.stream().map(String::valueOf).collect(Collectors.joining("; "))
            : cell.toString();
    if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = "\",;\r\n\t".indexOf(text.charAt(i)) < 0;
    }
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
