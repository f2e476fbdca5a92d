package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeWatchTest {
  @TempDir Path folder;

  @Test
  void seesWhatIsMadeChangedMovedAndDeletedAndNothingElse() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Path index = Files.createDirectories(folder.resolve("index"));
    ChangeWatch watch = new ChangeWatch(List.of(folder), index);
    assertThat(watch.changed()).isFalse();

    Path file = Files.writeString(deep.resolve("one.vtt"), "WEBVTT");
    assertThat(watch.changed()).isTrue();
    assertThat(watch.changed()).isFalse();

    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "WEBVTT and more");
    Files.setLastModifiedTime(file, time);
    assertThat(watch.changed()).as("another size").isTrue();

    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1));
    assertThat(watch.changed()).as("another time").isTrue();

    file = Files.move(file, deep.resolve("two.vtt"));
    assertThat(watch.changed()).as("another name").isTrue();

    Files.writeString(index.resolve("segments_1"), "x");
    Files.createDirectory(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/index"), "x");
    assertThat(watch.changed()).as("the index and what is hidden").isFalse();

    Files.delete(file);
    assertThat(watch.changed()).isTrue();
  }

  @Test
  void aPathThatIsNotThereYetIsSeenWhenItComes() throws IOException {
    Path later = folder.resolve("later.vtt");
    ChangeWatch watch = new ChangeWatch(List.of(later), folder.resolve("index"));
    assertThat(watch.changed()).isFalse();
    Files.writeString(later, "WEBVTT");
    assertThat(watch.changed()).isTrue();
  }
}
