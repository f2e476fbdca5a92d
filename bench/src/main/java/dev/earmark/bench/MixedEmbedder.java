package dev.earmark.bench;

import dev.earmark.vector.TextEmbedder;
import java.util.List;
import java.util.Random;

/**
 * Gives each passage a vector between two real ones, a little aside, by its hash; queries are read
 * by the model. So an index of many moments has vectors that lie as real ones do, without the hours
 * that a model takes to make them. Thread-safe.
 */
final class MixedEmbedder implements TextEmbedder {
  private final TextEmbedder model;
  private final List<float[]> real;

  /**
   * @param real vectors that the model made
   */
  MixedEmbedder(TextEmbedder model, List<float[]> real) {
    this.model = model;
    this.real = real;
  }

  @Override
  public String model() {
    return model.model();
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public boolean reads(String language) {
    return model.reads(language);
  }

  @Override
  public float[] passage(String text) {
    return mixture(real, new Random(text.hashCode()));
  }

  @Override
  public float[] query(String text) {
    return model.query(text);
  }

  /** The model is closed by who opened it. */
  @Override
  public void close() {}

  static float[] mixture(List<float[]> real, Random random) {
    float[] one = real.get(random.nextInt(real.size()));
    float[] other = real.get(random.nextInt(real.size()));
    float share = random.nextFloat() / 2;
    float[] mixed = new float[one.length];
    double squares = 0;
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] =
          one[i] * (1 - share)
              + other[i] * share
              + (float) (.3 * random.nextGaussian() / Math.sqrt(mixed.length));
      squares += (double) mixed[i] * mixed[i];
    }
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] /= (float) Math.sqrt(squares);
    }
    return mixed;
  }
}
