package dev.earmark.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Times in addresses, as the W3C's test cases for user agents have them.
 *
 * <p>What the cases call the end of the resource is known to the player alone: it stops there by
 * itself ({@code EpisodeBrowserTest}).
 *
 * @see <a href="https://www.w3.org/2008/WebVideo/Fragments/TC/ua-test-cases">Media Fragments UA
 *     Test Cases</a>
 */
class MediaFragmentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Temporal; there are no cases 7, 8, 10, 13 and 16.
        "TC0001 | , | ignored",
        "TC0002 | 3,3 | ignored",
        "TC0003 | 7,3 | ignored",
        "TC0004 | 0,9.97 | 0-9970",
        "TC0005 | 3,7 | 3000-7000",
        "TC0006 | 3,15 | 3000-15000",
        "TC0009 | 15,20 | 15000-20000",
        "TC0011 | 3 | 3000-",
        "TC0012 | 3, | ignored",
        "TC0014 | 15 | 15000-",
        "TC0015 | ,7 | 0-7000",
        "TC0017 | ,15 | 0-15000",
        // Units: frames and the time of day mean nothing where neither is known.
        "TC0018 | smpte:0:00:03,0:00:07 | ignored",
        "TC0019 | smpte:0:00:03:15.00,0:00:07 | ignored",
        "TC0020 | smpte-25:0:00:03,0:00:07 | ignored",
        "TC0022 | smpte-30:0:00:03,0:00:07 | ignored",
        "TC0024 | npt:3,7 | 3000-7000",
        "clock | clock:2009-07-26T11:19:01Z,2009-07-26T11:20:01Z | ignored",
        // Syntax.
        "TC0027 | banana | ignored",
        "TC0028 | 3,banana | ignored",
        "TC0029 | banana,7 | ignored",
        "TC0030 | '3' | ignored",
        "TC0031 | 3-7 | ignored",
        "TC0033 | 3,7,9 | ignored",
        "TC0044 | -1,3 | ignored",
        "TC0061 | `` | ignored",
        "TC0062 | . | ignored",
        "TC0068 | s | ignored",
        "TC0069 | npt: | ignored",
        "TC0070 | 1e-1 | ignored",
        "TC0071 | 00:00:01.1e-1 | ignored",
        "TC0072 | 3. | 3000-",
        "TC0078 | 00:00:03,00:00:07 | 3000-7000",
        "TC0079 | 3,00:00:07 | 3000-7000",
        "TC0080 | 00:00. | 0-",
        "TC0081 | 0:00:00. | 0-",
        "TC0082 | 0:00:10e-1 | ignored",
        "TC0094 | 3,7, | ignored",
        "TC0095 | 0:00:03,0:00:07 | 3000-7000",
        // What people write, and the cases refuse (TC0032, TC0064, TC0074).
        "people | 13:55 | 835000-",
        "people | 13m55s | 835000-",
        "people | 96:40 | 5800000-",
        "people | npt:13:55,14:02.5 | 835000-842500",
      })
  void isReadAsTheStandardSays(String testCase, String t, String expected) {
    String read =
        DeepLink.parse(t)
            .map(at ->
                at.start().millis() + "-" + (at.end() == null ? "" : Long.toString(at.endMs())))
            .orElse("ignored");
    assertThat(read).as(testCase + " t=" + t).isEqualTo(expected);
  }

  /** TC0053, TC0055, TC0059, TC0085: the last that is a time counts. */
  @Test
  void ofSeveralTheLastThatIsATimeCounts() {
    assertThat(DeepLink.time(List.of("foo:7", "npt:3")).at()).isEqualTo(at(3));
    assertThat(DeepLink.time(List.of("7", "3")).at()).isEqualTo(at(3));
    assertThat(DeepLink.time(List.of("smpte:00:00:01", "npt:3")).at()).isEqualTo(at(3));
    DeepLink.Time trailing = DeepLink.time(List.of("3", "foo"));
    assertThat(trailing.at()).isEqualTo(at(3));
    assertThat(trailing.notUnderstood()).isNull();
    assertThat(DeepLink.time(List.of("7,3"))).isEqualTo(new DeepLink.Time(null, "7,3"));
    assertThat(DeepLink.time(List.of(""))).isEqualTo(DeepLink.Time.NONE);
    assertThat(DeepLink.time(List.of())).isEqualTo(DeepLink.Time.NONE);
  }

  private static TimeSpan at(int seconds) {
    return TimeSpan.from(new Timestamp(1_000L * seconds));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    long seed = Long.getLong("fragments.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Timestamp start = new Timestamp(random.nextLong(20_000_000));
      Timestamp end =
          switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> start;
            default -> new Timestamp(start.millis() + random.nextLong(1, 600_000));
          };
      String address = DeepLink.mediaFragment("https://a.example/b.mp3", start, end);
      TimeSpan read = DeepLink.parse(address.substring(address.indexOf("#t=") + 3)).orElseThrow();
      assertThat(read.start()).as(address + " -Dfragments.seed=" + seed).isEqualTo(start);
      assertThat(read.end())
          .as(address + " -Dfragments.seed=" + seed)
          .isEqualTo(start.equals(end) ? null : end);
    }
  }
}
