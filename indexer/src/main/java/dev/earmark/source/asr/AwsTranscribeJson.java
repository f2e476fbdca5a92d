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
import org.jspecify.annotations.Nullable;

/**
 * The output of an Amazon Transcribe job: {@code results.items}, each a word with {@code
 * start_time} and {@code end_time} in seconds, as text, or a mark without times. Who speaks stands
 * at the item, or in {@code results.speaker_labels.segments}, which may come before or after the
 * items. Where only {@code results.audio_segments} are left, those are the captions.
 */
@AutoService(SourceFormat.class)
public final class AwsTranscribeJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "aws-transcribe-json",
          "Amazon Transcribe job output",
          "JSON with results.items that have a type and alternatives, or audio_segments");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("results.items[].alternatives")
            || shape.has("results.audio_segments[].transcript")
            || (shape.has("results.transcripts[].transcript")
                && shape.hasAny("jobName", "accountId", "results.speaker_labels"))
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  private record Item(
      String content, boolean mark, long startMs, long endMs, @Nullable String speaker, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Item> items = new ArrayList<>();
    Map<Long, String> speakers = new HashMap<>();
    CueBuilder segments = new CueBuilder(problems);
    new JsonReader(source, problems)
        .on("results.items[]", (value, line) -> items.add(item(value, line)))
        .on("results.speaker_labels.segments[]", (value, line) -> labels(value, speakers))
        .on(
            "results.audio_segments[]",
            (value, line) ->
                segments.add(
                    JsonValues.seconds(value.path("start_time")),
                    JsonValues.seconds(value.path("end_time")),
                    JsonValues.speaker(value.path("speaker_label")),
                    value.path("transcript").asText(),
                    line))
        .read();
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(cues);
    for (Item item : items) {
      if (item.mark()) {
        words.mark(item.content());
      } else {
        String speaker = item.speaker() == null ? speakers.get(item.startMs()) : item.speaker();
        words.word(item.content(), item.startMs(), item.endMs(), speaker, item.line());
      }
    }
    words.flush();
    CueBuilder best = cues.isEmpty() ? segments : cues;
    return ParsedSource.ofCues(
        EpisodeFields.NONE, best.orRefuse("results.items or audio_segments are needed"));
  }

  private static Item item(JsonNode value, int line) {
    String content = JsonValues.text(value.path("alternatives").path(0).path("content"));
    return new Item(
        content == null ? "" : content,
        value.path("type").asText().equals("punctuation"),
        JsonValues.seconds(value.path("start_time")),
        JsonValues.seconds(value.path("end_time")),
        JsonValues.speaker(value.path("speaker_label")),
        line);
  }

  /** Notes who speaks the words of a segment, by the times at which they begin. */
  private static void labels(JsonNode segment, Map<Long, String> speakers) {
    for (JsonNode item : segment.path("items")) {
      String speaker = JsonValues.speaker(item.path("speaker_label"));
      if (speaker != null) {
        speakers.put(JsonValues.seconds(item.path("start_time")), speaker);
      }
    }
  }
}
