package dev.earmark.http;

import dev.earmark.export.SearchForm;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Sends the feeds of standing searches, which lie in a folder. Thread-safe.
 *
 * @param folder of the feeds
 */
record StandingFeeds(Path folder) {
  static final String PATH = "/standing/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}\\.rss");

  void serve(Context context) throws IOException {
    String name = context.pathParam("file");
    Path file = folder.resolve(NAME.matcher(name).matches() ? name : "none.rss");
    if (!Files.isRegularFile(file)) {
      throw new NotFoundResponse(
          "there is no feed \"" + name + "\"; ./earmark standing list says which there are");
    }
    String feed = Files.readString(file);
    String tag = "W/\"" + UUID.nameUUIDFromBytes(feed.getBytes(StandardCharsets.UTF_8)) + '"';
    context.header("ETag", tag);
    String known = context.header("If-None-Match");
    if (known != null && known.contains(tag)) {
      context.status(304);
    } else {
      context.contentType(SearchForm.RSS.mediaType()).result(feed);
    }
  }
}
