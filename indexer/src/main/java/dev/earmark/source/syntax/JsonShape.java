package dev.earmark.source.syntax;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.earmark.source.RawSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  private final Set<String> paths;

  private JsonShape(Set<String> paths) {
    this.paths = paths;
  }

  /** The keys of a source; none if it is not JSON. */
  public static JsonShape of(RawSource source) {
    return source.look(JsonShape.class, JsonShape::look);
  }

  private static JsonShape look(RawSource source) {
    Set<String> paths = new HashSet<>();
    if (looksLikeJson(source.head())) {
      collect(source.text(), paths);
    }
    return new JsonShape(paths);
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

  private static void collect(String text, Set<String> paths) {
    int tokens = 0;
    List<String> open = new ArrayList<>();
    String next = "";
    try (JsonParser parser = JsonReader.parser(text)) {
      JsonToken token;
      while (tokens < MAX_TOKENS && (token = parser.nextToken()) != null) {
        tokens++;
        switch (token) {
          case FIELD_NAME -> {
            String parent = open.isEmpty() ? "" : open.getLast();
            next = parent.isEmpty() ? parser.currentName() : parent + "." + parser.currentName();
            if (open.size() <= MAX_DEPTH && next.length() < 200) {
              paths.add(next);
            }
          }
          case START_ARRAY -> open.add(inList(open, parser, next) + "[]");
          case START_OBJECT -> open.add(inList(open, parser, next));
          case END_ARRAY, END_OBJECT -> open.removeLast();
          default -> {}
        }
      }
    } catch (IOException cutOrNoJson) {
      // What was seen up to here is the shape.
    }
  }

  /** The path of a value that begins: that of its list, or that of the key before it. */
  private static String inList(List<String> open, JsonParser parser, String key) {
    if (open.isEmpty()) {
      return "";
    }
    boolean element = parser.getParsingContext().getParent().inArray();
    return element ? open.getLast() : key;
  }
}
