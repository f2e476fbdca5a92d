package dev.earmark.source.asr;

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
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The insights of Azure Video Indexer: {@code videos[].insights.transcript}, each with a {@code
 * text}, a {@code speakerId} and {@code instances} with {@code start} and {@code end} as clocks;
 * {@code speakers} gives the names. The insights may also stand alone. Where one text has several
 * instances, it is said at each.
 */
@AutoService(SourceFormat.class)
public final class VideoIndexerJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "video-indexer-json",
          "insights of Azure Video Indexer",
          "JSON with a transcript of instances");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny(
            "videos[].insights.transcript[].instances",
            "insights.transcript[].instances",
            "transcript[].instances")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Map<String, String> names = new HashMap<>();
    List<JsonNode> texts = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    JsonReader reader = new JsonReader(source, problems);
    for (String insights : List.of("", "insights.", "videos[].insights.")) {
      reader
          .on(
              insights + "transcript[]",
              (value, line) -> {
                texts.add(value);
                lines.add(line);
              })
          .on(
              insights + "speakers[]",
              (value, line) -> {
                String name = JsonValues.text(value.path("name"));
                if (name != null) {
                  names.put(value.path("id").asText(), name.replace("Speaker #", "Speaker "));
                }
              })
          .on(
              insights + "sourceLanguage",
              (value, line) -> episode.language(LanguageNames.tag(JsonValues.text(value))));
    }
    reader
        .on("name", (value, line) -> episode.title(JsonValues.text(value)))
        .on("durationInSeconds", (value, line) -> episode.durationMs(JsonValues.seconds(value)))
        .read();
    CueBuilder cues = new CueBuilder(problems);
    for (int i = 0; i < texts.size(); i++) {
      JsonNode text = texts.get(i);
      String id = JsonValues.text(text.path("speakerId"));
      String speaker = id == null ? null : names.getOrDefault(id, "Speaker " + id);
      for (JsonNode instance : text.path("instances")) {
        cues.add(
            JsonValues.seconds(JsonValues.first(instance, "start", "adjustedStart")),
            JsonValues.seconds(JsonValues.first(instance, "end", "adjustedEnd")),
            speaker,
            text.path("text").asText(),
            lines.get(i));
      }
    }
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("a transcript with instances is needed"));
  }
}
