package dev.earmark.bench;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How well lists of hits find the turns of a meeting that answer a question. Not thread-safe.
 *
 * <p>First hits and reciprocal ranks are those of the hits as listed. Recall is of the turns that
 * somebody reads who goes down the list: half of all turns are "yeah" and "okay", hold no word of
 * any question and are right only for what stands around them, so each turn without a hit is read
 * with the nearest that has one. Beside it stands the recall of the hits' own turns alone.
 */
final class TurnMeasure {
  private int questions;
  private double recallAtSixth;
  private double recallAtThird;
  private double listedAtSixth;
  private double listedAtThird;
  private double firstRight;
  private double reciprocal;

  /**
   * Takes the hits for one question.
   *
   * @param hits the numbers of each hit's turns, best hit first; enough of them
   * @param matched the turns that any hit has, also such as are not listed
   * @param right the turns that answer
   * @param of how many turns there are
   */
  void add(List<List<Integer>> hits, BitSet matched, BitSet right, int of) {
    questions++;
    List<Integer> read = read(hits, matched, of);
    recallAtSixth += recall(read, right, Math.max(1, of / 6));
    recallAtThird += recall(read, right, Math.max(1, of / 3));
    Set<Integer> distinct = new LinkedHashSet<>();
    hits.forEach(distinct::addAll);
    List<Integer> listed = List.copyOf(distinct);
    listedAtSixth += recall(listed, right, Math.max(1, of / 6));
    listedAtThird += recall(listed, right, Math.max(1, of / 3));
    for (int i = 0; i < hits.size(); i++) {
      if (hits.get(i).stream().anyMatch(right::get)) {
        firstRight += i == 0 ? 1 : 0;
        reciprocal += 1.0 / (i + 1);
        break;
      }
    }
  }

  /** The turns in the order in which they are read, none twice. */
  static List<Integer> read(List<List<Integer>> hits, BitSet matched, int of) {
    Set<Integer> read = new LinkedHashSet<>();
    for (List<Integer> turns : hits) {
      for (int turn : turns) {
        read.add(turn);
        int next = matched.nextSetBit(turn + 1);
        int end = next < 0 ? of - 1 : (turn + next) / 2;
        for (int after = turn + 1; after <= end && after != next; after++) {
          read.add(after);
        }
        int last = turn == 0 ? -1 : matched.previousSetBit(turn - 1);
        int start = last < 0 ? 0 : (turn + last) / 2 + 1;
        for (int before = turn - 1; before >= start; before--) {
          read.add(before);
        }
      }
    }
    return new ArrayList<>(read);
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

  /** The share of the right turns among the turns of the best hits, a sixth of all turns. */
  double listedAtSixth() {
    return listedAtSixth / questions;
  }

  /** The share of the right turns among the turns of the best hits, a third of all turns. */
  double listedAtThird() {
    return listedAtThird / questions;
  }

  /** How often the first hit is right. */
  double hitAtOne() {
    return firstRight / questions;
  }

  /** The mean reciprocal rank of the first right hit. */
  double meanReciprocalRank() {
    return reciprocal / questions;
  }
}
