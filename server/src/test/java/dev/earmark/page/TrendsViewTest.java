package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrendsViewTest {
  /** The exact intervals are 0.025–5.57 for one, 4.80–18.4 for ten and 19.5–41.4 for 29. */
  @Test
  void smallCountsSayBetweenWhichRatesTheTrueOneLies() {
    assertThat(TrendsView.between(1, 1_000_000)).isEqualTo(" (0.0–5.6)");
    assertThat(TrendsView.between(10, 1_000_000)).isEqualTo(" (4.8–18)");
    assertThat(TrendsView.between(29, 1_000_000)).isEqualTo(" (19–42)");
    assertThat(TrendsView.between(30, 1_000_000)).isEmpty();
    assertThat(TrendsView.between(0, 1_000_000)).isEmpty();
    assertThat(TrendsView.between(3, 0)).isEmpty();
  }
}
