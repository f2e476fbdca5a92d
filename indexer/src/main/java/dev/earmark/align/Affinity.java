package dev.earmark.align;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well each cell of time fits each part of a document: the log likelihood ratio of the cell's
 * words, given that it is about the part or not.
 *
 * <p>Speech about a part is modelled as a mixture of the part's words and of all words of the
 * episode (J. Ponte, W. B. Croft, <i>A language modeling approach to information retrieval</i>,
 * SIGIR 1998). A word that all parts share does not distinguish them, so it counts by its share in
 * the document as well as in the talk.
 *
 * <p>Constants for speech were chosen on the tuning half of {@code earmark bench align}; those for
 * summaries by the example in {@code seeds}, the only digest with untimed documents.
 */
final class Affinity {
  /** The share of a part's own words in what is said about it. */
  private static final double OWN_IN_SPEECH = 0.03;

  /** The same in a summary, which wastes none. */
  private static final double OWN_IN_SUMMARY = 0.15;

  /**
   * So many words tell a subject; a longer part says more of it rather than less of each thing. Of
   * what is told in brief that comes to bear sooner than of what is said in full.
   */
  private static final double ENOUGH_FOR_SPEECH = 400;

  private static final double ENOUGH_FOR_SUMMARY = 40;

  /** How much rarer a word may make a part appear than it is. */
  private static final double MOST_RATIO = 400;

  /** No cell may prove more: a retelling may have its time wrong. */
  private static final float MOST = 6;

  /** Words of one cell come in bunches, and prove less than if each came by chance. */
  private static final double TEMPER = 2;

  private Affinity() {}

  /** The matrix, by part, then by cell from {@code from} to {@code to}. */
  static float[][] of(List<WordBag> parts, Cells cells, int from, int to) {
    double mixed = cells.isSpeech() ? OWN_IN_SPEECH : OWN_IN_SUMMARY;
    double enough = cells.isSpeech() ? ENOUGH_FOR_SPEECH : ENOUGH_FOR_SUMMARY;
    Map<Integer, Double> inDocument = new HashMap<>();
    double all = 0;
    for (WordBag part : parts) {
      double total = part.total();
      for (int stem : part.stems()) {
        inDocument.merge(stem, part.amount(stem) / total, Double::sum);
      }
      all += total == 0 ? 0 : 1;
    }
    float[][] matrix = new float[parts.size()][to - from];
    double unlike = Math.log(1 - mixed);
    for (int i = 0; i < parts.size(); i++) {
      float[] row = matrix[i];
      for (int cell = from; cell < to; cell++) {
        row[cell - from] = (float) (TEMPER * unlike * cells.mass(cell));
      }
      WordBag part = parts.get(i);
      double total = spread(part.total(), enough);
      for (int stem : part.stems()) {
        double own = part.amount(stem) / total;
        double document = inDocument.getOrDefault(stem, 0.0) / all;
        double usual = parts.size() == 1 ? cells.share(stem) : (cells.share(stem) + document) / 2;
        if (cells.share(stem) == 0) {
          continue;
        }
        double ratio = Math.min(MOST_RATIO, own / usual);
        double gain = TEMPER * (Math.log(1 - mixed + mixed * ratio) - unlike);
        int end = cells.firstEntry(stem + 1);
        for (int entry = cells.firstEntry(stem); entry < end; entry++) {
          int cell = cells.cell(entry);
          if (cell >= from && cell < to) {
            row[cell - from] += (float) (gain * damped(cells.amount(entry)));
          }
        }
      }
      for (int cell = 0; cell < row.length; cell++) {
        row[cell] = Math.min(MOST, row[cell]);
      }
    }
    return matrix;
  }

  /** Over how many words a part of so many is spread. */
  private static double spread(double words, double enough) {
    return words <= enough ? words : Math.sqrt(words * enough);
  }

  private static double damped(double amount) {
    return amount <= 1 ? amount : 1 + Math.log(amount);
  }
}
