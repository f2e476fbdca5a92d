package dev.earmark.search.spoken;

import java.io.IOException;

/**
 * What scoring moments here, rather than in the engine, needs to know beside what planning does.
 */
public interface ScoringStatistics extends IndexStatistics {

  /**
   * The size of a field.
   *
   * @param moments how many moments have it
   * @param terms how many terms they have in it, stems among them
   */
  record FieldSize(long moments, long terms) {
    /** How many terms a moment has that has the field, as BM25 takes it. */
    public float average() {
      return (float) (terms / (double) Math.max(1, moments));
    }

    /** The same for words and their surroundings; 1 where nothing has the field. */
    public float averageTerms() {
      return moments == 0 ? 1 : (float) terms / moments;
    }
  }

  /** The size of a field in the whole index. */
  FieldSize size(String field) throws IOException;
}
