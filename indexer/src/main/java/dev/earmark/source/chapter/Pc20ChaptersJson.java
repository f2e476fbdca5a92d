package dev.earmark.source.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.time.Times;

/**
 * Chapters as the Podcasting 2.0 namespace describes them: {@code chapters} with {@code startTime}
 * and perhaps {@code endTime} in seconds and a {@code title}. What video downloaders write, {@code
 * start_time}, is read as well, and the chapters of Audible's audio books, {@code chapter_info}
 * with {@code start_offset_ms} and {@code length_ms}.
 *
 * <p>A chapter with {@code toc: false} is not meant for a table of contents, mostly because it only
 * changes the picture; it is left out and reported.
 *
 * @see <a
 *     href="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md">JSON
 *     Chapters Format</a>
 */
@AutoService(SourceFormat.class)
public final class Pc20ChaptersJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "pc20-chapters-json",
          "Podcasting 2.0 chapters in JSON",
          "JSON with chapters that have a startTime, or start_offset_ms");

  private static final String AUDIBLE = "content_metadata.chapter_info.chapters";

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny(
            "chapters[].startTime",
            "chapters[].start_time",
            AUDIBLE + "[].start_offset_ms",
            "chapter_info.chapters[].start_offset_ms")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on("chapters[]", (value, line) -> chapter(value, line, chapters, problems))
        .on(AUDIBLE + "[]", (value, line) -> nested(value, line, chapters))
        .on("chapter_info.chapters[]", (value, line) -> nested(value, line, chapters))
        .on("title", (value, line) -> episode.title(JsonValues.text(value)))
        .on("podcastName", (value, line) -> episode.show(JsonValues.text(value)))
        .on("description", (value, line) -> episode.description(JsonValues.text(value)))
        .read();
    return ParsedSource.ofMoments(
        episode.build(), chapters.orRefuse("chapters with startTime and title are needed"));
  }

  /** A chapter of an audio book, and behind it those it is divided into. */
  private static void nested(JsonNode value, int line, ChapterList chapters) {
    long start = JsonValues.millis(value.path("start_offset_ms"));
    long length = JsonValues.millis(value.path("length_ms"));
    chapters.add(
        start,
        start == Times.NONE || length == Times.NONE ? Times.NONE : start + length,
        JsonValues.text(value.path("title")),
        null,
        line);
    value.path("chapters").forEach(part -> nested(part, line, chapters));
  }

  private static void chapter(JsonNode value, int line, ChapterList chapters, ProblemLog problems) {
    String title = JsonValues.text(value.path("title"));
    if (value.path("toc").isBoolean() && !value.path("toc").booleanValue()) {
      String name = title == null ? "at " + value.path("startTime").asText() + " s" : title;
      problems.notice(
          "chapter-hidden", line, "the chapter " + name + " has toc: false", "left out");
      return;
    }
    chapters.add(
        JsonValues.seconds(JsonValues.first(value, "startTime", "start_time", "start")),
        JsonValues.seconds(JsonValues.first(value, "endTime", "end_time", "end")),
        title,
        null,
        line);
  }
}
