package dev.earmark.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.index.IndexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the journal after what may happen to it. */
class VectorJournalTest {
  private static final int DIMENSION = 24;
  private static final int RECORD = 16 + DIMENSION + 4;

  @TempDir Path index;

  private VectorJournal open() throws IOException {
    return VectorJournal.open(index, "model", DIMENSION);
  }

  private Path file() {
    return index.resolve("vectors").resolve("model.journal");
  }

  private static ContentHash content(int number) {
    return ContentHash.of("text " + number);
  }

  private static byte[] vector(int number) {
    byte[] vector = new byte[DIMENSION];
    new Random(number).nextBytes(vector);
    return vector;
  }

  private void write(int from, int to) throws IOException {
    try (VectorJournal journal = open()) {
      for (int i = from; i < to; i++) {
        journal.put(content(i), vector(i));
      }
    }
  }

  private void assertHolds(int from, int to) throws IOException {
    try (VectorJournal journal = open()) {
      assertThat(journal.size()).isEqualTo(to - from);
      for (int i = from; i < to; i++) {
        assertThat(journal.find(content(i))).isEqualTo(vector(i));
      }
      assertThat(journal.find(content(to))).isNull();
    }
  }

  @Test
  void whatWasWrittenIsThere() throws IOException {
    write(0, 2_500);
    assertHolds(0, 2_500);
    write(0, 2_501);
    assertHolds(0, 2_501);
    assertThat(Files.size(file())).isEqualTo(2_501L * RECORD);
  }

  @Test
  void aRecordThatIsNotWholeIsCutOffAtAnyPlace() throws IOException {
    for (int cut = 1; cut < RECORD; cut++) {
      Files.deleteIfExists(file());
      write(0, 3);
      try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
        channel.truncate(3L * RECORD - cut);
      }
      assertHolds(0, 2);
      assertThat(Files.size(file())).isEqualTo(2L * RECORD);
      write(2, 3);
      assertHolds(0, 3);
    }
  }

  @Test
  void whatIsBehindADamagedRecordIsMadeAgain() throws IOException {
    write(0, 5);
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 3L * RECORD + 20);
    }
    assertHolds(0, 3);
    Files.write(file(), new byte[10 * RECORD], StandardOpenOption.APPEND);
    assertHolds(0, 3);
  }

  @Test
  void emptyingKeepsWhatTheIndexHasNotTaken() throws IOException {
    write(0, 10);
    try (VectorJournal journal = open()) {
      for (int i = 0; i < 8; i++) {
        journal.take(content(i));
      }
      journal.empty(Set.of(content(7)));
      assertThat(journal.size()).isEqualTo(3);
      journal.put(content(10), vector(10));
    }
    assertHolds(7, 11);
  }

  @Test
  void ofAnotherModelNothingIsKept() throws IOException {
    write(0, 3);
    try (VectorJournal other = VectorJournal.open(index, "other", 8)) {
      assertThat(other.size()).isZero();
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void oneAtATimeHasItOpen() throws IOException {
    try (VectorJournal journal = open()) {
      assertThat(journal.size()).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOf(IndexException.class)
          .hasMessage(
              "the vectors of the index in "
                  + index
                  + " are being made by another earmark; wait until it is done");
    }
    open().close();
  }
}
