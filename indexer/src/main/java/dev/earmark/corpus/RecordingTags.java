package dev.earmark.corpus;

import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Timestamp;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the tags of a recording say, gathered while its headers are read: texts by name, chapters,
 * and if they are asked for, its picture. Not thread-safe.
 */
final class RecordingTags {
  /** More chapters than any recording has; what comes after them is not read. */
  static final int MOST_CHAPTERS = 10_000;

  private static final int LONGEST = 1_000;

  /** Comments of Ogg and FLAC: {@code CHAPTER001=00:05:12.500}, {@code CHAPTER001NAME=Tide}. */
  private static final Pattern COMMENT =
      Pattern.compile("CHAPTER(\\d{1,4})(NAME)?", Pattern.CASE_INSENSITIVE);

  /** The type of a picture that is the front of a cover, in ID3, FLAC and Ogg alike. */
  static final int FRONT = 3;

  private record Chapter(long startMs, long endMs, String title) {}

  private final Map<String, String> texts = new HashMap<>();
  private final List<Chapter> chapters = new ArrayList<>();
  private final Map<String, Long> commentStarts = new HashMap<>();

  private final boolean withPicture;
  private byte @Nullable [] picture;
  private boolean front;

  /** Tags without pictures. */
  RecordingTags() {
    this(false);
  }

  RecordingTags(boolean withPicture) {
    this.withPicture = withPicture;
  }

  /** Whether pictures are worth reading: not if they are not asked for, or the front is there. */
  boolean wantsPicture() {
    return withPicture && !front;
  }

  /** Keeps a picture: the front of a cover, else the first. */
  void picture(int type, byte[] bytes) {
    if (wantsPicture() && bytes.length > 0 && (picture == null || type == FRONT)) {
      picture = bytes;
      front = type == FRONT;
    }
  }

  /** The picture; null if there is none. */
  byte @Nullable [] picture() {
    return picture;
  }

  /** Keeps the first value of a tag that says something. */
  void put(String name, String value) {
    String clean = clean(value);
    if (!clean.isEmpty() && clean.length() <= LONGEST) {
      texts.putIfAbsent(name, clean);
    }
  }

  @Nullable String get(String name) {
    return texts.get(name);
  }

  /**
   * Adds a chapter that has a title.
   *
   * @param endMs {@link Times#NONE} if it ends where the next begins
   */
  void chapter(long startMs, long endMs, String title) {
    String clean = clean(title);
    boolean possible = startMs >= 0 && startMs < RecordingFile.LONGEST_MS;
    if (possible && !clean.isEmpty() && chapters.size() < MOST_CHAPTERS) {
      chapters.add(
          new Chapter(
              startMs,
              endMs < RecordingFile.LONGEST_MS ? endMs : Times.NONE,
              clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST)));
    }
  }

  boolean hasChapters() {
    return !chapters.isEmpty();
  }

  /** Takes a comment that is half of a chapter; false if it is none. */
  boolean chapterComment(String name, String value) {
    Matcher matcher = COMMENT.matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    String number = matcher.group(1);
    if (matcher.group(2) == null) {
      Timestamp.tryParse(value).ifPresent(at -> commentStarts.put(number, at.millis()));
    } else {
      chapter(commentStarts.getOrDefault(number, Times.NONE), Times.NONE, value);
    }
    return true;
  }

  /** The chapters as moments, in time order; an untitled stretch belongs to none. */
  List<Moment> chapters(@Nullable Long durationMs) {
    ChapterList list = new ChapterList(new ProblemLog("recording"));
    chapters.stream()
        .sorted(Comparator.comparingLong(Chapter::startMs))
        .distinct()
        .forEach(chapter -> list.add(chapter.startMs(), chapter.endMs(), chapter.title(), null, 0));
    return list.moments(durationMs);
  }

  private static String clean(String value) {
    return value.replace('\0', ' ').strip();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, %d chapters", texts, chapters.size());
  }
}
