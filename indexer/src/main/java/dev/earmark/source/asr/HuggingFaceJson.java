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
import org.jspecify.annotations.Nullable;

/**
 * What the speech pipelines of Hugging Face write, and programs built on them such as
 * insanely-fast-whisper and Whisper JAX: {@code chunks}, each with a {@code timestamp}, which is a
 * list of start and end in seconds, and a {@code text}. The end of the last may be null.
 *
 * <p>With speakers, the same speech stands once more under {@code speakers}, each with its {@code
 * speaker}; then only that is read. Chunks may be single words, which begin with their space.
 */
@AutoService(SourceFormat.class)
public final class HuggingFaceJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "huggingface-json",
          "chunks of the Hugging Face pipelines, insanely-fast-whisper, Whisper JAX",
          "JSON chunks, or speakers, with a timestamp and a text");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("chunks[].timestamp", "chunks[].text")
            || shape.has("speakers[].timestamp", "speakers[].text")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  private record Chunk(long startMs, long endMs, @Nullable String speaker, String text, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Chunk> chunks = new ArrayList<>();
    List<Chunk> spoken = new ArrayList<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on("chunks[]", (value, line) -> chunks.add(chunk(value, line)))
        .on("speakers[]", (value, line) -> spoken.add(chunk(value, line)))
        .on(
            "language",
            (value, line) -> episode.language(LanguageNames.tag(JsonValues.text(value))))
        .read();
    List<Chunk> best = spoken.stream().allMatch(chunk -> chunk.text().isBlank()) ? chunks : spoken;
    CueBuilder cues = new CueBuilder(problems);
    if (areWords(best)) {
      SpokenWords words = new SpokenWords(cues);
      for (Chunk word : best) {
        words.piece(word.text(), word.startMs(), word.endMs(), word.speaker(), word.line());
      }
      words.flush();
    } else {
      for (Chunk chunk : best) {
        cues.add(chunk.startMs(), chunk.endMs(), chunk.speaker(), chunk.text(), chunk.line());
      }
    }
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("chunks with a timestamp and a text are needed"));
  }

  /** Whether every chunk is a word or part of one; the pipeline writes no words without spaces. */
  private static boolean areWords(List<Chunk> chunks) {
    long spaced = chunks.stream().filter(chunk -> chunk.text().startsWith(" ")).count();
    return spaced > 1 && chunks.stream().noneMatch(chunk -> chunk.text().strip().indexOf(' ') >= 0);
  }

  private static Chunk chunk(JsonNode value, int line) {
    JsonNode times = value.path("timestamp");
    return new Chunk(
        JsonValues.seconds(times.path(0)),
        JsonValues.seconds(times.path(1)),
        JsonValues.speaker(value.path("speaker")),
        value.path("text").asText(),
        line);
  }
}
