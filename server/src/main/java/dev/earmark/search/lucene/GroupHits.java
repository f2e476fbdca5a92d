package dev.earmark.search.lucene;

import dev.earmark.search.rank.PassageScore;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.DocIdSetIterator;

/** The hits of a group of words, one episode at a time, and their scores. Not thread-safe. */
final class GroupHits {
  private final List<FormHits> forms;
  private final float[] weights;
  private final float[] norms;
  private final MomentColumns columns;
  private final PassageScore score;
  private final EpisodeHits hits;

  /**
   * @param weights what each word weighs
   * @param norms where what is in and near a moment counts half, by how its length is kept
   */
  GroupHits(
      List<FormHits> forms,
      float[] weights,
      float[] norms,
      MomentColumns columns,
      PassageScore score) {
    this.score = score;
    this.forms = forms;
    this.weights = weights;
    this.norms = norms;
    this.columns = columns;
    this.hits = new EpisodeHits(weights.length, score);
  }

  /** The first hit from a document on. */
  int firstFrom(int document) throws IOException {
    int first = DocIdSetIterator.NO_MORE_DOCS;
    for (FormHits form : forms) {
      first = Math.min(first, form.advance(document));
    }
    return first;
  }

  /** Reads the episode that fills the documents from one to before another. */
  EpisodeHits gather(int start, int end) throws IOException {
    hits.begin(start, end);
    for (FormHits form : forms) {
      form.addTo(hits, start, end);
    }
    return hits;
  }

  /**
   * Adds what moments of the episode score that have a hit.
   *
   * @param start the first document of the episode
   * @param moments their places in it, in order
   * @param count how many these are
   * @param scores takes the sums
   */
  void addScores(int start, int[] moments, int count, double[] scores) {
    hits.survey(columns);
    for (int moment = 0; moment < count; moment++) {
      int hit = hits.hit(moments[moment]);
      float norm = norms[columns.lengthKept(start + moments[moment])];
      float sum = 0;
      for (int word = 0; word < weights.length; word++) {
        if (hits.has(word)) {
          sum +=
              weights[word]
                  * score.of(
                      hits.own(word, hit), hits.near(word, hit), hits.block(word, hit), norm);
        }
      }
      scores[moment] += sum;
    }
  }
}
