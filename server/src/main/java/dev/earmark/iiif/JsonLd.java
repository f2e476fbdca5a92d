package dev.earmark.iiif;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of JSON-LD as maps, in the order they are written. */
final class JsonLd {
  static final String PRESENTATION_3 = "http://iiif.io/api/presentation/3/context.json";
  static final String PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json";
  static final String SEARCH_2 = "http://iiif.io/api/search/2/context.json";
  static final String SEARCH_1 = "http://iiif.io/api/search/1/context.json";

  private JsonLd() {}

  /** An object of names and values by turns; what is null or an empty list is left out. */
  static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
        object.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return object;
  }

  /** A text in a language; {@code none} where that is not known. */
  static Map<String, Object> text(@Nullable String language, String... values) {
    return object(language == null || language.equals("und") ? "none" : language, List.of(values));
  }

  /** A page of annotations; it has items even if there are none. */
  static Map<String, Object> page(String id, List<Map<String, Object>> items) {
    Map<String, Object> page = object("id", id, "type", "AnnotationPage");
    page.put("items", items);
    return page;
  }
}
