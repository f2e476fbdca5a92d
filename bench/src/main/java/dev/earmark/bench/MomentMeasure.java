package dev.earmark.bench;

/** How high right answers stand in lists of hits. Not thread-safe. */
final class MomentMeasure {
  private int questions;
  private int first;
  private int firstTen;
  private double reciprocal;

  /**
   * Takes the list for one question.
   *
   * @param rank where the first right hit stands, from 1; 0 if none is right
   */
  void add(int rank) {
    questions++;
    if (rank > 0) {
      first += rank == 1 ? 1 : 0;
      firstTen += rank <= 10 ? 1 : 0;
      reciprocal += 1.0 / rank;
    }
  }

  int questions() {
    return questions;
  }

  double successAtOne() {
    return (double) first / questions;
  }

  double successAtTen() {
    return (double) firstTen / questions;
  }

  double meanReciprocalRank() {
    return reciprocal / questions;
  }
}
