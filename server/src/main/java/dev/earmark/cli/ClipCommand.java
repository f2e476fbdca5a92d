package dev.earmark.cli;

import dev.earmark.clip.ClipForm;
import dev.earmark.clip.Clipper;
import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MediaFile;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.SearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cuts a stretch out of a recording, with the captions of the same stretch. */
@Command(
    name = "clip",
    description = "Cut a stretch out of an episode's own media file, with its captions.",
    mixinStandardHelpOptions = true)
final class ClipCommand implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofHours(1);

  @Parameters(paramLabel = "EPISODE", description = "the id of an episode")
  private String episode = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "T",
      description = "where it begins, such as 13:55 or 835.2")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "T", description = "where it ends")
  private String to = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "the file to write; its ending says in which form: mp3, m4a, ogg, flac, wav, mp4 or webm;"
              + " default: EPISODE-FROM-TO here, in the form of the recording")
  private @Nullable Path out;

  @Mixin private IndexOptions index = new IndexOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    TimeSpan stretch = stretch();
    IndexPlace place = index.required();
    try (SearchEngine engine = place.openForReading()) {
      EpisodeEntry entry =
          engine
              .episode(episode)
              .orElseThrow(() -> failed("there is no episode \"" + episode + "\" in " + place));
      Optional<MediaFile> video = MediaFile.of(entry, entry.episode().media().video());
      Path wanted = out;
      ClipForm asked = wanted == null ? null : form(wanted);
      Optional<MediaFile> audio = MediaFile.of(entry, entry.episode().media().audio());
      boolean heard = asked != null && !asked.isVideo();
      MediaFile media =
          (heard ? audio.or(() -> video) : video.or(() -> audio))
              .orElseThrow(() ->
                  failed(
                      "there is no media file of \""
                          + episode
                          + "\" on this machine; name one beside its sources in episode.yaml, as"
                          + " media: {audio: FILE}, and index it again"));
      ClipForm form = asked == null ? ClipForm.like(media) : asked;
      if (form.isVideo() && !media.mediaType().startsWith("video/")) {
        throw failed(media.path().getFileName() + " has no picture; let --out end with .mp3");
      }
      Path file = wanted == null ? Path.of(name(stretch) + "." + form.id()) : wanted;
      Path vtt = beside(file, TranscriptFormat.VTT);
      Path srt = beside(file, TranscriptFormat.SRT);
      for (Path each : List.of(file, vtt, srt)) {
        if (Files.exists(each)) {
          throw failed(each + " is there already; choose another with --out");
        }
      }
      Clipper.usual(DEADLINE)
          .cut(media, stretch.startMs(), stretch.endMs(), form, file, () -> false);
      System.out.println(file);
      Optional<Transcript> transcript = Transcript.of(entry.episode(), engine.moments(episode));
      if (transcript.isPresent()) {
        Files.writeString(vtt, transcript.get().as(TranscriptFormat.VTT, stretch));
        Files.writeString(srt, transcript.get().as(TranscriptFormat.SRT, stretch));
        System.out.println(vtt);
        System.out.println(srt);
      }
    }
    return 0;
  }

  private TimeSpan stretch() {
    Timestamp begin = time("--from", from);
    Timestamp end = time("--to", to);
    if (end.compareTo(begin) <= 0) {
      throw new CommandFailedException(
          Main.WRONG_USAGE, "--to must be later than --from, got " + from + " to " + to);
    }
    return new TimeSpan(begin, end);
  }

  private static Timestamp time(String option, String text) {
    return Timestamp.tryParse(text)
        .orElseThrow(() ->
            new CommandFailedException(
                Main.WRONG_USAGE,
                option + " must be a time such as 13:55 or 835.2, got \"" + text + "\""));
  }

  private static ClipForm form(Path file) {
    String name = String.valueOf(file.getFileName());
    return ClipForm.of(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
        .orElseThrow(() ->
            new CommandFailedException(
                Main.WRONG_USAGE,
                "--out must end with one of " + ClipForm.names() + ", got \"" + name + "\""));
  }

  private String name(TimeSpan stretch) {
    return episode.replaceAll("[^A-Za-z0-9._-]", "_")
        + "-"
        + stretch.start().seconds()
        + "-"
        + Timestamp.clamped(stretch.endMs()).seconds();
  }

  private static Path beside(Path file, TranscriptFormat format) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + "." + format.id());
  }

  private static CommandFailedException failed(String message) {
    return new CommandFailedException(Main.FAILED, message);
  }
}
