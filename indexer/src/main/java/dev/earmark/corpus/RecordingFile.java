package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a recording say: how long it is, its tags and its chapters.
 *
 * <p>Read are MPEG audio and AAC with ID3 tags, MP4 and QuickTime, Ogg (Vorbis and Opus), WAVE and
 * AVI, AIFF, FLAC, WebM and Matroska, and Windows Media, told apart by their first bytes, whatever
 * the name says. Only headers are read, but for audio of a varying rate without a header that gives
 * its length, whose frames are counted. Every length in a file is held against the file before it
 * is believed.
 *
 * @param durationMs how long it is; null if it does not say
 * @param tags by the keys {@code title}, {@code album}, {@code date}, {@code track}, and chapters
 */
record RecordingFile(@Nullable Long durationMs, RecordingTags tags) {
  private static final Set<String> AUDIO =
      Set.of(
          "mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "wav", "flac", "mka", "weba", "aif",
          "aiff", "aifc", "wma");
  private static final Set<String> VIDEO =
      Set.of("mp4", "m4v", "mov", "webm", "mkv", "ogv", "avi", "wmv");

  /** Longer than any recording; a length beyond it is an error of the file. */
  static final long LONGEST_MS = 1_000L * 3_600_000;

  static boolean isAudio(Path file) {
    return AUDIO.contains(extension(file));
  }

  static boolean isVideo(Path file) {
    return VIDEO.contains(extension(file));
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the headers of a recording.
   *
   * @throws IOException if it is no recording, is damaged or cannot be read, saying which
   */
  static RecordingFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      FileBytes bytes = FileBytes.of(channel);
      if (bytes.size() == 0) {
        throw new IOException("it is empty");
      }
      RecordingTags tags = new RecordingTags();
      long millis = Math.round(seconds(bytes, tags) * 1000);
      boolean known = millis > 0 && millis < LONGEST_MS;
      return new RecordingFile(known ? millis : null, tags);
    } catch (BufferUnderflowException e) {
      throw new IOException("it ends early, or a length in it is wrong", e);
    }
  }

  /**
   * The picture that its tags hold; null if they hold none.
   *
   * @throws IOException if its headers cannot be read, saying why
   */
  static byte @Nullable [] picture(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      FileBytes bytes = FileBytes.of(channel);
      RecordingTags tags = new RecordingTags(true);
      if (bytes.hasAt(0, "ID3") && bytes.size() > 10) {
        // What comes behind the tag is not read: of some files every frame would be counted.
        var unused = Id3Tag.read(bytes, 0, tags);
      } else if (!bytes.hasAt(0, "\u00ff") && bytes.size() > 0) {
        var unused = seconds(bytes, tags);
      }
      return tags.picture();
    } catch (BufferUnderflowException e) {
      throw new IOException("it ends early, or a length in it is wrong", e);
    }
  }

  private static double seconds(FileBytes bytes, RecordingTags tags) throws IOException {
    if (bytes.hasAt(4, "ftyp") || bytes.hasAt(4, "moov") || bytes.hasAt(4, "wide")) {
      return Mp4File.seconds(bytes, tags);
    }
    if (bytes.hasAt(0, "OggS")) {
      return OggFile.seconds(bytes, tags);
    }
    if (bytes.hasAt(0, "RIFF") && (bytes.hasAt(8, "WAVE") || bytes.hasAt(8, "AVI "))) {
      return RiffFile.seconds(bytes, tags);
    }
    if (bytes.hasAt(0, "FORM") && bytes.hasAt(8, "AIF")) {
      return AiffFile.seconds(bytes, tags);
    }
    if (bytes.size() > 16 && AsfFile.guid(bytes, 0).equals(AsfFile.HEADER)) {
      return AsfFile.seconds(bytes, tags);
    }
    if (bytes.hasAt(0, "fLaC")) {
      return FlacFile.seconds(bytes, tags);
    }
    if (bytes.hasAt(0, "\u001aE\u00df\u00a3")) {
      return WebmFile.seconds(bytes, tags);
    }
    double seconds = Mp3File.seconds(bytes, tags);
    if (seconds <= 0) {
      throw new IOException("it is not a recording of a known kind");
    }
    return seconds;
  }

  /** The fields that length and tags fill; an album is taken for the show. */
  EpisodeFields fields() {
    return EpisodeFields.builder()
        .title(tags.get("title"))
        .show(tags.get("album"))
        .number(number(tags.get("track")))
        .date(date(tags.get("date") != null ? tags.get("date") : dayOfYear()))
        .durationMs(durationMs)
        .build();
  }

  private static @Nullable Integer number(@Nullable String track) {
    String first = track == null ? "" : track.split("/", 2)[0].strip();
    return first.matches("[1-9]\\d{0,4}") ? Integer.valueOf(first) : null;
  }

  /** The date as tags before ID3v2.4 have it: the year, then day and month as four digits. */
  private @Nullable String dayOfYear() {
    String year = tags.get("year");
    String day = tags.get("day");
    return year == null || day == null || !day.matches("\\d{4}")
        ? null
        : year + '-' + day.substring(2) + '-' + day.substring(0, 2);
  }

  /** A whole date; a year alone is none. */
  private static @Nullable LocalDate date(@Nullable String text) {
    try {
      return text == null || text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  /** The chapters that its tags tell. */
  List<Moment> chapters() {
    return tags.chapters(durationMs);
  }
}
