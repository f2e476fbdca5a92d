package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IndexingProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final IndexingProgress progress = new IndexingProgress(clock::get);

  private String told() {
    return progress.state().map(IndexingProgress.State::describe).orElse("nothing");
  }

  @Test
  void tellsHowFarARunIs() {
    assertThat(told()).isEqualTo("nothing");
    progress.begin();
    assertThat(told()).isEqualTo("looking for episodes");
    progress.found(3_054);
    assertThat(told()).isEqualTo("0 of 3,054 episodes read");
    for (int done = 1; done <= 412; done++) {
      clock.addAndGet(SECOND / 10);
      progress.episode("e" + done, done, 3_054, done * 100L);
    }
    assertThat(told()).isEqualTo("412 of 3,054 episodes read, about 4 min left");
    assertThat(progress.state().orElseThrow().words()).isEqualTo(41_200);
    progress.end();
    assertThat(told()).isEqualTo("nothing");
  }

  @Test
  void goesByThePaceOfLate() {
    progress.begin();
    progress.found(1_100);
    // A thousand that are unchanged take no time and say nothing about the rest.
    for (int done = 1; done <= 1_000; done++) {
      progress.episode("e", done, 1_100, 0);
    }
    for (int done = 1_001; done <= 1_050; done++) {
      clock.addAndGet(SECOND);
      progress.episode("e", done, 1_100, 0);
    }
    assertThat(told()).isEqualTo("1,050 of 1,100 episodes read, about 50 s left");
  }

  @Test
  void isNotMisledByThreadsThatTellLate() {
    progress.begin();
    progress.found(10);
    progress.episode("b", 2, 10, 20);
    progress.episode("a", 1, 10, 10);
    assertThat(progress.state().orElseThrow().done()).isEqualTo(2);
    assertThat(progress.state().orElseThrow().words()).isEqualTo(20);
  }

  @Test
  void doesNotGuessFromNothing() {
    progress.begin();
    progress.found(10);
    progress.episode("a", 1, 10, 10);
    assertThat(progress.state().orElseThrow().etaMs()).isNull();
  }
}
