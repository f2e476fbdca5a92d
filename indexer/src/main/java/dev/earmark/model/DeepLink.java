package dev.earmark.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with a time in them: the only place that makes or reads one.
 *
 * <p>A lead-in, the seconds a listener hears before the words, is a parameter of the link and stops
 * at zero; the times in the index are never shifted.
 */
public final class DeepLink {
  private DeepLink() {}

  /** The page of an episode, at an instant: {@code /e/some-id?t=835}. */
  public static String page(String episodeId, @Nullable Timestamp at) {
    String path = "/e/" + encode(episodeId);
    return at == null ? path : path + "?t=" + at.wholeSeconds();
  }

  /**
   * The page of an episode, at an instant, with what to look for in it: {@code
   * /e/some-id?t=835&q=blob}.
   *
   * @param query left out if blank
   */
  public static String page(String episodeId, @Nullable Timestamp at, String query) {
    String page = page(episodeId, at);
    return query.isBlank() ? page : page + (at == null ? "?q=" : "&q=") + encode(query);
  }

  /**
   * The page of an episode at any second, as the template of a schema.org {@code SeekToAction}:
   * {@code /e/some-id?t={seek_to_second_number}}.
   */
  public static String seekTemplate(String episodeId) {
    return page(episodeId, null) + "?t={seek_to_second_number}";
  }

  /**
   * The player of an episode for a page of another site, at an instant or a clip: {@code
   * /embed/some-id?t=835,842}.
   */
  public static String embed(String episodeId, @Nullable TimeSpan at) {
    String path = "/embed/" + encode(episodeId);
    return at == null ? path : path + "?t=" + time(at);
  }

  /** The page of an episode at an instant or a clip: {@code /e/some-id?t=835,842}. */
  public static String pageAt(String episodeId, TimeSpan at) {
    return page(episodeId, null) + "?t=" + time(at);
  }

  private static String time(TimeSpan at) {
    Timestamp end = at.end();
    return end == null || at.durationMs() == 0
        ? Long.toString(at.start().wholeSeconds())
        : at.start().seconds() + "," + end.seconds();
  }

  /** A YouTube video at an instant: {@code https://www.youtube.com/watch?v=…&t=835s}. */
  public static String youtube(String videoId, @Nullable Timestamp at) {
    String address = "https://www.youtube.com/watch?v=" + encode(videoId);
    return at == null ? address : address + "&t=" + at.wholeSeconds() + "s";
  }

  /**
   * The player of a YouTube video for another page, from an instant on: {@code
   * https://www.youtube-nocookie.com/embed/…?start=835}.
   */
  public static String youtubePlayer(String videoId, @Nullable Timestamp at) {
    String address = "https://www.youtube-nocookie.com/embed/" + encode(videoId);
    return at == null ? address : address + "?start=" + at.wholeSeconds();
  }

  /**
   * A media file from one instant to another, as a media fragment: {@code …mp3#t=835.2,842}.
   *
   * @param end null for "to the end"
   * @see <a href="https://www.w3.org/TR/media-frags/#naming-time">W3C Media Fragments, 4.2.1</a>
   */
  public static String mediaFragment(String address, Timestamp start, @Nullable Timestamp end) {
    String fragment = "#t=" + start.seconds();
    if (end != null && end.compareTo(start) > 0) {
      fragment += "," + end.seconds();
    }
    return address + fragment;
  }

  /**
   * Where we serve a local media file of an episode, under a name that does not show where it lies.
   *
   * @param type {@code audio} or {@code video}
   */
  public static String localMedia(String episodeId, String type) {
    return "/media/" + encode(episodeId) + "/" + type;
  }

  /** Where we serve a picture; null for none. */
  public static @Nullable String artwork(@Nullable Artwork artwork) {
    return artwork == null ? null : "/artwork/" + artwork.id();
  }

  /** An instant moved back by a lead-in, not before the start. */
  public static Timestamp withLeadIn(Timestamp at, long leadInMs) {
    return Timestamp.clamped(at.millis() - leadInMs);
  }

  /**
   * Reads the {@code t} of an address: an instant ({@code 835}, {@code 13:55}, {@code 0:13:55},
   * {@code 13m55s}) or a clip ({@code 835,842}).
   */
  public static Optional<TimeSpan> parse(String t) {
    int comma = t.indexOf(',');
    if (comma < 0) {
      return Timestamp.tryParse(t).map(TimeSpan::from);
    }
    String from = t.substring(0, comma);
    Optional<Timestamp> start =
        from.isBlank() ? Optional.of(Timestamp.ZERO) : Timestamp.tryParse(from);
    Optional<Timestamp> end = Timestamp.tryParse(t.substring(comma + 1));
    if (start.isEmpty() || end.isEmpty() || end.get().compareTo(start.get()) < 0) {
      return Optional.empty();
    }
    return Optional.of(new TimeSpan(start.get(), end.get()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
