package dev.earmark.bench;

import java.util.BitSet;
import java.util.List;

/** How well rankings of a meeting's turns put the right ones first. Not thread-safe. */
final class TurnMeasure {
  private int questions;
  private double recallAtSixth;
  private double recallAtThird;
  private double firstRight;
  private double reciprocal;

  /**
   * Takes the ranking for one question.
   *
   * @param ranking the numbers of turns, best first, none twice
   * @param of how many turns there are
   */
  void add(List<Integer> ranking, BitSet right, int of) {
    questions++;
    recallAtSixth += recall(ranking, right, Math.max(1, of / 6));
    recallAtThird += recall(ranking, right, Math.max(1, of / 3));
    for (int i = 0; i < ranking.size(); i++) {
      if (right.get(ranking.get(i))) {
        firstRight += i == 0 ? 1 : 0;
        reciprocal += 1.0 / (i + 1);
        break;
      }
    }
  }

  private static double recall(List<Integer> ranking, BitSet right, int budget) {
    long found = ranking.stream().limit(budget).filter(right::get).count();
    return (double) found / right.cardinality();
  }

  int questions() {
    return questions;
  }

  /** The share of the right turns that are among the first sixth. */
  double recallAtSixth() {
    return recallAtSixth / questions;
  }

  double recallAtThird() {
    return recallAtThird / questions;
  }

  /** How often the first turn is right. */
  double hitAtOne() {
    return firstRight / questions;
  }

  /** The mean reciprocal rank of the first right turn. */
  double meanReciprocalRank() {
    return reciprocal / questions;
  }
}
