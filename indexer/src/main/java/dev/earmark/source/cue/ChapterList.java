package dev.earmark.source.cue;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.source.SourceException;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chapters as they are read. A chapter ends where the source says, else where the next one in time
 * begins; the end of the last is open unless the length of the recording is known.
 */
public final class ChapterList {
  private record Chapter(
      long startMs, long endMs, @Nullable String title, @Nullable String body, int line) {
    boolean endsWith(String pointer) {
      return title != null && title.length() > pointer.length() && title.endsWith(pointer);
    }

    Chapter without(String pointer) {
      return title == null
          ? this
          : new Chapter(
              startMs, endMs, title.substring(0, title.length() - pointer.length()), body, line);
    }
  }

  private static final List<String> POINTERS =
      List.of(
          " at",
          " à",
          " um",
          " bei",
          " ab",
          " alle",
          " op",
          " vers",
          " starts",
          " begins",
          " (starts",
          " (begins",
          " (");

  private final ProblemLog problems;
  private final List<Chapter> chapters = new ArrayList<>();

  public ChapterList(ProblemLog problems) {
    this.problems = problems;
  }

  public boolean isEmpty() {
    return chapters.isEmpty();
  }

  /**
   * Adds a chapter, unless it has no start or nothing to say.
   *
   * @param startMs {@link Times#NONE} if it is missing
   * @param endMs likewise
   */
  public void add(
      long startMs, long endMs, @Nullable String title, @Nullable String body, int line) {
    boolean untitled = title == null || title.isBlank();
    if (untitled && (body == null || body.isBlank())) {
      problems.notice("chapter-without-title", line, "a chapter has no title", "left out");
    } else if (startMs == Times.NONE) {
      problems.warning(
          "chapter-without-start",
          line,
          "no start time for the chapter \"" + shorten(title, body) + "\"",
          "left out");
    } else {
      if (startMs < 0) {
        problems.warning(
            "negative-time",
            line,
            "the chapter \"" + shorten(title, body) + "\" has a time before the recording starts",
            "taken as 0");
      }
      long start = Timestamp.clamped(startMs).millis();
      chapters.add(new Chapter(start, endMs, untitled ? null : title, body, line));
    }
  }

  private static String shorten(@Nullable String title, @Nullable String body) {
    return Excerpt.of(title != null ? title : body != null ? body : "");
  }

  /** Takes a word such as {@code at} before the times off the titles, where all end with it. */
  public void dropPointers() {
    for (String pointer : POINTERS) {
      if (chapters.size() > 1 && chapters.stream().allMatch(chapter -> chapter.endsWith(pointer))) {
        chapters.replaceAll(chapter -> chapter.without(pointer));
      }
    }
  }

  /** The chapters as moments, in the order of the source. */
  public List<Moment> moments() {
    return moments(null);
  }

  /**
   * The chapters as moments, in the order of the source.
   *
   * @param durationMs the length of the recording; null if not known
   */
  public List<Moment> moments(@Nullable Long durationMs) {
    long[] starts = chapters.stream().mapToLong(Chapter::startMs).sorted().distinct().toArray();
    List<Moment> moments = new ArrayList<>(chapters.size());
    for (Chapter chapter : chapters) {
      moments.add(
          Moment.builder(Kind.CHAPTER, chapter.body() == null ? "" : chapter.body())
              .title(chapter.title())
              .anchor(Anchor.exact(span(chapter, starts, durationMs)))
              .line(chapter.line())
              .build());
    }
    return moments;
  }

  /**
   * The chapters as moments, if there are any.
   *
   * @throws SourceException if there are none
   */
  public List<Moment> orRefuse(String whatIsNeeded) throws SourceException {
    if (chapters.isEmpty()) {
      throw new SourceException(0, "nothing to read: " + whatIsNeeded);
    }
    return moments();
  }

  private static TimeSpan span(Chapter chapter, long[] starts, @Nullable Long durationMs) {
    long start = chapter.startMs();
    if (chapter.endMs() >= start) {
      return TimeSpan.ofMillis(start, chapter.endMs());
    }
    int next = Arrays.binarySearch(starts, start) + 1;
    if (next < starts.length) {
      return TimeSpan.ofMillis(start, starts[next]);
    }
    return durationMs != null && durationMs > start
        ? TimeSpan.ofMillis(start, durationMs)
        : TimeSpan.from(new Timestamp(start));
  }
}
