package dev.earmark.corpus;

import dev.earmark.model.Cue;
import dev.earmark.model.Episode;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.transcript.CueCleaner;
import dev.earmark.transcript.LanguageGuess;
import dev.earmark.transcript.Segmenter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an episode: every source in its format, cleaned, segmented, and joined.
 *
 * <p>What the manifest says counts most, then the sources in their order. Bounded by the largest
 * source ({@link RawSource#MAX_BYTES}). Stateless and thread-safe.
 */
public final class EpisodeReader {
  private EpisodeReader() {}

  /** Reads an episode; what cannot be read is among the problems of the result. */
  public static EpisodeDocument read(EpisodeInput input) {
    List<Problem> problems = new ArrayList<>();
    List<Parsed> parsed = new ArrayList<>();
    for (Path file : input.files()) {
      ProblemLog log = new ProblemLog(file.toString());
      try {
        RawSource raw = new RawSource(file.getFileName().toString(), readBounded(file));
        parse(raw, input.formats().get(file), log).ifPresent(parsed::add);
      } catch (IOException e) {
        log.error("cannot-read", 0, "cannot be read: " + reason(e), "left out");
      }
      problems.addAll(log.problems());
    }
    return join(input, parsed, problems);
  }

  private record Parsed(String name, String format, ParsedSource source, ProblemLog log) {}

  private static byte[] readBounded(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(RawSource.MAX_BYTES + 1);
      if (bytes.length > RawSource.MAX_BYTES) {
        throw new IOException(
            "it is larger than " + (RawSource.MAX_BYTES >> 20) + " MiB; split it");
      }
      return bytes;
    }
  }

  private static Optional<Parsed> parse(RawSource raw, @Nullable String formatId, ProblemLog log) {
    Optional<SourceFormat> format =
        formatId == null ? Formats.recognise(raw) : Formats.byId(formatId);
    if (format.isEmpty()) {
      log.error(
          "unknown-format",
          0,
          formatId == null
              ? "is in no format that is known"
              : "is said to be in format \"" + formatId + "\", which there is not",
          "left out; ./earmark formats lists what can be read");
      return Optional.empty();
    }
    try {
      ParsedSource source = format.get().read(raw, log);
      return Optional.of(new Parsed(raw.name(), format.get().id(), source, log));
    } catch (SourceException e) {
      log.error("cannot-parse", e.line(), String.valueOf(e.getMessage()), "left out");
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      // A defect of the format must not take the sources beside it along.
      log.error(
          "format-failed", 0, "the format " + format.get().id() + " failed: " + e, "left out");
      return Optional.empty();
    }
  }

  private static EpisodeDocument join(
      EpisodeInput input, List<Parsed> parsed, List<Problem> problems) {
    EpisodeFields fields = input.fields();
    for (Parsed one : parsed) {
      fields = fields.orElse(one.source().episode());
    }
    List<SourceDocument> sources = new ArrayList<>();
    for (Parsed one : parsed) {
      ProblemLog log = new ProblemLog(one.log().source());
      List<Cue> cues = CueCleaner.clean(one.source().cues(), fields.durationMs(), log);
      List<Moment> moments = new ArrayList<>(Segmenter.segment(cues));
      moments.addAll(one.source().moments());
      problems.addAll(log.problems());
      String language = language(one.source().episode().language(), fields.language(), moments);
      sources.add(new SourceDocument(one.name(), one.format(), language, moments));
    }
    Episode episode = fields.toEpisode(input.id());
    if (episode.language() == null && !sources.isEmpty()) {
      EpisodeFields told = EpisodeFields.builder().language(sources.getFirst().language()).build();
      episode = fields.orElse(told).toEpisode(input.id());
    }
    return new EpisodeDocument(episode, sources, problems);
  }

  private static String language(
      @Nullable String ofSource, @Nullable String ofEpisode, List<Moment> moments) {
    String said = ofSource != null ? ofSource : ofEpisode;
    if (said != null) {
      return said.toLowerCase(Locale.ROOT);
    }
    StringBuilder sample = new StringBuilder();
    for (int i = 0; i < moments.size() && sample.length() < 4_000; i++) {
      sample.append(moments.get(i).text()).append(' ');
    }
    return LanguageGuess.of(sample);
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "it is no longer there"
        : String.valueOf(e.getMessage());
  }
}
