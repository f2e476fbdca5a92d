package dev.earmark.corpus;

import dev.earmark.source.time.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * WebM and Matroska (RFC 9559): the length and title of the {@code Info} element, the tags of the
 * whole file, and the chapters.
 *
 * <p>A browser that records writes no length: then it is where the last block of the last cluster
 * begins.
 */
final class WebmFile {
  private static final long SEGMENT = 0x18538067L;
  private static final long INFO = 0x1549A966L;
  private static final long SCALE = 0x2AD7B1L;
  private static final long DURATION = 0x4489L;
  private static final long TITLE = 0x7BA9L;
  private static final long TAGS = 0x1254C367L;
  private static final long TAG = 0x7373L;
  private static final long TARGETS = 0x63C0L;
  private static final long TRACK_OF_TAG = 0x63C5L;
  private static final long TARGET_LEVEL = 0x68CAL;
  private static final long SIMPLE_TAG = 0x67C8L;
  private static final long TAG_NAME = 0x45A3L;
  private static final long TAG_STRING = 0x4487L;
  private static final long CHAPTERS = 0x1043A770L;
  private static final long EDITION = 0x45B9L;
  private static final long CHAPTER = 0xB6L;
  private static final long CHAPTER_START = 0x91L;
  private static final long CHAPTER_END = 0x92L;
  private static final long CHAPTER_HIDDEN = 0x98L;
  private static final long CHAPTER_DISPLAY = 0x80L;
  private static final long CHAPTER_TITLE = 0x85L;
  private static final long ATTACHMENTS = 0x1941A469L;
  private static final long ATTACHED_FILE = 0x61A7L;
  private static final long FILE_NAME = 0x466EL;
  private static final long FILE_TYPE = 0x4660L;
  private static final long FILE_DATA = 0x465CL;
  private static final long CLUSTER_TIME = 0xE7L;
  private static final long SIMPLE_BLOCK = 0xA3L;
  private static final String CLUSTER = "\u001fC\u00b6u";

  /** Of a show or season, of which the album is the title; 50 is the recording itself. */
  private static final long ALBUM_LEVEL = 60;

  private static final int MOST_ELEMENTS = 50_000;
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_DEPTH = 12;

  private final FileBytes file;
  private final RecordingTags tags;
  private double scale = 1_000_000;
  private double duration;
  private int elements;
  private int depth;

  private long level;
  private boolean ofTrack;
  private String tagName = "";
  private String chapterTitle = "";
  private long chapterStart = Times.NONE;
  private long chapterEnd = Times.NONE;
  private boolean chapterHidden;
  private String attachedName = "";
  private String attachedType = "";
  private long clusterTime;
  private long lastBlock;

