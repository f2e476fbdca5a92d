package dev.earmark.source.asr;

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
import dev.earmark.source.episode.LanguageTag;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;

/**
 * A transcript that Microsoft Teams and Stream keep beside a recording: {@code entries} with {@code
 * text}, {@code speakerDisplayName}, {@code startOffset} and {@code endOffset} as {@code
 * 00:00:01.2300000}.
 */
@AutoService(SourceFormat.class)
public final class TeamsJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "teams-json",
          "transcripts of Microsoft Teams and Stream",
          "JSON entries with a text and a startOffset");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("entries[].text", "entries[].startOffset")
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
            "entries[]",
            (value, line) -> {
              String language = JsonValues.text(value.path("spokenLanguageTag"));
              if (language != null && !languageSeen[0]) {
                episode.language(LanguageTag.orNull(language));
                languageSeen[0] = true;
              }
              cues.add(
                  JsonValues.seconds(value.path("startOffset")),
                  JsonValues.seconds(value.path("endOffset")),
                  JsonValues.speaker(
                      JsonValues.first(value, "speakerDisplayName", "speakerName", "speakerId")),
                  value.path("text").asText(),
                  line);
            })
        .read();
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("entries with a startOffset and a text are needed"));
  }
}
