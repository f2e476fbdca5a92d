package dev.earmark.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that pages load: style, scripts, icons.
 *
 * <p>Those of the program are read once from the class path. An address carries a hash of the
 * file's content, so that a browser may keep it for ever: a changed file has another address.
 * Thread-safe.
 */
public final class Assets {
  private static final int VERSION_LENGTH = 12;
  private static final List<String> NAMES =
      List.of(
          "earmark.css",
          "frame.js",
          "search.js",
          "suggest.js",
          "play.js",
          "playlist.js",
          "session.js",
          "episode.js",
          "heard.js",
          "embed.js",
          "player.js",
          "transcript.js",
          "within.js",
          "answers.js",
          "follow.js",
          "matches.js",
          "deck.js",
          "hits.js",
          "sheet.js",
          "dates.js",
          "api.js",
          "quote.js",
          "quotation.js",
          "card.js",
          "citation.js",
          "keys.js",
          "here.js",
          "reading.js",
          "icon.svg");
  private static final Map<String, Asset> ALL = readAll();
  private static final Assets PACKED = new Assets(null);

  /** Where they are read anew each time; null if they are those of the program. */
  private final @Nullable Path folder;

  private Assets(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Those of the program. */
  public static Assets packed() {
    return PACKED;
  }

  /** Those in a folder, as they are whenever one is asked for. */
  public static Assets in(Path folder) {
    return new Assets(folder);
  }

  /**
   * A file.
   *
   * @param bytes its content
   * @param contentType its media type, with the character set
   * @param version a hash of its content; the {@code v} of its address, and fit for an ETag
   */
  public record Asset(byte[] bytes, String contentType, String version) {}

  /** The names of all files. */
  public List<String> names() {
    return NAMES;
  }

  /** The file of this name, as it stands in an address behind {@code /assets/}. */
  public Optional<Asset> find(String name) {
    if (folder == null || !NAMES.contains(name)) {
      return Optional.ofNullable(ALL.get(name));
    }
    try {
      return Optional.of(asset(name, Files.readAllBytes(folder.resolve(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a file: {@code /assets/earmark.css?v=3f0c…}. */
  public String address(String name) {
    Asset asset =
        find(name).orElseThrow(() -> new IllegalArgumentException("there is no asset " + name));
    return "/assets/" + name + "?v=" + asset.version();
  }

  private static Map<String, Asset> readAll() {
    Map<String, Asset> all = new LinkedHashMap<>();
    for (String name : NAMES) {
      all.put(name, asset(name, read(name)));
    }
    return all;
  }

  private static Asset asset(String name, byte[] bytes) {
    return new Asset(bytes, contentType(name), hash(bytes));
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/earmark/" + name)) {
      if (in == null) {
        throw new IllegalStateException("earmark/" + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no media type is known for " + name);
    };
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, VERSION_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
