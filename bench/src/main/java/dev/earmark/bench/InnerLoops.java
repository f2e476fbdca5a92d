package dev.earmark.bench;

import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.TimeMap;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.QueryParser;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a search does again and again, one thing at a time.
 *
 * <p>Each goes through a public door, so that what stands behind it may change.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InnerLoops {
  /** The system property that says where the index is. */
  static final String INDEX = "earmark.bench.index";

  private static final ParsedQuery COMMON = QueryParser.parse("the");
  private static final ParsedQuery PHRASE = QueryParser.parse("\"of the\"");
  private static final SearchRequest ALL = SearchRequest.of("kind:segment").withLimit(1);

  private @Nullable InnerSample sample;
  private int next;

  /** Opens the index. */
  @Setup
  public void open() throws IOException {
    sample = InnerSample.of(Path.of(System.getProperty(INDEX, "")));
  }

  /** Closes the index. */
  @TearDown
  public void close() throws IOException {
    sample().earmark().close();
  }

  private InnerSample sample() {
    return Objects.requireNonNull(sample, "the index is open while something is measured");
  }

  private int next() {
    next = (next + 1) & (InnerSample.SIZE - 1);
    return next;
  }

  /** When a word in the middle of a moment is spoken. */
  @Benchmark
  public long timeOfWord() {
    TimeMap map = sample().maps().get(next());
    return map.startOf(map.words() / 2);
  }

  /** Which word is spoken at an instant in the middle of a moment. */
  @Benchmark
  public int wordAtTime() {
    TimeMap map = sample().maps().get(next());
    return map.wordAt((map.startOf(0) + map.endOf(map.words() - 1)) / 2);
  }

  /** A text into words. */
  @Benchmark
  public int words() {
    return Words.of(sample().texts().get(next())).count();
  }

  /** A stored moment into one to show, its time map included. */
  @Benchmark
  public StoredMoment readMoment() {
    byte[] bytes = sample().stored().get(next());
    return MomentCodec.decode(bytes, 0, bytes.length);
  }

  /** Every place in an episode where a common word stands, with its time. */
  @Benchmark
  public List<Hit.Match> markWord() throws IOException {
    return sample().earmark().engine().matches(sample().episode(), COMMON);
  }

  /** Every place in an episode where a common phrase stands, with its time. */
  @Benchmark
  public List<Hit.Match> markPhrase() throws IOException {
    return sample().earmark().engine().matches(sample().episode(), PHRASE);
  }

  /** All facets of all that is spoken in the index. */
  @Benchmark
  public SearchPage countFacets() throws IOException {
    return sample().earmark().engine().search(ALL);
  }
}
