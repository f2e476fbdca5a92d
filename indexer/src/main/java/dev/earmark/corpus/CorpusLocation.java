package dev.earmark.corpus;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where episodes are looked for: a file or folder, or the address of a feed. */
public sealed interface CorpusLocation {

  /**
   * A file, or a folder that is walked.
   *
   * @param encoding of the texts that are no UTF-8, if somebody says it; null to find it out
   */
  record Local(Path path, @Nullable Charset encoding) implements CorpusLocation {
    /** A path of whose encoding nothing is said. */
    public Local(Path path) {
      this(path, null);
    }

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
              .orElseThrow(() ->
                  new IllegalArgumentException("\"" + text + "\" is not an http(s) address")));
    }
    try {
      return new Local(Path.of(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a path: " + e.getReason(), e);
    }
  }

  /** The location with texts in this encoding, unless a manifest says another. */
  default CorpusLocation in(@Nullable Charset encoding) {
    return this instanceof Local local ? new Local(local.path(), encoding) : this;
  }

  /** Paths as locations. */
  static List<CorpusLocation> ofPaths(List<Path> paths) {
    return paths.stream().<CorpusLocation>map(path -> new Local(path)).toList();
  }
}
