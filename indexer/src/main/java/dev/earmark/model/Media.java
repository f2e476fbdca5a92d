package dev.earmark.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an episode can be heard or seen.
 *
 * @param youtube the video's id on YouTube, as in {@code n1E9IZfvGMA}
 * @param audio the address or local path of an audio file
 * @param video the address or local path of a video file
 * @param page the episode's own page
 */
public record Media(
    @Nullable String youtube,
    @Nullable String audio,
    @Nullable String video,
    @Nullable String page) {

  public static final Media NONE = new Media(null, null, null, null);

  /** Whether the address of a file leads into the web, not to this machine. */
  public static boolean isRemote(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /** This, with what it lacks taken from the other. */
  public Media orElse(Media other) {
    return new Media(
        youtube != null ? youtube : other.youtube,
        audio != null ? audio : other.audio,
        video != null ? video : other.video,
        page != null ? page : other.page);
  }
}
