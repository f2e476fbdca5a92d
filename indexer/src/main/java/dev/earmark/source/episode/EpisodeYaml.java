package dev.earmark.source.episode;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Timestamp;
import dev.earmark.text.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of front matter and the like mean for an episode.
 *
 * <p>Keys are read whatever their case: title; show, podcast, series, channel; date, published,
 * upload_date; number, episode; language, lang; duration; speakers, hosts, guests; tags, topics,
 * keywords; description, summary; media, url, video, audio, youtube and their kin.
 */
public final class EpisodeYaml {
  private static final List<String> MEDIA_KEYS =
      List.of(
          "media",
          "youtube",
          "youtube_url",
          "video_id",
          "video",
          "audio",
          "audio_url",
          "enclosure",
          "mp3",
          "url",
          "link",
          "page",
          "website",
          "permalink");

  /** Seconds since 1970 have ten digits for all of podcasting; milliseconds have more. */
  private static final long LAST_SECONDS = 99_999_999_999L;

  private static final Pattern NESTED =
      Pattern.compile("[\\p{Ll}\\p{N}_-]{3,60}(?:/[\\p{Ll}\\p{N}_-]{3,60})+");

  private static final int MOST_DIGITS_OF_A_NUMBER = 6;

  private EpisodeYaml() {}

  /** The fields that a map of keys fills. */
  public static EpisodeFields fields(Map<?, ?> map) {
    Map<String, Object> values = new HashMap<>();
    map.forEach((key, value) -> {
      if (key != null && value != null) {
        values.putIfAbsent(key.toString().toLowerCase(Locale.ROOT), value);
      }
    });
    EpisodeFields.Builder fields = EpisodeFields.builder();
    fields.title(text(first(values, "title", "name")));
    fields.show(text(first(values, "show", "podcast", "series", "channel", "uploader")));
    fields.date(
        date(
            first(
                values,
                "date",
                "published",
                "pubdate",
                "publish_date",
                "upload_date",
                "release_date")));
    fields.season(number(first(values, "season", "season_number")));
    fields.number(number(first(values, "number", "episode_number", "episode")));
    String language = text(first(values, "language", "lang", "locale"));
    fields.language(LanguageNames.tag(language));
    fields.durationMs(duration(first(values, "duration", "length")));
    fields.description(text(first(values, "description", "summary", "subtitle", "excerpt")));
    people(fields, values, "speakers", null);
    people(fields, values, "speaker", null);
    people(fields, values, "hosts", "host");
    people(fields, values, "host", "host");
    people(fields, values, "guests", "guest");
    people(fields, values, "guest", "guest");
    Set<String> topics = new HashSet<>();
    for (String key : List.of("tags", "topics", "keywords")) {
      for (Object topic : list(values.get(key))) {
        String name = text(topic);
        for (String part : name == null ? List.<String>of() : nested(name)) {
          if (topics.add(Words.fold(part))) {
            fields.topic(part);
          }
        }
      }
    }
    for (String key : MEDIA_KEYS) {
      for (Object address : list(values.get(key))) {
        fields.media(MediaAddresses.media(text(address), key));
      }
    }
    return fields.build();
  }

  /** The parts of a tag such as {@code harbour/ropes}; {@code AI/ML} and {@code TCP/IP} are one. */
  private static List<String> nested(String tag) {
    return tag.indexOf('/') > 0 && NESTED.matcher(tag).matches()
        ? List.of(tag.split("/", -1))
        : List.of(tag);
  }

  /** Whether the keys are those of a transcript: who wrote it down, or who speaks and where. */
  static boolean isTranscript(Map<?, ?> map) {
    return map.containsKey("transcript_by")
        || map.containsKey("transcriber")
        || (map.containsKey("speakers") && map.containsKey("media"));
  }

  private static void people(
      EpisodeFields.Builder fields, Map<String, Object> values, String key, @Nullable String role) {
    for (Object person : list(values.get(key))) {
      if (person instanceof Map<?, ?> map) {
        String own = text(map.get("role"));
        fields.speaker(text(map.get("name")), own == null ? role : own);
      } else {
        fields.speaker(text(person), role);
      }
    }
  }

  private static @Nullable Object first(Map<String, Object> values, String... keys) {
    for (String key : keys) {
      Object value = values.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static Collection<?> list(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof Collection<?> collection ? collection : List.of(value);
  }

  /** A scalar as text; null for a list or a map. */
  private static @Nullable String text(@Nullable Object value) {
    return value == null || value instanceof Collection<?> || value instanceof Map<?, ?>
        ? null
        : value.toString().strip();
  }

  private static @Nullable Integer number(@Nullable Object value) {
    String text = text(value);
    return text != null && text.length() <= MOST_DIGITS_OF_A_NUMBER && isDigits(text)
        ? Integer.valueOf(text)
        : null;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A date such as {@code 20260213}. */
  private static boolean isBasicDate(String text) {
    return text.length() == 8 && (text.startsWith("19") || text.startsWith("20")) && isDigits(text);
  }

  private static @Nullable Long duration(@Nullable Object value) {
    String text = text(value);
    return text == null ? null : Timestamp.tryParse(text).map(Timestamp::millis).orElse(null);
  }

  /** A date as {@code 2026-02-13}, with or without a time of day, or as a count since 1970. */
  static @Nullable LocalDate date(@Nullable Object value) {
    try {
      String digits = text(value);
      if (digits != null && isBasicDate(digits)) {
        return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
      }
      if (value instanceof Number number) {
        long count = number.longValue();
        Instant instant =
            Math.abs(count) > LAST_SECONDS
                ? Instant.ofEpochMilli(count)
                : Instant.ofEpochSecond(count);
        return count < 1_000_000 ? null : instant.atZone(ZoneOffset.UTC).toLocalDate();
      }
      String text = text(value);
      return text == null || text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  /** The lines of broken YAML that are a key and a plain value. */
  static Map<String, Object> plainLines(String yaml) {
    Map<String, Object> values = new HashMap<>();
    for (String line : yaml.split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0 && Character.isLetter(line.charAt(0))) {
        String value = line.substring(colon + 2).strip();
        if (value.length() > 1 && (value.startsWith("'") || value.startsWith("\""))) {
          value =
              value.substring(1, value.length() - (value.endsWith(value.substring(0, 1)) ? 1 : 0));
        }
        if (!value.isEmpty() && "[{&*|>".indexOf(value.charAt(0)) < 0) {
          values.putIfAbsent(line.substring(0, colon), value);
        }
      }
    }
    return values;
  }
}
