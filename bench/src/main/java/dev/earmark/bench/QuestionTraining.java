package dev.earmark.bench;

import dev.earmark.vector.QuestionAdapter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Learns from questions whose answers are known how their vectors are turned to them.
 *
 * <p>Each moment of the recording that was asked about scores the cosine of its surroundings with
 * the turned question; a softmax over all of them is to lie on the moments that answer (maximum
 * likelihood, by Adam: D. Kingma and J. Ba, <i>Adam: a method for stochastic optimization</i>,
 * 2015). Numbers are drawn with a fixed seed, so the same questions teach the same.
 */
final class QuestionTraining {
  private static final int RANK = 16;
  private static final int ROUNDS = 6;
  private static final float STEP = 3e-4f;

  /** How much a cosine counts in the softmax. */
  private static final float SHARPNESS = 25;

  /** Pulls all numbers towards none. */
  private static final float DECAY = 1e-4f;

  private static final float FIRST_FROM = 0.05f;
  private static final int SEED = 7;

  private QuestionTraining() {}

  /**
   * A question.
   *
   * @param vector as the model makes it
   * @param around for each moment of the recording the vector of what is said around it
   * @param answers which of them answer; at least one
   */
  record Example(float[] vector, float[][] around, boolean[] answers) {}

  /** Numbers that are learnt, with what Adam remembers of each. */
  private static final class Numbers {
    private final float[] values;
    private final float[] mean;
    private final float[] square;

    Numbers(int size) {
      values = new float[size];
      mean = new float[size];
      square = new float[size];
    }

    void step(float[] gradient, float size, double meanLeft, double squareLeft) {
      for (int i = 0; i < values.length; i++) {
        float g = gradient[i];
        mean[i] = 0.9f * mean[i] + 0.1f * g;
        square[i] = 0.999f * square[i] + 0.001f * g * g;
        values[i] -=
            (float) (size * (mean[i] / meanLeft) / (Math.sqrt(square[i] / squareLeft) + 1e-8));
      }
    }
  }

  /** Learns from some questions. */
  static QuestionAdapter learn(List<Example> examples, int dimension) {
    Random random = new Random(SEED);
    Numbers shift = new Numbers(dimension);
    Numbers[] from = new Numbers[RANK];
    Numbers[] to = new Numbers[RANK];
    for (int i = 0; i < RANK; i++) {
      from[i] = new Numbers(dimension);
      to[i] = new Numbers(dimension);
      for (int d = 0; d < dimension; d++) {
        from[i].values[d] = (float) random.nextGaussian() * FIRST_FROM;
      }
    }
    List<Example> order = new ArrayList<>(examples);
    int steps = ROUNDS * order.size();
    int step = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (Example example : order) {
        step++;
        float[] question = example.vector();
        float[] along = new float[RANK];
        float[] turned = question.clone();
        for (int i = 0; i < RANK; i++) {
          along[i] = dot(from[i].values, question);
          add(turned, along[i], to[i].values);
        }
        add(turned, 1, shift.values);
        float[] wrong = gradient(example, turned);
        float size = STEP * (1 - (float) step / steps);
        double meanLeft = 1 - Math.pow(0.9, step);
        double squareLeft = 1 - Math.pow(0.999, step);
        for (int i = 0; i < RANK; i++) {
          float[] ofTo = scaled(wrong, along[i]);
          add(ofTo, DECAY, to[i].values);
          float[] ofFrom = scaled(question, dot(to[i].values, wrong));
          add(ofFrom, DECAY, from[i].values);
          to[i].step(ofTo, size, meanLeft, squareLeft);
          from[i].step(ofFrom, size, meanLeft, squareLeft);
        }
        shift.step(wrong, size, meanLeft, squareLeft);
      }
    }
    float[][] fromValues = new float[RANK][];
    float[][] toValues = new float[RANK][];
    for (int i = 0; i < RANK; i++) {
      fromValues[i] = from[i].values;
      toValues[i] = to[i].values;
    }
    return new QuestionAdapter(shift.values, fromValues, toValues);
  }

  /** How the turned vector would have to change to score the answers less. */
  private static float[] gradient(Example example, float[] turned) {
    float[][] around = example.around();
    double[] scores = new double[around.length];
    double most = Double.NEGATIVE_INFINITY;
    int answers = 0;
    for (int i = 0; i < around.length; i++) {
      scores[i] = SHARPNESS * dot(around[i], turned);
      most = Math.max(most, scores[i]);
      answers += example.answers()[i] ? 1 : 0;
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - most);
      sum += scores[i];
    }
    float[] gradient = new float[turned.length];
    for (int i = 0; i < scores.length; i++) {
      double wanted = example.answers()[i] ? 1.0 / answers : 0;
      add(gradient, (float) (SHARPNESS * (scores[i] / sum - wanted)), around[i]);
    }
    return gradient;
  }

  static float dot(float[] one, float[] other) {
    float sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += one[d] * other[d];
    }
    return sum;
  }

  static void add(float[] to, float times, float[] what) {
    for (int d = 0; d < to.length; d++) {
      to[d] += times * what[d];
    }
  }

  private static float[] scaled(float[] what, float times) {
    float[] scaled = new float[what.length];
    add(scaled, times, what);
    return scaled;
  }
}
