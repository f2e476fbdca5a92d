package dev.earmark.http;

import dev.earmark.export.Opml;
import dev.earmark.export.SearchForm;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Sends the feeds of standing searches, which lie in a folder. Thread-safe.
 *
 * @param folder of the feeds
 */
record StandingFeeds(Path folder) {
  static final String PATH = "/standing/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}\\.rss");

  /** All of them, in the order of their names. */
  List<Opml.Feed> list(String base) throws IOException {
    List<Opml.Feed> feeds = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.rss")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (NAME.matcher(name).matches()) {
          Document feed = Jsoup.parse(Files.readString(file), "", Parser.xmlParser());
          Element title = feed.selectFirst("channel > title");
          Element page = feed.selectFirst("channel > link");
          feeds.add(
              new Opml.Feed(
                  title == null ? name : title.text(),
                  base + PATH + name,
                  page == null ? base + "/" : page.text()));
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing has been found for any of them yet.
    }
    feeds.sort(Comparator.comparing(Opml.Feed::feed));
    return feeds;
  }

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
