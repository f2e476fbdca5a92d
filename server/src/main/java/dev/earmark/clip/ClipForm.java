package dev.earmark.clip;

import dev.earmark.index.MediaFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A form in which a clip can be written, with how ffmpeg is asked for it.
 *
 * <p>MP3 and AAC come in frames of so many samples, and a clip is as long as its frames: at 48 kHz
 * that is less than a twentieth of a second longer than what was asked for, at 8 kHz a fifth.
 */
public enum ClipForm {
  MP3("audio/mpeg", false, List.of("-c:a", "libmp3lame", "-ar", "48000", "-q:a", "2", "-f", "mp3")),
  M4A("audio/mp4", false, List.of("-c:a", "aac", "-ar", "48000", "-b:a", "160k", "-f", "ipod")),
  OGG("audio/ogg", false, List.of("-c:a", "libvorbis", "-q:a", "5", "-f", "ogg")),
  FLAC("audio/flac", false, List.of("-c:a", "flac", "-f", "flac")),
  WAV("audio/wav", false, List.of("-c:a", "pcm_s16le", "-f", "wav")),
  MP4(
      "video/mp4",
      true,
      List.of(
          "-c:v",
          "libx264",
          "-preset",
          "veryfast",
          "-crf",
          "21",
          "-pix_fmt",
          "yuv420p",
          // The format takes even sizes only.
          "-vf",
          "crop=trunc(iw/2)*2:trunc(ih/2)*2",
          "-c:a",
          "aac",
          "-ar",
          "48000",
          "-b:a",
          "160k",
          "-movflags",
          "+faststart",
          "-f",
          "mp4")),
  WEBM(
      "video/webm",
      true,
      List.of(
          "-c:v",
          "libvpx",
          "-deadline",
          "realtime",
          "-cpu-used",
          "8",
          "-b:v",
          "2M",
          "-c:a",
          "libvorbis",
          "-q:a",
          "5",
          "-f",
          "webm"));

  private final String mediaType;
  private final boolean video;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> encoding;

  ClipForm(String mediaType, boolean video, List<String> encoding) {
    this.mediaType = mediaType;
    this.video = video;
    this.encoding = encoding;
  }

  /** The name in commands and addresses, and the ending of files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String mediaType() {
    return mediaType;
  }

  /** Whether it has a picture. */
  public boolean isVideo() {
    return video;
  }

  /** What ffmpeg is told of the output. */
  List<String> encoding() {
    return encoding;
  }

  /** The form of this name. */
  public static Optional<ClipForm> of(String id) {
    return Arrays.stream(values()).filter(form -> form.id().equals(id)).findFirst();
  }

  /** The names of all forms, as a message lists them. */
  public static String names() {
    return Arrays.stream(values()).map(ClipForm::id).collect(Collectors.joining(", "));
  }

  /** The form that is most like that of a file. */
  public static ClipForm like(MediaFile file) {
    return switch (file.extension()) {
      case "m4a", "m4b", "aac" -> M4A;
      case "ogg", "oga", "opus", "weba" -> OGG;
      case "flac" -> FLAC;
      case "wav", "aif", "aiff", "aifc" -> WAV;
      case "webm", "ogv" -> WEBM;
      default -> file.mediaType().startsWith("video/") ? MP4 : MP3;
    };
  }
}
