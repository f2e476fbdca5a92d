package dev.earmark.source.caption;

import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.syntax.LooseValue;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text's records of times and words as the rows of a table.
 *
 * <p>An object in a field is the fields in it, but who speaks is the name of the person; a list of
 * two times is a start and an end. Records are captions if one of their columns holds times of a
 * recording, not dates or the clock of a server, and another what is said, which is more than a
 * word or two.
 *
 * @param columns which column is which
 * @param rows the records, without the names of the fields
 * @param lines where each begins, counted from 1
 * @param isJson whether they may be JSON
 */
record Records(TableColumns columns, List<List<String>> rows, List<Integer> lines, boolean isJson) {

  private static final int SAMPLE = 60;
  private static final int MOST_COLUMNS = 64;
  private static final int MOST_LISTS = 400;

  /** What is said has so many words on average. */
  private static final double FEWEST_WORDS = 2.5;

  /** No recording goes on for so long: a time is one of a clock or a calendar. */
  private static final long LATEST_MS = 4L * 86_400_000;

  /** Fields with text about a recording, which nobody says in it. */
  private static final Set<String> UNSAID =
      Set.of(
          "title",
          "headline",
          "summary",
          "gist",
          "description",
          "chapter",
          "name",
          "label",
          "note",
          "notes",
          "url",
          "comment",
          "topic");

  /** Words in the name of a field that holds both times. */
  private static final List<String> TIMES = List.of("time", "span", "interval", "offset");

  /** The fields that hold the name in an object about a person. */
  private static final Set<String> NAMES =
      Set.of("name", "display_name", "displayName", "username", "user_name", "full_name", "label");

