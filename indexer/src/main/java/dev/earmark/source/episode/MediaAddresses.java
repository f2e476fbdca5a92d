package dev.earmark.source.episode;

import dev.earmark.model.Media;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what an address leads to: a YouTube video, an audio or video file, or a page. */
public final class MediaAddresses {
  private static final List<String> AUDIO =
      List.of(".mp3", ".m4a", ".ogg", ".oga", ".opus", ".aac", ".wav", ".flac");
  private static final List<String> VIDEO = List.of(".mp4", ".m4v", ".webm", ".mkv", ".mov");
  private static final int VIDEO_ID = 11;

  private MediaAddresses() {}

  /**
   * The media at an address.
   *
   * @param key the key it stands under, which may say what it is
   */
  public static Media media(@Nullable String address, String key) {
    if (address == null || address.isBlank() || address.length() > 2_000) {
      return Media.NONE;
    }
    String youtube = youtube(address, key);
    if (youtube != null) {
      return new Media(youtube, null, null, null);
    }
    int query = address.indexOf('?');
    String path = (query < 0 ? address : address.substring(0, query)).toLowerCase(Locale.ROOT);
    if (AUDIO.stream().anyMatch(path::endsWith) || key.startsWith("audio") || key.equals("mp3")) {
      return new Media(null, address, null, null);
    }
    if (VIDEO.stream().anyMatch(path::endsWith)) {
      return new Media(null, null, address, null);
    }
    boolean web = path.startsWith("http://") || path.startsWith("https://");
    return web ? new Media(null, null, null, address) : Media.NONE;
  }

  /** The id in {@code youtube.com/watch?v=ID}, {@code youtu.be/ID} and the like; or null. */
  private static @Nullable String youtube(String address, String key) {
    if ((key.equals("youtube") || key.equals("video_id")) && isVideoId(address)) {
      return address;
    }
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException noAddress) {
      return null;
    }
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String id = null;
    if (host.equals("youtu.be")) {
      id = path.length() > 1 ? path.substring(1) : null;
    } else if (host.equals("youtube.com")
        || host.endsWith(".youtube.com")
        || host.equals("www.youtube-nocookie.com")) {
      for (String prefix : List.of("/embed/", "/live/", "/shorts/", "/v/")) {
        id = path.startsWith(prefix) ? path.substring(prefix.length()) : id;
      }
      String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      for (String parameter : query.split("&", -1)) {
        id = parameter.startsWith("v=") ? parameter.substring(2) : id;
      }
    }
    return id != null && isVideoId(id) ? id : null;
  }

  private static boolean isVideoId(String text) {
    if (text.length() != VIDEO_ID) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7F || !(Character.isLetterOrDigit(c) || c == '-' || c == '_')) {
        return false;
      }
    }
    return true;
  }
}
