package dev.earmark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0:00                            | 0
          13:55                           | 835000
          96:40                           | 5800000
          138:15                          | 8295000
          1:20:16                         | 4816000
          01:20:16.250                    | 4816250
          01:20:16,250                    | 4816250
          00:01,5                         | 1500
          00:01.98765                     | 1987
          1:02:03:04                      | 93784000
          01:02:03:050                    | 3723050
          1201:51:58.219                  | 4326718219
          835                             | 835000
          835.2                           | 835200
          835s                            | 835000
          0,780                           | 780
          13m55s                          | 835000
          1h2m                            | 3720000
          1h 2m                           | 3720000
          250ms                           | 250
          2.5 hours                       | 9000000
          3 min                           | 180000
          3 hours 11 minutes 53 seconds   | 11513000
          3 hours, 11 minutes, 53 seconds | 11513000
          3 hours 11 mins 53 secs         | 11513000
          1HR 3MIN                        | 3780000
          1d                              | 86400000
          """)
  void reads(String text, long millis) {
    assertThat(Timestamp.tryParse(text)).contains(new Timestamp(millis));
    assertThat(Timestamp.parse("  " + text + "\t").millis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "x:y",
        "1:",
        ":1",
        "1::2",
        "-1:00",
        "+1:00",
        "1:2:3:4:5",
        "1.2.3",
        "1:00 pm",
        "12:3x",
        "5,",
        "5.",
        ".5",
        "5 parsecs",
        "5m,",
        ",",
        "01: :03,456",
        "1:00.",
        "99999999999",
        "99999999999:00:00:00",
        "9999999999d9999999999d",
        "1:00:00:00:00",
        "٣:٠٠",
      })
  void refuses(String text) {
    assertThat(Timestamp.tryParse(text)).isEmpty();
  }

  @Test
  void namesWhatItRefuses() {
    assertThatThrownBy(() -> Timestamp.parse("noon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"noon\" is not a time; write 13:55, 1:20:16, 835 or 13m55s");
    assertThatThrownBy(() -> new Timestamp(-1)).hasMessageContaining("got -1");
  }

  @Test
  void writes() {
    Timestamp time = new Timestamp(4_816_250);

    assertThat(time.clock()).isEqualTo("1:20:16");
    assertThat(time.webVtt()).isEqualTo("01:20:16.250");
    assertThat(time.subRip()).isEqualTo("01:20:16,250");
    assertThat(time.seconds()).isEqualTo("4816.25");
    assertThat(time.wholeSeconds()).isEqualTo(4_816);
    assertThat(new Timestamp(7_000).clock()).isEqualTo("0:07");
    assertThat(new Timestamp(835_000).seconds()).isEqualTo("835");
  }

  @Test
  void clamps() {
    assertThat(Timestamp.clamped(-5)).isEqualTo(Timestamp.ZERO);
    assertThat(Timestamp.clamped(Long.MAX_VALUE).webVtt()).isEqualTo("1000000:00:00.000");
    assertThat(Timestamp.ofSeconds(1.2345).millis()).isEqualTo(1_235);
    assertThat(Timestamp.ofClock(0, 96, 40, 0)).isEqualTo(Timestamp.ofClock(1, 36, 40, 0));
  }

  @Property
  void whatItWritesItReads(@ForAll @LongRange(min = 0, max = 3_600_000_000_000L) long millis) {
    Timestamp time = new Timestamp(millis);

    assertThat(Timestamp.parse(time.webVtt())).isEqualTo(time);
    assertThat(Timestamp.parse(time.subRip())).isEqualTo(time);
    assertThat(Timestamp.parse(time.clock()).millis()).isEqualTo(millis / 1_000 * 1_000);
  }

  @Property
  void neverThrows(@ForAll String text) {
    Timestamp.tryParse(text).ifPresent(time -> assertThat(time.millis()).isNotNegative());
  }
}
