package dev.earmark.cli;

import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.Tracks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the transcript of an episode. */
@Command(
    name = "export",
    description = "Print the transcript of an episode.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "EPISODE", description = "the id of an episode")
  private String episode = "";

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORM",
      description = "vtt, srt, json, txt, md, ttml, eaf (ELAN), textgrid (Praat) or tei")
  private String form = "";

  @Option(
      names = "--track",
      paramLabel = "DOCUMENT",
      description =
          "file name of the transcript to print, if there are several; also of one that is kept but"
              + " not searched")
  private @Nullable String track;

  @Mixin private IndexOptions index = new IndexOptions();

  @Override
  public Integer call() throws IOException {
    TranscriptFormat format =
        TranscriptFormat.of(form)
            .orElseThrow(() ->
                new CommandFailedException(
                    Main.WRONG_USAGE,
                    "--as must be one of " + TranscriptFormat.ids() + ", got \"" + form + "\""));
    IndexPlace place = index.required();
    try (SearchEngine engine = place.openForReading()) {
      EpisodeEntry entry =
          engine
              .episode(episode)
              .orElseThrow(() ->
                  new CommandFailedException(
                      Main.FAILED, "there is no episode \"" + episode + "\" in " + place));
      Transcript transcript =
          Transcript.of(entry.episode(), moments(engine, entry))
              .orElseThrow(() ->
                  new CommandFailedException(
                      Main.FAILED,
                      "there is no transcript of \"" + episode + "\", only notes or chapters"));
      System.out.print(transcript.as(format));
    }
    return 0;
  }

  private List<StoredMoment> moments(SearchEngine engine, EpisodeEntry entry) throws IOException {
    try {
      return Tracks.of(engine, entry, track);
    } catch (BadRequestException e) {
      throw new CommandFailedException(Main.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
