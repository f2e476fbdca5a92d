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
import dev.earmark.source.cue.SpokenWords;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A transcript of Rev: {@code monologues}, each of one speaker, of {@code elements}: words of
 * {@code type} text with {@code ts} and {@code end_ts} in seconds, and marks of type punct, which
 * carry the spaces. {@code speakers} gives the names.
 */
@AutoService(SourceFormat.class)
public final class RevJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "rev-json",
          "Rev transcripts: monologues of elements",
          "JSON with monologues that have elements");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return JsonShape.of(source).has("monologues[].elements") ? Recognition.CERTAIN : Recognition.NO;
  }

  private record Monologue(JsonNode speaker, JsonNode elements, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Map<String, String> names = new HashMap<>();
    List<Monologue> monologues = new ArrayList<>();
    new JsonReader(source, problems)
        .on(
            "speakers[]",
            (value, line) -> {
              String name = JsonValues.text(value.path("name"));
              if (name != null) {
                names.put(value.path("id").asText(), name);
              }
            })
        .on(
            "monologues[]",
            (value, line) ->
                monologues.add(new Monologue(value.path("speaker"), value.path("elements"), line)))
        .read();
    CueBuilder cues = new CueBuilder(problems);
    for (Monologue monologue : monologues) {
      String name = names.get(monologue.speaker().asText());
      String speaker = name == null ? JsonValues.speaker(monologue.speaker()) : name;
      SpokenWords words = new SpokenWords(cues);
      for (JsonNode element : monologue.elements()) {
        String value = element.path("value").asText();
        if (element.path("type").asText().equals("punct")) {
          words.mark(value);
        } else {
          words.word(
              value,
              JsonValues.seconds(element.path("ts")),
              JsonValues.seconds(element.path("end_ts")),
              speaker,
              monologue.line());
        }
      }
      words.flush();
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("monologues with elements are needed"));
  }
}
