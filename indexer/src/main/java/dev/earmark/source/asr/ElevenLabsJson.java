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
import org.jspecify.annotations.Nullable;

/**
 * A transcript of ElevenLabs: {@code words} whose {@code type} is word, spacing or audio_event,
 * with {@code start} and {@code end} in seconds and a {@code speaker_id}. Recordings of several
 * channels have one such object for each under {@code transcripts}. Events such as {@code (laughs)}
 * are what nobody says and are left out.
 */
@AutoService(SourceFormat.class)
public final class ElevenLabsJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "elevenlabs-json",
          "ElevenLabs transcripts",
          "JSON words with a text, a type and a start");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("words[].text", "words[].type", "words[].start")
            || shape.has("transcripts[].words[].text", "transcripts[].words[].type")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    SpokenWords words = new SpokenWords(cues);
    new JsonReader(source, problems)
        .on("words[]", (value, line) -> word(value, null, line, words))
        .on("transcripts[]", (value, line) -> channel(value, line, words))
        .on("language_code", (value, line) -> episode.language(language(value)))
        .read();
    words.flush();
    return ParsedSource.ofCues(episode.build(), cues.orRefuse("words with a start are needed"));
  }

  private static @Nullable String language(JsonNode value) {
    String code = JsonValues.text(value);
    return code == null ? null : LanguageNames.tag(code);
  }

  private static void channel(JsonNode transcript, int line, SpokenWords words) {
    String index = JsonValues.text(transcript.path("channel_index"));
    String channel = index == null ? null : "Channel " + index;
    for (JsonNode word : transcript.path("words")) {
      word(word, channel, line, words);
    }
    words.flush();
  }

  private static void word(JsonNode value, @Nullable String channel, int line, SpokenWords words) {
    if (value.path("type").asText().equals("audio_event")) {
      return;
    }
    String named = JsonValues.speaker(value.path("speaker_id"));
    words.piece(
        value.path("text").asText(),
        JsonValues.seconds(value.path("start")),
        JsonValues.seconds(value.path("end")),
        channel == null ? named : channel,
        line);
  }
}
