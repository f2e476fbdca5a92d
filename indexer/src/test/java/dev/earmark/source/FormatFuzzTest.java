package dev.earmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Cue;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/**
 * Whatever the bytes, every format either reads them or refuses with a {@link SourceException} that
 * says why; no other exception, no negative time, no word outside its text, no hang.
 *
 * <p>The inputs start from the golden ones of all formats, so a new format is tested as soon as it
 * has one.
 */
class FormatFuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final List<byte[]> GOLDEN = golden();
  private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?");
  private static final List<String> ODD_NUMBERS =
      List.of(
          "-1",
          "-0.5",
          "",
          "0",
          "00",
          "NaN",
          "null",
          "[]",
          "4294967296",
          "253402300800",
          "1e18",
          "9223372036854775807",
          "99999999999999999999",
          "1e308",
          "-1e300");

  private static List<byte[]> golden() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".expected"))
          .filter(file -> !file.toString().endsWith(".path"))
          .sorted()
          .map(FormatFuzzTest::bytes)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<byte[]> truncated() {
    return Combinators.combine(Arbitraries.of(GOLDEN), Arbitraries.doubles().between(0, 1))
        .as((bytes, share) -> Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  /** Bytes changed, doubled, cut out or swapped for those that markup is made of. */
  @Provide
  Arbitrary<byte[]> mutated() {
    return Combinators.combine(Arbitraries.of(GOLDEN), Arbitraries.longs())
        .as((bytes, seed) -> {
          Random random = new Random(seed);
          byte[] changed = bytes.clone();
          byte[] signs = "<>&;:,.-[]{}\"'/\\\n\r\t 09\0".getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i <= random.nextInt(8) && changed.length > 0; i++) {
            int at = random.nextInt(changed.length);
            changed[at] =
                random.nextBoolean()
                    ? signs[random.nextInt(signs.length)]
                    : (byte) random.nextInt(256);
          }
          return changed;
        });
  }

  /** Numbers swapped for those that are negative, too large, or none. */
  @Provide
  Arbitrary<byte[]> renumbered() {
    return Combinators.combine(Arbitraries.of(GOLDEN), Arbitraries.longs())
        .as((bytes, seed) -> {
          Random random = new Random(seed);
          double share = random.nextDouble() / 3;
          String changed =
              NUMBER
                  .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                  .replaceAll(number ->
                      random.nextDouble() > share
                          ? number.group()
                          : random.nextInt(3) == 0
                              ? "-" + number.group()
                              : ODD_NUMBERS.get(random.nextInt(ODD_NUMBERS.size())));
          return changed.getBytes(StandardCharsets.ISO_8859_1);
        });
  }

  /** The start of one input and the end of another. */
  @Provide
  Arbitrary<byte[]> spliced() {
    Arbitrary<Double> share = Arbitraries.doubles().between(0, 1);
    return Combinators.combine(Arbitraries.of(GOLDEN), Arbitraries.of(GOLDEN), share, share)
        .as((first, second, upTo, from) -> {
          int head = (int) (first.length * upTo);
          int tail = (int) (second.length * from);
          byte[] both = Arrays.copyOf(first, head + second.length - tail);
          System.arraycopy(second, tail, both, head, second.length - tail);
          return both;
        });
  }

  @Property(tries = 600)
  void truncatedInputs(@ForAll("truncated") byte[] bytes) {
    readByAll(bytes);
  }

  @Property(tries = 600)
  void mutatedInputs(@ForAll("mutated") byte[] bytes) {
    readByAll(bytes);
  }

  @Property(tries = 400)
  void renumberedInputs(@ForAll("renumbered") byte[] bytes) {
    readByAll(bytes);
  }

  @Property(tries = 400)
  void splicedInputs(@ForAll("spliced") byte[] bytes) {
    readByAll(bytes);
  }

  @Property(tries = 400)
  void randomBytes(@ForAll byte[] bytes) {
    readByAll(bytes);
  }

  private static void readByAll(byte[] bytes) {
    Assertions.assertTimeoutPreemptively(
        LONGEST,
        () -> {
          RawSource source = new RawSource("input", bytes);
          Formats.recognise(source);
          for (SourceFormat format : Formats.all()) {
            read(format, source);
          }
        });
  }

  private static void read(SourceFormat format, RawSource source) {
    ProblemLog problems = new ProblemLog("input");
    ParsedSource parsed;
    try {
      parsed = format.read(source, problems);
    } catch (SourceException e) {
      assertThat(e.getMessage()).as(format.id()).isNotBlank();
      assertThat(e.line()).as(format.id()).isNotNegative();
      return;
    } catch (RuntimeException e) {
      throw new AssertionError(format.id() + " threw", e);
    }
    for (Cue cue : parsed.cues()) {
      // The types forbid negative times and ends before starts; what is left are the words.
      for (TimedWord word : cue.words()) {
        assertThat(word.to()).as(format.id()).isLessThanOrEqualTo(cue.text().length());
      }
      assertThat(cue.text()).as(format.id()).isNotBlank();
    }
    for (Problem problem : problems.problems()) {
      assertThat(problem.message()).as(format.id()).isNotBlank();
      assertThat(problem.line()).as(format.id()).isNotNegative();
    }
  }
}
