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
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.SpokenWords;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of AssemblyAI, with times in milliseconds: {@code utterances} of one speaker each,
 * with their {@code words}; without speakers, {@code words} alone. Its lists of {@code sentences}
 * and of {@code paragraphs} are read likewise. {@code chapters} become chapters, the {@code
 * headline} as title and the {@code summary} as text; they may be all there is.
 */
@AutoService(SourceFormat.class)
public final class AssemblyAiJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "assemblyai-json",
          "AssemblyAI transcripts, with chapters if there are any",
          "JSON with utterances or words that have text, start and confidence");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("audio_url", "status")
            || shape.hasAny("acoustic_model", "speech_model", "language_model")
            || shape.has("words[].text", "words[].start", "words[].confidence")
            || shape.has("utterances[].text", "utterances[].start", "utterances[].words[].text")
            || shape.has("sentences[].text", "sentences[].start", "sentences[].words")
            || shape.has("paragraphs[].text", "paragraphs[].start", "paragraphs[].words")
            || shape.has("[].headline", "[].gist", "[].start")
            || shape.has("chapters[].headline", "chapters[].gist", "chapters[].start")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder utterances = new CueBuilder(problems);
    SpokenWords spoken = new SpokenWords(utterances);
    CueBuilder wordCues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(wordCues);
    ChapterList chapters = new ChapterList(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    JsonReader.Handler chapter =
        (value, line) ->
            chapters.add(
                time(value.path("start")),
                time(value.path("end")),
                JsonValues.text(JsonValues.first(value, "headline", "gist")),
                JsonValues.text(value.path("summary")),
                line);
    new JsonReader(source, problems)
        .on("[]", chapter)
        .on("utterances[]", (value, line) -> utterance(value, line, utterances, spoken))
        .on("sentences[]", (value, line) -> utterance(value, line, utterances, spoken))
        .on("paragraphs[]", (value, line) -> utterance(value, line, utterances, spoken))
        .on("words[]", (value, line) -> word(value, null, line, words))
        .on("chapters[]", chapter)
        .on(
            "language_code",
            (value, line) -> episode.language(LanguageNames.tag(JsonValues.text(value))))
        .on("audio_duration", (value, line) -> episode.durationMs(JsonValues.seconds(value)))
        .read();
    words.flush();
    CueBuilder best = utterances.isEmpty() ? wordCues : utterances;
    if (best.isEmpty() && !chapters.isEmpty()) {
      return ParsedSource.ofMoments(episode.build(), chapters.moments());
    }
    return new ParsedSource(
        episode.build(), best.orRefuse("utterances or words are needed"), chapters.moments());
  }

  private static void utterance(JsonNode value, int line, CueBuilder cues, SpokenWords spoken) {
    String speaker = JsonValues.speaker(value.path("speaker"));
    if (value.path("words").isEmpty()) {
      cues.add(
          time(value.path("start")),
          time(value.path("end")),
          speaker,
          value.path("text").asText(),
          line);
      return;
    }
    for (JsonNode word : value.path("words")) {
      word(word, speaker, line, spoken);
    }
    spoken.flush();
  }

  private static void word(JsonNode value, @Nullable String speaker, int line, SpokenWords words) {
    String said = JsonValues.text(value.path("text"));
    if (said != null) {
      words.word(
          said,
          time(value.path("start")),
          time(value.path("end")),
          speaker == null ? JsonValues.speaker(value.path("speaker")) : speaker,
          line);
    }
  }

  /** The service writes whole milliseconds; a fraction shows that seconds are meant. */
  private static long time(JsonNode value) {
    return value.isFloatingPointNumber() ? JsonValues.seconds(value) : JsonValues.millis(value);
  }
}
