package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.earmark.search.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which index is read if none is named. */
class IndexOptionsTest {
  @TempDir Path folder;

  @Test
  void theOnlyOneThatServeHasMadeIsRead() throws IOException {
    Path served = folder.resolve("served");
    assertNone(served, "say which index: --index DIR");
    // What belongs to an index of a cluster is no index.
    Files.createDirectories(served.resolve("opensearch-earmark"));
    assertNone(served, "say which index: --index DIR");
    Path talk = Files.writeString(folder.resolve("talk.txt"), "Ada: The tide turns at noon.\n");
    Corpora.index(served.resolve("seeds-1"), talk);
    assertThat(IndexOptions.served(served))
        .isEqualTo(new IndexPlace.Folder(served.resolve("seeds-1")));
    Corpora.index(served.resolve("mine-2"), talk);
    assertNone(
        served, "serve has made " + served.resolve("mine-2") + ", " + served.resolve("seeds-1"));
  }

  private static void assertNone(Path served, String message) {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> IndexOptions.served(served))
        .withMessageContaining(message);
  }
}
