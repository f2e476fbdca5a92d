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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transcript as the Podcasting 2.0 namespace describes it: {@code segments}, each with {@code
 * speaker}, {@code startTime}, {@code endTime} in seconds and {@code body}.
 *
 * <p>Programs differ in what a segment is. Where nearly all of many segments are single words, they
 * are joined to captions, and each word keeps its time; otherwise a segment is a cue.
 *
 * @see <a
 *     href="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md">Transcript
 *     File Format Details</a>
 */
@AutoService(SourceFormat.class)
public final class PodcastJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "podcast-json",
          "Podcasting 2.0 transcript in JSON: segments with a speaker and times in seconds",
          "JSON with segments that have startTime and body");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return JsonShape.of(source).has("segments[].startTime", "segments[].body")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  /**
   * This many segments, and this share of single words among them, make a transcript word by word.
   */
  private static final int MANY = 10;

  private static final double NEARLY_ALL = 0.8;

  private record Segment(
      long startMs,
      long endMs,
      @Nullable String speaker,
      String body,
      List<SpokenWords.Timed> words,
      int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Segment> segments = new ArrayList<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on("segments[]", (value, line) -> segments.add(segment(value, line)))
        .on("language", (value, line) -> episode.language(JsonValues.text(value)))
        .on("title", (value, line) -> episode.title(JsonValues.text(value)))
        .on("podcastName", (value, line) -> episode.show(JsonValues.text(value)))
        .read();
    CueBuilder cues = new CueBuilder(problems);
    if (isWordByWord(segments)) {
      SpokenWords words = new SpokenWords(cues);
      for (Segment s : segments) {
        words.word(s.body(), s.startMs(), s.endMs(), s.speaker(), s.line());
      }
      words.flush();
    } else {
      for (Segment s : segments) {
        SpokenWords.addSegment(
            cues, s.startMs(), s.endMs(), s.speaker(), s.body(), s.words(), s.line());
      }
    }
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("segments with startTime and body are needed"));
  }

  private static Segment segment(JsonNode value, int line) {
    String body = JsonValues.text(JsonValues.first(value, "body", "text"));
    return new Segment(
        JsonValues.seconds(JsonValues.first(value, "startTime", "start")),
        JsonValues.seconds(JsonValues.first(value, "endTime", "end")),
        JsonValues.speaker(value.path("speaker")),
        body == null ? "" : body,
        words(value.path("words")),
        line);
  }

  /** The words of a segment, where a program adds them with keys of the same names. */
  private static List<SpokenWords.Timed> words(JsonNode words) {
    List<SpokenWords.Timed> timed = new ArrayList<>(words.size());
    for (JsonNode word : words) {
      String body = JsonValues.text(JsonValues.first(word, "body", "text"));
      if (body != null) {
        timed.add(
            new SpokenWords.Timed(
                body,
                JsonValues.seconds(JsonValues.first(word, "startTime", "start")),
                JsonValues.seconds(JsonValues.first(word, "endTime", "end"))));
      }
    }
    return timed;
  }

  private static boolean isWordByWord(List<Segment> segments) {
    long single =
        segments.stream().filter(s -> s.startMs() >= 0 && s.body().indexOf(' ') < 0).count();
    return segments.size() >= MANY && single >= NEARLY_ALL * segments.size();
  }
}
