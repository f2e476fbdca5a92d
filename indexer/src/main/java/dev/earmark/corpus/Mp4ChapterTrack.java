package dev.earmark.corpus;

import dev.earmark.source.time.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One track of an MP4 file, of which it is kept where its samples lie, when they are shown, and
 * which tracks it names as its chapters. The samples of a track of chapters are their titles.
 *
 * @see <a
 *     href="https://developer.apple.com/documentation/quicktime-file-format/chapter_lists">QuickTime
 *     File Format, chapter lists</a>
 */
final class Mp4ChapterTrack {
  private static final int LONGEST_TITLE = 2_000;

  /** A table of a track: where its rows begin, how many there are, how wide one is. */
  private record Table(long at, long count, int width) {}

  private final FileBytes file;
  private long id = -1;
  private long scale;
  private long delay;
  private final Set<Long> chapterTracks = new HashSet<>();
  private @Nullable Table durations;
  private @Nullable Table runs;
  private @Nullable Table sizes;
  private @Nullable Table chunks;
  private long sameSize;

  Mp4ChapterTrack(FileBytes file) {
    this.file = file;
  }

  /** Takes one of the boxes within a track; those that say nothing of chapters are passed over. */
  void box(String type, long body, long end) throws IOException {
    switch (type) {
      case "tkhd" -> id = number(body + (isWide(body) ? 20 : 12));
      case "mdhd" -> scale = number(body + (isWide(body) ? 20 : 12));
      case "elst" -> delay(body);
      case "chap" -> {
        for (long at = body; at + 4 <= end && chapterTracks.size() < 100; at += 4) {
          chapterTracks.add(number(at));
        }
      }
      case "stts" -> durations = table(body + 4, 8, end);
      case "stsc" -> runs = table(body + 4, 12, end);
      case "stco" -> chunks = table(body + 4, 4, end);
      case "co64" -> chunks = table(body + 4, 8, end);
      case "stsz" -> {
        sameSize = number(body + 4);
        sizes = sameSize > 0 ? new Table(0, number(body + 8), 0) : table(body + 8, 4, end);
      }
      default -> {
        // Says nothing of chapters.
      }
    }
  }

  long id() {
    return id;
  }

  /** Units a second. */
  long scale() {
    return scale;
  }

  boolean isChaptersOf(Mp4ChapterTrack other) {
    return other.chapterTracks.contains(id);
  }

  private boolean isWide(long body) throws IOException {
    return file.at(body, 1).get() == 1;
  }

  private long number(long at) throws IOException {
    return Integer.toUnsignedLong(file.at(at, 4).getInt());
  }

  /** A stretch of nothing at the beginning, in the scale of the film. */
  private void delay(long body) throws IOException {
    boolean wide = isWide(body);
    if (number(body + 4) > 0) {
      ByteBuffer first = file.at(body + 8, wide ? 16 : 8);
      long length = wide ? first.getLong() : Integer.toUnsignedLong(first.getInt());
      long mediaTime = wide ? first.getLong() : first.getInt();
      delay = mediaTime == -1 ? length : 0;
    }
  }

  /** A table whose count stands at a position, its rows behind it; never beyond its box. */
  private Table table(long at, int width, long end) throws IOException {
    long count = Math.min(number(at), (end - at - 4) / width);
    return new Table(at + 4, Math.max(0, count), width);
  }

  /**
   * Reads the titles.
   *
   * @param filmScale units a second of the whole file
   */
  void read(RecordingTags tags, long filmScale) throws IOException {
    Table its = sizes;
    Table of = chunks;
    Table in = runs;
    if (its == null || of == null || in == null || durations == null || scale <= 0) {
      return;
    }
    double start = filmScale > 0 ? delay * 1000.0 / filmScale : 0;
    Durations times = new Durations(durations);
    long sample = 0;
    long run = 0;
    for (long chunk = 0; chunk < of.count && sample < its.count; chunk++) {
      while (run + 1 < in.count && number(in.at + (run + 1) * in.width) <= chunk + 1) {
        run++;
      }
      long at = of.width == 8 ? file.at(of.at + chunk * 8, 8).getLong() : number(of.at + chunk * 4);
      long perChunk = in.count == 0 ? 0 : number(in.at + run * in.width + 4);
      for (long i = 0; i < perChunk && sample < its.count; i++) {
        if (sample >= RecordingTags.MOST_CHAPTERS) {
          return;
        }
        long size = sameSize > 0 ? sameSize : number(its.at + sample * its.width);
        double length = times.next() * 1000.0 / scale;
        tags.chapter(Math.round(start), Times.NONE, title(at, size));
        start += length;
        at += size;
        sample++;
      }
    }
  }

  /** The durations of samples, of which the table says how often each comes. */
  private final class Durations {
    private final Table table;
    private long row = -1;
    private long left;
    private long duration;

    Durations(Table table) {
      this.table = table;
    }

    long next() throws IOException {
      while (left == 0 && row + 1 < table.count) {
        row++;
        left = number(table.at + row * table.width);
        duration = number(table.at + row * table.width + 4);
      }
      left = Math.max(0, left - 1);
      return duration;
    }
  }

  /** A text sample: its length in bytes, the text, boxes that say how it is shown. */
  private String title(long at, long size) throws IOException {
    if (size < 2 || at < 0 || at > file.size() - 2) {
      return "";
    }
    int length = file.at(at, 2).getShort() & 0xFFFF;
    ByteBuffer text = file.upTo(at + 2, Math.min(Math.min(length, size - 2), LONGEST_TITLE));
    boolean wide =
        text.remaining() >= 2
            && (text.getShort(0) == (short) 0xFEFF || text.getShort(0) == (short) 0xFFFE);
    Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    return charset.decode(text).toString();
  }
}
