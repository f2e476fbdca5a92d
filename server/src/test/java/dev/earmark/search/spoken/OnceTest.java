package dev.earmark.search.spoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.search.RequestBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is worked out once is worked out once, and charged to no request. */
class OnceTest {
  @Test
  void manyWhoAskGetTheSame() throws Exception {
    Once<Object> once = new Once<>();
    AtomicInteger made = new AtomicInteger();
    assertThat(once.known()).isNull();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Object>> asking = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        asking.add(
            threads.submit(() ->
                once.get(() -> {
                  made.incrementAndGet();
                  return new Object();
                })));
      }
      for (Future<Object> one : asking) {
        assertThat(one.get()).isSameAs(once.known());
      }
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void aRequestThatAsksFirstIsNotChargedForIt() throws Exception {
    Once<Long> once = new Once<>();
    RequestBudget budget = RequestBudget.of(Duration.ofMinutes(1));
    budget.run(() -> {
      long took = once.get(OnceTest::work);
      assertThat(took).isGreaterThan(100_000_000);
    });
    assertThat(budget.usedNanos()).isLessThan(50_000_000);
  }

  /** Takes a tenth of a second of its thread's processor time, of no request's budget. */
  private static long work() {
    assertThat(RequestBudget.current()).isNull();
    RequestBudget tenth = RequestBudget.of(Duration.ofMillis(101));
    try {
      tenth.run(() -> {
        while (!tenth.isSpent()) {
          Thread.onSpinWait();
        }
      });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return tenth.usedNanos();
  }

  @Test
  void whatFailsIsTriedAgain() throws Exception {
    Once<String> once = new Once<>();
    for (boolean asRequest : new boolean[] {false, true}) {
      RequestBudget.Work failing =
          () ->
              assertThatThrownBy(() ->
                      once.get(() -> {
                        throw new IOException("the disk is gone");
                      }))
                  .isInstanceOf(IOException.class)
                  .hasMessage("the disk is gone");
      if (asRequest) {
        RequestBudget.of(Duration.ofMinutes(1)).run(failing);
      } else {
        failing.run();
      }
    }
    assertThat(once.get(() -> "it is back")).isEqualTo("it is back");
  }
}
