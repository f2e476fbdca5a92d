package dev.earmark.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Figures by row and column, printed as tables or as JSON. Not thread-safe. */
final class Report {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<Table> tables = new ArrayList<>();

  /**
   * A table: a title, what its columns are called, and rows with a name.
   *
   * <p>A figure is a count if it is whole, and rounded to three digits or so if it is not; what is
   * not a number is left empty.
   */
  record Table(String title, List<String> columns, Map<String, List<Double>> rows) {
    void row(String name, double... figures) {
      if (figures.length != columns.size()) {
        throw new IllegalArgumentException(
            title + " has " + columns.size() + " columns, got " + figures.length);
      }
      List<Double> row = new ArrayList<>();
      for (double figure : figures) {
        row.add(figure);
      }
      rows.put(name, row);
    }

    /** The figure of a row in a column; nothing if there is none. */
    Optional<Double> figure(String row, String column) {
      int at = columns.indexOf(column);
      List<Double> figures = rows.get(row);
      return at < 0 || figures == null || !Double.isFinite(figures.get(at))
          ? Optional.empty()
          : Optional.of(figures.get(at));
    }
  }

  /** All tables, in their order. */
  List<Table> tables() {
    return List.copyOf(tables);
  }

  /** A new table, printed after those before. */
  Table table(String title, String... columns) {
    Table table = new Table(title, List.of(columns), new LinkedHashMap<>());
    tables.add(table);
    return table;
  }

  /**
   * Adds a table of what has changed since a report was written as JSON: each figure of a column
   * before and now, and how many times as much it is.
   *
   * @throws IOException if the file cannot be read or is no such report
   */
  void compare(Path before, String column) throws IOException {
    JsonNode old = MAPPER.readTree(before.toFile()).path("tables");
    if (old.isEmpty()) {
      throw new IOException(before + " has no tables; write it with --json FILE");
    }
    List<Table> now = tables();
    Table table = table("Against " + before.getFileName(), "before", "now", "ratio");
    for (Table each : now) {
      for (String row : each.rows().keySet()) {
        double was = old.path(each.title()).path(row).path(column).asDouble(Double.NaN);
        double is = each.figure(row, column).orElse(Double.NaN);
        if (Double.isFinite(was / is)) {
          table.row(row, was, is, is / was);
        }
      }
    }
  }

  /** The tables as Markdown. */
  String text() {
    return text(tables);
  }

  /** Some tables as Markdown. */
  static String text(List<Table> tables) {
    StringBuilder text = new StringBuilder();
    for (Table table : tables) {
      int widest = table.title().length();
      for (String name : table.rows().keySet()) {
        widest = Math.max(widest, name.length());
      }
      line(text, widest, table.title(), table.columns());
      text.append("| ").append("-".repeat(widest)).append(" |");
      table.columns().forEach(column -> text.append(" ---: |"));
      text.append('\n');
      int width = widest;
      table
          .rows()
          .forEach(
              (name, row) -> line(text, width, name, row.stream().map(Report::shown).toList()));
      text.append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int width, String name, List<String> cells) {
    text.append("| ").append(name).append(" ".repeat(width - name.length())).append(" |");
    cells.forEach(cell -> text.append(' ').append(cell).append(" |"));
    text.append('\n');
  }

  private static String shown(double figure) {
    if (!Double.isFinite(figure)) {
      return "";
    }
    double size = Math.abs(figure);
    if (figure == Math.rint(figure) || size >= 10_000) {
      return Long.toString(Math.round(figure));
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", figure);
  }

  /** The same for programs: what it was measured on and with, then title, row, column. */
  String json(Machine machine, String command) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("command", command);
    all.put("date", machine.date().toString());
    all.put("processor", machine.processor());
    all.put("cores", machine.cores());
    all.put("memoryGigabytes", machine.memoryGigabytes());
    all.put("system", machine.system());
    all.put("jdk", machine.jdk());
    Map<String, Map<String, Map<String, Double>>> figures = new LinkedHashMap<>();
    for (Table table : tables) {
      Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
      table
          .rows()
          .forEach((name, row) -> {
            Map<String, Double> cells = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
              if (Double.isFinite(row.get(i))) {
                cells.put(table.columns().get(i), row.get(i));
              }
            }
            rows.put(name, cells);
          });
      figures.put(table.title(), rows);
    }
    all.put("tables", figures);
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures are always JSON", e);
    }
  }
}
