package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSetupTest {
  private static final int THREADS = 16;
  private static final int LINES = 500;

  @TempDir Path folder;

  /** A stream that takes what it is given in small pieces, as a pipe does whose reader is slow. */
  private static final class Counted extends OutputStream {
    private final OutputStream to;
    private int writes;

    Counted(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) {
      throw new AssertionError("a line is written in pieces");
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws java.io.IOException {
      writes++;
      for (int at = from; at < from + length; at += 100) {
        to.write(bytes, at, Math.min(100, from + length - at));
        Thread.yield();
      }
    }

    @Override
    public void close() throws java.io.IOException {
      to.close();
    }
  }

  @Test
  void linesOfManyThreadsArriveWholeAndInOneWriteEach() throws Exception {
    Path file = folder.resolve("log");
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try (Counted out = new Counted(Files.newOutputStream(file))) {
      Logger logger = context.getLogger("dev.earmark.requests");
      logger.addAppender(LogSetup.appender(context, out));
      CountDownLatch begin = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String name = "thread=" + thread;
        Runnable write =
            () -> {
              await(begin);
              for (int line = 0; line < LINES; line++) {
                logger.info("{} line={} text={} end", name, line, "x".repeat(line % 700));
              }
            };
        threads.add(
            thread % 2 == 0 ? Thread.ofPlatform().start(write) : Thread.ofVirtual().start(write));
      }
      begin.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(out.writes).as("a write a line").isEqualTo(THREADS * LINES);
    }
    Set<String> seen = new HashSet<>();
    for (String line : Files.readAllLines(file)) {
      assertThat(line)
          .matches("\\S+Z level=INFO logger=requests thread=\\d+ line=\\d+ text=x* end");
      seen.add(line.replaceAll("^\\S+ | text=.*", ""));
    }
    assertThat(seen).hasSize(THREADS * LINES);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
