package dev.earmark.corpus;

import dev.earmark.source.time.Times;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The boxes of an MP4 or QuickTime file that say how long it is ({@code moov/mvhd}; of one in
 * fragments {@code mehd}, or the fragments themselves), what it is called ({@code
 * moov/udta/meta/ilst}, or texts in {@code moov/udta}) and what its chapters are: those of a track
 * that another names as its chapters, else those of Nero's list ({@code moov/udta/chpl}).
 *
 * @see <a href="https://www.iso.org/standard/83102.html">ISO/IEC 14496-12</a>
 */
final class Mp4File {
  private static final int MOST_BOXES = 10_000;

  private final FileBytes file;
  private final RecordingTags tags;
  private final List<Mp4ChapterTrack> tracks = new ArrayList<>();
  private long scale;
  private long chapterListAt;
  private double seconds;

  /** How long all fragments are, in seconds; of the one being read: its place and its samples. */
  private double fragments;

  private long fragmentScale;
  private long fragmentAt;
  private long sampleLength;
  private int boxes;

  private Mp4File(FileBytes file, RecordingTags tags) {
    this.file = file;
    this.tags = tags;
  }

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    Mp4File mp4 = new Mp4File(file, tags);
    mp4.walk(0, file.size(), "");
    mp4.chapters();
    return mp4.seconds > 0 ? mp4.seconds : mp4.fragments;
  }

  private void walk(long from, long to, String within) throws IOException {
    long at = from;
    while (at + 8 <= to && boxes++ < MOST_BOXES) {
      ByteBuffer head = file.at(at, 8);
      long size = Integer.toUnsignedLong(head.getInt());
      String type = FileBytes.ascii(head);
      long body = at + 8;
      if (size == 1) {
        size = file.at(body, 8).getLong();
        body += 8;
      } else if (size == 0) {
        size = to - at;
      }
      // Compared without a sum, which could overflow.
      if (size < body - at || size > to - at) {
        return;
      }
      box(within, type, body, at + size);
      at += size;
    }
  }

  private void box(String within, String type, long body, long end) throws IOException {
    switch (within + "/" + type) {
      case "/moov",
          "/moov/mvex",
          "/moof",
          "/moof/traf",
          "/moov/udta",
          "/moov/udta/meta/ilst",
          "/moov/trak/tref",
          "/moov/trak/edts",
          "/moov/trak/mdia",
          "/moov/trak/mdia/minf",
          "/moov/trak/mdia/minf/stbl" ->
          walk(body, end, within + "/" + type);
      case "/moov/trak" -> {
        tracks.add(new Mp4ChapterTrack(file));
        walk(body, end, within + "/" + type);
      }
      // The metadata box has a version before its boxes.
      case "/moov/udta/meta" -> walk(body + 4, end, within + "/" + type);
      case "/moov/mvhd" -> seconds = header(body);
      case "/moov/udta/chpl" -> chapterListAt = body;
      case "/moov/mvex/mehd" -> {
        boolean wide = file.at(body, 1).get() == 1;
        ByteBuffer length = file.at(body + 4, wide ? 8 : 4);
        long units = wide ? length.getLong() : Integer.toUnsignedLong(length.getInt());
        fragments = scale > 0 ? units / (double) scale : 0;
      }
      case "/moof/traf/tfhd" -> fragmentOf(body);
      case "/moof/traf/tfdt" -> {
        boolean wide = file.at(body, 1).get() == 1;
        ByteBuffer time = file.at(body + 4, wide ? 8 : 4);
        fragmentAt = wide ? time.getLong() : Integer.toUnsignedLong(time.getInt());
      }
      case "/moof/traf/trun" -> run(body, end);
      default -> {
        if (within.startsWith("/moov/trak") && !tracks.isEmpty()) {
          tracks.getLast().box(type, body, end);
        }
        if (within.equals("/moov/udta") && end - body > 4) {
          // QuickTime: a length, a language, a text.
          int length = file.at(body, 2).getShort() & 0xFFFF;
          if (!name(type).isEmpty() && !type.equals("trkn") && length <= end - body - 4) {
            value(name(type), body + 4, body + 4 + length);
          }
        }
        String name = within.endsWith("/ilst") ? name(type) : "";
        if (!name.isEmpty() && end - body > 16 && file.hasAt(body + 4, "data")) {
          value(name, body + 16, end);
        }
        if (within.endsWith("/ilst") && type.equals("covr") && tags.wantsPicture()) {
          cover(body, end);
        }
      }
    }
  }

  /** The head of a fragment of a track: whose it is, and how long its samples usually are. */
  private void fragmentOf(long body) throws IOException {
    int flags = file.at(body, 4).getInt() & 0xFFFFFF;
    long track = Integer.toUnsignedLong(file.at(body + 4, 4).getInt());
    fragmentScale = 0;
    fragmentAt = 0;
    for (Mp4ChapterTrack one : tracks) {
      fragmentScale = one.id() == track ? one.scale() : fragmentScale;
    }
    long at = body + 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
    sampleLength = (flags & 8) != 0 ? Integer.toUnsignedLong(file.at(at, 4).getInt()) : 0;
  }

  /** A run of samples: it ends when all of them have been shown. */
  private void run(long body, long end) throws IOException {
    int flags = file.at(body, 4).getInt() & 0xFFFFFF;
    long count = Integer.toUnsignedLong(file.at(body + 4, 4).getInt());
    long at = body + 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
    int width = 4 * Integer.bitCount(flags & 0xF00);
    if ((flags & 0x100) == 0) {
      fragmentAt += Math.min(count, Integer.MAX_VALUE) * sampleLength;
    } else {
      for (long i = 0; i < count && at + width <= end; i++) {
        fragmentAt += Integer.toUnsignedLong(file.at(at, 4).getInt());
        at += width;
      }
    }
    if (fragmentScale > 0) {
      fragments = Math.max(fragments, fragmentAt / (double) fragmentScale);
    }
  }

  private double header(long body) throws IOException {
    boolean wide = file.at(body, 1).get() == 1;
    ByteBuffer values = file.at(body + (wide ? 20 : 12), wide ? 12 : 8);
    scale = Integer.toUnsignedLong(values.getInt());
    long length = wide ? values.getLong() : Integer.toUnsignedLong(values.getInt());
    return scale == 0 || length == 0xFFFFFFFFL ? 0 : length / (double) scale;
  }

  /** Damage among the chapters costs no more than them. */
  private void chapters() throws IOException {
    try {
      for (Mp4ChapterTrack track : tracks) {
        if (!tags.hasChapters() && tracks.stream().anyMatch(track::isChaptersOf)) {
          track.read(tags, scale);
        }
      }
      if (!tags.hasChapters() && chapterListAt > 0) {
        chapterList();
      }
    } catch (EOFException | BufferUnderflowException damaged) {
      // Those before it are kept.
    }
  }

  /** Nero's list: a count, then the start of each in units of 100 ns, and its title. */
  private void chapterList() throws IOException {
    boolean reserved = file.at(chapterListAt, 1).get() != 0;
    long at = chapterListAt + (reserved ? 8 : 4);
    int count = file.at(at, 1).get() & 0xFF;
    at++;
    for (int i = 0; i < count; i++) {
      ByteBuffer entry = file.at(at, 9);
      long start = entry.getLong();
      int length = entry.get() & 0xFF;
      String title = StandardCharsets.UTF_8.decode(file.at(at + 9, length)).toString();
      tags.chapter(start / 10_000, Times.NONE, title);
      at += 9 + length;
    }
  }

  private void value(String name, long from, long end) throws IOException {
    ByteBuffer bytes = file.upTo(from, Math.min(end - from, 4_000));
    tags.put(
        name,
        name.equals("track")
            ? (bytes.remaining() >= 4 ? Integer.toString(bytes.getShort(2)) : "")
            : StandardCharsets.UTF_8.decode(bytes).toString());
  }

  /** The first picture of the cover: a length, "data", a type and a place, and the bytes. */
  private void cover(long body, long end) throws IOException {
    if (end - body > 16 && file.hasAt(body + 4, "data")) {
      long size = Integer.toUnsignedLong(file.at(body, 4).getInt());
      if (size > 16 && size <= end - body && size <= ThumbnailMaker.MOST_BYTES) {
        tags.picture(RecordingTags.FRONT, file.pictureAt(body + 16, size - 16).array());
      }
    }
  }

  private static String name(String type) {
    return switch (type) {
      case "\u00a9nam" -> "title";
      case "\u00a9alb" -> "album";
      case "\u00a9day" -> "date";
      case "trkn" -> "track";
      default -> "";
    };
  }
}
