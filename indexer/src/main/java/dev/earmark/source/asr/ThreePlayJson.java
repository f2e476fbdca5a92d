package dev.earmark.source.asr;

import com.fasterxml.jackson.databind.node.TextNode;
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
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of 3Play Media: {@code words}, pairs of a time in milliseconds and a word, of which
 * an empty one is a pause; {@code paragraphs}, the times at which they begin; {@code speakers}, the
 * names by the times from which they speak. Where there are {@code speaker_changes}, pairs of a
 * time and an id, {@code speakers} gives the names by their ids. All may stand under {@code
 * transcript}.
 *
 * <p>A name that the first word repeats, {@code NARRATOR: Let's}, is taken off it. A speaker goes
 * on until the next, or until a paragraph that begins with a dash: somebody else says it.
 */
@AutoService(SourceFormat.class)
public final class ThreePlayJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "threeplay-json",
          "3Play Media transcripts",
          "JSON with paragraphs and words, which are pairs of a time and a word");

  private static final Pattern PAIRS =
      Pattern.compile("\"words\"\\s{0,20}:\\s{0,20}\\[\\s{0,20}\\[\\s{0,20}\"\\d{1,9}\"\\s{0,20},");
  private static final Pattern TAG = Pattern.compile("</?[a-z]{1,6}>");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    boolean both =
        shape.has("words", "paragraphs") || shape.has("transcript.words", "transcript.paragraphs");
    return both && PAIRS.matcher(source.head()).find() ? Recognition.CERTAIN : Recognition.NO;
  }

  private record Word(long startMs, String word, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Word> words = new ArrayList<>();
    Set<Long> paragraphs = new HashSet<>();
    Map<String, String> names = new HashMap<>();
    Map<Long, String> changes = new HashMap<>();
    JsonReader reader = new JsonReader(source, problems);
    for (String wrapper : List.of("", "transcript.")) {
      reader
          .on(
              wrapper + "words[]",
              (value, line) ->
                  words.add(
                      new Word(
                          JsonValues.millis(value.path(0)), plain(value.path(1).asText()), line)))
          .on(wrapper + "paragraphs[]", (value, line) -> paragraphs.add(JsonValues.millis(value)))
          .on(
              wrapper + "speakers",
              (value, line) ->
                  value
                      .properties()
                      .forEach(each -> names.put(each.getKey(), each.getValue().asText().strip())))
          .on(
              wrapper + "speaker_changes[]",
              (value, line) ->
                  changes.put(JsonValues.millis(value.path(0)), value.path(1).asText()));
    }
    reader.read();
    Map<Long, String> speakers = new HashMap<>();
    if (changes.isEmpty()) {
      names.forEach((time, name) -> speakers.put(JsonValues.millis(TextNode.valueOf(time)), name));
    } else {
      changes.forEach((time, id) -> speakers.put(time, names.getOrDefault(id, id)));
    }
    CueBuilder cues = new CueBuilder(problems);
    join(words, paragraphs, speakers, new SpokenWords(cues));
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("words, each with its time before it, are needed"));
  }

  private static void join(
      List<Word> words, Set<Long> paragraphs, Map<Long, String> speakers, SpokenWords spoken) {
    @Nullable String speaker = null;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String said = word.word();
      boolean begins = paragraphs.contains(word.startMs());
      String next = speakers.get(word.startMs());
      if (begins) {
        spoken.flush();
      }
      if (next != null && !next.isEmpty()) {
        speaker = JsonValues.label(next);
        said = said.startsWith(next + ":") ? said.substring(next.length() + 1) : said;
      } else if (begins && said.length() > 1 && said.charAt(0) == '-') {
        speaker = null;
        said = said.substring(1);
      }
      long end = i + 1 < words.size() ? words.get(i + 1).startMs() : Times.NONE;
      spoken.word(said, word.startMs(), end, speaker, word.line());
    }
    spoken.flush();
  }

  /** A word without the markup that the pages of the service show it with. */
  private static String plain(String word) {
    String text = word.indexOf('<') < 0 ? word : TAG.matcher(word).replaceAll("");
    return text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, false);
  }
}
