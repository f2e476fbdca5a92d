package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * RIFF: of WAVE the size of its data and how many bytes of it make a second, of AVI how many frames
 * it has and how long each is shown; the tags, as a list of information or as an ID3 tag, before
 * the data or behind it.
 */
final class RiffFile {
  private static final int MOST_CHUNKS = 1_000;
  private static final int LONGEST_TEXT = 2_000;

  private RiffFile() {}

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    long perSecond = 0;
    double seconds = 0;
    long at = 12;
    for (int chunk = 0; chunk < MOST_CHUNKS && at + 8 <= file.size(); chunk++) {
      ByteBuffer head = file.littleEndianAt(at, 8);
      long size = Integer.toUnsignedLong(head.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
      if (file.hasAt(at, "fmt ") && size >= 16) {
        perSecond = Integer.toUnsignedLong(file.littleEndianAt(at + 16, 4).getInt());
      } else if (file.hasAt(at, "data")) {
        // A recorder that was cut off leaves the size as zero or as the largest there is.
        long rest = file.size() - at - 8;
        long data = size == 0 || size > rest ? rest : size;
        seconds = perSecond == 0 ? 0 : data / (double) perSecond;
        if (data == rest) {
          return seconds;
        }
      } else if (file.hasAt(at, "LIST") && file.hasAt(at + 12, "avih")) {
        ByteBuffer header = file.littleEndianAt(at + 20, 20);
        double microseconds = Integer.toUnsignedLong(header.getInt(0));
        seconds = microseconds * Integer.toUnsignedLong(header.getInt(16)) / 1e6;
      } else if (file.hasAt(at, "LIST") && file.hasAt(at + 8, "INFO")) {
        information(file, at + 12, Math.min(at + 8 + size, file.size()), tags);
      } else if ((file.hasAt(at, "id3 ") || file.hasAt(at, "ID3 ")) && file.hasAt(at + 8, "ID3")) {
        var unused = Id3Tag.read(file, at + 8, tags);
      }
      at += 8 + size + (size & 1);
    }
    return seconds;
  }

  private static void information(FileBytes file, long from, long to, RecordingTags tags)
      throws IOException {
    long at = from;
    for (int chunk = 0; chunk < MOST_CHUNKS && at + 8 <= to; chunk++) {
      ByteBuffer head = file.littleEndianAt(at, 8);
      long size = Integer.toUnsignedLong(head.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
      String name =
          switch (FileBytes.ascii(head.slice(0, 4))) {
            case "INAM" -> "title";
            case "IPRD" -> "album";
            case "ICRD" -> "date";
            case "IPRT", "ITRK" -> "track";
            default -> "";
          };
      if (!name.isEmpty()) {
        byte[] bytes = new byte[(int) Math.min(LONGEST_TEXT, Math.min(size, to - at - 8))];
        file.at(at + 8, bytes.length).get(bytes);
        tags.put(name, text(bytes));
      }
      at += 8 + size + (size & 1);
    }
  }

  /** The standard says nothing of the encoding: it is UTF-8 if it can be. */
  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : new String(bytes, Charset.forName("windows-1252"));
  }
}
