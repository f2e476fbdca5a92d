package dev.earmark.search;

import dev.earmark.text.Words;
import dev.earmark.vector.TextEmbedder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model that knows a few words of the same meaning, whose vectors anybody can work out: the sum
 * of a direction for each meaning or other word. Reads English only.
 */
public final class ConceptEmbedder implements TextEmbedder {
  private static final int DIMENSION = 64;

  private final Map<String, String> concepts = new HashMap<>();
  private final boolean leaning;

  /**
   * @param concepts words of the same meaning, parted by blanks
   */
  public ConceptEmbedder(String... concepts) {
    this(false, concepts);
  }

  private ConceptEmbedder(boolean leaning, String... concepts) {
    this.leaning = leaning;
    for (String words : concepts) {
      for (String word : words.split(" ")) {
        this.concepts.put(Words.fold(word), words);
      }
    }
  }

  /** The same model, but with half of every vector in one direction: a cosine of c is (1 + c)/2. */
  static ConceptEmbedder leaning(String... concepts) {
    return new ConceptEmbedder(true, concepts);
  }

  private static float[] direction(String meaning) {
    Random random = new Random(meaning.hashCode());
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return unit(vector);
  }

  private static float[] unit(float[] vector) {
    double sum = 0;
    for (float each : vector) {
      sum += each * each;
    }
    float length = (float) Math.sqrt(sum);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = length == 0 ? 0 : vector[i] / length;
    }
    return vector;
  }

  private float[] of(String text) {
    float[] sum = new float[DIMENSION];
    for (String word : List.of(Words.of(text).folded())) {
      float[] direction = direction(concepts.getOrDefault(word, word));
      // A word of a known meaning says more than another, and short ones mostly nothing.
      float weight = concepts.containsKey(word) ? 3 : word.length() < 4 ? 0.1f : 1;
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += weight * direction[i];
      }
    }
    float[] vector = unit(sum);
    if (leaning) {
      vector = Arrays.copyOf(vector, DIMENSION + 1);
      vector[DIMENSION] = 1;
    }
    return unit(vector);
  }

  @Override
  public String model() {
    return leaning ? "concepts-leaning" : "concepts";
  }

  @Override
  public int dimension() {
    return leaning ? DIMENSION + 1 : DIMENSION;
  }

  @Override
  public float unrelated() {
    return leaning ? 0.5f : 0;
  }

  @Override
  public boolean reads(String language) {
    return language.startsWith("en");
  }

  @Override
  public float[] passage(String text) {
    return of(text);
  }

  @Override
  public float[] query(String text) {
    return of(text);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
