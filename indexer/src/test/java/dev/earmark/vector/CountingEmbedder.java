package dev.earmark.vector;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a vector of the words of a text, and counts how often it is asked for one. */
public final class CountingEmbedder implements TextEmbedder {
  private final String model;
  private final int dimension;

  /** How often each text was given. */
  public final Map<String, AtomicInteger> given = new ConcurrentHashMap<>();

  public CountingEmbedder(String model, int dimension) {
    this.model = model;
    this.dimension = dimension;
  }

  /** How often a vector was made since the last time this was asked. */
  public int calls() {
    int sum = given.values().stream().mapToInt(AtomicInteger::get).sum();
    given.clear();
    return sum;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean reads(String language) {
    return language.startsWith("en");
  }

  @Override
  public float[] passage(String text) {
    given.computeIfAbsent(text, unused -> new AtomicInteger()).incrementAndGet();
    return query(text);
  }

  @Override
  public float[] query(String text) {
    float[] sum = new float[dimension];
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
      Random random = new Random(word.hashCode());
      for (int i = 0; i < dimension; i++) {
        sum[i] += (float) random.nextGaussian();
      }
    }
    double squares = 1e-9;
    for (float number : sum) {
      squares += number * number;
    }
    for (int i = 0; i < dimension; i++) {
      sum[i] /= (float) Math.sqrt(squares);
    }
    return sum;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
