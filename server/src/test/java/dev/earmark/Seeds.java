package dev.earmark;

import java.util.Random;

/** Random input that can be had again: {@code -Dseed=NUMBER} gives a seed back. */
public final class Seeds {
  private Seeds() {}

  /** Something that is tested with random input. */
  public interface Check {
    void with(Random random) throws Exception;
  }

  /** The seed of this run: what was given back, or a new one. */
  public static long seed() {
    return Long.getLong("seed", System.nanoTime());
  }

  /** Checks so often; a failure says which seed to give back. */
  public static void each(int rounds, Check check) {
    long seed = seed();
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      try {
        check.with(random);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "round " + round + "; the same again with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
