package dev.earmark.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a format reads from a file, a line of JSON for each cue or moment. */
@Command(
    name = "parse",
    description = "Print one JSON line a cue: start_ms, end_ms, speaker, text.",
    mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--format", paramLabel = "ID", description = "default: recognised by content")
  private @Nullable String format;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "encoding of the text, such as windows-1250; default: detected")
  private @Nullable String encoding;

  @Override
  public Integer call() throws IOException {
    RawSource source =
        new RawSource(
            file.toAbsolutePath().getFileName().toString(), Files.readAllBytes(file), charset());
    Optional<SourceFormat> known =
        format == null ? Formats.recognise(source) : Formats.byId(format);
    if (known.isEmpty()) {
      throw new CommandFailedException(
          Main.UNSUPPORTED_FORMAT,
          format == null
              ? file + " is in no format that is known; ./earmark formats lists them"
              : "there is no format \"" + format + "\"; ./earmark formats lists them");
    }
    ProblemLog problems = new ProblemLog(file.toString());
    try {
      ParsedSource parsed = known.get().read(source, problems);
      source.reportEncoding(problems);
      for (Cue cue : parsed.cues()) {
        print(cue.anchor(), cue.speaker(), cue.text(), null);
      }
      for (Moment moment : parsed.moments()) {
        print(moment.anchor(), moment.speaker(), moment.text(), moment.kind().id());
      }
      return 0;
    } catch (SourceException e) {
      problems.error("cannot-parse", e.line(), String.valueOf(e.getMessage()), null);
      return Main.FAILED;
    } finally {
      problems.problems().stream().map(Problem::describe).forEach(System.err::println);
    }
  }

  private @Nullable Charset charset() {
    try {
      return encoding == null ? null : Charset.forName(encoding);
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailedException(
          Main.WRONG_USAGE,
          "there is no encoding \"" + encoding + "\"; windows-1250, KOI8-R or Big5 are some");
    }
  }

  private static void print(
      Anchor anchor, @Nullable String speaker, String text, @Nullable String kind)
      throws IOException {
    TimeSpan span = anchor.span().orElse(null);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("start_ms", span == null ? null : span.startMs());
    line.put("end_ms", span == null || span.end() == null ? null : span.endMs());
    line.put("speaker", speaker);
    line.put("text", text);
    if (kind != null) {
      line.put("kind", kind);
    }
    System.out.println(MAPPER.writeValueAsString(line));
  }
}
