package dev.earmark.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How the vector of a question is turned. */
class QuestionAdapterTest {
  private static final QuestionAdapter ADAPTER =
      new QuestionAdapter(
          new float[] {0, 0, 1}, new float[][] {{1, 0, 0}}, new float[][] {{0, 2, 0}});

  @Test
  void isTheFormulaOfThePage() {
    // (1, 0, 0) + 1 · (0, 2, 0) + (0, 0, 1) = (1, 2, 1), whose length is the root of 6.
    float length = (float) Math.sqrt(6);
    assertThat(ADAPTER.turn(new float[] {1, 0, 0}))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1 / length, 2 / length, 1 / length);
    // What has nothing of "from" is only shifted.
    assertThat(ADAPTER.turn(new float[] {0, 1, 0}))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0, (float) Math.sqrt(.5), (float) Math.sqrt(.5));
  }

  @Test
  void whatIsTurnedToNothingStays() {
    assertThat(ADAPTER.turn(new float[] {0, 0, -1})).containsExactly(0, 0, -1);
  }

  @Test
  void isReadAsItWasWritten() {
    byte[] bytes = ADAPTER.bytes();
    QuestionAdapter read = QuestionAdapter.read(bytes, 3, "questions.bin");
    assertThat(read.bytes()).isEqualTo(bytes);
    float[] question = {.6f, 0, .8f};
    assertThat(read.turn(question)).isEqualTo(ADAPTER.turn(question));
    assertThat(read.turn(question)[1]).isEqualTo(1.2f / 2.25f, within(1e-2f));
  }

  @Test
  void whatIsNotOneIsRefused() {
    byte[] bytes = ADAPTER.bytes();
    assertRefused(new byte[0], 3, "it does not begin as one does");
    assertRefused(new byte[40], 3, "it does not begin as one does");
    assertRefused(bytes, 4, "it is for vectors of 3 dimensions, the model's have 4");
    for (int length = 12; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length), 3, "it should hold 9 numbers, and holds");
    }
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), 3, "it should hold 9 numbers");
    byte[] ranked = bytes.clone();
    ranked[8] = (byte) 0x80;
    assertRefused(ranked, 3, "it should hold");
  }

  private static void assertRefused(byte[] bytes, int dimension, String why) {
    assertThatThrownBy(() -> QuestionAdapter.read(bytes, dimension, "questions.bin"))
        .isInstanceOf(EmbeddingModelException.class)
        .hasMessageStartingWith("questions.bin does not say how questions are turned: " + why)
        .hasMessageContaining("./earmark bench learn");
  }
}
