package dev.earmark.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An episode as machines read it: JSON-LD in the words of schema.org.
 *
 * <p>A recording with a picture is a {@code VideoObject}, any other a {@code PodcastEpisode}; its
 * parts are {@code Clip}s, and a {@code SeekToAction} says how to link to any second.
 *
 * @see <a href="https://developers.google.com/search/docs/appearance/structured-data/video">Video
 *     structured data</a>
 */
final class LinkedData {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CLIPS = 200;

  private LinkedData() {}

  /**
   * The data, fit to stand in a script element: it has no {@code <}.
   *
   * @param base what an address of ours begins with
   * @param parts the parts of the recording, in order
   */
  static String of(Episode episode, List<StoredMoment> parts, String base) {
    boolean seen = episode.media().youtube() != null || episode.media().video() != null;
    String page = base + DeepLink.page(episode.id(), null);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("@context", "https://schema.org");
    data.put("@type", seen ? "VideoObject" : "PodcastEpisode");
    data.put("@id", page);
    data.put("url", page);
    data.put("name", episode.title());
    put(
        data,
        "description",
        episode.description() == null ? episode.title() : episode.description());
    put(data, "inLanguage", episode.language());
    if (episode.date() != null) {
      data.put(seen ? "uploadDate" : "datePublished", episode.date().toString());
    }
    if (episode.durationMs() != null) {
      data.put("duration", Duration.ofMillis(episode.durationMs()).toString());
    }
    if (episode.show() != null) {
      data.put(
          seen ? "isPartOf" : "partOfSeries",
          Map.of(
              "@type",
              seen ? "CreativeWorkSeries" : "PodcastSeries",
              "name",
              episode.show(),
              "url",
              base + PageAddress.show(episode.show())));
    }
    String picture = DeepLink.artwork(episode.picture());
    if (picture != null) {
      data.put(seen ? "thumbnailUrl" : "image", base + picture);
    }
    if (!seen && episode.number() != null) {
      data.put("episodeNumber", episode.number());
    }
    if (!seen && episode.season() != null) {
      data.put("partOfSeason", Map.of("@type", "PodcastSeason", "seasonNumber", episode.season()));
    }
    media(data, episode, base);
    people(data, episode);
    List<Map<String, Object>> clips = clips(episode, parts, base);
    if (!clips.isEmpty()) {
      data.put("hasPart", clips);
    }
    data.put(
        "potentialAction",
        Map.of(
            "@type",
            "SeekToAction",
            "target",
            base + DeepLink.seekTemplate(episode.id()),
            "startOffset-input",
            "required name=seek_to_second_number"));
    return json(data);
  }

  /**
   * The site, and how it is searched.
   *
   * @param base what an address of ours begins with
   */
  static String ofSite(String base) {
    Map<String, Object> search = new LinkedHashMap<>();
    search.put("@type", "SearchAction");
    search.put(
        "target", Map.of("@type", "EntryPoint", "urlTemplate", base + "/?q={search_term_string}"));
    search.put("query-input", "required name=search_term_string");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("@context", "https://schema.org");
    data.put("@type", "WebSite");
    data.put("@id", base + "/");
    data.put("url", base + "/");
    data.put("name", "Earmark");
    data.put("potentialAction", search);
    return json(data);
  }

  private static String json(Map<String, Object> data) {
    try {
      return JSON.writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names and numbers are always JSON", e);
    }
  }

  private static void media(Map<String, Object> data, Episode episode, String base) {
    String youtube = episode.media().youtube();
    if (youtube != null) {
      data.put("embedUrl", DeepLink.youtubePlayer(youtube, null));
      return;
    }
    Player player = Player.of(episode, null);
    if (player != null) {
      String address = player.remote() ? player.source() : base + player.source();
      String embedded = base + DeepLink.embed(episode.id(), null);
      if (player.type().equals("video")) {
        data.put("contentUrl", address);
        data.put("embedUrl", embedded);
      } else {
        data.put(
            "associatedMedia",
            Map.of("@type", "AudioObject", "contentUrl", address, "embedUrl", embedded));
      }
    }
  }

  private static void people(Map<String, Object> data, Episode episode) {
    List<Map<String, String>> people = new ArrayList<>();
    episode
        .speakers()
        .forEach(speaker -> people.add(Map.of("@type", "Person", "name", speaker.name())));
    if (!people.isEmpty()) {
      data.put("actor", people);
    }
  }

  private static List<Map<String, Object>> clips(
      Episode episode, List<StoredMoment> parts, String base) {
    List<Map<String, Object>> clips = new ArrayList<>();
    for (int i = 0; i < Math.min(parts.size(), MOST_CLIPS); i++) {
      Moment part = parts.get(i).moment();
      TimeSpan span = part.anchor().span().orElseThrow();
      Map<String, Object> clip = new LinkedHashMap<>();
      clip.put("@type", "Clip");
      clip.put("name", part.title() == null ? part.body() : part.title());
      clip.put("startOffset", span.start().wholeSeconds());
      Long next =
          i + 1 < parts.size()
              ? (Long) parts.get(i + 1).moment().anchor().span().orElseThrow().startMs()
              : episode.durationMs();
      long end = span.durationMs() > 0 ? span.endMs() : next == null ? 0 : next;
      if (end / 1000 > span.start().wholeSeconds()) {
        clip.put("endOffset", end / 1000);
      }
      clip.put("url", base + DeepLink.page(episode.id(), span.start()));
      clips.add(clip);
    }
    return clips;
  }

  private static void put(Map<String, Object> data, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      data.put(name, value);
    }
  }
}