  private WebmFile(FileBytes file, RecordingTags tags) {
    this.file = file;
    this.tags = tags;
  }

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    WebmFile webm = new WebmFile(file, tags);
    webm.walk(0, file.size());
    if (webm.duration == 0) {
      webm.duration = webm.lastBlock();
    }
    return webm.duration * webm.scale / 1e9;
  }

  private void walk(long from, long to) throws IOException {
    if (depth == MOST_DEPTH) {
      return;
    }
    depth++;
    long at = from;
    while (at + 2 <= to && elements++ < MOST_ELEMENTS) {
      ByteBuffer head = file.upTo(at, Math.min(12, to - at));
      int first = head.get(0) & 0xFF;
      int idLength = Integer.numberOfLeadingZeros(first) - 23;
      if (idLength > 4 || idLength >= head.limit()) {
        break;
      }
      long id = number(head, 0, idLength, false);
      int sizeLength = Integer.numberOfLeadingZeros(head.get(idLength) & 0xFF) - 23;
      if (sizeLength > 8 || idLength + sizeLength > head.limit()) {
        break;
      }
      long size = number(head, idLength, sizeLength, true);
      long body = at + idLength + sizeLength;
      boolean unknown = size == (1L << (7 * sizeLength)) - 1;
      long end = unknown || size > to - body ? to : body + size;
      element(id, body, end);
      at = end;
    }
    depth--;
  }

  private void element(long id, long body, long end) throws IOException {
    long size = end - body;
    if (id == ATTACHMENTS || id == ATTACHED_FILE) {
      if (tags.wantsPicture()) {
        attachedName = "";
        attachedType = "";
        walk(body, end);
      }
    } else if (id == FILE_NAME) {
      attachedName = text(body, end).toLowerCase(Locale.ROOT);
    } else if (id == FILE_TYPE) {
      attachedType = text(body, end).toLowerCase(Locale.ROOT);
    } else if (id == FILE_DATA) {
      attached(body, size);
    } else if (id == SEGMENT || id == INFO || id == TAGS || id == CHAPTERS || id == EDITION) {
      walk(body, end);
    } else if (id == TARGETS || id == SIMPLE_TAG || id == CHAPTER_DISPLAY) {
      walk(body, end);
    } else if (id == TAG) {
      level = 50;
      ofTrack = false;
      walk(body, end);
    } else if (id == CHAPTER) {
      chapter(body, end);
    } else if (id == DURATION && (size == 4 || size == 8)) {
      ByteBuffer value = file.at(body, size);
      duration = size == 4 ? value.getFloat() : value.getDouble();
    } else if (id == TITLE) {
      tags.put("title", text(body, end));
    } else if (id == TAG_NAME) {
      tagName = text(body, end).toLowerCase(Locale.ROOT);
    } else if (id == TAG_STRING) {
      tag(text(body, end));
    } else if (id == CHAPTER_TITLE) {
      chapterTitle = text(body, end);
    } else if (id == SIMPLE_BLOCK && size > 3) {
      // Behind the number of its track: when it begins, counted from its cluster.
      lastBlock = Math.max(lastBlock, clusterTime + file.at(body + 1, 2).getShort());
    } else if (size <= 8) {
      value(id, size == 0 ? 0 : number(file.at(body, size), 0, (int) size, false));
    }
  }

  /** A picture that is attached: the one called cover, which its makers say is the front. */
  private void attached(long body, long size) throws IOException {
    if (attachedType.startsWith("image/") && size <= ThumbnailMaker.MOST_BYTES) {
      boolean front = attachedName.startsWith("cover.");
      tags.picture(front ? RecordingTags.FRONT : 0, file.pictureAt(body, size).array());
    }
  }

  private void value(long id, long value) {
    if (id == SCALE && value > 0) {
      scale = value;
    } else if (id == TARGET_LEVEL) {
      level = value;
    } else if (id == TRACK_OF_TAG) {
      ofTrack |= value != 0;
    } else if (id == CHAPTER_START) {
      chapterStart = value / 1_000_000;
    } else if (id == CHAPTER_END) {
      chapterEnd = value / 1_000_000;
    } else if (id == CHAPTER_HIDDEN) {
      chapterHidden = value != 0;
    } else if (id == CLUSTER_TIME) {
      clusterTime = value;
    }
  }

  private void tag(String value) {
    String key = key();
    if (key != null && !ofTrack) {
      tags.put(key, value);
    }
  }

  private @Nullable String key() {
    boolean above = level >= ALBUM_LEVEL;
    return switch (tagName) {
      case "title" -> above ? "album" : "title";
      case "album" -> "album";
      case "date_released", "date_recorded", "date" -> above ? null : "date";
      case "part_number", "track" -> above ? null : "track";
      default -> null;
    };
  }

  private void chapter(long body, long end) throws IOException {
    chapterTitle = "";
    chapterStart = Times.NONE;
    chapterEnd = Times.NONE;
    chapterHidden = false;
    walk(body, end);
    if (chapterStart != Times.NONE && !chapterHidden) {
      tags.chapter(chapterStart, chapterEnd > chapterStart ? chapterEnd : Times.NONE, chapterTitle);
    }
    chapterHidden = true;
  }

  /** When the last block begins that is found near the end of the file; 0 if none is. */
  private long lastBlock() throws IOException {
    long from = Math.max(0, file.size() - FileBytes.MOST);
    int at = FileBytes.ascii(file.upTo(from, FileBytes.MOST)).lastIndexOf(CLUSTER);
    if (at < 0) {
      return 0;
    }
    int sizeLength = Integer.numberOfLeadingZeros(file.upTo(from + at + 4, 1).get() & 0xFF) - 23;
    elements = 0;
    walk(from + at + 4 + sizeLength, file.size());
    return lastBlock;
  }

  private String text(long body, long end) throws IOException {
    ByteBuffer bytes = file.upTo(body, Math.min(end - body, LONGEST_TEXT));
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static long number(ByteBuffer bytes, int from, int length, boolean dropMarker) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes.get(from + i) & 0xFF);
    }
    return dropMarker ? value & (1L << (7 * length)) - 1 : value;
  }
}
