package dev.earmark.corpus;

import dev.earmark.source.time.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An ID3v2 tag (ID3v2.2 to 2.4) at the beginning of a file: its text frames, its chapters, and its
 * picture if that is asked for.
 *
 * <p>Frame by frame only what is needed is read, so pictures of any size may stand between. Of the
 * chapters ({@code CHAP}) the title counts; the table of contents ({@code CTOC}) gives an order
 * that their times give as well, and is not read.
 *
 * @see <a href="https://id3.org/id3v2.4.0-structure">ID3v2.4.0</a>
 * @see <a href="https://id3.org/id3v2-chapters-1.0">ID3v2 Chapter Frame Addendum</a>
 */
final class Id3Tag {
  private static final int MOST_FRAMES = 20_000;
  private static final int LONGEST_TEXT = 8_000;
  private static final int LONGEST_NAME = 1_000;
  private static final long NO_TIME = 0xFFFFFFFFL;
  private static final int CHAPTER_TIMES = 16;

  /** Bytes of the tag at a position; fewer than asked for where it ends. */
  private interface Bytes {
    ByteBuffer upTo(long position, long length) throws IOException;
  }

  private final int version;
  private final RecordingTags tags;
  private Bytes bytes;
  private int frames;

  private Id3Tag(Bytes bytes, int version, RecordingTags tags) {
    this.bytes = bytes;
    this.version = version;
    this.tags = tags;
  }

  /** Reads the tag at a position, mostly the beginning; where it ends. */
  static long read(FileBytes file, long at, RecordingTags tags) throws IOException {
    ByteBuffer head = file.at(at, 10);
    int version = head.get(3);
    int flags = head.get(5);
    long size = synchsafe(head.getInt(6));
    Id3Tag tag =
        new Id3Tag(
            (position, length) ->
                length > FileBytes.MOST && tags.wantsPicture()
                    ? file.pictureAt(position, length)
                    : file.upTo(position, length),
            version,
            tags);
    long from = at + 10;
    long to = Math.min(from + size, file.size());
    if ((flags & 0x80) != 0 && version < 4) {
      byte[] whole =
          synchronised(
              tags.wantsPicture()
                  ? file.pictureAt(from, Math.min(to - from, ThumbnailMaker.MOST_BYTES))
                  : file.upTo(from, size));
      tag.bytes =
          (position, length) ->
              ByteBuffer.wrap(
                      whole,
                      (int) Math.min(position, whole.length),
                      (int) Math.clamp(length, 0, Math.max(0, whole.length - position)))
                  .slice();
      from = 0;
      to = whole.length;
    }
    if ((flags & 0x40) != 0 && version > 2 && to - from > 4) {
      int extended = tag.bytes.upTo(from, 4).getInt();
      long skip = version == 4 ? synchsafe(extended) : extended + 4L;
      from += skip > 0 && skip < to - from ? skip : 0;
    }
    tag.frames(from, to, null);
    return at + 10 + size + ((flags & 0x10) != 0 ? 10 : 0);
  }

  /** A chapter whose frames are being read. */
  private static final class Chapter {
    private String title = "";
  }

  private void frames(long from, long to, @Nullable Chapter chapter) throws IOException {
    int headSize = version == 2 ? 6 : 10;
    long at = from;
    while (to - at > headSize && frames++ < MOST_FRAMES) {
      ByteBuffer head = bytes.upTo(at, headSize);
      if (head.remaining() < headSize || head.get(0) == 0) {
        return;
      }
      String id = FileBytes.ascii(head.slice(0, version == 2 ? 3 : 4));
      long length;
      int flags = 0;
      if (version == 2) {
        length = head.getInt(2) & 0xFFFFFF;
      } else {
        int stated = head.getInt(4);
        length = version == 4 ? synchsafe(stated) : Integer.toUnsignedLong(stated);
        flags = head.get(9);
      }
      at += headSize;
      if (length > to - at) {
        return;
      }
      frame(id, at, at + length, flags, chapter);
      at += length;
    }
  }

