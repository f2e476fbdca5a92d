package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the chapters of an episode as Podcasting 2.0 JSON Chapters, 1.2.0. Stateless.
 *
 * @see <a
 *     href="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md">JSON
 *     Chapters Format</a>
 */
public final class PodcastChapters {
  public static final String MEDIA_TYPE = "application/json+chapters";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PodcastChapters() {}

  /**
   * The chapters of an episode as JSON; empty if none has a time.
   *
   * @param moments all of the episode
   */
  public static Optional<String> write(Episode episode, List<StoredMoment> moments) {
    List<Moment> chapters = of(moments);
    return chapters.isEmpty() ? Optional.empty() : Optional.of(write(episode, chapters));
  }

  /**
   * The chapters of the source that has most of them, in order; empty if none has a time.
   *
   * @param moments all of an episode
   */
  public static List<Moment> of(List<StoredMoment> moments) {
    Map<String, List<Moment>> bySource = new LinkedHashMap<>();
    for (StoredMoment stored : moments) {
      Moment moment = stored.moment();
      if (moment.kind() == Kind.CHAPTER && moment.anchor().span().isPresent()) {
        bySource.computeIfAbsent(stored.source(), source -> new ArrayList<>()).add(moment);
      }
    }
    return bySource.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(chapters ->
            chapters.stream().sorted(Comparator.comparingLong(PodcastChapters::startMs)).toList())
        .orElse(List.of());
  }

  private static long startMs(Moment chapter) {
    return chapter.anchor().span().map(TimeSpan::startMs).orElse(0L);
  }

  private static String write(Episode episode, Iterable<Moment> chapters) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Moment chapter : chapters) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("startTime", startMs(chapter) / 1000.0);
      one.put("title", chapter.title() == null ? chapter.text() : chapter.title());
      all.add(one);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", "1.2.0");
    document.put("title", episode.title());
    if (episode.show() != null) {
      document.put("podcastName", episode.show());
    }
    document.put("chapters", all);
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("chapters are always JSON", e);
    }
  }
}
