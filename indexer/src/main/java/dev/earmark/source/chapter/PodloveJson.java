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
 * Podlove Simple Chapters as JSON: a list of objects with {@code start}, normal play time such as
 * {@code 00:01:59.000}, and {@code title}; {@code href} and {@code image} are not read. The list
 * may stand under {@code chapters}, and other programs use other names.
 *
 * @see <a href="https://podlove.org/simple-chapters/">Podlove Simple Chapters</a>
 */
@AutoService(SourceFormat.class)
public final class PodloveJson implements SourceFormat {
  private static final String[] LISTS = {"", "chapters"};
  private static final String[] STARTS = {"start", "start_time", "startTime", "time", "timestamp"};
  private static final String[] ENDS = {"end", "end_time", "endTime"};
  private static final String[] SPOKEN = {"text", "word"};
  private static final String[] TITLES = {"title", "name", "label"};

  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "podlove-json",
          "Podlove Simple Chapters in JSON",
          "JSON list of objects with start (start_time, time) and title (name), and no text");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    if (shape.hasAny("[].text", "[].body", "[].content", "chapters[].text", "chapters[].body")
        || shape.listWith(STARTS, SPOKEN) != null) {
      // What is said in the chapters counts more.
      return Recognition.NO;
    }
    if (shape.has("[].start", "[].title") || shape.has("chapters[].start", "chapters[].title")) {
      return Recognition.CERTAIN;
    }
    for (String list : LISTS) {
      if (shape.entriesHaveAny(list, STARTS) && shape.entriesHaveAny(list, TITLES)) {
        return Recognition.LIKELY;
      }
    }
    return Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    JsonReader.Handler chapter =
        (value, line) ->
            chapters.add(
                JsonValues.seconds(JsonValues.first(value, STARTS)),
                JsonValues.seconds(JsonValues.first(value, ENDS)),
                JsonValues.text(JsonValues.first(value, TITLES)),
                null,
                line);
    new JsonReader(source, problems).on("[]", chapter).on("chapters[]", chapter).read();
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("objects with start and title are needed"));
  }
}
