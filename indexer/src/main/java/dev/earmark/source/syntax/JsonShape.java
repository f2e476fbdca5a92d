package dev.earmark.source.syntax;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.earmark.source.RawSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys at the beginning of a JSON source, by which JSON formats are told apart.
 *
 * <p>A key is named by its path: {@code segments[].startTime} is the key {@code startTime} of the
 * objects in the list {@code segments}; {@code [].start} is a key of the objects in a list that is
 * the whole document. Only the first {@value #MAX_TOKENS} names and values are looked at.
 */
public final class JsonShape {
  private static final int MAX_TOKENS = 4_000;
  private static final int MAX_DEPTH = 12;
  private static final int MAX_PATH = 200;

  /** A place in the document, and the places below it. */
  private static final class Place {
    /** Empty until there is a key, as most places are values. */
    private Map<String, Place> keys = Map.of();

    private @Nullable Place entries;

    Place key(String name) {
      if (keys.isEmpty()) {
        keys = new HashMap<>();
      }
      return keys.computeIfAbsent(name, unused -> new Place());
    }

    Place entries() {
      Place known = entries;
      if (known == null) {
        known = new Place();
        entries = known;
      }
      return known;
    }
  }

  private final Set<String> paths = new HashSet<>();
  private final Map<String, Set<String>> keysOfEntries = new HashMap<>();

  private JsonShape() {}

  /** The keys of a source; none if it is not JSON. */
  public static JsonShape of(RawSource source) {
    return source.look(JsonShape.class, JsonShape::look);
  }

  private static JsonShape look(RawSource source) {
    JsonShape shape = new JsonShape();
    if (looksLikeJson(source.head()) && !isStamp(source.head())) {
      Place document = new Place();
      walk(source.text(), document);
      shape.collect(document, "", 1);
    }
    return shape;
  }

  /** Whether a text begins as a JSON object or list does. */
  public static boolean looksLikeJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '[') {
        return true;
      }
      if (!Character.isWhitespace(c)) {
        return false;
      }
    }
    return false;
  }

  /** Whether a text begins with a time in brackets, such as {@code [00:12]}, which no JSON does. */
  private static boolean isStamp(String text) {
    int at = text.indexOf('[') + 1;
    int from = text.startsWith("-", at) ? at + 1 : at;
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return at > 0 && end > from && text.startsWith(":", end) && text.substring(0, at - 1).isBlank();
  }

  /** Whether all of these paths are there. */
  public boolean has(String... wanted) {
    for (String path : wanted) {
      if (!paths.contains(path)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of these paths is there. */
  public boolean hasAny(String... wanted) {
    for (String path : wanted) {
      if (paths.contains(path)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether an object in a list has one of these keys.
   *
   * @param list the path of the list; empty if it is the whole document
   */
  public boolean entriesHaveAny(String list, String... wanted) {
    Set<String> keys = keysOfEntries.get(list);
    if (keys != null) {
      for (String key : wanted) {
        if (keys.contains(key)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The path of the list, however deep it lies, whose objects have a key of each of these kinds:
   * that with the shortest path; null if there is none.
   */
  public @Nullable String listWith(String[]... kinds) {
    String found = null;
    for (Map.Entry<String, Set<String>> list : keysOfEntries.entrySet()) {
      boolean all = found == null || isBefore(list.getKey(), found);
      for (int i = 0; i < kinds.length && all; i++) {
        all = Arrays.stream(kinds[i]).anyMatch(list.getValue()::contains);
      }
      found = all ? list.getKey() : found;
    }
    return found;
  }

  private static boolean isBefore(String path, String other) {
    int shorter = Integer.compare(path.length(), other.length());
    return shorter < 0 || (shorter == 0 && path.compareTo(other) < 0);
  }

  /**
   * @param depth how many objects and lists are open where the keys of this place are
   */
  private void collect(Place place, String path, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    place.keys.forEach((key, below) -> {
      String keyPath = path.isEmpty() ? key : path + "." + key;
      if (keyPath.length() < MAX_PATH) {
        paths.add(keyPath);
        collect(below, keyPath, depth + 1);
      }
    });
    Place entries = place.entries;
    if (entries != null) {
      keysOfEntries.put(path, entries.keys.keySet());
      collect(entries, path + "[]", depth + 1);
    }
  }

  private static void walk(String text, Place document) {
    int tokens = 0;
    List<Place> open = new ArrayList<>();
    Place next = document;
    try (JsonParser parser = JsonReader.parser(text)) {
      JsonToken token;
      while (tokens < MAX_TOKENS && (token = parser.nextToken()) != null) {
        tokens++;
        switch (token) {
          case FIELD_NAME ->
              next = (open.isEmpty() ? document : open.getLast()).key(parser.currentName());
          case START_ARRAY -> open.add(begun(open, parser, document, next).entries());
          case START_OBJECT -> open.add(begun(open, parser, document, next));
          case END_ARRAY, END_OBJECT -> open.removeLast();
          default -> {}
        }
      }
    } catch (IOException cutOrNoJson) {
      // What was seen up to here is the shape.
    }
  }

  /** The place of a value that begins: that of its list, or that of the key before it. */
  private static Place begun(List<Place> open, JsonParser parser, Place document, Place key) {
    if (open.isEmpty()) {
      return document;
    }
    boolean element = parser.getParsingContext().getParent().inArray();
    return element ? open.getLast() : key;
  }
}
