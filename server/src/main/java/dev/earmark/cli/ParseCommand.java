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
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.Unread;
import dev.earmark.source.turn.TextShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a format reads from a file, a line of JSON for each cue or moment. */
@Command(
    name = "parse",
    description = "Print one JSON line for each cue of FILE: start_ms, end_ms, speaker, text.",
    mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Parameters(paramLabel = "FILE", description = "the file to read")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "ID",
      description = "read it as this format; default: recognised by content")
  private @Nullable String format;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "encoding of the text, such as windows-1250; default: detected")
  private @Nullable String encoding;

  @Option(
      names = "--explain",
      description = "instead of cues, print which formats were considered, which was taken and why")
  private boolean explain;

  @Override
  public Integer call() throws IOException {
    RawSource source =
        new RawSource(
            file.toAbsolutePath().getFileName().toString(),
            Files.readAllBytes(file),
            Indexing.charset(encoding));
    if (explain) {
      return explain(source);
    }
    Optional<SourceFormat> known =
        format == null ? Formats.recognise(source) : Formats.byId(format);
    if (known.isEmpty()) {
      throw new CommandFailedException(
          Main.UNSUPPORTED_FORMAT,
          format == null
              ? file + " is in no known format; ./earmark formats lists them"
              : "there is no format \"" + format + "\"; ./earmark formats lists them");
    }
    ProblemLog problems = new ProblemLog(file.toString());
    try {
      ParsedSource parsed = known.get().read(source, problems);
      source.reportEncoding(problems);
      Unread.report(source, parsed, problems);
      for (Cue cue : parsed.cues()) {
        print(cue.anchor(), cue.speaker(), cue.text(), null);
      }
      for (Moment moment : parsed.moments()) {
        print(moment.anchor(), moment.speaker(), moment.text(), moment.kind().id());
      }
      return 0;
    } catch (SourceException e) {
      source.reportEncoding(problems);
      problems.error("cannot-parse", e.line(), String.valueOf(e.getMessage()), null);
      return Main.FAILED;
    } finally {
      problems.problems().stream().map(Problem::describe).forEach(System.err::println);
    }
  }

  private int explain(RawSource source) {
    List<Formats.Candidate> candidates = Formats.candidates(source);
    Optional<SourceFormat> taken =
        format == null
            ? candidates.stream().findFirst().map(Formats.Candidate::format)
            : Formats.byId(format);
    System.out.println(file + ": " + taken.map(SourceFormat::id).orElse("no format"));
    System.out.println("formats considered:");
    for (Formats.Candidate candidate : candidates) {
      SourceFormat one = candidate.format();
      boolean first = taken.isPresent() && one.id().equals(taken.get().id());
      System.out.printf(
          Locale.ROOT,
          "  %s %-20s %-9s %s%n",
          first ? ">" : " ",
          one.id(),
          sureness(candidate.recognition()),
          one.descriptor().recognisedBy());
    }
    System.out.println(
        "  all others ("
            + (Formats.all().size() - candidates.size())
            + "): their marks are not there");
    if (!candidates.isEmpty()) {
      System.out.println("why: " + why(candidates));
    }
    List<String> shape = TextShape.of(source).description();
    if (!shape.isEmpty()) {
      System.out.println("the text:");
      shape.forEach(line -> System.out.println("  " + line));
    }
    return read(source, taken);
  }

  private static String sureness(Recognition recognition) {
    return recognition.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String why(List<Formats.Candidate> candidates) {
    if (format != null) {
      return "--format says so";
    }
    Formats.Candidate first = candidates.getFirst();
    String reason =
        switch (first.recognition()) {
          case CERTAIN -> "it has marks that no other format has";
          case LIKELY -> "the content has its shape";
          case BY_NAME -> "the name says so and the content does not contradict it";
          case FALLBACK, NO -> "nothing better was found";
        };
    boolean tie = candidates.size() > 1 && candidates.get(1).recognition() == first.recognition();
    return reason
        + (tie
            ? "; "
                + candidates.get(1).format().id()
                + " is as sure, and comes later by name; "
                + "--format ID settles it"
            : "");
  }

  /** Says what was read of a source, and what was not. */
  private int read(RawSource source, Optional<SourceFormat> taken) {
    if (taken.isEmpty()) {
      return Main.UNSUPPORTED_FORMAT;
    }
    ProblemLog problems = new ProblemLog(file.toString());
    int code = 0;
    try {
      ParsedSource parsed = taken.get().read(source, problems);
      source.reportEncoding(problems);
      Unread.report(source, parsed, problems);
      Set<String> speakers = new TreeSet<>();
      parsed.cues().forEach(cue -> add(speakers, cue.speaker()));
      parsed.moments().forEach(moment -> add(speakers, moment.speaker()));
      long placed =
          parsed.moments().stream()
              .filter(moment -> moment.anchor() instanceof Anchor.Exact)
              .count();
      System.out.println(
          "read: "
              + Count.of(parsed.cues().size(), "cue")
              + ", "
              + Count.of(parsed.moments().size(), "moment")
              + " ("
              + placed
              + " with a time), "
              + (speakers.isEmpty() ? "no speakers" : "speakers: " + String.join(", ", speakers)));
    } catch (SourceException e) {
      source.reportEncoding(problems);
      problems.error("cannot-parse", e.line(), String.valueOf(e.getMessage()), null);
      code = Main.FAILED;
    }
    problems.problems().stream().map(Problem::describe).forEach(System.out::println);
    return code;
  }

  private static void add(Set<String> speakers, @Nullable String speaker) {
    if (speaker != null) {
      speakers.add(speaker);
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
