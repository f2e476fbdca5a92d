package dev.earmark.source.caption;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The project of a film in CapCut or JianYing ({@code draft_content.json}): {@code materials.texts}
 * are the texts by their ids, and the {@code segments} of {@code tracks} say when each is shown, in
 * microseconds.
 *
 * <p>The content of a text is JSON with a {@code text}, in older projects words in brackets between
 * tags. Where some texts are of the type {@code subtitle}, the others are titles on the picture and
 * are left out.
 */
@AutoService(SourceFormat.class)
public final class CapCutJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "capcut-json",
          "captions in projects of CapCut and JianYing",
          "JSON with the texts of materials, or with a canvas_config and materials");

  private static final long MICROS = 1_000;
  private static final Pattern TAG = Pattern.compile("<[^<>]{0,400}>");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    if (shape.has("materials.texts[].content")) {
      return Recognition.CERTAIN;
    }
    return shape.has("canvas_config.ratio") ? Recognition.LIKELY : Recognition.NO;
  }

  private record Caption(String text, boolean isSubtitle) {}

  private record Shown(String material, long startMs, long endMs, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Map<String, Caption> captions = new HashMap<>();
    List<Shown> shown = new ArrayList<>();
    new JsonReader(source, problems)
        .on(
            "materials.texts[]",
            (value, line) ->
                captions.put(
                    value.path("id").asText(),
                    new Caption(
                        text(value.path("content").asText()),
                        value.path("type").asText().equals("subtitle"))))
        .on(
            "tracks[]",
            (value, line) -> {
              for (JsonNode segment : value.path("segments")) {
                JsonNode range = segment.path("target_timerange");
                long start = millis(range.path("start"));
                long length = millis(range.path("duration"));
                shown.add(
                    new Shown(
                        segment.path("material_id").asText(),
                        start,
                        start == Times.NONE || length == Times.NONE ? Times.NONE : start + length,
                        line));
              }
            })
        .read();
    boolean subtitles = captions.values().stream().anyMatch(Caption::isSubtitle);
    shown.sort(Comparator.comparingLong(Shown::startMs));
    CueBuilder cues = new CueBuilder(problems);
    int titles = 0;
    for (Shown each : shown) {
      Caption caption = captions.get(each.material());
      if (caption != null && (caption.isSubtitle() || !subtitles)) {
        cues.add(each.startMs(), each.endMs(), null, caption.text(), each.line());
      } else if (caption != null) {
        titles++;
      }
    }
    if (titles > 0) {
      problems.notice(
          "not-speech",
          0,
          titles + (titles == 1 ? " text is" : " texts are") + " no subtitle",
          "left out: titles on the picture");
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("texts that segments of a track show are needed"));
  }

  private static long millis(JsonNode micros) {
    return micros.isNumber() ? micros.asLong() / MICROS : Times.NONE;
  }

  private static String text(String content) {
    if (content.startsWith("{")) {
      try {
        return JsonReader.value(content).path("text").asText();
      } catch (JsonProcessingException e) {
        return content;
      }
    }
    String bare = TAG.matcher(content).replaceAll("").strip();
    boolean enclosed = bare.length() > 1 && bare.startsWith("[") && bare.endsWith("]");
    return enclosed ? bare.substring(1, bare.length() - 1) : bare;
  }
}
