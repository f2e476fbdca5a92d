package dev.earmark.schema;

import dev.earmark.text.Words;
import java.util.List;
import java.util.function.Function;

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
 */
public record Field(
    String name,
    FieldType type,
    boolean facet,
    boolean stored,
    String label,
    String meaning,
    Function<IndexedMoment, List<?>> values) {

  /** A value as it is searched and compared: names without case and accents, others as they are. */
  public String key(String value) {
    return type == FieldType.NAME ? Words.fold(value) : value;
  }

  /** Whether two values are one. */
  public boolean isSame(String a, String b) {
    return key(a).equals(key(b));
  }
}
