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
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import java.util.ArrayList;
import java.util.List;

/**
 * A synchronisation map of aeneas: {@code fragments} with {@code begin} and {@code end} in seconds
 * and {@code lines}. Fragments nest: paragraphs hold sentences, sentences hold words. What holds
 * only single words is a cue and they are its words; what holds more is read through what it holds.
 */
@AutoService(SourceFormat.class)
public final class AeneasJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "aeneas-json", "synchronisation maps of aeneas", "JSON fragments with begin and lines");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("fragments[].begin", "fragments[].lines")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    boolean[] languageSeen = new boolean[1];
    new JsonReader(source, problems)
        .on(
            "fragments[]",
            (value, line) -> {
              String language = JsonValues.text(value.path("language"));
              if (language != null && !languageSeen[0]) {
                episode.language(LanguageNames.tag(language));
                languageSeen[0] = true;
              }
              fragment(value, line, cues);
            })
        .read();
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("fragments with begin and lines are needed"));
  }

  /** Nesting is bounded by the reader. */
  private static void fragment(JsonNode fragment, int line, CueBuilder cues) {
    List<SpokenWords.Timed> words = new ArrayList<>();
    boolean holdsWords = true;
    for (JsonNode child : fragment.path("children")) {
      String text = text(child);
      holdsWords &= child.path("children").isEmpty() && text.indexOf(' ') < 0;
      words.add(new SpokenWords.Timed(text, begin(child), end(child)));
    }
    String text = text(fragment);
    if (!text.isEmpty() && holdsWords) {
      cues.add(begin(fragment), end(fragment), null, text, SpokenWords.fit(text, words), line);
      return;
    }
    for (JsonNode child : fragment.path("children")) {
      fragment(child, line, cues);
    }
  }

  private static long begin(JsonNode fragment) {
    return JsonValues.seconds(fragment.path("begin"));
  }

  private static long end(JsonNode fragment) {
    return JsonValues.seconds(fragment.path("end"));
  }

  private static String text(JsonNode fragment) {
    StringBuilder text = new StringBuilder();
    for (JsonNode line : fragment.path("lines")) {
      text.append(text.isEmpty() ? "" : " ").append(line.asText().strip());
    }
    return text.toString();
  }
}
