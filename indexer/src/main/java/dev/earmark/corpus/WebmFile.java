package dev.earmark.corpus;

import dev.earmark.source.time.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * WebM and Matroska (RFC 9559): the {@code Duration}, {@code TimestampScale} and {@code Title} of
 * the {@code Info} element, and the chapters.
 *
 * <p>Chapters may stand behind the recording itself; the {@code SeekHead} says where. Of several
 * editions the default one counts, else the first that has chapters; what is hidden or disabled is
 * left out, chapters inside chapters count as well. A chapter in several languages has the title
 * that comes first.
 */
final class WebmFile {
  private static final int SEGMENT = 0x18538067;
  private static final int SEEK_HEAD = 0x114D9B74;
  private static final int SEEK = 0x4DBB;
  private static final int SEEK_ID = 0x53AB;
  private static final int SEEK_POSITION = 0x53AC;
  private static final int INFO = 0x1549A966;
  private static final int SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TITLE = 0x7BA9;
  private static final int CLUSTER = 0x1F43B675;
  private static final int CHAPTERS = 0x1043A770;
  private static final int EDITION = 0x45B9;
  private static final int EDITION_HIDDEN = 0x45BD;
  private static final int EDITION_DEFAULT = 0x45DB;
  private static final int ATOM = 0xB6;
  private static final int ATOM_START = 0x91;
  private static final int ATOM_END = 0x92;
  private static final int ATOM_HIDDEN = 0x98;
  private static final int ATOM_ENABLED = 0x4598;
  private static final int DISPLAY = 0x80;
  private static final int STRING = 0x85;

  private static final int MOST_ELEMENTS = 50_000;
  private static final int DEEPEST = 12;
  private static final int LONGEST_TEXT = 4_096;
  private static final long NANOS_A_MILLISECOND = 1_000_000;

  private final FileBytes file;
  private double scale = 1_000_000;
  private double duration;
  private String title = "";
  private int elements;
  private long segment;

  /** Where the SeekHead says that chapters are; -1 if it does not. */
  private long chaptersAt = -1;

  private long seekId;
  private boolean chaptersRead;
  private List<Chapter> taken = List.of();
  private Edition edition = new Edition();
  private Chapter chapter = new Chapter();

  /** A version of the chapters. */
  private static final class Edition {
    private final List<Chapter> chapters = new ArrayList<>();
    private boolean hidden;
    private boolean preferred;
  }

  private static final class Chapter {
    private long startNanos = -1;
    private long endNanos = -1;
    private boolean hidden;
    private String title = "";
  }

