package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Media;
import dev.earmark.model.Speaker;
import dev.earmark.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is known of an episode, and who says so.
 *
 * @param name such as {@code title} or {@code date}
 * @param value as people read it
 * @param from the manifest, source or recording that states it, or the name it was guessed from
 */
public record Fact(String name, String value, String from) {

  private interface Part {
    @Nullable Object of(EpisodeFields fields);
  }

  private interface MediaPart {
    @Nullable String of(Media media);
  }

  /** What one place says of an episode. */
  record Said(String from, EpisodeFields fields) {}

  /** All that is known, each from the first that says it. */
  static List<Fact> of(List<Said> said) {
    List<Fact> facts = new ArrayList<>();
    add(facts, said, "title", EpisodeFields::title);
    add(facts, said, "show", EpisodeFields::show);
    add(facts, said, "season", EpisodeFields::season);
    add(facts, said, "number", EpisodeFields::number);
    add(facts, said, "date", EpisodeFields::date);
    add(facts, said, "duration", Fact::duration);
    add(facts, said, "language", EpisodeFields::language);
    add(facts, said, "youtube", media(Media::youtube));
    add(facts, said, "audio", media(Media::audio));
    add(facts, said, "video", media(Media::video));
    add(facts, said, "page", media(Media::page));
    add(facts, said, "speakers", Fact::speakers);
    return facts;
  }

  private static @Nullable String duration(EpisodeFields fields) {
    Long millis = fields.durationMs();
    return millis == null ? null : new Timestamp(millis).toString();
  }

  private static @Nullable String speakers(EpisodeFields fields) {
    List<String> names = fields.speakers().stream().map(Speaker::name).toList();
    return names.isEmpty() ? null : String.join(", ", names);
  }

  private static Part media(MediaPart part) {
    return fields -> part.of(fields.media());
  }

  private static void add(List<Fact> facts, List<Said> said, String name, Part value) {
    for (Said one : said) {
      Object found = value.of(one.fields());
      if (found != null) {
        facts.add(new Fact(name, Objects.toString(found), one.from()));
        return;
      }
    }
  }
}
