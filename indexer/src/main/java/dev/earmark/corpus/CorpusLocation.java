package dev.earmark.corpus;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where episodes are looked for: a file or folder, or the address of a feed. */
public sealed interface CorpusLocation {

  /** A file, or a folder that is walked. */
  record Local(Path path) implements CorpusLocation {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A feed on the web. */
  record Address(URI address) implements CorpusLocation {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * What a person typed: an address if it begins with {@code http://} or {@code https://}, else a
   * path.
   *
   * @throws IllegalArgumentException if it can be neither
   */
  static CorpusLocation of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return new Address(
          WebAddress.parse(text)
              .orElseThrow(
                  () -> new IllegalArgumentException("\"" + text + "\" is no http(s) address")));
    }
    try {
      return new Local(Path.of(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no path: " + e.getReason(), e);
    }
  }

  /** Paths as locations. */
  static List<CorpusLocation> ofPaths(List<Path> paths) {
    return paths.stream().<CorpusLocation>map(Local::new).toList();
  }
}
