package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.schema.Evidence;
import org.junit.jupiter.api.Test;

/** What moments are worth before anything is asked. */
class PriorTest {
  private static double worth(Evidence evidence) {
    return RankingModel.DEFAULT.prior().of(evidence.code());
  }

  @Test
  void theExamplesOfItsPage() {
    assertThat(worth(new Evidence(Evidence.Place.EXACT, 0, true, false))).isEqualTo(1.2);
    assertThat(worth(new Evidence(Evidence.Place.ESTIMATED, 0.5, false, false))).isEqualTo(0.85);
    assertThat(worth(new Evidence(Evidence.Place.EXACT, 0, true, true))).isEqualTo(0.25);
  }

  @Test
  void everyCodeIsEvidenceAndBack() {
    for (Evidence.Place place : Evidence.Place.values()) {
      for (int hundredths = 0; hundredths <= 100; hundredths++) {
        Evidence evidence = new Evidence(place, hundredths / 100.0, hundredths % 2 == 0, false);
        assertThat(Evidence.of(evidence.code())).isEqualTo(evidence);
        assertThat(evidence.code()).isBetween(0, Evidence.CODES - 1);
      }
    }
  }

  @Test
  void theTreeIsTheWorth() {
    for (int code = 0; code < Evidence.CODES; code++) {
      assertThat(RankingModel.DEFAULT.prior().explain(code).value())
          .isCloseTo(RankingModel.DEFAULT.prior().of(code), within(1e-9));
    }
  }
}
