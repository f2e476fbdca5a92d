package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.episode.EpisodeYaml;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code .info.json} that video downloaders write beside a recording: title, channel, date,
 * duration, language, the id of the video, and chapters.
 *
 * @see <a href="https://github.com/yt-dlp/yt-dlp#output-template">the fields of yt-dlp</a>
 */
@AutoService(SourceFormat.class)
public final class InfoJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "info-json",
          "what a video downloader knows of a recording",
          "a name that ends with .info.json, or JSON with an extractor and a webpage_url");
  private static final List<String> KEYS =
      List.of(
          "title",
          "series",
          "channel",
          "uploader",
          "upload_date",
          "release_date",
          "duration",
          "language",
          "description",
          "webpage_url",
          "episode_number");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    boolean named = source.name().endsWith(".info.json") && shape.hasAny("title", "id");
    boolean shaped = shape.hasAny("extractor") && shape.hasAny("webpage_url");
    return named || shaped ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    boolean[] some = {false};
    Map<String, Object> values = new TreeMap<>();
    JsonReader reader = new JsonReader(source, problems);
    for (String key : KEYS) {
      reader.on(
          key,
          (value, line) -> {
            String text = JsonValues.text(value);
            if (text != null) {
              values.put(key.equals("webpage_url") ? "url" : key, text);
            }
          });
    }
    reader
        .on(
            "chapters[]",
            (value, line) -> {
              some[0] = true;
              chapters.add(
                  JsonValues.seconds(value.path("start_time")),
                  JsonValues.seconds(value.path("end_time")),
                  JsonValues.text(value.path("title")),
                  null,
                  line);
            })
        .read();
    EpisodeFields fields = EpisodeYaml.fields(values);
    List<Moment> moments =
        some[0] ? chapters.orRefuse("chapters with start_time and title are needed") : List.of();
    return ParsedSource.ofMoments(fields, moments);
  }
}
