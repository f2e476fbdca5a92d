package dev.earmark.export;

import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Media;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import org.jspecify.annotations.Nullable;

/**
 * Where a moment can be read, seen and heard.
 *
 * @param page the page of the episode at the moment; a path unless made {@link #absolute}
 * @param media the video at the moment, or null; a path if we serve it
 * @param audio the audio file, as a media fragment, or null; a path if we serve it
 */
public record Links(String page, @Nullable String media, @Nullable String audio) {

  /** The links of an instant of an episode, or of the whole if it is null. */
  public static Links of(Episode episode, @Nullable Long atMs, @Nullable Long endMs) {
    Timestamp at = atMs == null ? null : Timestamp.clamped(atMs);
    Timestamp end = endMs == null ? null : Timestamp.clamped(endMs);
    Media media = episode.media();
    String watch =
        media.youtube() == null
            ? file(episode.id(), "video", media.video(), at, end)
            : DeepLink.youtube(media.youtube(), at);
    return new Links(
        DeepLink.page(episode.id(), at),
        watch,
        file(episode.id(), "audio", media.audio(), at, end));
  }

  /** The links of a hit: from its first match on. */
  public static Links of(Hit hit) {
    Long end =
        hit.matches().isEmpty()
            ? hit.moment()
                .moment()
                .anchor()
                .span()
                .map(span -> span.end() == null ? null : Long.valueOf(span.endMs()))
                .orElse(null)
            : hit.matches().getFirst().endMs();
    return of(hit.episode(), hit.atMs(), end);
  }

  /** These, with paths made addresses of a server such as {@code http://127.0.0.1:7070}. */
  public Links absolute(String base) {
    return new Links(base + page, full(base, media), full(base, audio));
  }

  private static @Nullable String full(String base, @Nullable String address) {
    return address != null && address.startsWith("/") ? base + address : address;
  }

  /** A media file at an instant: where it is on the web, or where we serve it from. */
  private static @Nullable String file(
      String episodeId,
      String type,
      @Nullable String address,
      @Nullable Timestamp at,
      @Nullable Timestamp end) {
    if (address == null) {
      return null;
    }
    String base = Media.isRemote(address) ? address : DeepLink.localMedia(episodeId, type);
    return at == null ? base : DeepLink.mediaFragment(base, at, end);
  }
}
