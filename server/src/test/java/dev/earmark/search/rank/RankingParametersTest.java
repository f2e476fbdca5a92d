package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Numbers that decide an order. */
class RankingParametersTest {
  private static final RankingParameters USUAL = RankingParameters.DEFAULT;

  @Test
  void oneIsSetByItsNameAndTheOthersStay() {
    RankingParameters other = USUAL.with("own", 5);
    assertThat(other.own()).isEqualTo(5);
    assertThat(other.with("own", USUAL.own())).isEqualTo(USUAL);
    assertThat(USUAL.get("stretchMs")).isEqualTo(75_000);
  }

  @Test
  void whatIsOutOfRangeIsNamedWithItsRange() {
    assertThatThrownBy(() -> USUAL.with("aside", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("aside must be 0 to 1, got 2");
    assertThatThrownBy(() -> USUAL.with("own", Double.NaN))
        .hasMessage("own must be 0 to 20, got NaN");
  }

  @Test
  void whatThereIsNotIsNamedWithWhatThereIs() {
    assertThatThrownBy(() -> USUAL.with("owm", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no ranking parameter \"owm\"; there are own, nearMs,");
  }

  @Test
  void eachIsDescribed() {
    for (RankingParameters.Parameter each : USUAL.all()) {
      assertThat(each.description().split("; ")).as(each.name()).hasSizeGreaterThanOrEqualTo(4);
    }
  }
}
