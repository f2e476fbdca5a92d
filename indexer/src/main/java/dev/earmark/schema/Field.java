package dev.earmark.schema;

import dev.earmark.text.EnglishNouns;
import dev.earmark.text.Words;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One field of the index.
 *
 * @param name in the index, the query language and the API
 * @param type what it holds
 * @param facet whether people narrow by it: it is counted, and filtered by
 * @param stored whether its value comes back with a hit
 * @param label what a page calls it
 * @param meaning what it holds, in a line
 * @param values how a moment fills it: texts for most types, {@link Long} for {@link
 *     FieldType#NUMBER}; empty if the moment has none
 * @param aliases what a name is found by beside its values
 */
public record Field(
    String name,
    FieldType type,
    boolean facet,
    boolean stored,
    String label,
    String meaning,
    Function<IndexedMoment, List<?>> values,
    Function<IndexedMoment, List<String>> aliases) {

  /** A field whose values are found by themselves alone. */
  public Field(
      String name,
      FieldType type,
      boolean facet,
      boolean stored,
      String label,
      String meaning,
      Function<IndexedMoment, List<?>> values) {
    this(name, type, facet, stored, label, meaning, values, moment -> List.of());
  }

  /**
   * Stands in a key between a name and what tells its bearer from others, so that no word behind it
   * is taken for a part of the name.
   */
  public static final char BEHIND = '\u001d';

  /**
   * A value as it is searched and compared: names without case, accents and hyphens, of topics the
   * singular, others as they are.
   */
  public String key(String value) {
    if (type != FieldType.NAME) {
      return value;
    }
    if (name.equals(Schema.TOPIC)) {
      return Arrays.stream(Words.fold(value).split(" "))
          .map(EnglishNouns::singular)
          .collect(Collectors.joining(" "));
    }
    int behind = name.equals(Schema.SPEAKER) && value.endsWith(")") ? value.indexOf(" (") : -1;
    return behind <= 0
        ? Words.fold(value)
        : Words.fold(value.substring(0, behind)) + BEHIND + Words.fold(value.substring(behind));
  }

  /** Whether values that differ in their spelling alone are one when they are counted. */
  public boolean joinsSpellings() {
    return type == FieldType.NAME && !name.equals(Schema.SOURCE);
  }

  /** Whether two values are one. */
  public boolean isSame(String a, String b) {
    return key(a).equals(key(b));
  }
}
