package dev.earmark.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.Foreign;
import dev.earmark.Seeds;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Episode;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.transcript.CueCleaner;
import dev.earmark.transcript.Segmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cues that are cleaned, cut into segments, kept as bytes, written out in each form and read again
 * are the cues they were.
 */
public class RoundTripTest {
  private static final int TALKS = 150;

  /** Each starts another program. */
  private static final int PRAAT_TALKS = 15;

  /** Forms in which a cue has one line. */
  private static final Set<TranscriptFormat> ONE_LINE =
      EnumSet.of(TranscriptFormat.TXT, TranscriptFormat.MD, TranscriptFormat.TEI);

  @ParameterizedTest
  @EnumSource(TranscriptFormat.class)
  void everyForm(TranscriptFormat format) {
    Seeds.each(
        TALKS,
        random -> {
          List<Cue> cues = new RandomTalk(random, format).cues();
          String written = transcript(cues).as(format);
          List<Cue> read = read(written, format);
          assertThat(shown(read, format)).as(written).isEqualTo(shown(cues, format));
        });
  }

  /** Praat reads a TextGrid of ours and writes it anew, in its long form and in its short one. */
  @Test
  void praatReadsATextGridAndGivesItBack(@TempDir Path folder) throws IOException {
    Path script = folder.resolve("copy.praat");
    Files.writeString(
        script,
        """
        form Copy
          word from
          word long
          word short
        endform
        grid = Read from file: from$
        Save as text file: long$
        Save as short text file: short$
        """);
    Seeds.each(
        PRAAT_TALKS,
        random -> {
          List<Cue> cues = new RandomTalk(random, TranscriptFormat.TEXTGRID).cues();
          String written = transcript(cues).as(TranscriptFormat.TEXTGRID);
          Files.writeString(folder.resolve("own.TextGrid"), written);
          Foreign.run(
              folder,
              "",
              "praat",
              "--utf8",
              "--run",
              "copy.praat",
              "own.TextGrid",
              "long",
              "short");
          for (String copy : List.of("long", "short")) {
            // It writes what is not ASCII as UTF-16.
            byte[] bytes = Files.readAllBytes(folder.resolve(copy));
            RawSource source = new RawSource("hours.TextGrid", bytes);
            List<Cue> read =
                Formats.recognise(source)
                    .orElseThrow()
                    .read(source, new ProblemLog(source.name()))
                    .cues();
            assertThat(shown(read, TranscriptFormat.TEXTGRID))
                .as(written)
                .isEqualTo(shown(cues, TranscriptFormat.TEXTGRID));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = TranscriptFormat.class,
      names = {"VTT", "JSON", "TTML", "EAF"})
  void wordsKeepTheirTimes(TranscriptFormat format) {
    Seeds.each(
        TALKS,
        random -> {
          List<Cue> cues = new ArrayList<>();
          for (int i = 0; i < 30; i++) {
            cues.add(timedWords(random, i * 5_000L));
          }
          String written = transcript(cues).as(format);
          assertThat(starts(read(written, format))).as(written).isEqualTo(starts(cues));
        });
  }

  /** What is said when, word by word. */
  private static List<String> starts(List<Cue> cues) {
    List<String> starts = new ArrayList<>();
    for (Cue cue : cues) {
      for (TimedWord word : cue.words()) {
        starts.add(cue.text().substring(word.from(), word.to()) + " " + word.startMs());
      }
    }
    return starts;
  }

  private static Cue timedWords(Random random, long start) {
    StringBuilder text = new StringBuilder();
    List<TimedWord> words = new ArrayList<>();
    long at = start;
    int count = 2 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : random.nextInt(4) == 0 ? "\n" : " ");
      int from = text.length();
      text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(1_000));
      long end = at + 50 + random.nextInt(400);
      words.add(new TimedWord(from, text.length(), at, end));
      at = end + random.nextInt(2) * random.nextInt(50);
    }
    Anchor anchor = Anchor.exact(TimeSpan.ofMillis(start, at + 10));
    return new Cue(anchor, null, text.toString(), words, 0);
  }

  private static Transcript transcript(List<Cue> cues) {
    Episode episode = EpisodeFields.builder().title("Harbour Hours").build().toEpisode("hours");
    List<Cue> clean = CueCleaner.clean(cues, null, new ProblemLog("test"));
    List<StoredMoment> stored = new ArrayList<>();
    for (Moment moment : Segmenter.segment(clean, CueCleaner.withoutWords(cues, clean))) {
      byte[] bytes =
          MomentCodec.encode(
              new IndexedMoment(episode, "a.vtt", "vtt", "en", stored.size(), 0, moment));
      stored.add(MomentCodec.decode(bytes, 0, bytes.length));
    }
    return Transcript.of(episode, stored).orElseThrow();
  }

  /** The cues that a transcript in a form is read as. */
  public static List<Cue> read(String written, TranscriptFormat format) throws SourceException {
    RawSource source = RawSource.ofText("hours." + format.id(), written);
    SourceFormat reader = Formats.recognise(source).orElseThrow();
    return reader.read(source, new ProblemLog(source.name())).cues();
  }

  /** What a form keeps of cues, a line a cue. */
  public static List<String> shown(List<Cue> cues, TranscriptFormat format) {
    boolean lines = !ONE_LINE.contains(format);
    return cues.stream()
        .map(cue ->
            cue.span().startMs()
                + " "
                + cue.span().endMs()
                + " "
                + cue.speaker()
                + ": "
                + (lines ? cue.text() : cue.text().replaceAll("\\s+", " ")))
        .toList();
  }
}