  private WebmFile(FileBytes file) {
    this.file = file;
  }

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    WebmFile webm = new WebmFile(file);
    webm.walk(0, file.size(), 0);
    if (!webm.chaptersRead && webm.chaptersAt >= 0) {
      webm.element(webm.segment + webm.chaptersAt, file.size(), 1);
    }
    tags.put("title", webm.title);
    for (Chapter each : webm.taken) {
      tags.chapter(
          each.startNanos < 0 ? -1 : each.startNanos / NANOS_A_MILLISECOND,
          each.endNanos < 0 ? Times.NONE : each.endNanos / NANOS_A_MILLISECOND,
          each.title);
    }
    return webm.duration * webm.scale / 1e9;
  }

  private void walk(long from, long to, int depth) throws IOException {
    long at = from;
    while (at >= 0 && at + 2 <= to && elements < MOST_ELEMENTS) {
      at = element(at, to, depth);
    }
  }

  /** Reads an element and says where the next begins; -1 if nothing behind it is wanted. */
  private long element(long at, long to, int depth) throws IOException {
    elements++;
    ByteBuffer head = file.upTo(at, Math.min(12, to - at));
    if (head.limit() < 2) {
      return -1;
    }
    int idLength = Integer.numberOfLeadingZeros(head.get(0) & 0xFF) - 23;
    if (idLength > 4 || idLength >= head.limit()) {
      return -1;
    }
    int id = (int) number(head, 0, idLength, false);
    int sizeLength = Integer.numberOfLeadingZeros(head.get(idLength) & 0xFF) - 23;
    if (sizeLength > 8 || idLength + sizeLength > head.limit()) {
      return -1;
    }
    long size = number(head, idLength, sizeLength, true);
    long body = at + idLength + sizeLength;
    boolean unknown = size == (1L << (7 * sizeLength)) - 1;
    long end = unknown || size > to - body ? to : body + size;
    if (id == CLUSTER && (unknown || chaptersAt >= 0 || chaptersRead)) {
      return -1;
    }
    if (isOpened(id)) {
      if (depth < DEEPEST) {
        open(id, body, end, depth);
      }
    } else if (end - body == size) {
      value(id, body, size);
    }
    return end;
  }

  private static boolean isOpened(int id) {
    return switch (id) {
      case SEGMENT, SEEK_HEAD, SEEK, INFO, CHAPTERS, EDITION, ATOM, DISPLAY -> true;
      default -> false;
    };
  }

  private void open(int id, long body, long end, int depth) throws IOException {
    switch (id) {
      case SEGMENT -> segment = body;
      case CHAPTERS -> chaptersRead = true;
      case EDITION -> edition = new Edition();
      default -> {
        // Nothing is kept of the others themselves.
      }
    }
    Chapter around = chapter;
    if (id == ATOM) {
      chapter = new Chapter();
      edition.chapters.add(chapter);
    }
    walk(body, end, depth + 1);
    if (id == ATOM) {
      if (chapter.hidden) {
        edition.chapters.remove(chapter);
      }
      chapter = around;
    } else if (id == EDITION && !edition.hidden && !edition.chapters.isEmpty()) {
      taken = taken.isEmpty() || edition.preferred ? List.copyOf(edition.chapters) : taken;
    }
  }

  private void value(int id, long body, long size) throws IOException {
    switch (id) {
      case SEEK_ID -> seekId = integer(body, size);
      case SEEK_POSITION -> {
        if (seekId == CHAPTERS) {
          chaptersAt = integer(body, size);
        }
      }
      case SCALE -> scale = integer(body, size);
      case DURATION -> {
        if (size == 4 || size == 8) {
          ByteBuffer value = file.at(body, size);
          duration = size == 4 ? value.getFloat() : value.getDouble();
        }
      }
      case TITLE -> title = text(body, size);
      case EDITION_HIDDEN -> edition.hidden = integer(body, size) == 1;
      case EDITION_DEFAULT -> edition.preferred = integer(body, size) == 1;
      case ATOM_START -> chapter.startNanos = integer(body, size);
      case ATOM_END -> chapter.endNanos = integer(body, size);
      case ATOM_HIDDEN -> chapter.hidden |= integer(body, size) == 1;
      case ATOM_ENABLED -> chapter.hidden |= integer(body, size) == 0;
      case STRING -> chapter.title = chapter.title.isEmpty() ? text(body, size) : chapter.title;
      default -> {
        // The recording itself, and what says nothing of the episode.
      }
    }
  }

  /** An unsigned integer of at most eight bytes; -1 if it is longer or too large. */
  private long integer(long body, long size) throws IOException {
    return size < 1 || size > 8 ? -1 : number(file.at(body, size), 0, (int) size, false);
  }

  /** A text, padded with zeros. */
  private String text(long body, long size) throws IOException {
    ByteBuffer bytes = file.upTo(body, Math.min(size, LONGEST_TEXT));
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    String read = new String(text, StandardCharsets.UTF_8);
    int end = read.indexOf('\0');
    return end < 0 ? read : read.substring(0, end);
  }

  private static long number(ByteBuffer bytes, int from, int length, boolean dropMarker) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes.get(from + i) & 0xFF);
    }
    return dropMarker ? value & (1L << (7 * length)) - 1 : value;
  }
}
