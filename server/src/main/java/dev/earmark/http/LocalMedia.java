package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Media;
import dev.earmark.search.SearchEngine;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves the media files that episodes declare, with ranges so that a player can seek.
 *
 * <p>Only a file that an episode names, of a known type, and that really lies in the folder the episode
 * was found in or below it: neither a path nor a link leads out of there. Thread-safe.
 */
final class LocalMedia {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("oga", "audio/ogg"),
          Map.entry("opus", "audio/ogg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("flac", "audio/flac"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("ogv", "video/ogg"));

  private final SearchEngine engine;

  LocalMedia(SearchEngine engine) {
    this.engine = engine;
  }

  /** Whether an address is of the web, not of a file. */
  static boolean isRemote(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  void serve(Context context) throws IOException {
    String id = context.pathParam("id");
    EpisodeEntry entry = engine.episode(id).orElseThrow(() -> none(id));
    Media media = entry.episode().media();
    String name =
        switch (context.pathParam("type")) {
          case "audio" -> media.audio();
          case "video" -> media.video();
          default -> null;
        };
    Path file = name == null || isRemote(name) ? null : inside(entry, name);
    String type = file == null ? null : TYPES.get(extension(file));
    if (file == null || type == null) {
      throw none(id);
    }
    context.header("Cache-Control", "private, max-age=3600");
    context.writeSeekableStream(Files.newInputStream(file), type, Files.size(file));
  }

  private static NotFoundResponse none(String id) {
    return new NotFoundResponse("there is no such media file of \"" + id + "\"");
  }

  private static @Nullable Path inside(EpisodeEntry entry, String name) {
    try {
      Path origin = Path.of(entry.origin());
      Path folder = Files.isDirectory(origin) ? origin : origin.resolveSibling("");
      Path root = folder.toRealPath();
      Path file = folder.resolve(name).toRealPath();
      return file.startsWith(root) && Files.isRegularFile(file) ? file : null;
    } catch (IOException | InvalidPathException notThere) {
      return null;
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
