package dev.earmark.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ogg with Vorbis or Opus: the position that its last page gives (RFC 3533; Opus counts at 48 kHz
 * and from a pre-skip, RFC 7845), and its comments.
 */
final class OggFile {
  private static final int HEAD = 16 << 10;
  private static final int OPUS_HERTZ = 48_000;
  private static final int PAGE_HEAD = 27;
  private static final int MOST_PAGES = 2_000;

  /** A picture, as Base64 writes it, and texts. */
  private static final int MOST_COMMENTS = ThumbnailMaker.MOST_BYTES / 3 * 4 + (1 << 20);

  private OggFile() {}

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    ByteBuffer start = file.upTo(0, HEAD).order(ByteOrder.LITTLE_ENDIAN);
    String text = FileBytes.ascii(start.duplicate());
    int opus = text.indexOf("OpusHead");
    int vorbis = text.indexOf("\u0001vorbis");
    ByteBuffer comments = commentPacket(file);
    if (comments != null) {
      comments(comments, 0, opus >= 0 ? 8 : 7, tags);
    } else {
      // Of damaged pages what stands in one piece is read.
      comments(start, text.indexOf("OpusTags"), 8, tags);
      comments(start, text.indexOf("\u0003vorbis"), 7, tags);
    }
    long rate = opus >= 0 ? OPUS_HERTZ : vorbis >= 0 ? start.getInt(vorbis + 12) : 0;
    long skip = opus >= 0 ? start.getShort(opus + 10) & 0xFFFF : 0;
    long tailAt = Math.max(0, file.size() - (128 << 10));
    ByteBuffer tail = file.upTo(tailAt, 128 << 10).order(ByteOrder.LITTLE_ENDIAN);
    int last = FileBytes.ascii(tail.duplicate()).lastIndexOf("OggS");
    if (rate <= 0 || last < 0 || last + 14 > tail.limit()) {
      return 0;
    }
    return (tail.getLong(last + 6) - skip) / (double) rate;
  }

  /**
   * The packet that holds the comments, from all the pages that it runs over: with a picture in it,
   * it is long. Null if there is none.
   */
  private static @Nullable ByteBuffer commentPacket(FileBytes file) throws IOException {
    Map<Integer, ByteArrayOutputStream> packets = new HashMap<>();
    long at = 0;
    for (int page = 0; page < MOST_PAGES && file.hasAt(at, "OggS"); page++) {
      ByteBuffer head = file.littleEndianAt(at, PAGE_HEAD);
      int stream = head.getInt(14);
      int segments = head.get(26) & 0xFF;
      ByteBuffer table = file.at(at + PAGE_HEAD, segments);
      at += PAGE_HEAD + segments;
      ByteArrayOutputStream packet =
          packets.computeIfAbsent(stream, key -> new ByteArrayOutputStream());
      for (int segment = 0; segment < segments; segment++) {
        int length = table.get(segment) & 0xFF;
        packet.writeBytes(file.at(at, length).array());
        at += length;
        if (packet.size() > MOST_COMMENTS) {
          return null;
        }
        if (length < 255) {
          ByteBuffer whole = ByteBuffer.wrap(packet.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
          String magic = FileBytes.ascii(whole.slice(0, Math.min(8, whole.limit())));
          if (magic.equals("OpusTags") || magic.startsWith("\u0003vorbis")) {
            return whole;
          }
          packet.reset();
        }
      }
    }
    return null;
  }

  /** Reads Vorbis comments: a vendor, a count, then NAME=value, each behind its length. */
  static void comments(ByteBuffer bytes, int magicAt, int magic, RecordingTags tags) {
    if (magicAt < 0) {
      return;
    }
    int at = magicAt + magic;
    if (at + 4 > bytes.limit()) {
      return;
    }
    long next = at + 4L + Integer.toUnsignedLong(bytes.getInt(at));
    if (next + 4 > bytes.limit()) {
      return;
    }
    long count = Integer.toUnsignedLong(bytes.getInt((int) next));
    next += 4;
    for (long i = 0; i < count && next + 4 <= bytes.limit(); i++) {
      long length = Integer.toUnsignedLong(bytes.getInt((int) next));
      if (next + 4 + length > bytes.limit()) {
        return;
      }
      byte[] value = new byte[(int) length];
      bytes.get((int) next + 4, value);
      comment(new String(value, StandardCharsets.UTF_8), tags);
      next += 4 + length;
    }
  }

  /** A picture as FLAC has it, in Base64; damage costs no more than it. */
  private static void picture(String value, RecordingTags tags) {
    try {
      FlacFile.picture(ByteBuffer.wrap(Base64.getMimeDecoder().decode(value)), tags);
    } catch (IllegalArgumentException | BufferUnderflowException damaged) {
      // The comments after it are read.
    }
  }

  private static void comment(String comment, RecordingTags tags) {
    int equals = comment.indexOf('=');
    if (equals < 0) {
      return;
    }
    String value = comment.substring(equals + 1);
    if (tags.chapterComment(comment.substring(0, equals), value)) {
      return;
    }
    switch (comment.substring(0, equals).toLowerCase(Locale.ROOT)) {
      case "title" -> tags.put("title", value);
      case "album" -> tags.put("album", value);
      case "date" -> tags.put("date", value);
      case "tracknumber" -> tags.put("track", value);
      case "metadata_block_picture" -> {
        if (tags.wantsPicture()) {
          picture(value, tags);
        }
      }
      default -> {
        // Other comments say nothing of the episode.
      }
    }
  }
}
