package dev.earmark.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with a time in them: the only place that makes or reads one.
 *
 * <p>A lead-in, the seconds a listener hears before the words, is a parameter of the link and stops
 * at zero; the times in the index are never shifted.
 */
public final class DeepLink {
  /** The unit of a time in a media fragment that is meant where none is named. */
  private static final String NORMAL_PLAY_TIME = "npt:";

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
   * What an address says of the time.
   *
   * @param at the instant or clip; null if it names none
   * @param notUnderstood what it says that is no time; null if all is understood
   */
  public record Time(@Nullable TimeSpan at, @Nullable String notUnderstood) {
    /** Of an address that says nothing. */
    public static final Time NONE = new Time(null, null);
  }

  /**
   * Reads all {@code t} of an address: the last that is a time counts, and the others are ignored.
   *
   * @see <a href="https://www.w3.org/TR/media-frags/#error-media">W3C Media Fragments, 6.2</a>
   */
  public static Time time(List<String> all) {
    String notUnderstood = null;
    for (String t : all.reversed()) {
      Optional<TimeSpan> at = parse(t);
      if (at.isPresent()) {
        return new Time(at.get(), null);
      }
      if (notUnderstood == null && !t.isBlank()) {
        notUnderstood = t;
      }
    }
    return new Time(null, notUnderstood);
  }

  /**
   * Reads one {@code t} of an address: an instant or a clip as a media fragment has it ({@code
   * 835}, {@code 0:13:55}, {@code 835,842}, {@code ,842}, {@code npt:835}), and times as people
   * write them ({@code 13m55s}). A clip has a start before its end; times of SMPTE and of the wall
   * clock are none of a recording whose frames and date are not known.
   *
   * @see <a href="https://www.w3.org/TR/media-frags/#naming-time">W3C Media Fragments, 4.2.1</a>
   */
  public static Optional<TimeSpan> parse(String t) {
    String time = t.strip();
    if (time.regionMatches(true, 0, NORMAL_PLAY_TIME, 0, NORMAL_PLAY_TIME.length())) {
      time = time.substring(NORMAL_PLAY_TIME.length());
    }
    int comma = time.indexOf(',');
    if (comma < 0) {
      return instant(time).map(TimeSpan::from);
    }
    String from = time.substring(0, comma);
    String to = time.substring(comma + 1);
    if (to.indexOf(',') >= 0) {
      return Optional.empty();
    }
    Optional<Timestamp> start = from.isEmpty() ? Optional.of(Timestamp.ZERO) : instant(from);
    Optional<Timestamp> end = instant(to);
    if (start.isEmpty() || end.isEmpty() || end.get().compareTo(start.get()) <= 0) {
      return Optional.empty();
    }
    return Optional.of(new TimeSpan(start.get(), end.get()));
  }

  /** A point behind the seconds may stand without a fraction. */
  private static Optional<Timestamp> instant(String text) {
    return Timestamp.tryParse(
        text.matches(".*\\d\\.") ? text.substring(0, text.length() - 1) : text);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
