package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;

/**
 * Computes in the background what would slow down the first search of its kind. On three million
 * moments the columns, the list of words, the tally and the order of episodes take seconds.
 *
 * <p>Only the newest snapshot keeps what was worked out. While commits come and come, cursors may
 * keep hundreds of older ones.
 */
final class Preparation implements Snapshots.Upkeep {

  private interface Step {
    Object make() throws IOException;
  }

  @Override
  public void prepare(Snapshot newest) throws IOException {
    List<Step> steps = new ArrayList<>();
    // Whoever asks meanwhile begins with the first: so two share the work instead of waiting.
    for (LeafReaderContext leaf : newest.reader().leaves().reversed()) {
      steps.add(() -> MomentColumns.of(leaf.reader()));
      steps.add(() -> FacetTuples.of(leaf.reader()));
      steps.add(() -> EpisodeEntries.keys(leaf.reader()));
    }
    steps.add(() -> FacetLabels.of(newest));
    steps.add(() -> EpisodeEntries.of(newest).count());
    steps.add(() -> WordTally.of(newest));
    steps.add(() -> new LuceneIndexStatistics(newest, Deadline.NONE).words());
    for (Step step : steps) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      var unused = step.make();
    }
  }

  @Override
  public void replaced(Snapshot older) {
    older.forget();
  }
}