  private void frame(String id, long from, long to, int flags, @Nullable Chapter chapter)
      throws IOException {
    // A frame of version 4 may begin with its length before it was packed.
    long start = version == 4 && (flags & 1) != 0 ? from + 4 : from;
    boolean packed = version == 4 && (flags & 2) != 0;
    if (id.equals("CHAP") && chapter == null) {
      chapter(start, to);
      return;
    }
    if (chapter == null && (id.equals("APIC") || id.equals("PIC")) && tags.wantsPicture()) {
      boolean sealed = version == 4 ? (flags & 0x0C) != 0 : version == 3 && (flags & 0xC0) != 0;
      if (!sealed && to - start <= ThumbnailMaker.MOST_BYTES) {
        ByteBuffer value = bytes.upTo(start, to - start);
        picture(packed ? ByteBuffer.wrap(synchronised(value)) : value);
      }
      return;
    }
    String name = name(id);
    if (name.isEmpty() || to - start < 2) {
      return;
    }
    ByteBuffer value = bytes.upTo(start, Math.min(to - start, LONGEST_TEXT));
    String text = text(packed ? ByteBuffer.wrap(synchronised(value)) : value);
    if (chapter == null) {
      tags.put(name, text);
    } else if (name.equals("title")) {
      chapter.title = text;
    }
  }

  /** An element's name, its start and end in milliseconds and in bytes, and frames of its own. */
  private void chapter(long from, long to) throws IOException {
    ByteBuffer head = bytes.upTo(from, Math.min(to - from, LONGEST_NAME));
    while (head.hasRemaining() && head.get() != 0) {
      // The name only tells the chapters apart.
    }
    if (head.remaining() < CHAPTER_TIMES) {
      return;
    }
    long times = from + head.position();
    long start = Integer.toUnsignedLong(head.getInt());
    long end = Integer.toUnsignedLong(head.getInt());
    Chapter chapter = new Chapter();
    frames(times + CHAPTER_TIMES, to, chapter);
    if (start != NO_TIME) {
      tags.chapter(start, end == NO_TIME || end <= start ? Times.NONE : end, chapter.title);
    }
  }

  /** An encoding, the form of the picture, its type, a description, and the picture. */
  private void picture(ByteBuffer frame) {
    if (frame.remaining() < 6) {
      return;
    }
    int encoding = frame.get();
    if (version == 2) {
      frame.position(frame.position() + 3);
    } else {
      while (frame.hasRemaining() && frame.get() != 0) {
        // The bytes of the picture tell its form better.
      }
    }
    if (!frame.hasRemaining()) {
      return;
    }
    int type = frame.get();
    boolean wide = encoding == 1 || encoding == 2;
    while (frame.remaining() >= 2) {
      if ((wide ? frame.getShort() : frame.get()) == 0) {
        byte[] picture = new byte[frame.remaining()];
        frame.get(picture);
        tags.picture(type, picture);
        return;
      }
    }
  }

  private static String name(String id) {
    return switch (id) {
      case "TIT2", "TT2" -> "title";
      case "TALB", "TAL" -> "album";
      case "TDRL", "TDRC" -> "date";
      case "TYER", "TYE" -> "year";
      case "TDAT", "TDA" -> "day";
      case "TRCK", "TRK" -> "track";
      default -> "";
    };
  }

  private static String text(ByteBuffer value) {
    if (!value.hasRemaining()) {
      return "";
    }
    Charset charset =
        switch (value.get()) {
          case 1 -> StandardCharsets.UTF_16;
          case 2 -> StandardCharsets.UTF_16BE;
          case 3 -> StandardCharsets.UTF_8;
          default -> Charset.forName("windows-1252");
        };
    String text = charset.decode(value).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The bytes without the zeros that keep them from looking like audio. */
  private static byte[] synchronised(ByteBuffer bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.remaining());
    int before = 0;
    while (bytes.hasRemaining()) {
      int next = bytes.get() & 0xFF;
      if (before != 0xFF || next != 0) {
        out.write(next);
      }
      before = next;
    }
    return out.toByteArray();
  }

  private static long synchsafe(int stated) {
    return (long) (stated & 0x7F)
        | (stated >>> 8 & 0x7F) << 7
        | (stated >>> 16 & 0x7F) << 14
        | (stated >>> 24 & 0x7F) << 21;
  }
}