  /** The records of a text; null if it has none. */
  static @Nullable Records of(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return null;
    }
    char first = text.charAt(at);
    if (first != '{' && first != '[' && first != '(') {
      int open = at;
      while (open < text.length() && Character.isLetterOrDigit(text.charAt(open))) {
        open++;
      }
      boolean call = open > at && text.startsWith("(", open);
      if (!call) {
        return Character.isLetter(first) ? of(labelled(text), false) : null;
      }
    }
    List<LooseValue> values = LooseValue.all(text);
    Queue<LooseValue> lists = new ArrayDeque<>();
    lists.add(new LooseValue(1, null, null, values, false));
    for (int seen = 0; !lists.isEmpty() && seen < MOST_LISTS; seen++) {
      LooseValue list = lists.remove();
      Records found = list.values().isEmpty() ? null : of(list.values());
      if (found != null) {
        return found;
      }
      byTime(list, lists);
      // What is inside one of several entries is a part of the whole, and may be of anything.
      if (list.isObject() || list.values().size() == 1) {
        lists.addAll(list.values());
      }
    }
    return null;
  }

  /** An object whose names are times is a list of times and texts. */
  private static void byTime(LooseValue value, Queue<LooseValue> lists) {
    List<String> names = value.names();
    if (names == null || names.size() < 2 || !names.getFirst().contains(":")) {
      return;
    }
    List<LooseValue> pairs = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      LooseValue said = value.values().get(i);
      LooseValue time = new LooseValue(said.line(), names.get(i), null, List.of(), false);
      pairs.add(new LooseValue(said.line(), null, null, List.of(time, said), value.python()));
    }
    lists.add(new LooseValue(value.line(), null, null, pairs, value.python()));
  }

  /** A record's fields, each with its name, and where it begins. */
  private record Fields(Map<String, String> fields, int line) {}

  private static @Nullable Records of(List<LooseValue> values) {
    List<Fields> records = new ArrayList<>(values.size());
    boolean json = true;
    for (LooseValue value : values) {
      if (value.values().size() < 2) {
        continue;
      }
      Map<String, String> fields = new LinkedHashMap<>();
      add(value, "", fields);
      records.add(new Fields(fields, value.line()));
      json &= !value.python();
      if (records.size() == SAMPLE && of(records, json) == null) {
        return null;
      }
    }
    return records.size() * 2 < values.size() ? null : of(records, json);
  }

  private static @Nullable Records of(List<Fields> records, boolean json) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Fields record : records.subList(0, Math.min(records.size(), SAMPLE))) {
      for (String name : record.fields().keySet()) {
        if (names.size() < MOST_COLUMNS) {
          names.putIfAbsent(name, names.size());
        }
      }
    }
    if (records.size() < 2 || names.size() < 2) {
      return null;
    }
    List<List<String>> rows = new ArrayList<>(records.size());
    List<Integer> lines = new ArrayList<>(records.size());
    for (Fields record : records) {
      List<String> row = new ArrayList<>(names.size());
      for (String name : names.keySet()) {
        row.add(record.fields().getOrDefault(name, ""));
      }
      rows.add(row);
      lines.add(record.line());
    }
    // Fields of a list have no names, only places.
    List<String> header =
        names.keySet().stream().map(name -> name.startsWith("#") ? "" : name).toList();
    List<List<String>> sample = new ArrayList<>(SAMPLE + 1);
    sample.add(header);
    sample.addAll(rows.subList(0, Math.min(rows.size(), SAMPLE)));
    TableColumns columns = TableColumns.of(sample);
    boolean captions = columns != null && areCaptions(columns, sample);
    return captions && columns != null ? new Records(columns, rows, lines, json) : null;
  }

  private static boolean areCaptions(TableColumns columns, List<List<String>> sample) {
    List<String> names = sample.getFirst();
    String said = names.get(columns.text());
    if (columns.zeroMs() != 0 || UNSAID.contains(said.toLowerCase(Locale.ROOT))) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      // Where the field that says the time holds something else, another only looks like one.
      boolean other = i != columns.text() && TableColumns.isStart(names.get(i));
      if (other && !TableColumns.isStart(names.get(columns.start()))) {
        return false;
      }
    }
    int count = 0;
    int timed = 0;
    long before = 0;
    int rising = 0;
    boolean sentence = false;
    for (List<String> row : sample.subList(1, sample.size())) {
      String words = row.get(columns.text()).strip();
      count += Words.of(words).count();
      sentence |= words.indexOf(' ') > 0 || (!words.isEmpty() && words.charAt(0) >= '\u2E80');
      long start = columns.startMs(row);
      if (start != Times.NONE && start < LATEST_MS) {
        timed++;
        rising += start >= before ? 1 : 0;
        before = start;
      }
    }
    int rows = sample.size() - 1;
    return sentence
        && count >= FEWEST_WORDS * rows
        && timed * 10 >= rows * 8
        && rising * 10 >= timed * 8;
  }

  /** Adds the fields of a value, those of objects in it with the names of both. */
  private static void add(LooseValue value, String prefix, Map<String, String> fields) {
    List<String> names = value.names();
    for (int i = 0; i < value.values().size(); i++) {
      String name = names == null ? "#" + i : names.get(i);
      add(prefix + name, value.values().get(i), fields);
    }
  }

  private static void add(String name, LooseValue value, Map<String, String> fields) {
    String text = value.text();
    if (text != null) {
      boolean numbered = name.startsWith("sp") || name.contains("peaker");
      String label = numbered ? JsonValues.label(text) : text;
      fields.put(name, label == null ? "" : seconds(label));
      return;
    }
    if (value.values().size() == 1 && value.isList()) {
      add(name, value.values().getFirst(), fields);
      return;
    }
    if (value.isList()) {
      // Two numbers may be of anything else.
      boolean times = TIMES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
      if (times && value.values().size() == 2) {
        String from = value.values().get(0).text();
        String to = value.values().get(1).text();
        if (from != null && to != null) {
          fields.put(name + " start", from);
          fields.put(name + " end", to);
        }
      }
      return;
    }
    for (String known : NAMES) {
      LooseValue person = value.get(known);
      if (person != null && person.text() != null) {
        add(name, person, fields);
        return;
      }
    }
    LooseValue whole = value.get("seconds");
    if (whole != null && whole.text() != null) {
      fields.put(name, whole.text() + fraction(value));
      return;
    }
    add(value, name + " ", fields);
  }

  /** What Protocol Buffers and Python give beside whole seconds. */
  private static String fraction(LooseValue value) {
    String[] units = {"nanos", "microseconds"};
    for (int i = 0; i < units.length; i++) {
      LooseValue part = value.get(units[i]);
      String digits = part == null ? null : part.text();
      int width = i == 0 ? 9 : 6;
      if (digits != null && digits.length() <= width && !digits.isEmpty()) {
        return "." + "0".repeat(width - digits.length()) + digits;
      }
    }
    return "";
  }

  /** {@code PT7.6S} as {@code 7.6}. */
  private static String seconds(String text) {
    if (!text.startsWith("PT") || text.length() < 4) {
      return text;
    }
    long millis = JsonValues.fromText(text);
    return millis == Times.NONE ? text : String.valueOf(millis / 1e3);
  }

  private static final int LONGEST_LABEL = 24;

  /**
   * The records of lines such as {@code Time: 0:03}, a block or a line each; none if it has none.
   */
  private static List<Fields> labelled(String text) {
    List<Fields> records = new ArrayList<>();
    Map<String, Integer> labels = new HashMap<>();
    LineCursor lines = new LineCursor(text);
    Map<String, String> fields = new LinkedHashMap<>();
    String last = "";
    int begun = 1;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        continue;
      }
      String label = label(line, 0);
      boolean again = label != null && fields.containsKey(label);
      if (again) {
        records.add(new Fields(fields, begun));
        fields = new LinkedHashMap<>();
        if (records.size() == 2 && !isAlike(records)) {
          return List.of();
        }
      }
      if (fields.isEmpty()) {
        begun = lines.number();
        if (label == null) {
          return List.of();
        }
      }
      if (label == null) {
        boolean goesOn = last.equals("text") || !TableColumns.isText(last);
        String name = goesOn && !TableColumns.isText(last) ? "text" : last;
        fields.merge(name, line.strip(), (a, b) -> a + "\n" + b);
        last = name;
      } else {
        last = onOneLine(line, label, fields);
        labels.merge(label, 1, Integer::sum);
      }
    }
    records.add(new Fields(fields, begun));
    return isAlike(records) ? records : List.of();
  }

  /** Whether the first records have the same fields, among them a start and what is said. */
  private static boolean isAlike(List<Fields> records) {
    Set<String> names = records.getFirst().fields().keySet();
    return names.size() > 1
        && records.get(Math.min(1, records.size() - 1)).fields().keySet().equals(names)
        && names.stream().anyMatch(TableColumns::isStart)
        && names.stream().anyMatch(TableColumns::isText);
  }

  /**
   * Adds the fields of a line such as {@code Start: 3.0, End: 11.0, Text: words}; the last name.
   */
  private static String onOneLine(String line, String first, Map<String, String> fields) {
    String name = first;
    int from = line.indexOf(':') + 1;
    while (!TableColumns.isText(name)) {
      int comma = line.indexOf(", ", from);
      String next = comma < 0 ? null : label(line, comma + 2);
      if (next == null || fields.containsKey(next)) {
        break;
      }
      fields.put(name, line.substring(from, comma).strip());
      name = next;
      from = line.indexOf(':', comma) + 1;
    }
    fields.put(name, line.substring(from).strip());
    return name;
  }

  /** The word or two before a colon with a blank behind it; null if there are none. */
  private static @Nullable String label(String line, int from) {
    int colon = line.indexOf(':', from);
    if (colon <= from || colon - from > LONGEST_LABEL) {
      return null;
    }
    for (int i = from; i < colon; i++) {
      char c = line.charAt(i);
      if (!Character.isLetter(c) && c != ' ' && c != '_') {
        return null;
      }
    }
    boolean spaced = colon + 1 == line.length() || line.charAt(colon + 1) == ' ';
    return spaced ? line.substring(from, colon).strip() : null;
  }
}
