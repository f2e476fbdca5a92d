package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.MediaType;
import dev.earmark.search.Hit;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feeds of a search: an item a hit. Its id is that of the moment, so that a reader knows it again.
 *
 * @see <a href="https://www.rssboard.org/rss-specification">RSS 2.0</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4287">RFC 4287: Atom</a>
 * @see <a href="https://www.jsonfeed.org/version/1.1/">JSON Feed 1.1</a>
 */
final class Feeds {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String EPOCH = "1970-01-01T00:00:00Z";

  private Feeds() {}

  /** The file of an episode, at the hit, that a player of podcasts can play. */
  private static @Nullable String file(Hit hit, Asked asked) {
    Links links = Links.of(hit).absolute(asked.base());
    return links.audio() != null || hit.episode().media().youtube() != null
        ? links.audio()
        : links.media();
  }

  private static String mediaType(Episode episode) {
    String name = episode.media().audio();
    return name == null ? "video/mp4" : MediaType.of(name).orElse("audio/mpeg");
  }

  static final class Rss implements SearchWriter {
    private final Asked asked;
    private final XmlDocument feed = new XmlDocument();

    Rss(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      feed.open("rss").with("version", "2.0").with("xmlns:atom", "http://www.w3.org/2005/Atom");
      feed.with("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd");
      feed.open("channel").element("title", asked.title() + " – Earmark");
      String left = asked.left().isEmpty() ? "" : " (" + asked.left() + ")";
      feed.element("link", asked.page());
      feed.element("description", "What was said: " + asked.title() + left);
      feed.open("atom:link")
          .with("rel", "self")
          .with("type", "application/rss+xml")
          .with("href", asked.address())
          .close();
      return feed.take();
    }

    @Override
    public String hit(Hit hit) {
      feed.open("item").element("title", HitText.title(hit));
      feed.element("link", HitText.page(hit, asked));
      feed.element("description", HitText.said(hit));
      feed.open("guid").with("isPermaLink", "false").text(hit.moment().id()).close();
      LocalDate date = hit.episode().date();
      if (date != null) {
        feed.element(
            "pubDate",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atStartOfDay(ZoneOffset.UTC)));
      }
      hit.moment().moment().topics().forEach(topic -> feed.element("category", topic));
      String picture = DeepLink.artwork(hit.episode().picture());
      if (picture != null) {
        feed.open("itunes:image").with("href", asked.base() + picture).close();
      }
      String file = file(hit, asked);
      if (file != null) {
        // The length is required; 0 says that it is not known.
        feed.open("enclosure")
            .with("url", file)
            .with("length", "0")
            .with("type", mediaType(hit.episode()))
            .close();
      }
      feed.close();
      return feed.take();
    }

    @Override
    public String end() {
      return feed.takeEnd();
    }
  }

  static final class Atom implements SearchWriter {
    private final Asked asked;
    private final XmlDocument feed = new XmlDocument();
    private boolean begun;

    Atom(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      return "";
    }

    /** When the feed changed last is the date of its first hit, the newest. */
    private void head(@Nullable Hit first) {
      if (begun) {
        return;
      }
      begun = true;
      feed.open("feed").with("xmlns", "http://www.w3.org/2005/Atom");
      feed.element("id", id(asked.address())).element("title", asked.title() + " – Earmark");
      feed.element("updated", first == null ? EPOCH : updated(first));
      feed.open("author").element("name", "Earmark").close();
      link("self", "application/atom+xml", asked.address());
      link("alternate", "text/html", asked.page());
    }

    @Override
    public String hit(Hit hit) {
      head(hit);
      feed.open("entry").element("id", id(hit.moment().id()));
      feed.element("title", HitText.title(hit)).element("updated", updated(hit));
      if (hit.moment().moment().speaker() != null) {
        feed.open("author").element("name", hit.moment().moment().speaker()).close();
      }
      link("alternate", "text/html", HitText.page(hit, asked));
      String file = file(hit, asked);
      if (file != null) {
        link("enclosure", mediaType(hit.episode()), file);
      }
      hit.moment()
          .moment()
          .topics()
          .forEach(topic -> feed.open("category").with("term", topic).close());
      feed.element("summary", hit.snippet().text()).close();
      return feed.take();
    }

    private void link(String relation, String type, String address) {
      feed.open("link").with("rel", relation).with("type", type).with("href", address).close();
    }

    private static String id(String name) {
      return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String updated(Hit hit) {
      return hit.episode().date() == null ? EPOCH : hit.episode().date() + "T00:00:00Z";
    }

    @Override
    public String end() {
      head(null);
      return feed.takeEnd();
    }
  }

  static final class Json implements SearchWriter {
    private final Asked asked;
    private boolean begun;

    Json(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      Map<String, Object> head = new LinkedHashMap<>();
      head.put("version", "https://jsonfeed.org/version/1.1");
      head.put("title", asked.title() + " – Earmark");
      head.put("home_page_url", asked.page());
      head.put("feed_url", asked.address());
      String written = json(head);
      return written.substring(0, written.length() - 1) + ",\"items\":[";
    }

    @Override
    public String hit(Hit hit) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("id", hit.moment().id());
      item.put("url", HitText.page(hit, asked));
      item.put("title", HitText.title(hit));
      item.put("content_text", HitText.said(hit));
      if (hit.episode().date() != null) {
        item.put("date_published", hit.episode().date() + "T00:00:00Z");
      }
      if (hit.moment().moment().speaker() != null) {
        item.put("authors", List.of(Map.of("name", hit.moment().moment().speaker())));
      }
      item.put("language", hit.moment().language());
      String picture = DeepLink.artwork(hit.episode().picture());
      if (picture != null) {
        item.put("image", asked.base() + picture);
      }
      if (!hit.moment().moment().topics().isEmpty()) {
        item.put("tags", List.copyOf(hit.moment().moment().topics()));
      }
      String file = file(hit, asked);
      if (file != null) {
        item.put(
            "attachments", List.of(Map.of("url", file, "mime_type", mediaType(hit.episode()))));
      }
      String before = begun ? ",\n" : "\n";
      begun = true;
      return before + json(item);
    }

    @Override
    public String end() {
      return "\n]}\n";
    }

    private static String json(Map<String, Object> object) {
      try {
        return MAPPER.writeValueAsString(object);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a map of texts is always JSON", e);
      }
    }
  }
}
