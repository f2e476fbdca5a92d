package dev.earmark.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderEvidenceTest {
  private static final int CELLS = 120;
  private static final int TRIES = 60;

  /** Parts each of which likes some cells anywhere, as those of another recording do. */
  private static float[][] anywhere(Random random, int parts) {
    float[][] affinity = new float[parts][CELLS];
    for (float[] part : affinity) {
      for (int cell = 0; cell < CELLS; cell++) {
        part[cell] = -0.3f;
      }
      for (int liked = 0; liked < 4; liked++) {
        part[random.nextInt(CELLS)] = 1 + 4 * random.nextFloat();
      }
    }
    return affinity;
  }

  /** Makes a part like the cells where it belongs if the parts share the time out evenly. */
  private static void inPlace(float[][] affinity, int part) {
    int from = part * CELLS / affinity.length;
    for (int cell = from; cell < from + 4; cell++) {
      affinity[part][cell] = 3;
    }
  }

  @Test
  void whatFollowsTheRecordingBelongs() {
    Random random = new Random(1);
    for (int parts = 4; parts <= 20; parts++) {
      float[][] affinity = anywhere(random, parts);
      for (int part = 0; part < parts; part++) {
        inPlace(affinity, part);
      }
      assertThat(OrderEvidence.of(affinity, false).belongs())
          .as("%d parts", parts)
          .isGreaterThan(.7);
    }
  }

  @Test
  void partsAboutNothingBetweenThemSeldomChangeThat() {
    Random random = new Random(2);
    int belong = 0;
    for (int each = 0; each < TRIES; each++) {
      float[][] affinity = anywhere(random, 9 + each % 12);
      for (int part = 0; part < affinity.length; part++) {
        if (part % 3 != 1) {
          inPlace(affinity, part);
        }
      }
      belong += OrderEvidence.of(affinity, false).belongs() > .5 ? 1 : 0;
    }
    assertThat(belong).isGreaterThan(TRIES * 9 / 10);
  }

  @Test
  void whatFitsAnywhereMostlyDoesNot() {
    Random random = new Random(3);
    int belong = 0;
    for (int each = 0; each < TRIES; each++) {
      float[][] affinity = anywhere(random, 4 + each % 16);
      belong += OrderEvidence.of(affinity, false).belongs() > .5 ? 1 : 0;
    }
    assertThat(belong).isLessThan(TRIES / 4);
  }

  @Test
  void toBeginAndEndAlikeIsNotEnough() {
    Random random = new Random(4);
    int belong = 0;
    for (int each = 0; each < TRIES; each++) {
      float[][] affinity = anywhere(random, 8 + each % 12);
      inPlace(affinity, 0);
      inPlace(affinity, affinity.length - 1);
      belong += OrderEvidence.of(affinity, false).belongs() > .5 ? 1 : 0;
    }
    assertThat(belong).isLessThan(TRIES / 4);
  }

  @Test
  void ofTooFewPartsItSaysNothing() {
    assertThat(OrderEvidence.of(anywhere(new Random(5), 2), false))
        .isEqualTo(new OrderEvidence.Result(1, 0));
  }
}
