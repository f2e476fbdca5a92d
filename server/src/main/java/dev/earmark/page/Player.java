package dev.earmark.page;

import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Media;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What plays an episode on a page of ours.
 *
 * <p>Only addresses of http and https are ever linked or loaded; a local file is served by us,
 * under a name that does not show where it lies. A file of our own comes first, as playing it tells
 * nobody; nothing is asked of somebody else's server before the reader asks for it.
 *
 * @param type {@code audio}, {@code video} or {@code youtube}
 * @param source what to load, at the instant; for YouTube the address of its player
 * @param remote whether loading it asks somebody else's server
 * @param outside the recording at the instant, on its own; for a link
 * @param where who plays it there: {@code YouTube}, {@code audio file}, {@code video file}
 */
public record Player(String type, String source, boolean remote, String outside, String where) {

  /** What plays an episode from an instant on, or a clip of it; null if nothing does. */
  static @Nullable Player of(Episode episode, @Nullable TimeSpan at) {
    Media media = episode.media();
    Player video = file(episode.id(), "video", media.video(), at);
    Player audio = file(episode.id(), "audio", media.audio(), at);
    if (video != null && !video.remote()) {
      return video;
    }
    if (audio != null && !audio.remote()) {
      return audio;
    }
    if (video != null) {
      return video;
    }
    return media.youtube() == null ? audio : youtube(media.youtube(), at);
  }

  private static Player youtube(String videoId, @Nullable TimeSpan at) {
    Timestamp start = at == null ? null : at.start();
    return new Player(
        "youtube",
        DeepLink.youtubePlayer(videoId, start),
        true,
        DeepLink.youtube(videoId, start),
        "YouTube");
  }

  private static @Nullable Player file(
      String episodeId, String type, @Nullable String address, @Nullable TimeSpan at) {
    String remote = webAddress(address);
    String local = remote == null && isLocal(address) ? DeepLink.localMedia(episodeId, type) : null;
    String base = remote != null ? remote : local;
    if (base == null) {
      return null;
    }
    String source = at == null ? base : DeepLink.mediaFragment(base, at.start(), at.end());
    return new Player(type, source, remote != null, source, type + " file");
  }

  /** An address that may be linked: of http or https, without blanks and controls; else null. */
  static @Nullable String webAddress(@Nullable String address) {
    if (address == null) {
      return null;
    }
    String lower = address.toLowerCase(Locale.ROOT);
    boolean web = lower.startsWith("http://") || lower.startsWith("https://");
    return web && address.chars().noneMatch(c -> c <= ' ' || c == 0x7F) ? address : null;
  }

  /** Whether it is a path: it has no scheme, or a single letter as drives do. */
  private static boolean isLocal(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return false;
    }
    int colon = address.indexOf(':');
    return colon < 2
        || address
            .substring(0, colon)
            .chars()
            .anyMatch(c -> c == '/' || c == '\\' || c == '?' || c == '#');
  }
}
