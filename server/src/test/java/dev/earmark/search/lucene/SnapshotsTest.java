package dev.earmark.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.index.IndexException;
import dev.earmark.search.Corpora;
import dev.earmark.search.rank.RankingModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots come, are prepared, are replaced, and are kept for cursors. */
class SnapshotsTest {
  @TempDir Path folder;

  /** Notes what it is told. */
  private static final class Noting implements Snapshots.Upkeep {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public void prepare(Snapshot newest) {
      events.add("prepare " + newest.number());
    }

    @Override
    public void replaced(Snapshot older) {
      events.add("replaced " + older.number());
    }

    String next() throws InterruptedException {
      String event = events.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("an event within a minute").isNotNull();
      return event;
    }
  }

  private void index(String name, String text) throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve(name + ".vtt"), "WEBVTT\n\n00:01.000 --> 00:09.000\n" + text);
    Corpora.index(folder.resolve("index"), corpus);
  }

  @Test
  void eachNewestSnapshotIsPreparedAndTheOneBeforeIsToldThatItIsReplaced() throws Exception {
    index("one", "the first talk of all");
    Noting upkeep = new Noting();
    try (Snapshots snapshots =
        Snapshots.open(folder.resolve("index"), RankingModel.DEFAULT, upkeep)) {
      long first = snapshots.useNewest(Snapshot::number);
      assertThat(upkeep.next()).isEqualTo("prepare " + first);
      long kept = snapshots.useNewest(snapshots::keep);
      index("two", "another talk");
      snapshots.refresh();
      long second = snapshots.useNewest(Snapshot::number);
      assertThat(second).isGreaterThan(first);
      assertThat(upkeep.next()).isEqualTo("replaced " + first);
      assertThat(upkeep.next()).isEqualTo("prepare " + second);
      assertThat(snapshots.useKept(kept, Snapshot::number)).isEqualTo(first);
      assertThat(snapshots.useKept(kept + 1_000, Snapshot::number)).isNull();
    }
  }

  @Test
  void warmingUpPreparesASnapshotOnce() throws Exception {
    index("one", "the first talk of all");
    Noting upkeep = new Noting();
    try (Snapshots snapshots =
        Snapshots.open(folder.resolve("index"), RankingModel.DEFAULT, upkeep)) {
      long first = snapshots.useNewest(Snapshot::number);
      snapshots.warmUp();
      assertThat(upkeep.next()).isEqualTo("prepare " + first);
      snapshots.warmUp();
      index("two", "another talk");
      snapshots.refresh();
      assertThat(upkeep.next()).isEqualTo("replaced " + first);
    }
  }

  @Test
  void whatIsPreparedIsNotWorkedOutAgainAndTheTallyGoesWithItsSnapshot() throws Exception {
    index("one", "the first talk of all");
    Preparation preparation = new Preparation();
    try (Snapshots snapshots =
        Snapshots.open(folder.resolve("index"), RankingModel.DEFAULT, new Noting())) {
      Object tally =
          snapshots.useNewest(snapshot -> {
            preparation.prepare(snapshot);
            assertThat(WordTally.of(snapshot).allWords()).isEqualTo(5);
            return WordTally.of(snapshot);
          });
      Object again =
          snapshots.useNewest(snapshot -> {
            WordTally prepared = WordTally.of(snapshot);
            preparation.replaced(snapshot);
            assertThat(WordTally.of(snapshot)).isNotSameAs(prepared);
            return prepared;
          });
      assertThat(again).isSameAs(tally);
    }
  }

  @Test
  void whereNoIndexIsTheMessageSaysHowToMakeOne() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Snapshots.open(none, RankingModel.DEFAULT, new Noting()))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "there is no index in "
                + none
                + "; make one with: ./earmark index PATH --index "
                + none);
  }
}
