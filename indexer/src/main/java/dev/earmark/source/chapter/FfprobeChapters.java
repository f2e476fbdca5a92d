package dev.earmark.source.chapter;

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

/**
 * Chapters as ffprobe prints them in JSON: {@code chapters} with {@code start_time} and {@code
 * end_time} in seconds and the title among the {@code tags}; {@code format} says how long the
 * recording is and what it is called.
 *
 * @see <a href="https://ffmpeg.org/ffprobe.html">ffprobe</a>
 */
@AutoService(SourceFormat.class)
public final class FfprobeChapters implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ffprobe-chapters",
          "chapters that ffprobe prints in JSON",
          "JSON chapters with start_time, and time_base or tags");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    // Asked for a few entries only, it prints no time_base.
    return shape.has("chapters[].start_time", "chapters[].time_base")
            || shape.has("chapters[].start_time", "chapters[].tags.title")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on(
            "chapters[]",
            (value, line) ->
                chapters.add(
                    JsonValues.seconds(value.path("start_time")),
                    JsonValues.seconds(value.path("end_time")),
                    JsonValues.text(
                        JsonValues.first(value.path("tags"), "title", "TITLE", "Title")),
                    null,
                    line))
        .on("format.duration", (value, line) -> episode.durationMs(JsonValues.seconds(value)))
        .on("format.tags.title", (value, line) -> episode.title(JsonValues.text(value)))
        .read();
    return ParsedSource.ofMoments(
        episode.build(), chapters.orRefuse("chapters with a start_time are needed"));
  }
}
