package dev.earmark.corpus;

import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.RawSource;
import dev.earmark.source.document.FeedItemFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an episode of each item of a feed. Its sources are the item itself, the best of its
 * transcripts and its chapters.
 *
 * <p>A feed on the web links to documents on the web. A feed on disk may also name files, and only
 * such as lie in its folder or below. Not thread-safe.
 */
final class FeedEpisodes {
  /** A feed on disk is held to the size of one that is fetched. */
  private static final long MOST_BYTES = Fetcher.Limits.DEFAULT.bytes();

  private static final int HEAD = 2_000;

  private final Fetcher fetcher;
  private final List<Problem> problems;
  private final Set<String> read = new LinkedHashSet<>();

  FeedEpisodes(Fetcher fetcher, List<Problem> problems) {
    this.fetcher = fetcher;
    this.problems = problems;
  }

  /** The paths and addresses of the feeds that were read. */
  Set<String> read() {
    return read;
  }

  /** What stands before the id of an item in the origin of its episode. */
  static String originOf(String feed, String guid) {
    return feed + "#" + guid.replace("%", "%25").replace("#", "%23");
  }

  /** Whether a file is a feed; looks into files that are named like one. */
  boolean isFeed(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean named =
        name.endsWith(".xml")
            || name.endsWith(".rss")
            || name.endsWith(".atom")
            || name.endsWith(".rdf")
            || name.indexOf('.') < 0;
    if (!named) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Feed.isFeed(new RawSource(name, in.readNBytes(HEAD)).head());
    } catch (IOException e) {
      return false;
    }
  }

  /** Adds the episodes of a feed on disk. */
  void addFile(Path file, List<EpisodeInput> episodes) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    ProblemLog log = new ProblemLog(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than " + (MOST_BYTES >> 20) + " MiB");
      }
      add(
          file.toString(),
          bytes,
          link -> WebAddress.isAbsolute(link) ? ofWeb(link) : ofFolder(folder, link),
          log,
          episodes);
    } catch (IOException e) {
      log.error("cannot-read", 0, "cannot be read: " + e.getMessage(), "left as it was");
    }
    problems.addAll(log.problems());
  }

  private static @Nullable Place ofWeb(String link) {
    return WebAddress.parse(link)
        .<Place>map(address -> type -> new SourceRef.Remote(address, type))
        .orElse(null);
  }

  /** A file below the feed's folder, wherever links on disk lead. */
  private static @Nullable Place ofFolder(@Nullable Path folder, String link) {
    Path file = folder == null ? null : CorpusScanner.inside(folder, decoded(link));
    if (folder == null || file == null || file.equals(folder)) {
      return null;
    }
    try {
      if (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    return type -> new SourceRef.LocalFile(file);
  }

  /** The path in a relative link, without percent signs and what follows a question mark. */
  private static String decoded(String link) {
    try {
      String path = new URI(link).getPath();
      return path == null ? link : path;
    } catch (java.net.URISyntaxException e) {
      return link;
    }
  }

  /** Adds the episodes of a feed on the web. */
  void addAddress(URI address, List<EpisodeInput> episodes) {
    ProblemLog log = new ProblemLog(address.toString());
    try {
      Fetcher.Fetched fetched = fetcher.fetch(address);
      if (fetched.stale() != null) {
        log.warning("cannot-fetch", 0, "cannot be fetched: " + fetched.stale(), null);
      }
      URI base = fetched.address();
      add(
          address.toString(),
          Files.readAllBytes(fetched.file()),
          link ->
              WebAddress.resolve(base, link)
                  .<Place>map(to -> type -> new SourceRef.Remote(to, type))
                  .orElse(null),
          log,
          episodes);
    } catch (IOException e) {
      log.error(
          "cannot-fetch",
          0,
          "cannot be fetched: " + e.getMessage(),
          "what is indexed of it stays as it is");
    }
    problems.addAll(log.problems());
  }

  /** A place that a link leads to, given the media type it is said to be of. */
  private interface Place {
    SourceRef of(String type);
  }

  /** Follows the links of one feed. */
  private interface Links {
    /** Null if the link leads nowhere that may be read. */
    @Nullable Place follow(String link);
  }

  private void add(
      String location, byte[] bytes, Links links, ProblemLog log, List<EpisodeInput> episodes) {
    String xml = text(bytes);
    if (!Feed.isFeed(xml.substring(0, Math.min(HEAD, xml.length())))) {
      log.error(
          "not-a-feed", 0, "is not an RSS or Atom feed", "what is indexed of it stays as it is");
      return;
    }
    Feed feed = Feed.read(xml, log);
    boolean whole = log.problems().isEmpty();
    if (feed.items().isEmpty()) {
      log.warning("empty-feed", 0, "the feed has no items", null);
    }
    Set<String> guids = new HashSet<>();
    String show = feed.fields().show();
    List<SourceRef> ofShow = places(feed.images(), links);
    for (Feed.Item item : feed.items()) {
      String guid = item.guid();
      if (!guids.add(guid)) {
        // Some feeds give all items one guid: what else the item holds tells them apart.
        guid = guid + "-" + CorpusScanner.hash(item.xml());
        log.warning(
            "guid-given-twice", 0, "two items have the guid \"" + item.guid() + "\"", "both kept");
        if (!guids.add(guid)) {
          continue;
        }
      }
      episodes.add(
          new EpisodeInput(
              CorpusScanner.slug(withoutScheme(guid)),
              originOf(location, guid),
              show == null ? "" : show,
              null,
              feed.fields(),
              sources(item, originOf(location, guid), links, log),
              EpisodeInput.Beside.of(
                  new EpisodeInput.Pictures(places(item.images(), links), ofShow))));
    }
    if (whole) {
      read.add(location);
    }
  }

  /** The places that links to pictures lead to. */
  private static List<SourceRef> places(List<String> addresses, Links links) {
    List<SourceRef> places = new ArrayList<>();
    for (String address : addresses) {
      Place place = links.follow(address);
      if (place != null) {
        places.add(place.of(""));
      }
    }
    return places;
  }

  private static String withoutScheme(String guid) {
    int at = guid.indexOf("://");
    return at < 0 ? guid : guid.substring(at + 3);
  }

  private static List<SourceInput> sources(
      Feed.Item item, String origin, Links links, ProblemLog log) {
    List<SourceInput> sources = new ArrayList<>();
    byte[] xml = item.xml().getBytes(StandardCharsets.UTF_8);
    sources.add(
        new SourceInput(
            List.of(new SourceRef.Given("feed", origin, xml)), FeedItemFormat.ID, null));
    List<SourceRef> transcripts = new ArrayList<>();
    String language = null;
    for (Feed.Link link : item.transcripts()) {
      Place place = followed(link, item, links, log);
      if (place != null) {
        language = transcripts.isEmpty() ? link.language() : language;
        transcripts.add(place.of(link.type()));
      }
    }
    if (!transcripts.isEmpty()) {
      sources.add(new SourceInput(transcripts, null, language));
    }
    Feed.Link chapters = item.chapters();
    Place place = chapters == null ? null : followed(chapters, item, links, log);
    if (chapters != null && place != null) {
      sources.add(new SourceInput(List.of(place.of(chapters.type())), null, null));
    }
    return sources;
  }

  private static @Nullable Place followed(
      Feed.Link link, Feed.Item item, Links links, ProblemLog log) {
    Place place = links.follow(link.address());
    if (place == null) {
      log.warning(
          "bad-link",
          0,
          "the item \"" + item.guid() + "\" links to \"" + link.address() + "\"",
          "not followed; only http(s) addresses, and files beside a feed on disk, are");
    }
    return place;
  }

  /** The text of a feed, in the encoding it declares if it is not Unicode. */
  private static String text(byte[] bytes) {
    RawSource raw = new RawSource("feed", bytes);
    return declared(raw.head()).map(charset -> new String(bytes, charset)).orElseGet(raw::text);
  }

  private static Optional<Charset> declared(String head) {
    int end = head.indexOf("?>");
    int at = head.startsWith("<?xml") && end > 0 ? head.indexOf("encoding=") : -1;
    if (at < 0 || at > end || at + 11 > head.length()) {
      return Optional.empty();
    }
    int close = head.indexOf(head.charAt(at + 9), at + 10);
    String name = close < 0 ? "" : head.substring(at + 10, close).strip();
    try {
      // Unicode is told by the bytes, which know better than declarations; Latin-1 likewise.
      return name.isEmpty()
              || name.regionMatches(true, 0, "utf", 0, 3)
              || name.equalsIgnoreCase("iso-8859-1")
              || name.equalsIgnoreCase("us-ascii")
          ? Optional.empty()
          : Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
