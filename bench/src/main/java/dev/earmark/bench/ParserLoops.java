package dev.earmark.bench;

import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads one file, over and over: from its bytes to cues and moments. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParserLoops {
  /** The format and the file, with a space between; the command that runs this gives them. */
  @Param("")
  public String source = "";

  private byte[] bytes = {};
  private String name = "";
  private @Nullable SourceFormat format;

  /** Reads the file's bytes. */
  @Setup
  public void open() throws IOException {
    int space = source.indexOf(' ');
    Path file = Path.of(source.substring(space + 1));
    format = Formats.byId(source.substring(0, space)).orElseThrow();
    name = String.valueOf(file.getFileName());
    bytes = Files.readAllBytes(file);
  }

  /** One file. */
  @Benchmark
  public ParsedSource parse() throws SourceException {
    SourceFormat reader = Objects.requireNonNull(format, "the format is set up");
    return reader.read(new RawSource(name, bytes), new ProblemLog(name));
  }
}
